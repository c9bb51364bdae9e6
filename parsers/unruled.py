"""Tables read from words alone, where no line shows which number stands in which row.

A label that runs over two lines may draw the number of its neighbour to itself, and within 本年度办理结果 no sum would
show it. When rows of such a table are left over, or numbers stand in lines without a label, its rows are not proved:
what they hold is withheld as unreadable.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parsers.lines import Line, is_blank, is_value
from parsers.reading import notice
from parsers.report import Finding, ReportCell, State

METHOD = "-words"
"""How the methods of such readings end."""

_REQUESTS = "requests"
_MOST_IN_A_ROW = 8
"""Numbers in a row of tables two and three, and one to spare; table four has fifteen and no label."""


def withhold(cells: Sequence[ReportCell], lines: Sequence[Line]) -> tuple[list[ReportCell], list[Finding]]:
    """The cells, those of tables whose rows are not proved unreadable, and a finding for each such table."""
    doubtful = {cell.table for cell in cells if cell.row.startswith("unmapped_")}
    if any(map(_is_loose, lines)):
        doubtful.add(_REQUESTS)
    kept = [_withheld(cell) if cell.table in doubtful and cell.state is not State.MISSING else cell for cell in cells]
    message = "没有表格线，行与数字的对应无法证实，数字不予采用"
    keys = {table: [cell.key for cell in kept if cell.table == table] for table in sorted(doubtful)}
    return kept, [notice("ROWS-UNPROVED", message, found, "warning") for found in keys.values()]


def _withheld(cell: ReportCell) -> ReportCell:
    return replace(cell, state=State.UNREADABLE, value=None)


def _is_loose(line: Line) -> bool:
    """A few numbers without any word beside them."""
    printed = [cell for cell in line.cells if not is_blank(cell)]
    numbers = [cell for cell in printed if is_value(cell) or cell.text.strip().isdigit()]
    return 0 < len(numbers) == len(printed) < _MOST_IN_A_ROW
