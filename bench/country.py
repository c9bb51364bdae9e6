"""A country of little portals in one run, and a night without news after it: a table of docs/scale.md.

python -m bench country [--portals 3200] [--write]

Every portal has a home page, a menu, an annual column and three reports, on a port of its own of loopback; one process
serves them all. `harvester run` is a process of its own, so that its memory can be told: crawl, reading, what follows
from the reports, publication.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

from aiohttp import web

from archive.read_only import open_read_only
from bench.tables import DOCS, put
from tests.factory.html import fragment
from tests.factory.series import series, tell
from tests.portals.simulator import SIMULATED, html

PORTALS = 3_200
"""As many governments of provinces, cities and counties as the shipped registry has, in round figures."""
YEARS = (2021, 2022, 2023)
REQUESTS = 40
"""Requests for information that a county receives in a year, about."""
DUE = "--recheck"
"""The second run asks every list again; without it the calendar would let most of them rest."""


@dataclass(frozen=True, slots=True)
class Night:
    """One run. `seconds` by the clock, `cpu` of all its processes, `memory` of the largest of them in MB."""

    name: str
    requests: int
    reports: int
    seconds: float
    cpu: float
    memory: float

    def row(self) -> str:
        figures = (f"{self.requests:,}", f"{self.reports:,}", f"{self.seconds:.0f}", f"{self.cpu:.0f}")
        return f"| {self.name} | {' | '.join(figures)} | {self.memory:,.0f} |"


def main(arguments: list[str]) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(prog="python -m bench country", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--portals", type=int, default=PORTALS)
    parser.add_argument("--write", action="store_true", help="write the table into docs/scale.md")
    given = parser.parse_args(arguments)
    with served(given.portals) as (registry, asked), tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        nights = [
            night("first harvest", registry, data, asked),
            night("every list asked again", registry, data, asked, DUE),
        ]
    text = "\n".join(
        (
            f"{given.portals:,} portals of three reports each, {os.cpu_count()} processors:\n",
            "| run | requests | reports | seconds | CPU seconds | memory at most, MB |",
            "|---|---:|---:|---:|---:|---:|",
            *(one.row() for one in nights),
        )
    )
    print(text)
    if given.write:
        put(DOCS / "scale.md", "bench.country", text)


def night(name: str, registry: str, data: Path, asked: Connection, *options: str) -> Night:
    """One `harvester run` over all portals."""
    file = data / "portals.toml"
    file.write_text(registry, "utf-8")
    before = _asked(asked)
    command = [
        sys.executable,
        "-m",
        "harvester.cli",
        "run",
        "--all",
        "--data",
        str(data / "data"),
        "--portals",
        str(file),
    ]
    began = time.monotonic()
    process = subprocess.Popen([*command, "--quiet", *options])
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - began
    if status:
        raise SystemExit(f"bench: the run ended with {os.waitstatus_to_exitcode(status)}")
    with closing(open_read_only(data / "data" / "archive.db")) as archive:
        (reports,) = archive.execute("SELECT COUNT(*) FROM reports").fetchone()
    cpu = usage.ru_utime + usage.ru_stime
    return Night(name, _asked(asked) - before, reports, seconds, cpu, usage.ru_maxrss / 1024)


def _asked(pipe: Connection) -> int:
    """Requests that have arrived so far."""
    pipe.send("asked")
    return int(pipe.recv())


@contextmanager
def served(count: int) -> Iterator[tuple[str, Connection]]:
    """The portals up and running until the block ends: their registry, and whom to ask for the number of requests."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_serve, args=(theirs, count), daemon=True)
    child.start()
    try:
        yield ours.recv(), ours
    finally:
        ours.send("stop")
        child.join()


def _serve(pipe: Connection, count: int) -> None:
    asyncio.run(_answering(pipe, count))


async def _answering(pipe: Connection, count: int) -> None:
    """Serve until told to stop."""
    asked, ports = 0, dict[int, int]()

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        nonlocal asked
        asked += 1
        text = page(ports[request.transport.get_extra_info("sockname")[1]], request.path)  # type: ignore[union-attr]
        return web.Response(text=text, content_type="text/html") if text else web.Response(status=404)

    server = web.Server(answer)
    loop = asyncio.get_running_loop()
    listening = [await loop.create_server(server, "127.0.0.1", 0) for _ in range(count)]
    ports.update((one.sockets[0].getsockname()[1], number) for number, one in enumerate(listening))
    pipe.send("".join(entry(number, port) for port, number in ports.items()))
    while await asyncio.to_thread(pipe.recv) == "asked":
        pipe.send(asked)


def place(number: int) -> str:
    return f"第{number}模拟县"


def entry(number: int, port: int) -> str:
    """The portal as a registry has it: its home page and nothing else."""
    host = f"127.0.0.1:{port}"
    return (
        f'[[portal]]\nid = "country{number}"\nname = "{place(number)}人民政府（{SIMULATED}）"\n'
        f'division = "{990_000 + number}"\nlevel = "county"\nhosts = ["{host}"]\nfamily = "auto"\nsimulated = true\n'
        f'[[portal.start]]\nurl = "http://{host}/"\nrole = "home"\n[portal.politeness]\ndelay = 0\n'
    )


def page(number: int, path: str) -> str | None:
    """What stands at a path of a portal; None where nothing does."""
    name = place(number)
    agency = f"{name}人民政府"
    year = path.removeprefix("/zfxxgk/nb/").removesuffix(".html")
    if path == "/":
        menu = '<a href="/zwgk/">政务公开</a> <a href="/zfxxgk/nb/">政府信息公开年报</a> <a href="/bsfw/">办事服务</a>'
        return html(f"<nav>{menu}</nav><p>主办单位：{agency} {SIMULATED}</p>", f"{agency}门户网站")
    if path == "/zfxxgk/nb/":
        items = "".join(f'<li><a href="{one}.html">{agency}{one}年政府信息公开工作年度报告</a></li>' for one in YEARS)
        return html(f"<h2>政府信息公开年报</h2><ul>{items}</ul><p>共{len(YEARS)}条</p>", "政府信息公开年报")
    if year.isdigit() and int(year) in YEARS:
        return article(agency, int(year))
    return None


def article(agency: str, year: int) -> str:
    """A report with all its tables, the same whenever it is asked for."""
    told = tell(series(agency, range(YEARS[0], YEARS[-1] + 1), REQUESTS, agency)[year])
    return html(
        f"<p>{SIMULATED}</p>{fragment(told, Random(year), 'plain')}", f"{agency}{year}年政府信息公开工作年度报告"
    )
