"""Sheets of OpenDocument that are set to print nothing for zero."""

from __future__ import annotations

import pytest

from parsers.formats import recognise

NAMES = " ".join(f'xmlns:{name}="urn:{name}"' for name in ("office", "text", "table", "config"))


def book(*places: str) -> bytes:
    """Two sheets with 0 and 7; the settings are switched off at the places given."""
    off = '<config:config-item config:name="ShowZeroValues">false</config:config-item>'
    on = off.replace("false", "true")
    sheet = (
        '<table:table table:name="{0}"><table:table-row><table:table-cell><text:p>甲</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="0"><text:p>0</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="7"><text:p>7</text:p></table:table-cell>'
        "</table:table-row></table:table>"
    )
    own = (
        f'<config:config-item-map-entry config:name="一">{off if "一" in places else on}</config:config-item-map-entry>'
    )
    return (
        f'<?xml version="1.0"?><office:document {NAMES} '
        'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:settings>'
        f"<config:config-item-set>{off if 'all' in places else on}</config:config-item-set>"
        f'<config:config-item-map-named config:name="Tables">{own}</config:config-item-map-named></office:settings>'
        f"<office:body><office:spreadsheet>{sheet.format('一')}{sheet.format('二')}</office:spreadsheet></office:body>"
        "</office:document>"
    ).encode()


@pytest.mark.parametrize(
    ("places", "zeros"), [((), ["0", "0"]), (("一",), ["", "0"]), (("all",), ["0", ""]), (("all", "一"), ["", ""])]
)
@pytest.mark.parametrize("again", [False, True])
def test_a_zero_is_printed_where_the_sheet_prints_zeros(places: tuple[str, ...], zeros: list[str], again: bool) -> None:
    known = recognise(book(*places))
    assert known is not None
    assert known.second_reading is not None
    content = (known.second_reading if again else known.read)(book(*places))
    assert content is not None
    rows = [[cell.text for cell in table.cells] for table in content.tables]
    assert [row[1] if len(row) == 3 else "" for row in rows] == zeros
    assert [row[-1] for row in rows] == ["7", "7"]
