"""parsers.formats.xls: values as printed, merged ranges, visible sheets only."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pytest
import xlsxwriter
from xlsxwriter.workbook import Workbook

from parsers.content import Paragraph, Unreadable
from parsers.formats import xls


def workbook(fill: Callable[[Workbook], None]) -> bytes:
    buffer = io.BytesIO()
    made = xlsxwriter.Workbook(buffer, {"in_memory": True})
    fill(made)
    made.close()
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (3.0, "3"),
        (0.1 + 0.2, "0.3"),
        (24252.311082, "24252.311082"),
        (1e15, "1000000000000000"),
        (-18.0, "-18"),
        (0.0, "0"),
        (1e-7, "0.0000001"),
        (True, "TRUE"),
        (" 0", " 0"),
        (date(2024, 1, 2), "2024-01-02"),
    ],
)
def test_values_as_printed(value: xls.Value, printed: str) -> None:
    assert xls.printed(value) == printed


def test_merged_ranges_blanks_and_places() -> None:
    def fill(made: Workbook) -> None:
        sheet = made.add_worksheet("年报")
        sheet.merge_range(1, 1, 2, 1, "甲")
        sheet.write(1, 2, "数")
        sheet.write(2, 2, 5)
        sheet.write(3, 1, "乙")

    (table,) = xls.read(workbook(fill)).tables
    assert [(c.row, c.column, c.rowspan, c.colspan, c.text, c.place.path) for c in table.cells] == [
        (0, 0, 2, 1, "甲", "年报!B2"),
        (0, 1, 1, 1, "数", "年报!C2"),
        (1, 1, 1, 1, "5", "年报!C3"),
        (2, 0, 1, 1, "乙", "年报!B4"),
        (2, 1, 1, 1, "", "年报!C4"),
    ]


def test_formulas_give_their_cached_value_and_hidden_sheets_nothing() -> None:
    def fill(made: Workbook) -> None:
        sheet = made.add_worksheet("一")
        sheet.write(0, 0, "合计")
        sheet.write_formula(0, 1, "=1+1", None, 2)
        hidden = made.add_worksheet("二")
        hidden.write(0, 0, "旧")
        hidden.write(0, 1, 9)
        hidden.hide()

    (table,) = xls.read(workbook(fill)).tables
    assert [cell.text for cell in table.cells] == ["合计", "2"]


def test_headings_stand_apart_from_tables() -> None:
    def fill(made: Workbook) -> None:
        sheet = made.add_worksheet("一")
        for row, texts in enumerate(
            (["某局2023年报告"], ["甲", 1], ["乙", 2], ["五、存在的主要问题及改进情况"], ["丙", 3])
        ):
            for column, text in enumerate(texts):
                sheet.write(row, column, text)

    blocks = xls.read(workbook(fill)).blocks
    assert [block.text if isinstance(block, Paragraph) else len(block.cells) for block in blocks] == [
        "某局2023年报告",
        4,
        "五、存在的主要问题及改进情况",
        2,
    ]


def test_an_empty_workbook_is_empty() -> None:
    with pytest.raises(Unreadable) as caught:
        xls.read(workbook(lambda made: made.add_worksheet("一")))
    assert caught.value.kind == "empty"


def test_a_cut_workbook_is_corrupt() -> None:
    data = workbook(lambda made: made.add_worksheet("一").write(0, 0, "x"))
    with pytest.raises(Unreadable) as caught:
        xls.read(data[:-200])
    assert caught.value.kind == "corrupt"
