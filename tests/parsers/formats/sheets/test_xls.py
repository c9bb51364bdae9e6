"""parsers.formats.xls: values as printed, merged ranges, visible sheets only."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from xlsxwriter.workbook import Workbook

from parsers.content import Paragraph
from parsers.formats.sheets import xls
from parsers.formats.word import libreoffice
from tests.workbooks import workbook


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


def texts(data: bytes) -> list[str]:
    """Texts of the only table; the second reading must give the same where it says anything."""
    content, again = xls.read(data), xls.second_reading(data)
    assert again is not None
    (table,), (other,) = content.tables, again.tables
    for one, two in zip(table.cells, other.cells, strict=True):
        assert two == one or not two.readable
    return [cell.text for cell in table.cells]


def test_what_is_printed_counts_and_not_what_is_stored() -> None:
    def fill(made: Workbook) -> None:
        sheet = made.add_worksheet("一")
        sheet.write_row(0, 0, ["件", "甲"])
        dash, thousands = (made.add_format({"num_format": code}) for code in ('0;-0;"—"', "#,##0"))
        sheet.write_number(1, 0, 0, dash)
        sheet.write_number(1, 1, 1234, thousands)

    assert texts(workbook(fill)) == ["件", "甲", "—", "1,234"]


def test_zeros_that_a_sheet_does_not_show_are_blanks() -> None:
    def fill(made: Workbook) -> None:
        sheet = made.add_worksheet("一")
        sheet.hide_zero()
        sheet.write_row(0, 0, ["件", 0, 3])

    assert texts(workbook(fill)) == ["件", "", "3"]


@pytest.mark.parametrize(("height", "width"), [(0, 0), (0, None)])
def test_hidden_rows_and_columns_are_not_there_and_paths_stay(height: float, width: float | None) -> None:
    def fill(made: Workbook) -> None:
        sheet = made.add_worksheet("一")
        for row in range(3):
            sheet.write_row(row, 0, [f"第{'甲乙丙'[row]}", 10 + row, 20 + row])
        sheet.set_row(1, height)
        sheet.set_column(1, 1, width, None, {} if width == 0 else {"hidden": True})

    data = workbook(fill)
    assert texts(data) == ["第甲", "20", "第丙", "22"]
    assert [cell.place.path for cell in xls.read(data).tables[0].cells] == ["一!A1", "一!C1", "一!A3", "一!C3"]
    assert xls.read(data).notes


def test_a_merged_cell_whose_first_row_is_hidden_keeps_its_text() -> None:
    def fill(made: Workbook) -> None:
        sheet = made.add_worksheet("一")
        sheet.merge_range(0, 0, 2, 0, "甲")
        sheet.write_column(0, 1, [1, 2, 3])
        sheet.set_row(0, None, None, {"hidden": True})

    assert texts(workbook(fill)) == ["甲", "2", "3"]


@pytest.mark.parametrize(
    ("formula", "printed"),
    [
        ("=SUM(A1:B1)", "5"),
        ("=SUM(A1:B1,A1)-1", "6"),
        ("=A1+B1-$A$1", "3"),
        ("=-A1+B1", "1"),
        ("=SUM(A1:D1)", "5"),
        ("=SUM(E2:E2)", "0"),
        ("=SUM(F2)", "7"),
        ("=A1*2", None),
        ("=D1+A1", None),
        ("=SUM(E1:E1)", None),
        ("=Sheet2!A1", None),
        ("=IF(A1>1,2,3)", None),
        ("=SUM(A1:XFD1048576)", None),
        ("=SUM(A1", None),
    ],
)
def test_a_formula_without_a_result_is_a_sum_or_unreadable(formula: str, printed: str | None) -> None:
    made = openpyxl.Workbook()
    assert made.active is not None
    made.active.append([2, 3, None, "无", formula])
    made.active["F2"] = "=5+A1"
    made.active["C2"] = 1
    buffer = io.BytesIO()
    made.save(buffer)
    made.close()
    content, again = xls.read(buffer.getvalue()), xls.second_reading(buffer.getvalue())
    assert again is not None
    for reading in (content, again):
        cells = {cell.place.path: cell for cell in reading.tables[0].cells}
        assert cells["Sheet!E1"].text == (printed or "")
        assert cells["Sheet!E1"].readable is (printed is not None)
    assert content.notes


HEADS = [head for _ in range(3) for head in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")]


def test_below_a_header_without_numbers_are_blanks() -> None:
    """Table four of an office that had no cases, as the last thing on the sheet."""
    data = workbook(lambda made: made.add_worksheet("一").write_row(0, 0, HEADS))
    assert texts(data) == HEADS + [""] * 15
    assert xls.read(data).tables[0].cells[-1].place.path == "一!O2"


def test_numbers_alone_on_the_next_sheet_are_as_wide_as_their_header() -> None:
    def fill(made: Workbook) -> None:
        made.add_worksheet("一").write_row(0, 0, HEADS)
        made.add_worksheet("二").write_row(0, 3, [1, 1])

    _, numbers = xls.read(workbook(fill)).tables
    assert [cell.text for cell in numbers.cells] == [""] * 3 + ["1", "1"] + [""] * 10


@pytest.mark.parametrize(("head", "texts_read"), [("", 6), ("校验", 6), ("校验|差额", 14)])
def test_numbers_that_somebody_checks_by_stand_beside_the_table(head: str, texts_read: int) -> None:
    def fill(made: Workbook) -> None:
        sheet = made.add_worksheet("一")
        for row, label in enumerate(("信息内容", "行政许可")):
            sheet.write_row(row, 0, [label, "件" if not row else 5, "项" if not row else 6])
            sheet.write_row(row, 5, head.split("|") if not row else [7, 8][: head.count("|") + 1])

    data = workbook(fill)
    assert len(texts(data)) == texts_read
    assert len(xls.read(data).notes) == (texts_read == 6)


def test_borders_tell_that_a_label_alone_begins_a_row() -> None:
    def fill(made: Workbook) -> None:
        sheet = made.add_worksheet("一")
        ruled = made.add_format({"border": 1})
        sheet.write_string(0, 0, "行政强制", ruled)
        for column in (1, 2):
            sheet.write_blank(0, column, None, ruled)
        sheet.write_row(1, 0, ["甲", 1, 2])

    assert texts(workbook(fill)) == ["行政强制", "", "", "甲", "1", "2"]


def test_cells_that_do_not_say_where_they_are_follow_each_other() -> None:
    """Some programs write neither row nor cell references, strings inline, and the strict namespace."""
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    sheet = (
        f'<worksheet xmlns="{strict}"><sheetData><row><c t="inlineStr"><is><t>甲</t></is></c><c><v>1</v></c></row>'
        '<row><c t="inlineStr"><is><r><t>乙</t></r><rPh><t>yi</t></rPh></is></c><c><v>2</v></c></row>'
        "</sheetData></worksheet>"
    )
    data = workbook(lambda made: made.add_worksheet("一"))
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, sheet if name.endswith("sheet1.xml") else old.read(name))
    assert texts(buffer.getvalue()) == ["甲", "1", "乙", "2"]


@pytest.mark.parametrize("to", ["xls", "ods"])
def test_files_by_libreoffice(to: str) -> None:
    if libreoffice.executable() is None:
        pytest.skip("needs LibreOffice")

    def fill(made: Workbook) -> None:
        sheet = made.add_worksheet("一")
        sheet.merge_range(0, 0, 1, 0, "甲", made.add_format({"border": 1}))
        sheet.write_number(0, 1, 0, made.add_format({"num_format": '0;-0;"—"'}))
        sheet.write_number(1, 1, 1234.5, made.add_format({"num_format": "#,##0.00"}))
        sheet.write_row(2, 0, ["旧", 999])
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.write_row(3, 0, ["乙", 7])
        hidden = made.add_worksheet("二")
        hidden.write_row(0, 0, ["旧", 999])
        hidden.hide()

    content = xls.read(libreoffice.converted(workbook(fill), ".xlsx", to))
    (table,) = content.tables
    assert [cell.text for cell in table.cells] == ["甲", "—", "1,234.50", "乙", "7"]
    assert [cell.rowspan for cell in table.cells] == [2, 1, 1, 1, 1]
