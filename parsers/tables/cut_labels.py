"""Labels that a page break or a line break cut in two are made whole before they are matched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from parsers.content import Cell
from parsers.printed.labels import normalise
from parsers.tables.lines import TableLine, is_blank, is_value


def stitch(
    lines: Sequence[TableLine], is_label: Callable[[str], bool], is_header: Callable[[TableLine], bool]
) -> list[TableLine]:
    """Join a row whose label is cut with the row that holds the rest of it.

    `is_label` says whether a comparable text is the whole label of a row of the form. Rows join when neither label is
    whole and both together are; if both hold numbers, these were cut too, and are joined column by column. Numbers
    alone at the top of the next page, under those of the row before, may be its other half: neither can be read.
    Header rows repeated between the halves are passed over.
    """
    joined: list[TableLine] = []
    waiting: int | None = None
    above: list[int] = []
    for line in lines:
        words = _words(line)
        if waiting is not None:
            upper = joined[waiting]
            whole = _join(upper, above, line, words, is_label) if words else None
            if not words and waiting == len(joined) - 1:
                whole = _doubtful(upper, above[-1], line)
            if whole is not None:
                joined[waiting], waiting = whole, None
                continue
        joined.append(line)
        if waiting is None or not is_header(line):
            waiting, above = (len(joined) - 1, words) if words else (None, [])
    return joined


def _words(line: TableLine) -> list[int]:
    """Positions of the cells with words. Half a number (08) may be no number, but is no word either."""
    return [i for i, cell in enumerate(line.cells) if line.texts[i] and not is_value(cell) and not _is_digits(cell)]


def _is_digits(cell: Cell) -> bool:
    return cell.text.strip().isdigit()


def _has_numbers(line: TableLine) -> bool:
    return line.has_values or any(map(_is_digits, line.cells))


def _join(
    upper: TableLine, above: list[int], lower: TableLine, below: list[int], is_label: Callable[[str], bool]
) -> TableLine | None:
    """The two as one row where their labels are the halves of one."""
    one, two = upper.texts[above[-1]], lower.texts[below[-1]]
    if is_label(one) or is_label(two) or not is_label(one + two):
        return None
    text = upper.cells[above[-1]].text + lower.cells[below[-1]].text
    if _has_numbers(upper) and _has_numbers(lower):
        return _with_label(_glued(upper, above[-1], lower, below[-1]), above[-1], text)
    return _with_label(lower, below[-1], text) if _has_numbers(lower) else _with_label(upper, above[-1], text)


def _with_label(line: TableLine, at: int, text: str) -> TableLine:
    cells = tuple(replace(cell, text=text) if i == at else cell for i, cell in enumerate(line.cells))
    return replace(line, cells=cells, texts=tuple(normalise(cell.text) for cell in cells))


def _glued(upper: TableLine, above: int, lower: TableLine, below: int) -> TableLine:
    """The upper row with the halves of its numbers put together; unreadable where they do not stand in line."""
    fits = _columns(upper.after(above)) == _columns(lower.after(below))
    halves = lower.after(below) if fits else upper.after(above)
    cells = tuple(
        replace(
            cell, text=cell.text.strip() + half.text.strip() if fits else cell.text, readable=fits and cell.readable
        )
        for cell, half in zip(upper.after(above), halves, strict=True)
    )
    return replace(upper, cells=upper.cells[: above + 1] + cells)


def _doubtful(upper: TableLine, above: int, lower: TableLine) -> TableLine | None:
    """The upper row unreadable where numbers without a label, first in the next table, stand under its own."""
    if lower.table != upper.table + 1 or len(lower.cells) > len(upper.cells):
        return None
    if not (_has_numbers(upper) and _has_numbers(lower)):
        return None
    under = {(cell.column, cell.colspan): cell for cell in lower.cells if not is_blank(cell)}
    numbers = upper.after(above)
    if len(numbers) < len(under) or not all(place in _columns(numbers) for place in under):
        return None
    cells = tuple(
        replace(cell, text=f"{cell.text}\n{under[place].text}", readable=False)
        if (place := (cell.column, cell.colspan)) in under
        else cell
        for cell in numbers
    )
    return replace(upper, cells=upper.cells[: above + 1] + cells)


def _columns(cells: Sequence[Cell]) -> list[tuple[int, int]]:
    return [(cell.column, cell.colspan) for cell in cells]
