"""Speed of publishing and of every kind of page on a synthetic archive, beside plain Datasette: docs/site.md.

python -m bench.site [--scale 0.1] [--data DIR] [--no-write]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import httpx

from archive.store import Store
from bench.synthetic import PROVINCES, add_places, make
from harvester.publish.stage import publish
from harvester.site.server.site import Site, app

PAGE = Path(__file__).resolve().parent.parent / "docs" / "site.md"
ROUNDS = 40
SPENT = "bench-published.json"
HEAVY = "/archive.json?sql=select+count(*)+from+cells+a,+cells+b,+cells+c"
LIMITS = {"home": 100, "coverage": 200, "report": 100, "agency": 100, "search, two characters": 100}
"""Milliseconds aimed at with one visitor and no cache, on a tenth of the country; twice as much on the whole."""
WHOLE_ABOVE = 0.5


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of one kind of page over many different addresses."""

    name: str
    p50: float
    p95: float
    kilobytes: float
    cpu: float = 0.0
    """Median processor time of the whole process: what is left when others use the machine too."""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.site", description=__doc__.splitlines()[0])
    parser.add_argument("--scale", type=float, default=0.1)
    parser.add_argument("--data", type=Path, help="a data directory made before; made anew when left out")
    parser.add_argument("--no-publish", action="store_true", help="measure what --data published before")
    parser.add_argument("--no-write", action="store_true", help="print only")
    given = parser.parse_args(arguments)
    made = given.data or Path(tempfile.mkdtemp(prefix="bench-site-"))
    try:
        if given.data is None:
            make(made, given.scale)
        if not given.no_publish:
            _publish(made, given.scale)
        text = report(made, given.scale)
    finally:
        if given.data is None:
            shutil.rmtree(made)
    print(text)
    if not given.no_write:
        PAGE.write_text(with_section(PAGE.read_text(encoding="utf-8"), text), encoding="utf-8")
    return 0


def with_section(page: str, section: str) -> str:
    """The page with a section in place of the one with the same heading, or at its end."""
    title, *sections = (part.rstrip() for part in page.split("\n## "))
    heading, _, rest = section.removeprefix("## ").partition("\n")
    kept = [one for one in sections if one.partition("\n")[0] != heading]
    return "\n\n## ".join([title, *sorted([*kept, f"{heading}\n{rest.rstrip()}"])]) + "\n"


def report(data: Path, scale: float) -> str:
    """Measure a published archive and put the figures into words."""
    published = (data / "site" / "archive.db").resolve()
    spent = json.loads((data / SPENT).read_text())
    with closing(sqlite3.connect(published)) as db:
        reports, cells = (db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("reports", "cells"))
    size = published.stat().st_size
    pages = asyncio.run(_pages(data))
    plain = _plain_datasette(published)
    heavy = asyncio.run(_under_heavy_sql(data))
    swap = asyncio.run(_swap_under_load(data))
    lines = [
        f"## Scale {scale:g}: {reports:,} reports, {cells:,} cells",
        "",
        f"`python -m bench.site --scale {scale:g}`, {platform.machine()}, {_cores()} cores, Python "
        f"{platform.python_version()}, SQLite {sqlite3.sqlite_version}.",
        "",
        f"* Publishing (copy, indicators, search, indexes, gates): **{spent['cpu']:.0f} s** of processor time, "
        f"{spent['wall']:.0f} s by the clock; database {size / 1e6:,.0f} MB.",
        f"* Replacing the database under 6 visitors: {swap.answered:,} requests, {swap.failed} failed,",
        f"  {swap.torn} torn, new publication first seen after {swap.seen_after * 1000:.0f} ms.",
        "* A report page while 6 visitors run a cross join over all cells:",
        f"  p50 {heavy.p50:.0f} ms, p95 {heavy.p95:.0f} ms.",
        "",
        "| page (one visitor, no cache) | processor ms | p50 ms | p95 ms | KB, uncompressed | aim ms |",
        "|---|---|---|---|---|---|",
    ]
    factor = 2 if scale > WHOLE_ABOVE else 1
    lines += [_row(one, f"{one.kilobytes:.0f}", LIMITS.get(one.name, 0) * factor or "") for one in pages]
    lines += [_row(Timing(f"*plain Datasette, defaults: {one.name}*", one.p50, one.p95, 0), "", "") for one in plain]
    return "\n".join(lines) + "\n"


def _row(one: Timing, kilobytes: str, aim: object) -> str:
    cpu = f"{one.cpu:.0f}" if one.cpu else ""
    return f"| {one.name} | {cpu} | {one.p50:.0f} | {one.p95:.0f} | {kilobytes} | {aim} |"


def _cores() -> int:
    return len(os.sched_getaffinity(0))


def _publish(data: Path, scale: float) -> None:
    """Publish, and keep beside the archive how long it took."""
    with Store.open(data) as store:
        add_places(store.connection, scale)
        (data / "site" / "archive.db").unlink(missing_ok=True)
        wall, cpu = time.monotonic(), time.process_time()
        publish(store)
        spent = {"wall": time.monotonic() - wall, "cpu": time.process_time() - cpu}
    (data / SPENT).write_text(json.dumps(spent))


def _client(site: Site) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=site), base_url="http://bench.example", timeout=60)


async def _with_site(data: Path, work: Callable[[httpx.AsyncClient], Awaitable[list[Timing]]]) -> list[Timing]:
    site = app(data)
    try:
        async with _client(site) as client:
            return await work(client)
    finally:
        site.close()


async def _pages(data: Path) -> list[Timing]:
    async def work(client: httpx.AsyncClient) -> list[Timing]:
        return [await _time(client, name, address) for name, address in ADDRESSES.items()]

    return await _with_site(data, work)


ADDRESSES: dict[str, Callable[[int], str]] = {
    "home": lambda n: f"/?year={2019 + n % 7}",
    "coverage": lambda n: f"/coverage?level={('', 'city', 'county')[n % 3]}",
    "province": lambda n: f"/divisions/{90 + n % 10}0000?year={2019 + n % 7}",
    "city": lambda n: f"/divisions/{90 + n % 10}{1 + n % 12:02}00",
    "agencies, list": lambda n: f"/agencies?page={n % 6 + 1}",
    "agency": lambda n: f"/agencies/{1 + 7 * n}",
    "report": lambda n: f"/reports/{1 + 47 * n}",
    "report, JSON": lambda n: f"/reports/{1 + 43 * n}.json",
    "search, two characters": lambda n: f"/search?q={('复议', '申请', '培训', '财政')[n % 4]}&page={1 + n % 3}",
    "search, phrase and year": lambda n: f"/search?q=信息处理费+{2019 + n % 7}",
    "search, a body": lambda n: f"/search?q=模{PROVINCES[n % 10][2]}{1 + n % 12}市人民政府",
    "findings": lambda n: f"/findings?page={n + 1}",
    "indicator": lambda n: f"/indicators/{('disclosure_rate', 'refusal_rate')[n % 2]}",
    "agency, CSV": lambda n: f"/agencies/{1 + 7 * n}.csv",
    "indicator, CSV": lambda n: f"/indicators/{('disclosure_rate', 'refusal_rate')[n % 2]}.csv",
    "compare, three bodies": lambda n: f"/compare?a={1 + n},{10 + n},{19 + n}",
    "Datasette table page, ours: reports": lambda n: f"/archive/reports?year={2019 + n % 7}",
    "Datasette table page, ours: cells": lambda n: "/archive/cells?row_id=granted&column_id=total",
}


async def _time(client: httpx.AsyncClient, name: str, address: Callable[[int], str]) -> Timing:
    spent, used, size = [], [], 0
    for n in range(ROUNDS):
        start, cpu = time.perf_counter(), time.process_time()
        answer = await client.get(address(n))
        spent.append(1000 * (time.perf_counter() - start))
        used.append(1000 * (time.process_time() - cpu))
        if answer.status_code != 200:
            raise RuntimeError(f"{address(n)}: HTTP {answer.status_code}")
        size += len(answer.content)
    return _timing(name, spent[1:], size / ROUNDS / 1000, statistics.median(used[1:]))


def _timing(name: str, spent: list[float], kilobytes: float = 0.0, cpu: float = 0.0) -> Timing:
    return Timing(name, statistics.median(spent), statistics.quantiles(spent, n=20)[-1], kilobytes, cpu)


PLAIN = """
import asyncio, sys, time
from datasette.app import Datasette
async def main():
    ds = Datasette([], immutables=[sys.argv[1]])
    await ds.invoke_startup()
    name = next(n for n in ds.databases if n != "_internal")
    for path in ("reports?year=2023", "cells?row_id=granted&column_id=total"):
        for n in range(6):
            start = time.perf_counter()
            answer = await ds.client.get(f"/{name}/{path}")
            failed = "" if answer.status_code == 200 else f" (HTTP {answer.status_code}: time limit)"
            told = path.split("?")[0] + failed
            print(f"{told}\\t{1000 * (time.perf_counter() - start)}", flush=True)
asyncio.run(main())
"""


def _plain_datasette(published: Path) -> list[Timing]:
    """The same file in a Datasette with default settings, in a process of its own."""
    done = subprocess.run([sys.executable, "-c", PLAIN, str(published)], capture_output=True, text=True, check=True)
    spent: dict[str, list[float]] = {}
    for line in done.stdout.split("\n"):
        name, _, milliseconds = line.partition("\t")
        if milliseconds:
            spent.setdefault(name, []).append(float(milliseconds))
    return [_timing(name, values[1:]) for name, values in spent.items()]


async def _under_heavy_sql(data: Path) -> Timing:
    async def work(client: httpx.AsyncClient) -> list[Timing]:
        going = True

        async def visitor() -> None:
            while going:
                await client.get(HEAVY)

        visitors = [asyncio.create_task(visitor()) for _ in range(6)]
        await asyncio.sleep(0.3)
        timing = await _time(client, "report", lambda n: f"/reports/{1 + 37 * n}")
        going = False
        await asyncio.gather(*visitors)
        return [timing]

    return (await _with_site(data, work))[0]


@dataclass(frozen=True, slots=True)
class Swap:
    """A publication under load. `torn`: answers that mix two files."""

    answered: int
    failed: int
    torn: int
    seen_after: float


async def _swap_under_load(data: Path) -> Swap:
    """Six visitors ask for one report while the link is pointed at a copy that says something else."""
    site = app(data)
    link = data / "site" / "archive.db"
    original = link.resolve()
    copy = data / "site" / "archive-copy.db"
    shutil.copyfile(link.resolve(), copy)
    with closing(sqlite3.connect(copy)) as db:
        db.executescript(
            "UPDATE reports SET agency_name = 'NEW' WHERE agency_id = 1; UPDATE agencies SET name = 'NEW' WHERE id = 1"
        )
    answers: list[tuple[float, bool, bool, bool]] = []
    going = True

    async def visitor(client: httpx.AsyncClient) -> None:
        while going:
            answer = await client.get("/agencies/1.json")
            found = answer.json() if answer.status_code == 200 else None
            names = {found["agency"]["name"], *(r["agency_name"] for r in found["reports"])} if found else set()
            answers.append((time.monotonic(), found is not None, len(names) == 1, names == {"NEW"}))

    try:
        async with _client(site) as client:
            visitors = [asyncio.create_task(visitor(client)) for _ in range(6)]
            await asyncio.sleep(1)
            _point(link, copy)
            swapped = time.monotonic()
            await asyncio.sleep(2)
            going = False
            await asyncio.gather(*visitors)
    finally:
        site.close()
        _point(link, original)
        copy.unlink()
    first = min((at for at, _, _, new in answers if new), default=float("inf"))
    failed = sum(not ok for _, ok, _, _ in answers)
    return Swap(len(answers), failed, sum(ok and not whole for _, ok, whole, _ in answers), first - swapped)


def _point(link: Path, file: Path) -> None:
    beside = link.with_name("archive.db.bench")
    beside.symlink_to(file.name)
    beside.replace(link)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
