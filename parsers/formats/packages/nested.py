"""Tables within tables: a layout table is taken apart, a table of one cell within a cell is text of that cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from parsers.content import Paragraph, Place, Table
from parsers.formats.packages.grid import OBJECT, RowCell, lay_out

Blocks = list[Paragraph | Table]


def unfold(rows: Sequence[Sequence[RowCell]], nested: Mapping[str, Blocks], path: str) -> Blocks:
    """The blocks of a table some of whose cells (by path) hold blocks with tables.

    Rows without inner tables stay a table, and so do those where an inner table is a row of numbers; other rows with
    them give their cells' contents in reading order.
    """
    found: Blocks = []
    plain: list[Sequence[RowCell]] = []
    for row in rows:
        if len(row) > 1:
            row = [one for cell in row for one in _inner_row(cell, nested.get(cell.path, ())) or [cell]]
        row = [replace(cell, text=_flat(nested[cell.path])) if _is_text(cell, nested) else cell for cell in row]
        if all(cell.path not in nested or _is_text(cell, nested) for cell in row):
            plain.append(row)
            continue
        found.extend(_table(plain, path))
        plain = []
        for cell in row:
            found.extend(nested.get(cell.path) or _paragraphs(cell))
    found.extend(_table(plain, path))
    return found


def _inner_row(cell: RowCell, blocks: Sequence[Paragraph | Table]) -> list[RowCell]:
    """The cells of the only row of the table that is all a cell holds; empty where it holds anything else."""
    printed = [block for block in blocks if isinstance(block, Table) or block.text.strip()]
    inner = printed[0].cells if len(printed) == 1 and isinstance(printed[0], Table) else ()
    if len(inner) < 2 or any(one.row for one in inner):
        return []
    starts = [cell.start + at for at in range(len(inner))]
    ends = [*starts[1:], max(cell.stop, starts[-1] + 1)]
    return [
        RowCell(start, end, one.text if one.readable else OBJECT, one.place.path or "")
        for start, end, one in zip(starts, ends, inner, strict=True)
    ]


def _is_text(cell: RowCell, nested: Mapping[str, Blocks]) -> bool:
    """Whether the tables inside a cell are only a frame around its text."""
    blocks = nested.get(cell.path)
    return blocks is not None and all(len(block.cells) <= 1 for block in blocks if isinstance(block, Table))


def _flat(blocks: Blocks) -> str:
    texts = [block.text if isinstance(block, Paragraph) else "".join(c.text for c in block.cells) for block in blocks]
    return "\n".join(text for text in texts if text.strip())


def _table(rows: Sequence[Sequence[RowCell]], path: str) -> Blocks:
    """Plain rows of a layout table; rows of a single cell are prose."""
    if all(len(row) <= 1 for row in rows):
        return [block for row in rows for cell in row for block in _paragraphs(cell)]
    return [lay_out(rows, Place(path=path))]


def _paragraphs(cell: RowCell) -> Blocks:
    return [Paragraph(cell.text, Place(path=cell.path))] if cell.text.strip() else []
