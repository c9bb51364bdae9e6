"""`harvester demo`: the whole way, from four sample portals on loopback to the site, twice, so that change shows."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from archive.read_only import open_read_only
from harvester.export import export
from harvester.run import run_all
from harvester.sample.demo_folder import MARKER, clear, written_down
from harvester.sample.portals import PORTALS, registry, site
from harvester.sample.server import Server
from harvester.whom import Order
from spiders.walk.visitor import Options

ACCOUNT = """
SELECT (SELECT count(*) FROM reports) AS reports, (SELECT count(*) FROM editions) AS editions,
       (SELECT count(*) FROM cells WHERE state != 'missing') AS cells,
       (SELECT count(*) FROM checks WHERE status = 'fail') AS failed,
       (SELECT count(*) FROM checks) AS checks,
       (SELECT count(*) FROM documents WHERE kind = 'lookalike') AS lookalikes,
       (SELECT count(*) FROM events) AS events
"""


def demo(data: Path, *, serve: bool = True, port: int = 8001) -> None:
    """Harvest the sample portals into `data` (made anew each time), print an account, serve the site."""
    started = time.monotonic()
    clear(data)
    with written_down(data), running_portals() as servers:
        portals_file = data / MARKER
        portals_file.write_text(registry(servers), encoding="utf-8")
        (data / "contact.txt").write_text("archive@example.org\n", encoding="utf-8")
        click.echo(f"{len(servers)} sample portals (模拟站点 SIMULATED) on loopback; first harvest …")
        run_all(data, Order(portals_file))
        click.echo("the portals add one report, change one and take two down; second harvest …")
        for portal in PORTALS:
            servers[portal.id].site = site(portal, visit=2)
        run_all(data, Order(portals_file, options=Options(recheck=True)))
        export(data, data / "exports" / f"{datetime.now(UTC):%Y-%m-%d}", formats=("csv", "xlsx"))
    click.echo(account(data, time.monotonic() - started))
    if serve:
        from harvester.site.server.site import serve as serve_site

        serve_site(data, host="127.0.0.1", port=port)


@contextmanager
def running_portals() -> Iterator[dict[str, Server]]:
    """The sample portals by id, each on a port of its own."""
    with ExitStack() as stack:
        yield {portal.id: stack.enter_context(Server(site(portal))) for portal in PORTALS}


def account(data: Path, seconds: float) -> str:
    """What was found, for a person."""
    with closing(open_read_only(data / "archive.db")) as connection:
        connection.row_factory = sqlite3.Row
        row = connection.execute(ACCOUNT).fetchone()
    lines = [
        f"reports found    {row['reports']} (in {row['editions']} documents; {row['lookalikes']} lookalikes refused)",
        f"cells read       {row['cells']:,}, each with its place in the document",
        f"checks failed    {row['failed']} of {row['checks']:,}",
        f"events           {row['events']} (see {relative(data / 'runs')}/*/report.md)",
        f"time             {seconds:.0f} s",
        "",
        f"look at          harvester serve --data {relative(data)}",
        f"                 harvester status --data {relative(data)}",
        f"                 harvester export package --data {relative(data)}",
    ]
    return "\n".join(lines)


def relative(path: Path) -> Path:
    with contextlib.suppress(ValueError):
        return path.resolve().relative_to(Path.cwd())
    return path
