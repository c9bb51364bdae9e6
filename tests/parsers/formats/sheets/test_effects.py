"""Spreadsheets whose cells print otherwise than they store: struck, raised, white, covered, too narrow, failed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

import pytest
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from parsers.content import Cell, Content
from parsers.formats.sheets import spreadsheet_xml, xls
from parsers.formats.word import libreoffice
from tests.workbooks import workbook

FORMATS = ("xlsx", "xls", "ods")
STRUCK = "4\u03367\u0336"


def cells(content: Content | None) -> dict[str, Cell]:
    assert content is not None
    return {(cell.place.path or "").rpartition("!")[2]: cell for table in content.tables for cell in table.cells}


def drawn(fill: Callable[[Workbook, Worksheet], None]) -> bytes:
    """A sheet of labels in column A and of what `fill` writes beside them."""

    def whole(made: Workbook) -> None:
        sheet = made.add_worksheet("一")
        sheet.write_column(0, 0, ["甲", "乙", "丙", "丁"])
        fill(made, sheet)

    return workbook(whole)


def as_format(data: bytes, to: str) -> bytes:
    if to == "xlsx":
        return data
    if libreoffice.executable() is None:
        pytest.skip("needs LibreOffice")
    return libreoffice.converted(data, ".xlsx", to)


def edited(data: bytes, changes: Mapping[str, tuple[str, str]]) -> bytes:
    """The workbook with a piece of a part's XML (by the end of its name) replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            for end, (piece, other) in changes.items():
                if name.endswith(end):
                    assert piece.encode() in text
                    text = text.replace(piece.encode(), other.encode())
            new.writestr(name, text)
    return buffer.getvalue()


Looks = dict[str, object]

RUNS: list[tuple[Looks, Looks, str]] = [
    ({"font_strikeout": True}, {}, f"{STRUCK}1585"),
    ({"font_script": 1}, {}, "⁴⁷1585"),
    ({"font_script": 2}, {}, "⁴⁷1585"),
    ({"font_color": "#FFFFFF"}, {}, "1585"),
    ({"font_color": "#FFFF00"}, {"bg_color": "#FFFF00"}, "1585"),
    ({"font_color": "#FFFFFF"}, {"bg_color": "#000080", "font_color": "#FFFFFF"}, "471585"),
    ({"font_color": "#FF0000"}, {}, "471585"),
]
"""How 47 looks before 1585, how the cell does, and what is printed."""

CELLS: list[tuple[Looks, str, bool]] = [
    ({"font_color": "#FFFFFF"}, "", True),
    ({"font_color": "#FFFFFF", "bg_color": "#1F4E79"}, "38", True),
    ({"font_color": "#C0C0C0", "bg_color": "#C0C0C0"}, "", True),
    ({"font_color": "#E8E8E8"}, "38", False),
    ({"font_color": "#CCCCCC"}, "38", True),
    ({"font_script": 1}, "38", True),
    ({"num_format": ";;;"}, "", True),
    ({"num_format": '0"件"'}, "38件", True),
]
"""How a cell with 38 looks, what it prints, and whether that can be told."""

ERRORS = (("=1/0", "#DIV/0!"), ("=NA()", "#N/A"))


@pytest.fixture(scope="module", params=FORMATS)
def read_cells(request: pytest.FixtureRequest) -> tuple[dict[str, Cell], dict[str, Cell]]:
    """Both readings of one workbook with all these cells, the runs in column B, cells in C, errors in D."""

    def fill(made: Workbook) -> None:
        sheet = made.add_worksheet("一")
        sheet.write_column(0, 0, list("甲乙丙丁戊己庚辛"))
        for row, (looks, paper, _) in enumerate(RUNS):
            own = made.add_format({"font_color": paper["font_color"]} if "font_color" in paper else {})
            sheet.write_rich_string(row, 1, made.add_format(looks), "47", own, "1585", made.add_format(paper))
        for row, (looks, *_) in enumerate(CELLS):
            sheet.write_number(row, 2, 38, made.add_format(looks))
        for row, (formula, shown) in enumerate(ERRORS):
            sheet.write_formula(row, 3, formula, None, shown)

    data = as_format(workbook(fill), request.param)
    return cells(xls.read(data)), cells(xls.second_reading(data))


def test_runs_within_a_cell(read_cells: tuple[dict[str, Cell], dict[str, Cell]]) -> None:
    first, again = read_cells
    for row, (*_, printed) in enumerate(RUNS, 1):
        assert (first[f"B{row}"].text, first[f"B{row}"].readable) == (printed, True)
        assert again[f"B{row}"].text == printed or not again[f"B{row}"].readable


def test_the_look_of_a_whole_cell(read_cells: tuple[dict[str, Cell], dict[str, Cell]]) -> None:
    first, _ = read_cells
    for row, (_, printed, sure) in enumerate(CELLS, 1):
        assert (first[f"C{row}"].text, first[f"C{row}"].readable) == (printed, sure)


def test_what_a_failed_formula_prints_is_no_blank(read_cells: tuple[dict[str, Cell], dict[str, Cell]]) -> None:
    first, _ = read_cells
    for row, (_, shown) in enumerate(ERRORS, 1):
        assert (first[f"D{row}"].text, first[f"D{row}"].readable) == (shown, False)


def test_a_colour_of_the_format() -> None:
    def fill(made: Workbook, sheet: Worksheet) -> None:
        sheet.write_column(0, 1, [5, 38], made.add_format({"num_format": "[White]0"}))

    assert "B2" not in cells(xls.read(drawn(fill)))


def test_a_column_too_narrow_prints_no_number() -> None:
    def fill(made: Workbook, sheet: Worksheet) -> None:
        sheet.set_column(1, 1, 4)
        sheet.write_column(0, 1, [123456, 1234, 12])
        sheet.write_number(3, 1, 123456, made.add_format({"shrink": True}))

    seen = cells(xls.read(drawn(fill)))
    assert [seen[at].readable for at in ("B1", "B2", "B3", "B4")] == [False, True, True, True]
    assert seen["B1"].text == "123456"


def test_rows_and_columns_as_thin_as_lines_are_hidden() -> None:
    def fill(made: Workbook, sheet: Worksheet) -> None:
        sheet.write_column(0, 1, [1, 2, 3])
        sheet.write_column(0, 2, [7, 8, 9])
        sheet.set_row(1, 1)
        sheet.set_column(2, 2, 0.1)

    assert [cell.text for cell in cells(xls.read(drawn(fill))).values()] == ["甲", "1", "丙", "3", "丁", ""]


@pytest.mark.parametrize(
    ("rule", "readable", "text"),
    [
        ({"type": "cell", "criteria": "==", "value": 38, "format": {"font_color": "#FFFFFF"}}, True, ""),
        ({"type": "cell", "criteria": "==", "value": 0, "format": {"font_color": "#FFFFFF"}}, True, "38"),
        (
            {"type": "cell", "criteria": "between", "minimum": 30, "maximum": 40, "format": {"num_format": ";;;"}},
            True,
            "",
        ),
        ({"type": "formula", "criteria": "=B2=38", "format": {"font_color": "#FFFFFF"}}, True, ""),
        ({"type": "formula", "criteria": "=$A$1>3", "format": {"font_color": "#FFFFFF"}}, False, "38"),
        ({"type": "formula", "criteria": "=$A$1>3", "format": {"font_color": "#FF0000"}}, True, "38"),
        ({"type": "data_bar", "bar_only": True}, False, "38"),
        ({"type": "icon_set", "icon_style": "3_arrows", "icons_only": True}, False, "38"),
        ({"type": "data_bar"}, True, "38"),
    ],
)
def test_conditional_formats(rule: dict[str, object], readable: bool, text: str) -> None:
    def fill(made: Workbook, sheet: Worksheet) -> None:
        sheet.write_column(0, 1, [5, 38])
        own = {"format": made.add_format(rule["format"])} if "format" in rule else {}
        sheet.conditional_format("B2:B2", rule | own)

    seen = cells(xls.read(drawn(fill)))
    assert (seen["B2"].readable, seen["B2"].text) == (readable, text)
    assert seen["B1"].readable


def test_what_lies_under_a_shape_is_not_readable() -> None:
    def fill(made: Workbook, sheet: Worksheet) -> None:
        sheet.write_column(0, 1, [38, 5])
        sheet.insert_textbox(0, 1, "83", {"width": 60, "height": 18})

    seen = cells(xls.read(drawn(fill)))
    assert [seen["B1"].readable, seen["B2"].readable] == [False, True]


def test_a_text_repeated_over_its_cell_is_not_readable() -> None:
    data = drawn(lambda made, sheet: sheet.write_number(0, 1, 12, made.add_format({"align": "fill"})))
    assert not cells(xls.read(data))["B1"].readable


@pytest.mark.parametrize("formula", ["=SUM(C1:D1)", "=C1*2"])
def test_results_that_the_file_says_are_old(formula: str) -> None:
    """Programs that calculate nothing store 0 and ask for a calculation: whoever opens the file sees another number."""

    def fill(made: Workbook, sheet: Worksheet) -> None:
        sheet.write_formula(0, 1, formula)
        sheet.write_row(0, 2, [3, 4])

    seen = cells(xls.read(drawn(fill)))["B1"]
    assert (seen.text, seen.readable) == (("7", True) if "SUM" in formula else ("0", False))
    stored = drawn(lambda _, sheet: (sheet.write_formula(0, 1, "=SUM(C1:D1)", None, 9), sheet.write_row(0, 2, [3, 4])))
    kept = edited(stored, {"workbook.xml": (' fullCalcOnLoad="1"', "")})
    assert not cells(xls.read(kept))["B1"].readable


def test_a_format_that_lies_is_no_error_of_the_publisher() -> None:
    """A printed number that is not the stored one: the second reading contradicts, and does not agree."""

    def fill(made: Workbook, sheet: Worksheet) -> None:
        for row, (value, code) in enumerate(((5, '"2"0'), (5.4, "0"), (12345, "0,"), (0, '0;-0;"-"'))):
            sheet.write_number(row, 1, value, made.add_format({"num_format": code}))

    first, again = cells(xls.read(drawn(fill))), cells(xls.second_reading(drawn(fill)))
    assert [first[f"B{row}"].text for row in (1, 2, 3, 4)] == ["25", "5", "12", "-"]
    assert [(again[f"B{row}"].text, again[f"B{row}"].readable) for row in (1, 2, 3, 4)] == [
        ("5", True),
        ("5", True),
        ("12", False),
        ("-", True),
    ]


def test_a_sheet_that_cannot_be_read_costs_itself() -> None:
    def fill(made: Workbook) -> None:
        made.add_worksheet("一").write_row(0, 0, ["甲", 5])
        made.add_worksheet("二").write_row(0, 0, ["乙", 6])

    data = edited(workbook(fill), {"sheet1.xml": ("<sheetData>", "<sheetData><<")})
    content = xls.read(data)
    assert [cell.text for table in content.tables for cell in table.cells] == ["乙", "6"]
    assert len(content.unread) == 1


def test_characters_written_by_their_numbers() -> None:
    data = edited(drawn(lambda _, sheet: sheet.write_string(0, 1, "四五")), {"sharedStrings.xml": ("四五", "_x0034_5")})
    assert cells(xls.read(data))["B1"].text == "45"
    assert cells(xls.second_reading(data))["B1"].text == "45"


XML_STYLES = (
    '<Style ss:ID="w"><Font ss:Color="#FFFFFF"/></Style><Style ss:ID="k"><Font ss:StrikeThrough="1"/></Style>'
    '<Style ss:ID="d" ss:Parent="w"><Interior ss:Color="#000080" ss:Pattern="Solid"/></Style>'
    '<Style ss:ID="f"><Alignment ss:Horizontal="Fill"/></Style>'
)
XML_ROWS = (
    '<Row><Cell><Data ss:Type="String">甲</Data></Cell>'
    '<Cell><Data ss:Type="String"><S>47</S><Font html:Color="#FFFFFF">9</Font>15<Sup>2</Sup></Data></Cell>'
    '<Cell ss:StyleID="w"><Data ss:Type="Number">38</Data></Cell>'
    '<Cell ss:StyleID="d"><Data ss:Type="Number">38</Data></Cell>'
    '<Cell><Data ss:Type="Error">#REF!</Data></Cell><Cell ss:Formula="=1+1"></Cell>'
    '<Cell ss:StyleID="f"><Data ss:Type="Number">3</Data></Cell></Row>'
)


def test_spreadsheet_xml() -> None:
    data = (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">'
        f'<Styles>{XML_STYLES}</Styles><Worksheet ss:Name="一"><Table>{XML_ROWS}</Table></Worksheet></Workbook>'
    ).encode()
    (table,), again = spreadsheet_xml.read(data).tables, spreadsheet_xml.second_reading(data)
    assert [(cell.text, cell.readable) for cell in table.cells] == [
        ("甲", True), (f"{STRUCK}15²", True), ("", True), ("38", True), ("#REF!", False), ("", False), ("3", False),
    ]  # fmt: skip
    seen = cells(again)
    assert [(seen[at].text, seen[at].readable) for at in ("B1", "D1")] == [(f"{STRUCK}15²", False), ("38", True)]
