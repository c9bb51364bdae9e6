"""A synthetic national archive for measuring: 30,000 bodies, 7 years, 200,000 reports, 40 million cells at scale 1.

python -m bench.synthetic DATA [--scale 0.1]

Places have codes that nobody has (ten provinces, 900000 to 990000) and every row says that it is simulated.
The numbers are made up and add up, but for one report in forty. Documents are not made: captures point at bytes that
do not exist.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sqlite3
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from archive.store import Store
from bench.madeup import Numbers, narrative, numbers
from harvester.definitions import gloss
from harvester.definitions.identities import identity

YEARS = range(2019, 2026)
PROVINCES = tuple(f"模拟{name}省 SIMULATED" for name in "甲乙丙丁戊己庚辛壬癸")
CITIES = 12
"""Cities of a province, which is what China has on average."""

FOUND = 0.953
"""Share of owed reports that were found: 30,000 × 7 × 0.953 = 200,000."""

KINDS = ("government_aggregate", "government_office", *["department"] * 6, "town_or_street")
NAMES = (
    "人民政府",
    "人民政府办公室",
    "科学技术局",
    "财政局",
    "教育局",
    "民政局",
    "公安局",
    "卫生健康局",
    "石桥镇人民政府",
)
POOL = 200
"""Sets of numbers for each form; reports draw from them, so that making them does not take longer than storing them."""

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """One set of numbers ready to be stored: cells and checks without their edition, and what is wrong with it."""

    cells: tuple[Row, ...]
    checks: tuple[Row, ...]
    failed: tuple[tuple[str, str, str, int], ...]
    received: int


def pool(form: str) -> list[Filled]:
    rng = Random(form)
    return [_filled(rng, form, broken=n % 40 == 0) for n in range(POOL)]


def _filled(rng: Random, form: str, *, broken: bool) -> Filled:
    made = numbers(rng, form, rng.choice((0, 2, 8, 20, 45, 90, 200)), rng.randint(0, 3))
    if broken:
        made["review_litigation", "review", "total"] += 1
    cells = tuple(_cell(position, key, value) for position, (key, value) in enumerate(made.items()))
    checks, failed = [], []
    for code, key in _identities(form):
        known = identity(code, key, form)
        assert known is not None
        left, right = (_sum(made, side) for side in (known.parts, known.whole))
        checks.append((code, key, "pass" if left == right else "fail", left, right, left - right, "[]"))
        if left != right:
            failed.append((code, known.whole[0], json.dumps(known.parts), left))
    return Filled(cells, tuple(checks), tuple(failed), made["requests", "requests_received", "total"])


def _sum(made: Numbers, keys: Iterable[str]) -> int:
    total = 0
    for key in keys:
        table, row, column = key.split("/")
        total += made.get((table, row, column), 0)
    return total


def _identities(form: str) -> Iterator[tuple[str, str]]:
    for column in gloss.request_columns():
        yield from (("T3-FLOW", column), ("T3-DISP", column))
    for row in gloss.request_rows(form):
        yield "T3-APPL", row.id
    for review in gloss.review_rows():
        yield "T4-SUM", review


def _cell(position: int, key: tuple[str, str, str], value: int) -> Row:
    left, top = 230.0 + 39 * (position % 7), 110.0 + 22 * (position // 7 % 30)
    place = (1 + position // 150, left, top, left + 39, top + 22, None, None)
    return (*key, position, gloss.cell_name(*key)[0].split(" · ")[0], str(value), "number", value, "件", *place)


@dataclass(frozen=True, slots=True)
class Body:
    """One agency: its number, name, kind and place."""

    id: int
    name: str
    kind: str
    code: str
    province: str
    city: str
    county: str


def bodies(scale: float) -> Iterator[Body]:
    """Nine bodies a place, places spread evenly over the provinces and their cities."""
    places = max(1, round(30_000 * scale / len(KINDS)))
    number = 0
    for place in range(places):
        province, seat = place % len(PROVINCES), place // len(PROVINCES)
        city, county = seat % CITIES + 1, seat // CITIES
        code = f"{99 - province}{city:02}{county:02}"
        city_name = f"模{PROVINCES[province][2]}{city}市"
        county_name = f"{city_name}之{county}县" if county else ""
        for kind, name in zip(KINDS, NAMES, strict=True):
            number += 1
            full = (county_name or city_name) + name
            yield Body(number, full, kind, code, PROVINCES[province], city_name, county_name)


def make(data: Path, scale: float) -> dict[str, int]:
    """Fill the working database of a new data directory; return how many rows of each kind."""
    with Store.open(data) as store:
        connection = store.connection
        connection.execute("PRAGMA synchronous = OFF")
        _basics(connection)
        forms = {"gen2019": pool("gen2019"), "gen2021": pool("gen2021")}
        maker = Maker(connection, forms)
        connection.execute("BEGIN")
        add_places(connection, scale)
        for body in bodies(scale):
            maker.body(body)
            if body.id % 200 == 0:
                connection.execute("COMMIT")
                connection.execute("BEGIN")
        connection.execute("COMMIT")
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("reports", "cells")}


def add_places(connection: sqlite3.Connection, scale: float) -> None:
    """The places of the archive. A store that is opened again knows the real ones and 99xxxx only: add them anew."""
    for body in bodies(scale):
        level = "county" if body.county else "city"
        place = {"code": body.code, "name": body.county or body.city, "province": body.province, "city": body.city,
                 "county": body.county, "level": level, "valid_from": 0}  # fmt: skip
        insert(connection, "divisions", [place])


def _basics(connection: sqlite3.Connection) -> None:
    insert(
        connection, "runs", [{"id": "synthetic", "started_at": "2026-03-01T00:00:00Z", "status": "done", "stats": "{}"}]
    )
    portal = {
        "id": "synthetic",
        "name": "模拟网站群",
        "family": "trs",
        "hosts": "[]",
        "status": "active",
        "simulated": 1,
    }
    insert(connection, "portals", [portal])


def insert(connection: sqlite3.Connection, table: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        names = ", ".join(rows[0])
        marks = ", ".join(f":{name}" for name in rows[0])
        connection.executemany(f'INSERT OR IGNORE INTO "{table}" ({names}) VALUES ({marks})', rows)


class Maker:
    """Writes bodies with their reports."""

    def __init__(self, connection: sqlite3.Connection, forms: dict[str, list[Filled]]) -> None:
        self.connection = connection
        self.forms = forms
        self.report = 0
        self.finding = 0
        self.rng = Random(7)

    def body(self, body: Body) -> None:
        agency = {"id": body.id, "name": body.name, "kind": body.kind, "division_code": body.code,
                  "portal_id": "synthetic", "simulated": 1}  # fmt: skip
        insert(self.connection, "agencies", [agency])
        for year in YEARS:
            self.year(body, year)

    def year(self, body: Body, year: int) -> None:
        found = self.rng.random() < FOUND
        status = self.rng.choices(("found", "late"), (9, 1))[0] if found else self.rng.choice(("missing", "blocked"))
        if found:
            self.report += 1
            self.add_report(body, year)
        ledger = {"agency_id": body.id, "year": year, "status": status, "due_on": f"{year + 1}-01-31", "visits": 4,
                  "report_id": self.report if found else None, "days_late": 9 if status == "late" else 0,
                  "last_visit_at": f"{year + 1}-04-01T00:00:00Z"}  # fmt: skip
        insert(self.connection, "ledger", [ledger])

    def add_report(self, body: Body, year: int) -> None:
        form = "gen2019" if year < 2021 else "gen2021"
        filled = self.rng.choice(self.forms[form])
        id_, seen = self.report, f"{year + 1}-0{self.rng.randint(1, 4)}-1{self.rng.randint(0, 9)}T02:00:00Z"
        sha = hashlib.sha256(f"synthetic {id_}".encode()).hexdigest()
        url = f"http://127.0.0.1:1/{body.code}/{id_}.pdf"
        title = f"{body.name}{year}年政府信息公开工作年度报告"
        insert(self.connection, "captures", [{
            "run_id": "synthetic", "portal_id": "synthetic", "url": url, "fetched_at": seen, "http_status": 200,
            "outcome": "new", "media_type": "application/pdf", "sha256": sha, "size": 250_000, "role": "attachment",
            "warc_file": "none.warc.gz", "warc_offset": 0}])  # fmt: skip
        insert(self.connection, "documents", [{
            "sha256": sha, "media_type": "application/pdf", "size": 250_000, "kind": "report", "score": 9,
            "extractor_version": "synthetic", "read_at": seen, "simulated": 1}])  # fmt: skip
        insert(self.connection, "document_pages",
               [{"sha256": sha, "page": page, "width": 595.3, "height": 841.9} for page in (1, 2)])  # fmt: skip
        insert(self.connection, "reports", [{
            "id": id_, "agency_id": body.id, "agency_name": body.name, "division_code": body.code,
            "province": body.province, "city": body.city, "county": body.county, "year": year, "scope": body.kind,
            "title": title, "published_on": f"{year + 1}-01-20", "first_seen_at": seen, "last_checked_at": seen,
            "source_url": url, "current_edition_id": id_, "form": form, "is_all_zero": 0, "blank_cells": 0,
            "balance_status": "failed" if filled.failed else "balanced", "checks_failed": len(filled.failed),
            "simulated": 1}])  # fmt: skip
        insert(self.connection, "editions", [{
            "id": id_, "report_id": id_, "sha256": sha, "url": url, "format": "pdf", "form": form,
            "method": "pdf-ruled", "extractor_version": "synthetic", "is_current": 1, "first_seen_at": seen,
            "readings_agree": 1, "title": title}])  # fmt: skip
        self._contents(id_, body.name, year, filled)

    def _contents(self, id_: int, name: str, year: int, filled: Filled) -> None:
        self.connection.executemany(f"INSERT INTO cells VALUES ({id_}, {', '.join('?' * 16)})", filled.cells)
        self.connection.executemany(f"INSERT INTO checks VALUES ({id_}, {', '.join('?' * 7)})", filled.checks)
        sections = narrative(self.rng, name, year, filled.received, sentences=36)
        self.connection.executemany(
            f"INSERT INTO sections VALUES ({id_}, ?, ?, ?, ?)",
            [(number, position, heading, text) for position, (number, heading, text) in enumerate(sections)],
        )
        for code, cell, cells, implied in filled.failed:
            self.finding += 1
            insert(self.connection, "findings", [{
                "id": self.finding, "report_id": id_, "edition_id": id_, "code": code, "severity": "error",
                "attribution": "publisher", "message": f"分项之和为{implied}", "implied_value": implied, "cell": cell,
                "message_en": f"the parts add up to {implied}", "cells": cells}])  # fmt: skip


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.synthetic", description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--scale", type=float, default=0.1)
    given = parser.parse_args(arguments)
    start = time.monotonic()
    counts = make(given.data, given.scale)
    print(f"{counts['reports']:,} reports, {counts['cells']:,} cells in {time.monotonic() - start:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
