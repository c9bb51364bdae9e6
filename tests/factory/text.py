"""Reports as plain text: what is left when a page is copied, in the two layouts that occur, and as Markdown."""

from __future__ import annotations

from html import escape
from random import Random

from tests.factory.grids import Grid
from tests.factory.story import Story

STYLES = ("row_a_line", "cell_a_line", "markdown", "markdown_html")


def render(story: Story, random: Random, style: str = "row_a_line") -> bytes:
    """Text in one of STYLES, UTF-8 or GB18030."""
    tables = {"row_a_line": _row_a_line, "cell_a_line": _cell_a_line, "markdown": _markdown, "markdown_html": _html}
    pieces = [tables[style](block) if isinstance(block, Grid) else block.text for block in story]
    return "\n".join(pieces).encode(random.choice(["utf-8", "utf-8-sig", "gb18030"]))


def _row_a_line(grid: Grid) -> str:
    """Each row on a line, every column of the grid between tabs; a merged cell prints in its first row and column."""
    lines = []
    for row in grid.rows():
        texts = [""] * grid.width
        for slot in row:
            texts[slot.column] = slot.text
        lines.append("\t".join(texts))
    return "\n".join(lines)


def _cell_a_line(grid: Grid) -> str:
    """Each cell on a line after a tab, an empty line after each row; cells that continue a merge are empty lines."""
    covered = {(slot.row + down, slot.column) for slot in grid.slots for down in range(1, slot.rowspan)}
    lines = []
    for number, row in enumerate(grid.rows()):
        cells = {slot.column: slot.text for slot in row} | {column: "" for at, column in covered if at == number}
        lines += ["\t" + cells[column] for column in sorted(cells)] + [""]
    return "\n".join(lines)


def _markdown(grid: Grid) -> str:
    lines = []
    for number, row in enumerate(grid.rows()):
        texts = [""] * grid.width
        for slot in row:
            texts[slot.column] = slot.text.replace("|", "\\|")
        lines.append("| " + " | ".join(texts) + " |")
        if not number:
            lines.append("|" + " --- |" * grid.width)
    return "\n" + "\n".join(lines) + "\n"


def _html(grid: Grid) -> str:
    """What converters to Markdown write where cells are merged."""
    rows = [
        [f'  <td rowspan="{s.rowspan}" colspan="{s.colspan}">{escape(s.text)}</td>' for s in row] for row in grid.rows()
    ]
    return "\n<table>\n" + "\n".join("\n".join(["<tr>", *row, "</tr>"]) for row in rows) + "\n</table>\n"
