"""What every simulated portal has: a site, a registry entry, the truth about its reports; and a harvest to try it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from archive.store import Store
from harvester.crawl.stage import crawl
from harvester.sample.server import Server, SimulatedSite
from spiders.registry.load import load, to_row
from spiders.walk.visitor import Options

SIMULATED = "模拟站点 SIMULATED"
FORM = "收到和处理政府信息公开申请情况"


def report(agency: str, year: int, count: int = 7) -> str:
    """The body of an article that carries a report, short but with everything a report is known by."""
    return (
        f"<h1>{agency}{year}年政府信息公开工作年度报告</h1>"
        f"<p>本报告统计期限为{year}年1月1日至{year}年12月31日。{SIMULATED}</p>"
        "<p>一、总体情况</p><p>本年度主动公开政府信息。</p><p>二、主动公开政府信息情况</p>"
        f"<p>三、{FORM}</p><table><tr><td>一、本年新收政府信息公开申请数量</td><td>{count}</td></tr></table>"
        "<p>四、政府信息公开行政复议、行政诉讼情况</p><p>五、存在的主要问题及改进情况</p><p>六、其他需要报告的事项</p>"
    )


def html(body: str, title: str = SIMULATED, head: str = "") -> str:
    """A whole page."""
    head = f"<meta charset='utf-8'><title>{title}</title>{head}"
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


@dataclass
class Simulator:
    """A portal of one family. `reports`: paths of documents that must be kept; `decoys`: never to be fetched."""

    family: str
    start: str = "/"
    role: str = "annual_root"
    layout: str | None = "flat"
    site: SimulatedSite = field(default_factory=SimulatedSite)
    reports: set[str] = field(default_factory=set)
    decoys: set[str] = field(default_factory=set)
    extra: str = ""
    aliases: tuple[str, ...] = ()

    def add_report(self, path: str, agency: str, year: int, attachment: str = "") -> None:
        """Put up an article with a report."""
        self.site.page(path, html(report(agency, year) + attachment, f"{agency}{year}年报"))
        self.reports.add(path)

    def registry(self, server: Server, family: str | None = None, portal_id: str = "sim") -> str:
        """The entry as TOML."""
        hosts = ", ".join(f'"{host}"' for host in (server.host, *self.aliases))
        layout = f'layout = "{self.layout}"' if self.layout else ""
        return (
            f'[[portal]]\nid = "{portal_id}"\nname = "{SIMULATED}"\ndivision = "990001"\nlevel = "county"\n'
            f'hosts = [{hosts}]\nfamily = "{family or self.family}"\nsimulated = true\n'
            f'[[portal.start]]\nurl = "{server.url}{self.start}"\nrole = "{self.role}"\n{layout}\n'
            f"[portal.politeness]\ndelay = 0\n{self.extra}\n"
        )


@dataclass
class Harvest:
    """What a crawl left behind: its account, the rows, the requests of this run."""

    stats: dict[str, Any]
    captures: list[sqlite3.Row]
    events: list[sqlite3.Row]
    asked: list[str]

    def paths(self, *outcomes: str, roles: Iterable[str] = ("page", "attachment")) -> set[str]:
        """Paths (with query) of this run's captures with these outcomes (all but gone when none is named)."""
        return {
            path_of(row["url"])
            for row in self.captures
            if row["role"] in roles and (row["outcome"] in outcomes if outcomes else row["outcome"] != "gone")
        }

    def kinds(self) -> dict[str, set[str]]:
        """Events of this run: paths by kind."""
        kinds: dict[str, set[str]] = {}
        for event in self.events:
            kinds.setdefault(event["kind"], set()).add(path_of(event["url"]))
        return kinds


@contextmanager
def serving(simulator: Simulator) -> Iterator[Server]:
    """The simulator's site on a port of its own."""
    with Server(simulator.site) as server:
        yield server


def harvest(data: Path, registry: str, site: SimulatedSite, **options: Any) -> Harvest:
    """One crawl of the (only) portal of `registry` into `data`, as the run makes it."""
    file = data.parent / f"{data.name}.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(registry, "utf-8")
    portals = load(file)
    before = len(site.log)
    with Store.open(data) as store:
        run_id = store.start_run("crawl")
        store.save_portals(to_row(portal) for portal in portals)
    stats = crawl(data, portals, run_id=run_id, options=Options(**options))
    with Store.open(data) as store:
        captures = store.connection.execute("SELECT * FROM captures WHERE run_id = ? ORDER BY id", (run_id,)).fetchall()
        events = store.connection.execute("SELECT * FROM events WHERE run_id = ? ORDER BY id", (run_id,)).fetchall()
        store.finish_run(run_id, "done", stats)
    return Harvest(stats[portals[0].id], captures, events, site.paths()[before:])


def path_of(url: str) -> str:
    """Path and query."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
