"""Whose report is it? The agency comes from the document, the place from its name, the column is only a hint."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass

from archive.divisions import Division, by_code, named_at_start
from archive.places import PLACE, SIMULATED_PROVINCE
from harvester.reports.agency_names import canonical, is_self
from parsers.printed.scopes import scope_of
from parsers.report import Report
from spiders.words.agencies import is_agency
from spiders.words.titles import judge


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document was found: its first capture and that capture's portal."""

    url: str
    landing_url: str | None
    first_seen_at: str
    list_title: str | None
    list_date: str | None
    column_path: str | None
    portal_id: str
    portal_name: str
    division_code: str
    simulated: int

    @property
    def place_name(self) -> str:
        """The portal's place: 嘉祥县人民政府 -> 嘉祥县."""
        return PLACE.sub("", self.portal_name)


@dataclass(frozen=True, slots=True)
class Publisher:
    """The agency of a report and its place, valid in the report's year."""

    name: str
    printed: str
    scope: str
    year: int | None
    division_code: str
    province: str
    city: str
    county: str


def origin(connection: sqlite3.Connection, sha256: str) -> Origin | None:
    """The first capture of a document, with what its list said of it."""
    row = connection.execute(
        "SELECT c.url, c.landing_url, c.fetched_at, c.list_title, c.list_date, c.column_path, p.id AS portal_id,"
        " p.name, p.division_code, p.simulated FROM captures c JOIN portals p ON p.id = c.portal_id"
        " WHERE c.sha256 = ? AND c.role IN ('page', 'attachment') ORDER BY c.id LIMIT 1",
        (sha256,),
    ).fetchone()
    return None if row is None else Origin(*row)


def publisher(connection: sqlite3.Connection, report: Report, found: Origin) -> Publisher:
    """Agency, scope, year and place: printed text over list title over column over portal."""
    listed = judge(found.list_title or "", found.column_path)
    columns = (part for part in reversed((found.column_path or "").split(" > ")) if is_agency(part))
    named = (agency for agency in (report.agency, listed.agency, *columns) if agency and not is_self(agency))
    printed = next(named, found.portal_name)
    year = report.year or listed.year
    division = place_of(connection, printed, found)
    name = canonical(printed, by_code(division), found.place_name)
    scope = report.scope or listed.scope or scope_of(name) or "department"
    place = located(connection, division, year)
    return Publisher(name, printed, scope, year, division, place.province, place.city, place.county)


def place_of(connection: sqlite3.Connection, agency: str, found: Origin) -> str:
    """The division an agency's name begins with, else its portal's. Simulated places come from the registry."""
    name = re.sub(r"\s+", "", agency)
    for row in connection.execute("SELECT name, division_code FROM portals WHERE simulated ORDER BY length(name) DESC"):
        if found.simulated and name.startswith(PLACE.sub("", row["name"])):
            return str(row["division_code"])
    named = named_at_start(name, found.division_code)
    # 西区, 矿区, 新县: names of two characters are words elsewhere.
    if named is None or (len(named.name) < 3 and named.code[:2] != found.division_code[:2]):
        return found.division_code
    return named.code


def located(connection: sqlite3.Connection, code: str, year: int | None) -> Division:
    """Province, city and county of a code in a year; a simulated code says that it is simulated."""
    known = by_code(code, year) or by_code(code)
    if known is not None:
        return known
    row = connection.execute("SELECT name FROM portals WHERE division_code = ? ORDER BY id LIMIT 1", (code,)).fetchone()
    name = PLACE.sub("", row["name"]) if row else code
    return Division(code, name, SIMULATED_PROVINCE, "", "" if code.endswith("00") else name, "county", None)
