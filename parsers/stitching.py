"""Labels that a page break or a line break cut in two are made whole before they are matched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from parsers.labels import normalise
from parsers.lines import Line, is_value


def stitch(lines: Sequence[Line], is_label: Callable[[str], bool], is_header: Callable[[Line], bool]) -> list[Line]:
    """Join a row whose label is cut with the row that holds the rest of it.

    `is_label` says whether a comparable text is the whole label of a row of the form. Rows join when neither label is
    whole, both together are, and at most one of them holds numbers. Header rows repeated between them are passed over.
    """
    joined: list[Line] = []
    waiting: int | None = None
    for line in lines:
        if waiting is not None:
            whole = _join(joined[waiting], line, is_label)
            if whole is not None:
                joined[waiting], waiting = whole, None
                continue
        joined.append(line)
        if waiting is None or not is_header(line):
            waiting = len(joined) - 1 if _words(line) else None
    return joined


def _words(line: Line) -> list[int]:
    return [i for i, cell in enumerate(line.cells) if line.texts[i] and not is_value(cell)]


def _join(upper: Line, lower: Line, is_label: Callable[[str], bool]) -> Line | None:
    above, below = _words(upper), _words(lower)
    if not above or not below or (upper.has_values and lower.has_values):
        return None
    one, two = upper.texts[above[-1]], lower.texts[below[-1]]
    if is_label(one) or is_label(two) or not is_label(one + two):
        return None
    text = upper.cells[above[-1]].text + lower.cells[below[-1]].text
    kept, at = (lower, below[-1]) if lower.has_values else (upper, above[-1])
    cells = tuple(replace(cell, text=text) if i == at else cell for i, cell in enumerate(kept.cells))
    return replace(kept, cells=cells, texts=tuple(normalise(cell.text) for cell in cells))
