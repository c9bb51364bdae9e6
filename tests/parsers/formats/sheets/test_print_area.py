"""What lies beside the print area is no part of the document; a picture in a cell is no blank."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from xlsxwriter.workbook import Workbook

from parsers.formats.sheets import spreadsheet_xml, xls
from parsers.formats.sheets.print_area import areas_of
from tests.parsers.formats.sheets.test_effects import FORMATS, as_format, cells
from tests.workbooks import workbook


def test_areas_as_spreadsheets_write_them() -> None:
    written = "'年报, 一''s'!$A$1:$C$9,二!$E:$F,一.G2"
    assert areas_of(written) == [((0, 0), (8, 2)), ((0, 4), (1_048_575, 5)), ((1, 6), (1, 6))]
    assert areas_of("#REF!") == areas_of("") == []


def _with_draft(area: str) -> bytes:
    def fill(made: Workbook) -> None:
        sheet = made.add_worksheet("一")
        sheet.write_column(0, 0, ["甲", "乙", "丙"])
        sheet.write_column(0, 1, [1, 2, 3])
        sheet.write_column(0, 3, ["底稿", "乙", 7])
        sheet.print_area(area)

    return workbook(fill)


@pytest.mark.parametrize("to", FORMATS)
def test_a_draft_beside_the_print_area_is_not_there(to: str) -> None:
    data = as_format(_with_draft("A1:B3"), to)
    for content in (xls.read(data), xls.second_reading(data)):
        assert {spot: cell.text for spot, cell in cells(content).items()} == {
            "A1": "甲", "B1": "1", "A2": "乙", "B2": "2", "A3": "丙", "B3": "3",
        }  # fmt: skip


def test_an_area_with_little_in_it_is_not_believed() -> None:
    assert len(cells(xls.read(_with_draft("A1:A1")))) > 6


def test_the_print_area_of_a_workbook_as_one_file() -> None:
    row = '<Row><Cell><Data ss:Type="String">甲</Data></Cell><Cell><Data ss:Type="Number">{}</Data></Cell>{}</Row>'
    draft = '<Cell ss:Index="5"><Data ss:Type="Number">7</Data></Cell>'
    data = (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="一"><Names>'
        '<NamedRange ss:Name="Print_Area" ss:RefersTo="=一!R1C1:R2C2"/></Names>'
        f"<Table>{row.format(1, draft)}{row.format(2, '')}</Table></Worksheet></Workbook>"
    )
    assert [cell.text for cell in cells(spreadsheet_xml.read(data.encode())).values()] == ["甲", "1", "甲", "2"]


@pytest.mark.parametrize("to", FORMATS)
def test_a_picture_in_place_of_a_number_cannot_be_read(to: str) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (20, 12), "black").save(drawn, "PNG")

    def fill(made: Workbook) -> None:
        sheet = made.add_worksheet("一")
        sheet.write_row(0, 0, ["甲", "乙", "丙", "丁"])
        sheet.write_row(1, 0, ["己", 1])
        sheet.merge_range("C3:D3", "")
        sheet.write_row(2, 0, ["庚", 2])
        for spot in ("C2", "C3"):
            sheet.insert_image(spot, "n.png", {"image_data": drawn, "x_offset": 4, "y_offset": 4})

    data = as_format(workbook(fill), to)
    first, again = cells(xls.read(data)), xls.second_reading(data)
    assert {spot: cell.readable for spot, cell in first.items() if not cell.text} == {
        "C2": False, "D2": True, "C3": False,
    }  # fmt: skip
    assert not cells(again)["C2"].readable
