"""Cells of a small page with a style sheet, as they are read."""

from __future__ import annotations

from parsers.content import Cell
from parsers.formats.html.html import read

UNREADABLE = object()
"""What a cell is read as where nobody can tell."""


def page(inner: str, css: str = "", *, attributes: str = "", head: str = "", body: str = "", row: str = "") -> bytes:
    """A table of three rows; the cell under test stands in the second one."""
    rows = [f"<tr><td>甲</td><td>{number}</td><td>丙</td></tr>" for number in (5, 6)]
    rows.insert(1, f"<tr {row}><td>乙</td><td {attributes}>{inner}</td><td>丙</td></tr>")
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><style>{css}</style>{head}</head>"
        f"<body {body}><table>{''.join(rows)}</table></body></html>"
    ).encode()


def cell(data: bytes) -> Cell:
    """The cell under test."""
    (table,) = read(data).tables
    return next(cell for cell in table.cells if (cell.row, cell.column) == (1, 1))


def seen(inner: str, css: str = "", **more: str) -> object:
    """Its text, or `UNREADABLE`."""
    found = cell(page(inner, css, **more))
    return found.text if found.readable else UNREADABLE
