"""Simulated portals for the benchmark, served from a process of their own so that nobody shares its interpreter."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection

from harvester.sample.server import Server
from tests.portals.generic import PlainPortal
from tests.portals.simulator import Simulator
from tests.portals.trs import TrsPortal

FILLING = "<p>按照条例要求，坚持以公开为常态、不公开为例外，依法依规做好政府信息公开各项工作。</p>" * 60
LINKS = 100
"""An article page of a county has a frame of about a hundred links and, with it, about eighteen kilobytes."""


@dataclass(frozen=True, slots=True)
class Served:
    """One portal as clients see it. `starts`: its list pages, given to the peers, who cannot read pagers in scripts."""

    url: str
    registry: str
    starts: tuple[str, ...]
    reports: int


class LongTrs(TrsPortal):
    """A TRS list of `count` reports, fifteen a page."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.site.pages.clear()
        self.reports.clear()
        self.lookalikes, self.said_pages = (), None
        self.items = [(f"云溪县第{number}管理局", 2021) for number in range(count)]
        self.build()


def portals(count: int, reports: int) -> list[Simulator]:
    """`count` portals of two makes with about `reports` reports each."""
    made = [LongTrs(reports) if number % 2 else PlainPortal(min(reports, 260)) for number in range(count)]
    for portal in made:
        articles = [path for path in sorted(portal.reports) if path.endswith(".html")]
        frame = "".join(f"<li><a href='{path}'>相关信息</a></li>" for path in articles[:LINKS])
        for path in articles:
            text = portal.site.pages[path].body.decode()
            portal.site.page(path, text.replace("</body>", f"{FILLING}<ul class='related'>{frame}</ul></body>"))
    return made


@contextmanager
def served(count: int, reports: int) -> Iterator[list[Served]]:
    """The portals, up and running until the block ends."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_serve, args=(theirs, count, reports), daemon=True)
    child.start()
    try:
        yield ours.recv()
    finally:
        ours.send("stop")
        child.join()


def _serve(pipe: Connection, count: int, reports: int) -> None:
    with ExitStack() as stack:
        answers = []
        for number, portal in enumerate(portals(count, reports)):
            server = stack.enter_context(Server(portal.site))
            lists = [path for path in portal.site.pages if path.startswith(portal.start) and path not in portal.reports]
            starts = tuple(f"{server.url}{path}" for path in lists if not path.endswith("/index.html"))
            registry = portal.registry(server, portal_id=f"bench{number}")
            answers.append(Served(server.url, registry, starts, len(portal.reports)))
        pipe.send(answers)
        pipe.recv()
