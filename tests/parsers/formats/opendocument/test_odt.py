"""parsers.formats.odt: spans, covered cells, what is not printed."""

from __future__ import annotations

from random import Random

import pytest

from parsers.content import Unreadable
from parsers.extract import extract
from parsers.formats.opendocument import odt
from tests.factory import odf
from tests.factory.archives import zipped
from tests.factory.compare import differences
from tests.factory.story import SHAPES, story
from tests.factory.truth import random_truth

_OFFICE = 'xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:draw="d"'


def flat(body: str) -> bytes:
    return (
        f'<?xml version="1.0"?><office:document {_OFFICE} office:mimetype="{odt.MEDIA_TYPE}"><office:body>'
        f"<office:text>{body}</office:text></office:body></office:document>"
    ).encode()


def cell(text: str, spans: str = "") -> str:
    return f"<table:table-cell {spans}><text:p>{text}</text:p></table:table-cell>"


COVERED = "<table:covered-table-cell/>"


def row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def test_hidden_raised_and_crossed_out_text() -> None:
    styles = "".join(
        f'<style:style style:name="{name}" style:family="text"><style:text-properties {look}/></style:style>'
        for name, look in (
            ("H", 'text:display="none"'),
            ("R", 'style:text-position="super 58%"'),
            ("S", 'style:text-line-through-style="solid"'),
        )
    )
    spans = "".join(f'<text:span text:style-name="{name}">1</text:span>' for name in "HRS")
    data = flat(f"<text:p>5{spans}</text:p>").replace(b"<office:body>", f"{styles}<office:body>".encode())
    assert odt.read(data.replace(b'xmlns:draw="d"', b'xmlns:draw="d" xmlns:style="s"')).text == "5¹1\u0336"


def test_spans_repeats_and_places() -> None:
    header = row(cell("甲", 'table:number-columns-spanned="2"'), COVERED)
    body = row(cell("乙", 'table:number-rows-spanned="2"'), cell("1")) + row(COVERED, cell("2"))
    drawn = f"<table:table><table:table-header-rows>{header}</table:table-header-rows>{body}</table:table>"
    (table,) = odt.read(flat(drawn)).tables
    assert [(c.row, c.column, c.rowspan, c.colspan, c.text) for c in table.cells] == [
        (0, 0, 1, 2, "甲"),
        (1, 0, 2, 1, "乙"),
        (1, 1, 1, 1, "1"),
        (2, 1, 1, 1, "2"),
    ]
    assert table.cells[-1].place.path == "table[1]/row[3]/cell[2]"


def test_repeated_cells_each_stand_in_their_column() -> None:
    repeated = row(cell("0", 'table:number-columns-repeated="3"'))
    (table,) = odt.read(flat(f"<table:table>{repeated}</table:table>")).tables
    assert [(c.column, c.text) for c in table.cells] == [(0, "0"), (1, "0"), (2, "0")]


@pytest.mark.parametrize(
    ("inner", "printed"),
    [
        ('a<text:s text:c="2"/>b<text:tab/>c<text:line-break/>d', "a  b\tc\nd"),
        ("1<text:note><text:p>9</text:p></text:note>2", "12"),
        ("1<text:hidden-text>9</text:hidden-text>2", "12"),
        ("<text:span>公</text:span><text:a>开</text:a>", "公开"),
        ("正文<draw:frame><draw:text-box><text:p>附注</text:p></draw:text-box></draw:frame>", "正文\n附注"),
    ],
)
def test_printed_text(inner: str, printed: str) -> None:
    assert odt.read(flat(f"<text:p>{inner}</text:p>")).text == printed


def test_a_package_is_told_by_its_first_member() -> None:
    content = flat("<text:p>正文</text:p>")
    package = zipped({"mimetype": odt.MEDIA_TYPE.encode(), "content.xml": content})
    assert odt.recognise(package) == odt.MEDIA_TYPE
    assert odt.read(package).text == "正文"
    locked = zipped({"mimetype": odt.MEDIA_TYPE.encode(), "META-INF/manifest.xml": b"<m><encryption-data/></m>"})
    error = extract(locked).error
    assert error is not None
    assert error.kind == "encrypted"


@pytest.mark.parametrize("style", odf.STYLES)
@pytest.mark.parametrize("shape", SHAPES)
def test_both_readings_agree_with_the_truth(style: str, shape: str) -> None:
    random = Random(f"{style} {shape}")
    truth = random_truth(random)
    extraction = extract(odf.render(story(truth, random, shape), random, style))
    assert differences(truth, extraction) == []
    assert extraction.report is not None
    assert extraction.report.readings_agree is True


@pytest.mark.parametrize(
    ("inner", "printed"),
    [
        ("1<text:note><text:p>9</text:p></text:note>2", "12"),
        ('a<text:s text:c="2"/>b<text:line-break/>c', "a  b\nc"),
        ("<table:table><table:table-row><table:table-cell><text:p>7</text:p></table:table-cell></table:table-row>"
         "</table:table>", "7"),
    ],
)  # fmt: skip
def test_the_second_reading_sees_the_same_cells(inner: str, printed: str) -> None:
    inside = inner if inner.startswith("<table") else f"<text:p>{inner}</text:p>"
    data = flat(f"<table:table>{row(cell('甲'), f'<table:table-cell>{inside}</table:table-cell>')}</table:table>")
    again = odt.second_reading(data)
    assert again is not None
    for read in (odt.read(data), again):
        assert [one.text for one in read.tables[0].cells] == ["甲", printed]


def test_the_second_reading_takes_no_entities() -> None:
    assert odt.second_reading(b"<!DOCTYPE x [<!ENTITY e 'x'>]>" + flat("<text:p>&e;</text:p>")) is None


def test_absurd_repeats_are_bounded() -> None:
    many = f'<table:table-row table:number-rows-repeated="9999999">{cell("1") * 250}</table:table-row>'
    with pytest.raises(Unreadable) as caught:
        odt.read(flat(f"<table:table>{many}</table:table>"))
    assert caught.value.kind == "too_large"
