"""How much of a document we are willing to read.

A real report has some 300 cells and 20 pages; the largest compilations seen have a hundred times that. Whatever
goes beyond these bounds is an accident or an attack, and is refused with `too_large` instead of being read.
"""

from __future__ import annotations

from parsers.content import Unreadable

MAX_DOCUMENT_BYTES = 200 * 1024 * 1024
"""Size of one document as it came."""

MAX_PART_BYTES = 80 * 1024 * 1024
"""Size of one decompressed part: the XML body of a Word file, one member of an archive."""

MAX_UNPACKED_BYTES = 400 * 1024 * 1024
"""Size of all members of an archive together, decompressed."""

MAX_RATIO = 300
"""Compression ratio above which a large member is taken for a bomb. Text seldom passes 50, empty XML cells 120."""

MAX_MEMBERS = 500
"""Files read from one archive."""

MAX_DEPTH = 2
"""Archives within archives."""

MAX_CELLS = 200_000
"""Cells of one document."""

MAX_ROWS = 20_000
"""Rows of one table."""

DIGITS_OF_COUNT = 7
"""Digits of a number of rows or columns that a file states: the last row of a worksheet is 1,048,576."""

MAX_NESTING = 24
"""Tables within tables."""


def check_size(data: bytes) -> None:
    """Raise `Unreadable` for a document without bytes or with too many."""
    if not data:
        raise Unreadable("empty", "the file has no bytes")
    if len(data) > MAX_DOCUMENT_BYTES:
        raise Unreadable("too_large", f"the file has {len(data):,} bytes, the limit is {MAX_DOCUMENT_BYTES:,}")


def check_table(rows: int, cells: int) -> None:
    """Raise `Unreadable` when a table has more rows, or a document more cells, than any report."""
    if rows > MAX_ROWS:
        raise Unreadable("too_large", f"a table has more than {MAX_ROWS:,} rows")
    if cells > MAX_CELLS:
        raise Unreadable("too_large", f"the document has more than {MAX_CELLS:,} cells")
