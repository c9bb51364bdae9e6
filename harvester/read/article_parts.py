"""Articles that portals cut into pages: which documents are the further pages of which, from the archive alone.

Nothing is stored of it. The first page's own bytes lead to the second, its bytes to the third, and the archive knows
what was fetched there; so a rebuilt database joins the same pages again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from archive.editions import drop_editions
from archive.moments import now
from archive.proof import proven_content
from archive.store import Store, to_reference
from archive.warc import Reference, WarcError
from harvester.reports.current_edition import update_current_edition
from parsers.extract import EXTRACTOR_VERSION
from parsers.formats.html.article_pages import join
from spiders.pages.article_pages import MOST_PARTS, parts
from spiders.pages.fetch import Fetch
from spiders.pages.page import Page

PART = "part"
"""Reason of a document that is read with the first page of its article."""

Held = tuple[list[Reference], str]
"""Where the bytes of a page may lie, and their hash."""

_FIRST = """SELECT c.id, c.url FROM captures c WHERE c.sha256 = ? AND c.role = 'page' AND c.landing_url IS NULL
    AND (EXISTS (SELECT 1 FROM captures p WHERE p.landing_url = c.url AND p.role = 'page')
    OR EXISTS (SELECT 1 FROM urls u WHERE u.landing_url = c.url AND u.role = 'page')) ORDER BY c.id DESC LIMIT 1"""
"""The first page of what may be a cut article: a page, had or not, hangs on it."""
_FURTHER = """SELECT id, sha256 FROM captures WHERE url = ? AND landing_url = ? AND role = 'page' AND sha256 IS NOT NULL
    ORDER BY id < ?, abs(id - ?) LIMIT 1"""
"""What was met at a further page's address right after the first page, else the last before it."""
_HANGS_ON = """SELECT DISTINCT f.sha256 FROM captures p JOIN captures f ON f.url = p.landing_url AND f.role = 'page'
    WHERE p.sha256 = ? AND p.role = 'page' AND p.landing_url IS NOT NULL AND f.sha256 IS NOT NULL
    AND f.sha256 != p.sha256"""


def pages_of(store: Store, sha256: str) -> list[str | None]:
    """The hashes of an article's pages, the first one's before all; None for a page that leads on and is not there.

    A document that is no first page of a cut article is alone.
    """
    first = store.connection.execute(_FIRST, (sha256,)).fetchone()
    pages: list[str | None] = [sha256]
    if first is None:
        return pages
    waiting = _led_to(store, Fetch(first["url"]), sha256)
    met = {first["url"]}
    while waiting and len(pages) <= MOST_PARTS:
        fetch = waiting.pop(0)
        if fetch.address in met:
            continue
        met.add(fetch.address)
        values = (fetch.address, first["url"], first["id"], first["id"])
        found = store.connection.execute(_FURTHER, values).fetchone()
        pages.append(found["sha256"] if found else None)
        if found is not None:
            waiting += _led_to(store, fetch, found["sha256"])
    return pages


def enter_parts(store: Store, due: Sequence[str]) -> set[str]:
    """Further pages among what is due are no documents to be read alone: their articles are due instead."""
    found = set()
    for sha256 in due:
        wholes = [row[0] for row in store.connection.execute(_HANGS_ON, (sha256,)).fetchall()]
        articles = [whole for whole in wholes if sha256 in pages_of(store, whole)]
        if articles:
            _enter(store.connection, sha256, articles)
            found.add(sha256)
    return found


def held(store: Store, sha256: str) -> Held:
    """Where a document's bytes may be had."""
    return [to_reference(row) for row in store.holders(sha256)], sha256


def joined_content(warc: Path, pages: Sequence[Held | None]) -> bytes:
    """The bytes of an article out of the archive, all its pages. Raises WarcError."""
    return join([proven_content(warc, *page) if page is not None else b"" for page in pages])


def _enter(connection: sqlite3.Connection, sha256: str, articles: Sequence[str]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        connection.execute(
            "UPDATE documents SET kind = 'other', reason = ?, extractor_version = ?, read_at = ? WHERE sha256 = ?",
            (f"{PART}: a further page of the article {articles[0][:12]}", EXTRACTOR_VERSION, now(), sha256),
        )
        connection.executemany(
            "UPDATE documents SET extractor_version = NULL WHERE sha256 = ?", [(article,) for article in articles]
        )
        for report_id in drop_editions(connection, sha256):
            update_current_edition(connection, report_id)


def _led_to(store: Store, fetch: Fetch, sha256: str) -> list[Fetch]:
    """Where a page of the article leads on; nowhere where the archive cannot give it."""
    try:
        body = store.content(sha256)
    except WarcError:
        return []
    page = Page(fetch, fetch.url, 200, "", body)
    return [item.fetch or Fetch(item.url) for item in parts(page)] if page.is_html else []
