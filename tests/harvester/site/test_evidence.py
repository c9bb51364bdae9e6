"""Hostile and odd originals: nothing runs, nothing is fetched, nothing hangs; charts keep their promises."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from markupsafe import Markup
from openpyxl import Workbook  # type: ignore[import-untyped]
from PIL import Image

from archive.exchange import Exchange
from archive.warc_writer import WarcWriter
from harvester.site.drawing import safe_html as archived
from harvester.site.drawing.drawing import Bytes, NotDrawn
from harvester.site.drawing.drawing_pool import Artist
from harvester.site.parts.charts import ChartLine, Point, scale
from harvester.site.parts.form_layout import differs, request_lines
from harvester.site.parts.narrative import mark
from parsers.formats.html.tree import tree_of

HOSTILE = """<html><head><base href="http://evil.example/"><meta http-equiv="refresh" content="0;url=http://evil.example/">
<link rel="stylesheet" href="http://evil.example/x.css"><style>@import "http://evil.example/y.css"</style></head>
<body onload="alert(1)" background="http://evil.example/b.png"><script src="http://evil.example/s.js"></script>
<img src="http://evil.example/i.png" onerror="alert(1)"><iframe src="http://evil.example/f"></iframe>
<object data="http://evil.example/o"></object><embed src="http://evil.example/e"><svg onload="alert(1)"></svg>
<form action="http://evil.example/"><input name="x" autofocus onfocus="alert(1)"></form>
<a href="javascript:alert(1)">a</a><div style="background:url(http://evil.example/u.png)">b</div>
<table id="cell"><tr><td>1</td><td>2</td></tr></table></body></html>"""


def test_nothing_of_a_hostile_page_is_left_but_its_text() -> None:
    shown = archived.page(tree_of(HOSTILE.encode()), "//td[2]")
    for bad in (
        "evil.example",
        "script",
        "onload",
        "onerror",
        "javascript:",
        "<img",
        "<form",
        "<input",
        "<iframe",
        "<svg",
    ):
        assert bad not in shown.removeprefix(archived.SHEET), bad
    assert shown.count('id="cell"') == 1
    assert '<td id="cell" class="hl-cell">2</td>' in shown


@pytest.mark.parametrize("path", [None, "", "//[", "count(//td)", "/html/nothing", "x!/html/body/table/tr/td[1]"])
def test_any_path_is_taken_calmly(path: str | None) -> None:
    assert "2" in archived.page(tree_of(HOSTILE.encode()), path)


def test_the_same_address_on_another_sheet_is_not_marked() -> None:
    book = Workbook()
    for name, number in (("表二", "11"), ("表三", "22")):
        sheet = book.create_sheet(name)
        sheet.append(["项目", "数"])
        sheet.append(["规章", number])
    del book["Sheet"]
    file = io.BytesIO()
    book.save(file)
    shown = archived.view(file.getvalue(), "表三!B2")
    assert re.findall(r'class="hl-cell">(\d+)<', shown) == ["22"]
    assert [shown.index(name) for name in ("表二", "表三")] == sorted(shown.index(name) for name in ("表二", "表三"))
    assert re.findall(r'class="hl-cell">(\d+)<', archived.view(file.getvalue(), "附件.xlsx!表二!B2")) == ["11"]


def test_a_list_in_xml_is_shown_without_its_marks() -> None:
    data = "<html><body><record><![CDATA[<li>2020年年报</li>]]></record></body></html>".encode()
    shown = archived.view(data, None)
    assert "2020年年报" in shown
    assert "CDATA" not in shown
    assert "]]" not in shown


def kept(folder: Path, data: bytes) -> Bytes:
    from datetime import UTC, datetime

    with WarcWriter(folder, "t") as warc:
        where = warc.write(Exchange("http://x.example/", "GET", (), b"", 200, "OK", (), data, datetime.now(UTC)))
    return Bytes(folder, where.file, where.offset)


async def test_documents_that_cannot_be_drawn_say_why(tmp_path: Path) -> None:
    artist = Artist()
    try:
        for number, data in enumerate((b"%PDF-1.4 broken", b"", b"\x00" * 1000, b"plain text")):
            source = kept(tmp_path / str(number), data)
            with pytest.raises(NotDrawn):
                await artist.do("page_image", source, 1, 1.6, None)
        picture = io.BytesIO()
        Image.new("L", (400, 300), 200).save(picture, "PNG")
        drawn = await artist.do("page_image", kept(tmp_path / "png", picture.getvalue()), 1, 1.0, None)
        assert isinstance(drawn, bytes)
        assert Image.open(io.BytesIO(drawn)).mode == "P"
    finally:
        artist.close()


async def test_slow_drawing_is_killed_and_the_next_one_works(tmp_path: Path) -> None:
    artist = Artist(seconds=0.0)
    source = kept(tmp_path, b"<html><body><p>x</p></body></html>")
    try:
        with pytest.raises(NotDrawn, match="longer"):
            await artist.do("archived_view", source, None)
        artist.seconds = 30.0
        assert "<p>x</p>" in str(await artist.do("archived_view", source, None))
    finally:
        artist.close()


async def test_real_pdf_has_every_cell_where_it_says(shared: Path, tmp_path: Path) -> None:
    """A real report: its pages draw within the budget."""
    file = next((shared / "real" / "hongze-2023").glob("*.pdf"), None)
    if file is None:
        pytest.skip("no PDF of 洪泽 in ../shared/real")
    artist = Artist()
    try:
        drawn = await artist.do("page_image", kept(tmp_path, file.read_bytes()), 4, 1.6, None)
        assert isinstance(drawn, bytes)
        assert 5_000 < len(drawn) < 120 * 1024
    finally:
        artist.close()


def test_chart_breaks_the_line_and_leaves_gaps() -> None:
    points = [
        Point("2019", 10, 40),
        Point("2020", 20, 40),
        Point("2021", 30, 12, hollow=True),
        Point("2022", None, 4),
        Point("2023", 5, 40),
    ]
    drawn = str(ChartLine(points, "公开率", "说明", "%", breaks=[("2020", "新表式")], most=100).draw())
    assert drawn.count("<polyline") == 1
    assert drawn.count("<circle") == 4
    assert drawn.count('class="dot small"') == 1
    assert "n=4" in drawn
    assert "<title" in drawn
    assert "新表式" in drawn


@pytest.mark.parametrize("highest", [0.2, 1, 3, 7, 10, 23, 99, 101, 12_345])
def test_axis_begins_at_zero_and_holds_the_highest(highest: float) -> None:
    top, step = scale(highest)
    assert top >= highest
    assert (top / step) == int(top / step)


def test_rows_of_an_older_form_keep_their_place() -> None:
    usual = [line.id for line in request_lines("gen2021", set())]
    assert len(usual) == 25
    older = [line.id for line in request_lines("gen2021", {"other_disposition"})]
    assert "other_disposition" in older
    assert "other_other" not in older
    assert older.index("other_disposition") < older.index("disposed_total")


def test_label_that_says_something_else() -> None:
    assert differs("2.其他法律行政止公开", "2.其他法律行政法规禁止公开")
    assert not differs("（一）予以 公开", "（一）予以公开")
    assert not differs("1. 属于国家秘密", "1.属于国家秘密")


def test_quotations_are_marked_once_and_escaped() -> None:
    first, second = Markup("<mark>收到5件</mark>"), Markup("<mark>到5</mark>")
    assert mark("a<b>收到5件。", [(4, 8, first), (5, 7, second)]) == "a&lt;b&gt;<mark>收到5件</mark>。"


def test_a_page_cannot_wear_our_mark() -> None:
    cells = "<td class='x hl-cell' id='cell'>9</td><td>2</td>"
    page = f"<html><body><table class='hl-cell'><tr>{cells}</tr></table></body></html>"
    assert 'hl-cell"' not in archived.view(page.encode(), None).partition("<body>")[2]
    shown = archived.view(page.encode(), "/html/body/table/tr/td[2]").partition("<body>")[2]
    assert re.findall(r'class="hl-cell">(\d+)<', shown) == ["2"]
    assert shown.count('class="') == 1
