"""A small archive made by hand: documents kept as if a crawl had fetched them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from archive.capture import Capture, Kept
from archive.moments import stamp
from archive.store import Store
from archive.warc import Exchange
from archive.warc_writer import WarcWriter
from harvester.read.ingest import ingest, mark_started
from harvester.read.stage import due, hints
from parsers.extract import extract

HOST = "http://127.0.0.1:1"


def portal_row(portal_id: str = "sim", name: str = "青石县人民政府", division: str = "990101") -> dict[str, Any]:
    return {
        "id": portal_id,
        "name": name,
        "division_code": division,
        "level": "county",
        "family": "trs",
        "hosts": '["127.0.0.1:1"]',
        "status": "unverified",
        "status_reason": None,
        "simulated": 1,
        "start_url": f"{HOST}/",
    }


@dataclass(frozen=True, slots=True)
class Page:
    """One answer of the simulated portal."""

    path: str
    body: bytes
    title: str | None = None
    date: str | None = None
    status: int = 200
    role: str = "page"
    landing: str | None = None
    column: str = "年报"


def keep_pages(
    data: Path, pages: Sequence[Page], *, at: datetime | None = None, portal: dict[str, Any] | None = None
) -> tuple[str, list[Kept]]:
    """One crawl that kept these pages; returns the run id and what became of each."""
    portal = portal or portal_row()
    with Store.open(data) as store:
        store.save_portals([portal])
        run_id = store.start_run("crawl")
        with WarcWriter(store.warc, run_id) as writer:
            kept = [store.keep(run_id, portal["id"], capture(page, at), writer) for page in pages]
        for page in pages:
            if page.role == "list":
                walked(store, run_id, portal["id"], page, at or datetime.now(UTC))
        store.finish_run(run_id, "done", {})
    return run_id, kept


def walked(store: Store, run_id: str, portal_id: str, page: Page, at: datetime, **otherwise: object) -> None:
    """The walk of a list that ended with proof, or otherwise where the test says so."""
    row = {"url": HOST + page.path, "column_path": page.column, "ended": "complete", "why": "", "items": 1}
    row |= {"is_whole": 1, "visit_ended": "finished", "walked_at": stamp(at)} | otherwise
    store.save_list_walks(run_id, portal_id, [row])


def capture(page: Page, at: datetime | None) -> Capture:
    url = HOST + page.path
    exchange = Exchange(
        url, "GET", (("Host", "127.0.0.1:1"),), b"", page.status, "OK", (), page.body, at or datetime.now(UTC)
    )
    return Capture(
        url,
        page.role,
        exchange,
        page.body,
        "text/html",
        outcome="gone" if page.status == 404 else None,
        list_title=page.title,
        list_date=page.date,
        landing_url=page.landing and HOST + page.landing,
        column_path=page.column,
    )


def read_here(store: Store) -> None:
    """`parse` without its worker processes, which cost seconds to start."""
    for sha256 in due(store, everything=False):
        mark_started(store, sha256)
        ingest(store, sha256, extract(store.content(sha256), hints(store, sha256)))
