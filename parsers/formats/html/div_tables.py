"""Tables drawn with boxes: rows of ``<div>`` or ``<li>`` that only a style sheet puts side by side."""

from __future__ import annotations

from lxml import etree

from parsers.formats.html.table import HtmlRow, steps
from parsers.formats.html.tree import BLOCKS

BOXES = frozenset(("div", "section", "article", "main", "ul", "ol", "dl"))
FEWEST = 3
"""Rows of at least two boxes, and half of all that is in the element, from which on it is taken for a table."""

_STRUCTURE = BLOCKS - {"p"}


def drawn_rows(element: etree._Element, path: str) -> list[HtmlRow]:
    """The rows of boxes in an element, empty where it is not made of such rows."""
    rows: list[HtmlRow] = []
    others = 0
    for child, child_path in steps(element, path):
        boxes = [] if (child.text or "").strip() else list(steps(child, child_path))
        if boxes and all(_holds_text(box) for box, _ in boxes):
            rows.append(HtmlRow(boxes, 0))
        else:
            others += 1
    several = sum(len(row.cells) > 1 for row in rows)
    return rows if several >= FEWEST and several * 2 >= len(rows) + others else []


def _holds_text(box: etree._Element) -> bool:
    """True for a box that holds text and nothing that arranges other boxes."""
    return all(inner.tag not in _STRUCTURE for inner in box.iterdescendants()) and not (box.tail or "").strip()
