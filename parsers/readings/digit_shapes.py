"""The second reading of a scan: its numbers by the shapes of their digits, on the grid of the first."""

from __future__ import annotations

from dataclasses import replace

from parsers.content import Cell, Content, Table
from parsers.printed.numbers import looks_like_value


def by_shape(content: Content) -> Content | None:
    """The same tables with every number unreadable whose shapes do not say what the engine says; None without any."""
    if not any(cell.confirmed for table in content.tables for cell in table.cells):
        return None
    blocks = tuple(
        replace(block, cells=tuple(map(_told, block.cells))) if isinstance(block, Table) else block
        for block in content.blocks
    )
    return replace(content, method=f"{content.method}-shapes", blocks=blocks, independent=True)


def _told(cell: Cell) -> Cell:
    if cell.readable and not cell.confirmed and any(map(str.isdigit, cell.text)) and looks_like_value(cell.text):
        return replace(cell, readable=False)
    return cell
