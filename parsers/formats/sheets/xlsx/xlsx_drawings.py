"""What lies over the cells of an .xlsx sheet: shapes, lines, pictures, charts. Nobody can tell what is under them."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.formats.packages.xml_tree import Element, attribute, child, descendant, local, whole
from parsers.formats.sheets.worksheet import Range, Spot

_ANCHORS = frozenset({"twoCellAnchor", "oneCellAnchor"})
_WIDE, _HIGH = 609_600, 190_500  # EMU: the usual size of a cell, by which a drawing's size in EMU is counted in cells


def covered(drawing: Element) -> Iterator[Range]:
    """The cells under each thing drawn."""
    for anchor in (item for item in drawing if local(item) in _ANCHORS):
        about = descendant(anchor, "cNvPr")
        start = _spot(child(anchor, "from"))
        if start is None or attribute(about, "hidden") in {"1", "true"}:
            continue
        end = _spot(child(anchor, "to"), is_end=True) or _end(start, child(anchor, "ext"))
        yield start, (max(end[0], start[0]), max(end[1], start[1]))


def _spot(corner: Element | None, *, is_end: bool = False) -> Spot | None:
    """Row and column of a corner; an end at the very edge of a cell does not reach into it."""
    if corner is None:
        return None
    row, column, down, across = (_within(child(corner, name)) for name in ("row", "col", "rowOff", "colOff"))
    return row - (is_end and down == 0), column - (is_end and across == 0)


def _end(start: Spot, size: Element | None) -> Spot:
    across, down = (whole(attribute(size, name)) for name in ("cx", "cy"))
    return start[0] + down // _HIGH, start[1] + across // _WIDE


def _within(element: Element | None) -> int:
    return whole(element.text if element is not None else None)
