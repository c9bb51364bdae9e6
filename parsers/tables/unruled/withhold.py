"""Tables read from words alone, where no line shows which number stands in which row.

A label that runs over two lines may draw the number of its neighbour to itself, and within 本年度办理结果 no sum would
show it. When rows of such a table are left over, or numbers stand in lines without a label, its rows are not proved:
what they hold is withheld as unreadable.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parsers.report import Finding, ReportCell, State
from parsers.tables.cells import notice
from parsers.tables.lines import TableLine, is_blank, is_value

METHOD = "-words"
"""How the methods of such readings end."""

_REQUESTS = "requests"
_MOST_IN_A_ROW = 8
"""Numbers in a row of tables two and three, and one to spare; table four has fifteen and no label."""


Part = tuple[list[ReportCell], list[Finding]]
"""Cells and findings of one table."""


def withhold(part: Part, lines: Sequence[TableLine]) -> Part:
    """The table as it is where its rows are proved; else unreadable cells and a finding more."""
    cells, findings = part
    doubtful = any("unmapped_" in cell.key for cell in cells)
    if not doubtful and not (cells and cells[0].table == _REQUESTS and any(map(_is_loose, lines))):
        return part
    kept = [_withheld(cell) if cell.state is not State.MISSING else cell for cell in cells]
    message = "没有表格线，行与数字的对应无法证实，数字不予采用"
    return kept, [*findings, notice("ROWS-UNPROVED", message, [cell.key for cell in kept], "warning")]


def _withheld(cell: ReportCell) -> ReportCell:
    return replace(cell, state=State.UNREADABLE, value=None)


def _is_loose(line: TableLine) -> bool:
    """A few numbers without any word beside them."""
    printed = [cell for cell in line.cells if not is_blank(cell)]
    numbers = [cell for cell in printed if is_value(cell) or cell.text.strip().isdigit()]
    return 0 < len(numbers) == len(printed) < _MOST_IN_A_ROW
