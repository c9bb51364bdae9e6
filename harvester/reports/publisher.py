"""Whose report is it? The agency comes from the document, the place from its name, the column is only a hint."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from archive.divisions import Division, by_code, by_name, named_at_start
from archive.places import PLACE, SIMULATED_PROVINCE
from harvester.reports.agency_names import canonical, is_self
from parsers.printed.scopes import scope_of
from parsers.report import Report
from spiders.words.agencies import is_agency
from spiders.words.titles import judge

_TELLING_NAME = 3
"""Characters of a place's name that are no other word: 西区, 矿区, 新县 are words elsewhere."""


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


def origins(connection: sqlite3.Connection, sha256: str) -> list[Origin]:
    """The first capture of a document on each portal, with what its list said of it: by run, then by portal.

    Which of two portals answered first in a run is chance, and nothing may depend on it.
    """
    rows = connection.execute(
        "SELECT c.url, c.landing_url, c.fetched_at, c.list_title, c.list_date, c.column_path, p.id AS portal_id,"
        " p.name, p.division_code, p.simulated, c.run_id, min(c.id) FROM captures c JOIN portals p"
        " ON p.id = c.portal_id WHERE c.sha256 = ? AND c.role IN ('page', 'attachment') GROUP BY p.id",
        (sha256,),
    ).fetchall()
    return [Origin(*tuple(row)[:-2]) for row in sorted(rows, key=lambda row: (row["run_id"] or "", row["portal_id"]))]


def origin(connection: sqlite3.Connection, sha256: str) -> Origin | None:
    """The first capture of a document."""
    return next(iter(origins(connection, sha256)), None)


def rightful(connection: sqlite3.Connection, report: Report, met: Sequence[Origin]) -> tuple[Publisher, Origin, bool]:
    """Whose report it is, where it was met, and whether the agency is at home there.

    Of several portals that have the same bytes the agency's own counts, then one that speaks for its place.
    """
    told = [(publisher(connection, report, found), found) for found in met]
    own = [(who, found) for who, found in told if belongs_to(who.division_code, who.printed, found)]
    exact = [(who, found) for who, found in own if who.division_code == found.division_code]
    who, found = (exact or own or told)[0]
    return who, found, bool(own)


def publisher(connection: sqlite3.Connection, report: Report, found: Origin) -> Publisher:
    """Agency, scope, year and place: printed text over list title over column over portal."""
    listed = judge(found.list_title or "", found.column_path)
    columns = (part for part in reversed((found.column_path or "").split(" > ")) if is_agency(part))
    named = (agency for agency in (report.agency, listed.agency, *columns) if agency and not is_self(agency))
    printed = next(named, found.portal_name)
    year = report.year or listed.year
    division = place_of(connection, printed, found)
    name = agency_name(connection, printed, division, found)
    scope = report.scope or listed.scope or scope_of(name) or "department"
    place = located(connection, division, year)
    return Publisher(name, printed, scope, year, division, place.province, place.city, place.county)


def agency_name(connection: sqlite3.Connection, printed: str, division: str, found: Origin) -> str:
    """The name under which an agency of a place is entered."""
    own = division == found.division_code
    return canonical(printed, by_code(division), found.place_name if own else located(connection, division, None).name)


def place_of(connection: sqlite3.Connection, agency: str, found: Origin) -> str:
    """The division an agency's name begins with, else its portal's. Simulated places come from the registry."""
    name = re.sub(r"\s+", "", agency)
    if found.simulated and found.place_name and name.startswith(found.place_name):
        return found.division_code
    if found.simulated:
        made_up = "SELECT name, division_code FROM portals WHERE simulated ORDER BY length(name) DESC"
        for row in connection.execute(made_up):
            if name.startswith(PLACE.sub("", row["name"])):
                return str(row["division_code"])
    named = named_at_start(name, found.division_code) or place_of_zone(name, found.division_code)
    if named is None or (len(named.name) < _TELLING_NAME and named.code[:2] != found.division_code[:2]):
        return found.division_code
    return named.code


ZONE = re.compile(r"[一-鿿]{0,8}?(?:示范区|开发区|高新区|新区|园区|实验区|试验区|合作区|度假区|集聚区)")
"""Behind the bare name of a place: a zone that bears its name (济源示范区, 郑州航空港经济综合实验区)."""


def place_of_zone(name: str, near: str) -> Division | None:
    """The place that a zone is called by, without its 市 or 县: 济源示范区 is Jiyuan's, on whatever portal it is met.

    None where several places of the nation have that name and none of them lies near.
    """
    for length in (4, 3, 2):
        bare, rest = name[:length], name[length:]
        if len(bare) == length and ZONE.match(rest):
            places = [one for kind in "市县区旗州盟" for one in by_name(bare + kind)]
            close = [one for one in places if one.code[:4] == near[:4]] or [
                one for one in places if one.code[:2] == near[:2]
            ]
            if len(close or places) == 1:
                return (close or places)[0]
    return None


def belongs_to(division: str, printed: str, found: Origin) -> bool:
    """Is an agency of this place one of the portal's own?

    A county's portal speaks for the county, not for its city, not for its neighbours; a city's for its counties too.

    A branch in the place belongs to it, whoever is above (济宁市生态环境局嘉祥县分局). A portal of a made-up place
    shows real reports as samples: they are simulated and belong to nobody else.
    """
    own = found.division_code
    if is_made_up(own) and not is_made_up(division):
        return True
    if division.startswith(significant(own)):
        return True
    bare = re.sub(r"[省市县区旗州盟]$", "", found.place_name)
    is_branch = own.startswith(significant(division)) and len(bare) > 1
    return is_branch and bare in re.sub(r"\s+", "", printed)


def is_made_up(code: str) -> bool:
    """Is a division code one of simulated places?"""
    return code.startswith("99")


def significant(code: str) -> str:
    """The part of a code that the codes below it share: 370000 -> 37, 370800 -> 3708, 370829 -> 370829."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def origin_of_portal(connection: sqlite3.Connection, portal_id: str) -> Origin:
    """The portal alone, for what only a list names."""
    row = connection.execute("SELECT name, division_code, simulated FROM portals WHERE id = ?", (portal_id,)).fetchone()
    return Origin("", None, "", None, None, None, portal_id, row["name"], row["division_code"], row["simulated"])


def located(connection: sqlite3.Connection, code: str, year: int | None) -> Division:
    """Province, city and county of a code in a year (today without one); a simulated code says that it is simulated."""
    known = (by_code(code, year) if year else None) or by_code(code)
    if known is not None:
        return known
    row = connection.execute("SELECT name FROM portals WHERE division_code = ? ORDER BY id LIMIT 1", (code,)).fetchone()
    name = PLACE.sub("", row["name"]) if row else code
    return Division(code, name, SIMULATED_PROVINCE, "", "" if code.endswith("00") else name, "county", None)
