"""Every figure of a mixed archive, worked out anew, in page, JSON, CSV, tables, package and SQLite file.

Against SQL that is written here over the bare rows, and shares nothing with the program's own.
"""

from __future__ import annotations

import csv
import io
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import lxml.html
import pytest
import pytest_asyncio

from harvester.export.package import export
from tests.site_archive import build
from tests.site_client import client_at

Key = tuple[int, str, str, str]
FIGURES = 20_000
"""At least so many are compared."""
CELLS = (
    "select e.report_id, c.table_id, c.row_id, c.column_id, c.raw, c.state, c.value from cells c, editions e"
    " where e.id = c.edition_id and e.is_current and c.state <> 'missing'"
)
TOTALS = ("requests_received", "requests_carried_in", "granted", "partially_granted", "disposed_total",
          "requests_carried_out")  # fmt: skip
OBTAINED = ("found", "late", "removed")


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recomputed")
    build(folder, real=(1, 2))
    export(folder, folder / "package", formats=("csv", "sqlite"))
    return folder


@pytest_asyncio.fixture
async def client(mixed: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with client_at(mixed) as made:
        yield made


class Account:
    """What was compared, and what differs."""

    def __init__(self) -> None:
        self.compared: Counter[str] = Counter()
        self.differs: list[tuple[str, object, object, object]] = []

    def same(self, where: str, what: object, told: object, true: object) -> None:
        self.compared[where] += 1
        if told != true:
            self.differs.append((where, what, told, true))


def lines(text: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))


def read(text: str) -> float | None:
    return float(text) if text else None


async def taken(client: httpx.AsyncClient, path: str) -> list[dict[str, str]]:
    answer = await client.get(path)
    assert answer.status_code == 200, path
    found = lines(answer.content)
    assert int(answer.headers["x-row-count"]) == len(found), path
    return found


async def reports(client: httpx.AsyncClient, truth: dict[Key, tuple[Any, ...]], account: Account) -> None:
    """Each report as page, JSON and CSV: the same cells, no more and no fewer, with raw text, state and value."""
    for id_ in sorted({key[0] for key in truth}):
        own = {key[1:]: told for key, told in truth.items() if key[0] == id_}
        page = lxml.html.fromstring((await client.get(f"/reports/{id_}")).content)
        shown = {tuple(link.get("id").split(".")): link.text_content() for link in page.xpath("//td/a[@id]")}
        said = {(c["table_id"], c["row_id"], c["column_id"]): c
                for c in (await client.get(f"/reports/{id_}.json")).json()["cells"]}  # fmt: skip
        file = {(c["table_id"], c["row_id"], c["column_id"]): c
                for c in lines((await client.get(f"/reports/{id_}.csv")).content)}  # fmt: skip
        for where, found in (("page", shown), ("json", said), ("csv", file)):
            account.same(f"{where}: which cells", id_, sorted(found), sorted(own))
        for key, (raw, state, value) in own.items():
            if state == "number":
                account.same("page", (id_, key), shown[key].strip(), raw.strip())
            one = said[key]
            account.same("json", (id_, key), (one["raw"], one["state"], one["value"]), (raw, state, value))
            row = file[key]
            account.same("csv", (id_, key), (row["state"], read(row["value"])), (state, value))


def long(where: str, found: Iterable[dict[str, str]], truth: dict[Key, tuple[Any, ...]], account: Account) -> None:
    told = {(int(row["report_id"]), row["table"], row["row_id"], row["column_id"]): row for row in found}
    account.same(f"{where}: which cells", "", sorted(told), sorted(truth))
    for key, (_, state, value) in truth.items():
        account.same(where, key, (told[key]["value_state"], read(told[key]["value"])), (state, value))


def wide(where: str, found: list[dict[str, str]], truth: dict[Key, tuple[Any, ...]], account: Account) -> None:
    by_report = {int(row["report_id"]): row for row in found}
    for (id_, _, line, column), (_, state, value) in truth.items():
        told = by_report[id_]
        name = f"{line}__{column}"
        account.same(where, (id_, name), (told[f"{name}__state"], read(told[name])), (state, value))


async def agencies(client: httpx.AsyncClient, truth: dict[Key, tuple[Any, ...]], account: Account) -> None:
    """The years of each body: totals as printed, and the eight grounds of refusal added."""
    for id_ in sorted({key[0] for key in truth}):
        agency = (await client.get(f"/reports/{id_}.json")).json()["report"]["agency_id"]
        (row,) = [one for one in await taken(client, f"/agencies/{agency}.csv") if one["report_id"] == str(id_)]
        for name in TOTALS:
            cell = truth.get((id_, "requests", name, "total"), ("", "", None))
            account.same("agency", (id_, name), read(row[name]), cell[2])
        parts = [cell[2] for key, cell in truth.items()
                 if key[:2] == (id_, "requests") and key[2].startswith("refused_") and key[3] == "total"]  # fmt: skip
        if parts and None not in parts:
            account.same("agency, refused", id_, read(row["refused"]), sum(parts))


async def indicators(client: httpx.AsyncClient, truth: dict[Key, tuple[Any, ...]], account: Account) -> None:
    """The share of requests that were granted, in whole or in part, in both halves of the archive."""
    for query in ("", "?simulated=1"):
        for row in await taken(client, f"/indicators/disclosure_rate.csv{query}"):
            part, whole, total = (truth[int(row["report_id"]), "requests", name, "total"][2]
                                  for name in ("granted", "partially_granted", "disposed_total"))  # fmt: skip
            account.same("indicator", row["report_id"], float(row["rate"]), round((part + whole) / total, 6))


async def coverage(client: httpx.AsyncClient, db: sqlite3.Connection, account: Account) -> None:
    """What is owed and held by governments, a line a place and year, from the bare ledger."""
    for simulated in (0, 1):
        rows = db.execute(
            "select l.year, l.status, a.division_code from ledger l, agencies a where a.id = l.agency_id"
            " and a.kind = 'government_aggregate' and a.simulated = ?",
            (simulated,),
        ).fetchall()
        for told in await taken(client, f"/coverage.csv?simulated={simulated}"):
            code, year = told["division_code"], int(told["year"])
            prefix = "" if code == "000000" else code.rstrip("0") + ("0" if len(code.rstrip("0")) % 2 else "")
            own = Counter(status for y, status, place in rows if y == year and place.startswith(prefix))
            for status in (*OBTAINED, "missing", "placeholder", "blocked", "unknown", "unreadable", "broken"):
                account.same("coverage", (code, year, status, simulated), int(told[status]), own[status])
            account.same("coverage", (code, year, simulated), int(told["obtained"]), sum(own[s] for s in OBTAINED))
            account.same("coverage", (code, year, simulated, "owed"), int(told["owed"]), own.total())


@pytest.mark.slow
async def test_no_figure_differs_anywhere(client: httpx.AsyncClient, mixed: Path) -> None:
    account = Account()
    with closing(sqlite3.connect(mixed / "site" / "archive.db")) as db:
        truth: dict[Key, tuple[Any, ...]] = {row[:4]: row[4:] for row in db.execute(CELLS)}
        assert {0, 1} == {one for (one,) in db.execute("select distinct simulated from reports")}
        await coverage(client, db, account)
    await reports(client, truth, account)
    await agencies(client, truth, account)
    await indicators(client, truth, account)
    package = mixed / "package"
    long("package", lines((package / "cells.csv").read_bytes()), truth, account)
    for name in ("requests", "proactive_disclosure", "review_litigation"):
        own = {key: told for key, told in truth.items() if key[1] == name}
        wide(f"package, {name}", lines((package / f"{name}.csv").read_bytes()), own, account)
        wide(f"table, {name}", await taken(client, f"/archive/{name}_wide.csv"), own, account)
    with closing(sqlite3.connect(package / "archive.db")) as copy:
        for row in copy.execute(CELLS):
            account.same("sqlite", row[:4], row[4:], truth.get(row[:4]))
    assert account.differs == []
    assert account.compared.total() >= FIGURES, account.compared
