"""Every published cell, found again: at its place in the original stands the text that was published."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from archive.store import Store
from archive.warc import WarcError
from parsers.content import Box, Place, Unreadable
from parsers.formats.html.article_pages import on_page, page_of
from parsers.locate import Finder, finder, member

_CELLS = (
    "SELECT table_id || '/' || row_id || '/' || column_id AS key, raw, state, page, x0, top, x1, bottom, path"
    " FROM cells WHERE edition_id = ? AND state != 'missing'"
)


@dataclass(slots=True)
class CellCount:
    """How many cells were looked at, and how many of them stand in pictures, where only recognition could look."""

    cells: int = 0
    pictured: int = 0


def check_cells(store: Store, count: CellCount, but: Collection[int] = ()) -> Iterator[str]:
    """One line for each cell whose text is not at its place, but of some editions. Forms and labels play no part."""
    editions = store.connection.execute("SELECT id, sha256, member FROM editions ORDER BY sha256, id").fetchall()
    for edition in (one for one in editions if one["id"] not in but):
        said = f"edition {edition['id']} ({edition['sha256'][:12]})"
        try:
            find = over_pages(store, finder(member(store.content(edition["sha256"]), edition["member"])))
        except (Unreadable, WarcError) as error:
            yield f"{said}: {error}"
            continue
        rows = store.connection.execute(_CELLS, (edition["id"],)).fetchall()
        for row in misplaced(rows, find, count):
            yield f"{said}: {row['key']} {row['raw']!r} is not at its place in the document"


def over_pages(store: Store, first: Finder) -> Finder:
    """Finds on the further pages of an article too: each is a document of its own in the archive."""
    opened: dict[str, Finder] = {}

    def find(place: Place) -> str | None:
        page = page_of(place.path)
        if page is None or place.path is None:
            return first(place)
        if page not in opened:
            opened[page] = finder(store.content(store.named(page) or page))
        return opened[page](replace(place, path=on_page(place.path)))

    return find


def misplaced(rows: list[sqlite3.Row], find: Finder, count: CellCount) -> Iterator[sqlite3.Row]:
    """The cells of one edition that are not found again."""
    places = [_place(row) for row in rows]
    shared = Counter(places)
    for row, place in zip(rows, places, strict=True):
        count.cells += 1
        try:
            text = find(place)
        except (Unreadable, WarcError):
            text = ""
        if text is None and place.page is not None:
            count.pictured += 1
        elif text is None or not _is_printed(row, text, is_alone=shared[place] == 1):
            yield row


def _is_printed(row: sqlite3.Row, text: str, *, is_alone: bool) -> bool:
    """Whether a cell's text stands in what was found; what was unreadable has no text to compare.

    A blank is found where nothing is printed. One that shares the place of its row (a line of text) cannot be told.
    """
    if row["state"] == "unreadable":
        return True
    raw, found = _letters(row["raw"]), _letters(text)
    if not raw:
        return not found or not is_alone or (row["path"] or "").startswith("line ")
    return raw in found or sorted(raw) == sorted(found)


def _letters(text: str) -> str:
    return "".join(text.split())


def _place(row: sqlite3.Row) -> Place:
    box: Box | None = (row["x0"], row["top"], row["x1"], row["bottom"]) if row["x0"] is not None else None
    return Place(row["page"], box, row["path"])
