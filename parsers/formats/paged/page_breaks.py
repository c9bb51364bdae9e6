"""Tables and sentences that go on over a page break."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from parsers.content import Cell, Paragraph, Table
from parsers.formats.paged.glyphs import CELL_MARGINS
from parsers.formats.paged.lattice import REACH, positions

Block = Paragraph | Table
_SENTENCE_END = re.compile(r"[。！？；：.!?;:]\s*$")
_NUMBER_PART = re.compile(r"[0-9.,]*")
_RAGGED = 40  # points by which the right ends of two lines of a paragraph may differ: two letters; chosen
_INDENT = 4  # points; what begins further to the right begins a paragraph
_WIDEST_DIGIT = 9  # points, in letters of 16 to 18


def continued(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of all pages with tables that go on over a page break marked, and sentences joined over it."""
    result: list[Block] = []
    for block in joined_sentences(blocks):
        before = result[-1] if result else None
        if isinstance(block, Table) and isinstance(before, Table) and _goes_on(before, block):
            block = replace(block, continues=True)
        result.append(block)
    return _aligned(result)


def joined_sentences(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with paragraphs that a page break cut in a sentence joined."""
    result: list[Block] = []
    for block in blocks:
        before = result[-1] if result else None
        if isinstance(block, Paragraph) and isinstance(before, Paragraph) and _same_sentence(before, block):
            result[-1] = Paragraph(f"{before.text}\n{block.text}", before.place)
        else:
            result.append(block)
    return result


def _aligned(blocks: list[Block]) -> list[Block]:
    """Columns of a table and of those that continue it counted on one common grid."""
    result = list(blocks)
    for start, block in enumerate(blocks):
        if not isinstance(block, Table) or block.continues:
            continue
        end = start + 1
        while end < len(blocks) and isinstance(piece := blocks[end], Table) and piece.continues:
            end += 1
        if end > start + 1:
            pieces = _on_common_columns([b for b in blocks[start:end] if isinstance(b, Table)])
            for i in range(1, len(pieces)):
                pieces[i - 1], pieces[i] = _mended(pieces[i - 1], pieces[i])
            result[start:end] = [piece for piece in pieces if piece.cells]
    return result


def _on_common_columns(pieces: list[Table]) -> list[Table]:
    def left(table: Table) -> float:
        return table.place.box[0] if table.place.box else 0.0

    ends = [x - left(t) for t in pieces for c in t.cells if c.place.box for x in (c.place.box[0], c.place.box[2])]
    stops = positions(ends, 2 * REACH)

    def stop(x: float) -> int:
        return max(bisect_right(stops, x + 0.1) - 1, 0)

    def moved(cell: Cell, origin: float) -> Cell:
        if cell.place.box is None:
            return cell
        first, last = stop(cell.place.box[0] - origin), stop(cell.place.box[2] - origin)
        stands = first, max(last - first, 1)
        return cell if stands == (cell.column, cell.colspan) else replace(cell, column=stands[0], colspan=stands[1])

    return [replace(table, cells=tuple(moved(cell, left(table)) for cell in table.cells)) for table in pieces]


def _goes_on(before: Table, after: Table) -> bool:
    one, two = before.place, after.place
    if one.page is None or two.page != one.page + 1 or one.box is None or two.box is None:
        return False
    return abs(one.box[0] - two.box[0]) < 2 * REACH and abs(one.box[2] - two.box[2]) < 2 * REACH


def _same_sentence(before: Paragraph, after: Paragraph) -> bool:
    one, two = before.place, after.place
    if one.page is None or two.page != one.page + 1 or one.box is None or two.box is None:
        return False
    fits = abs(one.box[2] - two.box[2]) < _RAGGED or two.box[2] < one.box[2]
    unindented = two.box[0] <= one.box[0] + _INDENT
    return fits and unindented and not _SENTENCE_END.search(before.text)


def _mended(before: Table, after: Table) -> tuple[Table, Table]:
    """Give the tail of a number that the page break cut off back to its row.

    The first row after the break is such a tail when it has no label and its digits stand under digits.
    """
    last = before.height
    above = {(c.column, c.colspan): c for c in before.cells if c.row + c.rowspan == last}
    first = [cell for cell in after.cells if cell.row == 0 and cell.text.strip()]
    labelled = {cell.column for cell in above.values() if not _NUMBER_PART.fullmatch(cell.text.strip())}
    tails = {key: cell for cell in first if (key := (cell.column, cell.colspan)) in above}
    digits = all(_NUMBER_PART.fullmatch(cell.text.strip()) and _is_full(above[key]) for key, cell in tails.items())
    if not first or len(tails) < len(first) or not digits or not labelled or labelled & {c for c, _ in tails}:
        return before, after
    grown = {above[key]: replace(above[key], text=above[key].text + cell.text) for key, cell in tails.items()}
    return (
        replace(before, cells=tuple(grown.get(cell, cell) for cell in before.cells)),
        replace(after, cells=tuple(_without_first_row(after.cells))),
    )


def _is_full(cell: Cell) -> bool:
    """Is a cell so narrow that its digits leave no room for one more?"""
    width = cell.place.box[2] - cell.place.box[0] if cell.place.box else 0.0
    text = cell.text.strip()
    return bool(text) and bool(_NUMBER_PART.fullmatch(text)) and width < CELL_MARGINS + _WIDEST_DIGIT * (len(text) + 1)


def _without_first_row(cells: Sequence[Cell]) -> list[Cell]:
    kept = []
    for cell in cells:
        if cell.row > 0:
            kept.append(replace(cell, row=cell.row - 1))
        elif cell.rowspan > 1:
            kept.append(replace(cell, rowspan=cell.rowspan - 1))
    return kept
