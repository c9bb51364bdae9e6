"""Speed of finding beside peers, over the same simulated portals at zero delay: writes a table of docs/portals.md.

python -m bench.finding            eight portals, about two thousand pages
python -m bench.finding --quick    two portals, printed only
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from archive.store import Store
from bench.finding_peers import asyncio_bare, scrapy_bare
from bench.finding_sites import Served, served
from bench.tables import DOCS, put
from harvester.crawl.stage import crawl
from spiders.registry.load import load, to_row


@dataclass(frozen=True, slots=True)
class Measure:
    """One client over all portals. `seconds` is wall time without start-up, `cpu` the process's own CPU time."""

    client: str
    pages: int
    seconds: float
    cpu: float

    def row(self) -> str:
        rate = f"{self.pages / self.seconds:,.0f}"
        return f"| {self.client} | {self.pages:,} | {self.seconds:.1f} | {rate} | {1000 * self.cpu / self.pages:.1f} |"


def main(arguments: list[str]) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args(arguments).quick
    with served(2 if quick else 8, 60 if quick else 240) as portals:
        text = measure(portals)
    print(text)
    if not quick:
        put(DOCS / "portals.md", "bench.finding", text)


def measure(portals: list[Served]) -> str:
    """The table in Markdown."""
    starts = [url for portal in portals for url in portal.starts]
    with tempfile.TemporaryDirectory() as folder:
        registry = Path(folder) / "portals.toml"
        registry.write_text("\n".join(portal.registry for portal in portals), "utf-8")
        data = Path(folder) / "data"
        first, stats = apart(harvest, data, registry, "first")
        again, second = apart(harvest, data, registry, "second")
    rows = [
        Measure("harvester, everything archived", pages_of(stats), *first),
        *(Measure(name, count, *spent) for name, (spent, count) in peers(starts).items()),
    ]
    requests, reports, later = total(stats, "requests"), total(stats, "reports"), total(second, "requests")
    expected = sum(portal.reports for portal in portals)
    return "\n".join(
        [
            f"{len(portals)} portals, {expected} reports, {os.cpu_count()} cores, Python {platform.python_version()}.",
            "",
            "| client | pages | seconds | pages/s | CPU ms/page |",
            "|---|---|---|---|---|",
            *(row.row() for row in rows),
            "",
            f"Reports found: {reports} of {expected}. Requests per report: {requests / max(reports, 1):.2f} "
            f"({requests} requests, {requests - reports} of them lists and robots.txt). "
            f"Second run: {later} requests in {again[0]:.1f} s, {later / requests:.0%} of the first.",
        ]
    )


def peers(starts: list[str]) -> dict[str, tuple[tuple[float, float], int]]:
    """The bare clients, one after another."""
    return {
        "bare Scrapy spider, default settings": apart(scrapy_bare, starts),
        "bare aiohttp + lxml, 16 in flight": apart(asyncio_bare, starts),
    }


def harvest(data: Path, registry: Path, run_id: str) -> dict[str, Any]:
    """One crawl of all portals, as `harvester run` makes it."""
    portals = load(registry)
    with Store.open(data) as store:
        run_id = store.start_run("crawl")
        store.save_portals(to_row(portal) for portal in portals)
    return crawl(data, portals, run_id=run_id)


def apart(work: Callable[..., Any], *given: Any) -> tuple[tuple[float, float], Any]:
    """`work` in a fresh process: ((wall seconds, CPU seconds), what it returned)."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_timed, args=(theirs, work, given))
    child.start()
    answer = ours.recv()
    child.join()
    return answer


def _timed(pipe: Connection, work: Callable[..., Any], given: tuple[Any, ...]) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    result = work(*given)
    pipe.send(((time.perf_counter() - wall, time.process_time() - cpu), result))


def pages_of(stats: dict[str, dict[str, Any]]) -> int:
    return total(stats, "pages")


def total(stats: dict[str, dict[str, Any]], name: str) -> int:
    """A number of every portal, summed."""
    return sum(one[name] for one in stats.values())


if __name__ == "__main__":
    main(sys.argv[1:])
