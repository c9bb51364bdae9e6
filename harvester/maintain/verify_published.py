"""The published file against the archive: what visitors read is what was read, and stands in the documents."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from archive.read_only import address
from archive.store import Store
from harvester.data_directory import reading
from harvester.maintain.verify_cells import CellCount, check_cells

_CELL = (
    "e.sha256, coalesce(e.member, ''), c.table_id || '/' || c.row_id || '/' || c.column_id, c.raw, c.state, c.value,"
    " c.page, c.path"
)
_OTHERS = (
    f"SELECT {_CELL} FROM published.cells c JOIN published.editions e ON e.id = c.edition_id WHERE e.id IN ({{}})"
    f" EXCEPT SELECT {_CELL} FROM main.cells c JOIN main.editions e ON e.id = c.edition_id"
)
_SAME_READING = (
    "SELECT p.id FROM published.editions p JOIN main.editions m"
    " ON m.sha256 = p.sha256 AND m.member IS p.member AND m.extractor_version IS p.extractor_version"
)


def check_published(store: Store, count: CellCount) -> Iterator[str]:
    """One line for each published cell that is another than in the archive, or not at its place in the document.

    Editions that were read anew since are taken back to their documents; the others are compared with the archive.
    """
    link = store.data / "site" / "archive.db"
    if not link.exists():
        return
    with reading(link.resolve()) as published:
        (whole,) = published.execute("PRAGMA integrity_check").fetchone()
        if whole != "ok":
            yield f"{link.resolve().name}: {whole}"
            return
        same = _same_readings(store, link.resolve())
        yield from (f"published: {line}" for line in check_cells(Store.over(store.data, published), count, but=same))
    yield from _differing(store, link.resolve())


def _same_readings(store: Store, file: Path) -> set[int]:
    """Published editions that the archive holds in the same reading."""
    with closing(store.connection.cursor()) as cursor:
        cursor.execute("ATTACH ? AS published", (address(file),))
        try:
            return {row[0] for row in cursor.execute(_SAME_READING)}
        finally:
            cursor.execute("DETACH published")


def _differing(store: Store, file: Path) -> Iterator[str]:
    with closing(store.connection.cursor()) as cursor:
        cursor.execute("ATTACH ? AS published", (address(file),))
        rows = cursor.execute(_OTHERS.format(_SAME_READING)).fetchall()
        cursor.execute("DETACH published")
    for sha256, member, key, raw, _, value, *_ in rows:
        where = f"{sha256[:12]}{f'!{member}' if member else ''}"
        yield f"published: {key} of {where} says {raw!r} ({value}), the archive does not"
