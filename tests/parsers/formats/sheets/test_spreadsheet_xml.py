"""parsers.formats.spreadsheet_xml: indexes, merges, formats, what is hidden."""

from __future__ import annotations

from html import escape
from random import Random

import pytest

from parsers.content import Unreadable
from parsers.extract import extract
from parsers.formats import recognise
from parsers.formats.sheets import spreadsheet_xml
from tests.factory.compare import differences
from tests.factory.grids import Grid
from tests.factory.story import Story, story
from tests.factory.truth import random_truth


def workbook(rows: str, *, styles: str = "", columns: str = "", more: str = "") -> bytes:
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Styles>{styles}</Styles><Worksheet ss:Name="一"><Table>{columns}{rows}</Table></Worksheet>{more}</Workbook>'
    ).encode()


def cell(text: str, attributes: str = "", kind: str = "String") -> str:
    return f'<Cell {attributes}><Data ss:Type="{kind}">{escape(text)}</Data></Cell>'


_FAR = 'ss:Index="16000"'
DASHED = 'ss:StyleID="d"'


def drawn(report: Story) -> str:
    """The rows of a report."""
    rows: list[str] = []
    for block in report:
        if not isinstance(block, Grid):
            rows.append(f"<Row>{cell(block.text)}</Row><Row/>")
            continue
        for slots in block.rows():
            cells = (
                cell(
                    slot.text,
                    f'ss:Index="{slot.column + 1}" ss:MergeAcross="{slot.colspan - 1}" '
                    f'ss:MergeDown="{slot.rowspan - 1}"',
                    "Number" if slot.text.isdecimal() else "String",
                )
                for slot in slots
            )
            rows.append(f"<Row>{''.join(cells)}</Row>")
        rows.append("<Row/>")
    return "".join(rows)


@pytest.mark.parametrize("shape", ["plain", "blocks", "split", "unmerged"])
def test_a_report_is_read_back_exactly(shape: str) -> None:
    random = Random(shape)
    truth = random_truth(random)
    assert differences(truth, extract(workbook(drawn(story(truth, random, shape))))) == []


def test_formats_and_hidden_rows_and_columns() -> None:
    styles = '<Style ss:ID="d"><NumberFormat ss:Format="0;-0;&quot;—&quot;"/></Style>'
    rows = (
        f"<Row>{cell('甲')}{cell('9', kind='Number')}{cell('0', DASHED, 'Number')}</Row>"
        f'<Row ss:Hidden="1">{cell("旧")}</Row>'
        f'<Row ss:Index="4">{cell("乙")}{cell("8", kind="Number")}{cell("1.50", kind="Number")}</Row>'
    )
    data = workbook(rows, styles=styles, columns='<Column/><Column ss:Hidden="1"/>')
    texts = [c.text for table in spreadsheet_xml.read(data).tables for c in table.cells]
    assert texts == ["甲", "—", "乙", "1.5"]


def test_recognised_before_plain_text_and_hidden_sheets_left_out() -> None:
    hidden = (
        '<Worksheet ss:Name="二"><Table><Row><Cell><Data>旧</Data></Cell></Row></Table>'
        "<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>"
    )
    data = workbook(f"<Row>{cell('甲')}</Row>", more=hidden)
    found = recognise(data)
    assert found is not None
    assert found.name == "spreadsheet_xml"
    assert spreadsheet_xml.read(data).text == "甲"


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ("", "empty"),
        ('<Row ss:Hidden="1" ss:Span="1000000"/>' * 3_000, "empty"),
        (f'<Row ss:Index="4">{cell("甲")}</Row><Row ss:Index="3">{cell("乙")}</Row>', "corrupt"),
        (f'<Row ss:Index="999999">{cell("1", _FAR)}</Row>', "too_large"),
        ("<Row>", "corrupt"),
    ],
)
def test_an_empty_broken_or_absurd_workbook_is_refused(rows: str, kind: str) -> None:
    with pytest.raises(Unreadable) as caught:
        spreadsheet_xml.read(workbook(rows))
    assert caught.value.kind == kind
