"""Reports as spreadsheets: all on one sheet, or a sheet a table; numbers stored and printed in many ways."""

from __future__ import annotations

import io
from dataclasses import dataclass
from random import Random

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tests.factory.grids import Grid, Slot
from tests.factory.story import Story

STYLES = ("one_sheet", "sheets", "text_cells", "tight", "formatted", "ruled", "hidden", "formulas")
"""`formatted`: zeros stored that print as dashes or nothing, thousands separated. `hidden`: rows and columns of old
numbers between the printed ones. `formulas`: numbers are results of formulas."""

_DASHES = frozenset("—-－")


@dataclass(slots=True)
class _Writer:
    """Draws one workbook. Every second row and column is a hidden one in the style `hidden`."""

    workbook: Workbook
    style: str
    random: Random

    def draw(self, sheet: Worksheet, grid: Grid, top: int) -> int:
        """A grid below `top`; the row after it."""
        for slot in grid.slots:
            self._slot(sheet, top, slot)
        if self.style == "hidden":
            for row in range(top, top + grid.height):
                for column in range(grid.width):
                    sheet.write_number(2 * row + 1, column, 999)
                sheet.set_row(2 * row + 1, None, None, {"hidden": True})
        return top + grid.height

    def _slot(self, sheet: Worksheet, top: int, slot: Slot) -> None:
        row, column, last = top + slot.row, slot.column, top + slot.row + slot.rowspan - 1
        if self.style == "hidden":
            row, last = 2 * row, 2 * last
        code, stored = self._stored(slot)
        looks = {"border": 1} if self.style == "ruled" else {}
        drawn = self.workbook.add_format({**looks, "num_format": code}) if looks or code != "General" else None
        if last > row or slot.colspan > 1:
            sheet.merge_range(row, column, last, column + slot.colspan - 1, "", drawn)
        if isinstance(stored, str) and stored:
            sheet.write_string(row, column, stored, drawn)
        elif stored == "":
            sheet.write_blank(row, column, None, drawn)
        elif self.style == "formulas":
            sheet.write_formula(row, column, f"=SUM(B1:C1)+{stored}", drawn, stored)
        else:
            sheet.write_number(row, column, stored, drawn)

    def _stored(self, slot: Slot) -> tuple[str, float | str]:
        """Format and stored value of a slot. Numbers are stored as numbers unless they must print otherwise."""
        text = slot.text
        if self.style == "formatted" and slot.key is not None:
            if text in _DASHES:
                return f'#,##0;-#,##0;"{text}"', 0
            if not text.strip():
                return self.random.choice(["0;-0;", "0;-0;;@", "#,##0_ ;;_ "]), 0
            if text.isdecimal():
                return self.random.choice(["#,##0", "0_ ", "_ * #,##0_ ;_ * -#,##0_ ;_ * 0_ ;_ @_ "]), int(text)
            whole, point, decimals = text.partition(".")
            if point and whole.isdecimal() and decimals.isdecimal():
                return "#,##0." + "0" * len(decimals), float(text)
        if text.isdecimal() and self.style != "text_cells":
            return "General", int(text)
        return "General", text


def render(story: Story, random: Random, style: str = "one_sheet") -> bytes:
    """An .xlsx in one of STYLES."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    writer = _Writer(workbook, style, random)
    sheet = workbook.add_worksheet("年报")
    row = 0
    tables = 0
    for block in story:
        if isinstance(block, Grid):
            tables += 1
            if style == "sheets":
                writer.draw(workbook.add_worksheet(f"表{tables}"), block, 1)
            else:
                row = writer.draw(sheet, block, row) + (0 if style == "tight" else 1)
        else:
            sheet.write_string(2 * row if style == "hidden" else row, 0, block.text)
            row += 1 if style == "tight" else 2
    hidden = workbook.add_worksheet("旧数据")
    hidden.write_string(0, 0, "一、本年新收政府信息公开申请数量")
    hidden.hide()
    workbook.close()
    return buffer.getvalue()
