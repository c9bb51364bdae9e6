"""Reports as spreadsheets: all on one sheet, or a sheet a table."""

from __future__ import annotations

import io
from random import Random

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from tests.factory.grids import Grid
from tests.factory.story import Story

STYLES = ("one_sheet", "sheets", "text_cells", "tight")


def render(story: Story, random: Random, style: str = "one_sheet") -> bytes:
    """An .xlsx in one of STYLES. Numbers are stored as numbers unless they must print otherwise."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = workbook.add_worksheet("年报")
    row = 0
    tables = 0
    for block in story:
        if isinstance(block, Grid):
            tables += 1
            if style == "sheets":
                _draw(workbook.add_worksheet(f"表{tables}"), block, 1, style)
            else:
                row = _draw(sheet, block, row, style) + (0 if style == "tight" else 1)
        else:
            sheet.write_string(row, 0, block.text)
            row += 1 if style == "tight" else 2
    hidden = workbook.add_worksheet("旧数据")
    hidden.write_string(0, 0, "一、本年新收政府信息公开申请数量")
    hidden.hide()
    workbook.close()
    return buffer.getvalue()


def _draw(sheet: Worksheet, grid: Grid, top: int, style: str) -> int:
    for slot in grid.slots:
        row, column = top + slot.row, slot.column
        if slot.rowspan > 1 or slot.colspan > 1:
            sheet.merge_range(row, column, row + slot.rowspan - 1, column + slot.colspan - 1, "")
        if slot.text.isdecimal() and style != "text_cells":
            sheet.write_number(row, column, int(slot.text))
        else:
            sheet.write_string(row, column, slot.text)
    return top + grid.height
