"""Pages as portals serve them: their text, their tables, their places, and absurd ones."""

from __future__ import annotations

import re
from random import Random

import pytest

from parsers.content import Paragraph, Table, Unreadable
from parsers.extract import extract
from parsers.formats.html import html
from tests.factory import html as pages
from tests.factory.story import story
from tests.factory.truth import random_truth


def texts(page: str) -> list[str | list[str]]:
    blocks = html.read(page.encode()).blocks
    return [block.text if isinstance(block, Paragraph) else [cell.text for cell in block.cells] for block in blocks]


def grid(page: str) -> list[tuple[int, int, int, int, str]]:
    (table,) = html.read(page.encode()).tables
    return [(cell.row, cell.column, cell.rowspan, cell.colspan, cell.text) for cell in table.cells]


def test_spans_overlap_as_in_a_browser() -> None:
    page = "<table><tr><td rowspan=2>a<td>b<td rowspan=9>c<tr><td colspan=2>d<td>e</table>"
    assert grid(page) == [(0, 0, 2, 1, "a"), (0, 1, 1, 1, "b"), (0, 2, 2, 1, "c"), (1, 1, 1, 2, "d"), (1, 3, 1, 1, "e")]


def test_rowspan_zero_reaches_to_the_end_of_its_group() -> None:
    page = "<table><tbody><tr><td rowspan=0>a<td>b<tr><td>c<tbody><tr><td>d<td>e</table>"
    assert [cell[:2] for cell in grid(page)] == [(0, 0), (0, 1), (1, 1), (2, 0), (2, 1)]


def test_printed_text_of_a_cell() -> None:
    page = "<table><tr><td> <p>1</p><p>2</p> <td>本年新<br>公开<td><b>3</b>\n 4&nbsp;<td>&nbsp;<td><span></table>"
    assert [cell[4] for cell in grid(page)] == ["1\n2", "本年新\n公开", "3 4\xa0", "\xa0", ""]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("12<sup>1</sup>", "12¹"),
        ("<b>12</b><span style='vertical-align: super'>2</span>", "12²"),
        ("<del>4</del>13", "4\u033613"),
        ("<span style='text-decoration:line-through'>4</span>13", "4\u033613"),
        ("<span style='font-size:0'>9</span>12", "12"),
        ("<span style='font-size:0.5em'>9</span>12", "unreadable"),
        ("<i style='visibility:hidden'>9</i>12", "12"),
        ("<input value=12><input type=hidden value=3>", "12"),
        ('<select><option label="12">7<option>3</select>', "12"),
        ("<select><option selected>7<option selected>12</select>", "12"),
    ],
)
def test_a_cell_is_read_as_a_browser_shows_it_and_confirmed_by_nobody(markup: str, text: str) -> None:
    page = f"<table><tr><td>{markup}</td><td>b</td><td>c</td></tr></table>".encode()
    again = html.second_reading(page)
    assert again is not None
    first, second = html.read(page).tables[0].cells[0], again.tables[0].cells[0]
    assert first.text == text or not first.readable
    assert not (second.readable and second.text)


def test_a_footnote_mark_joins_no_number_of_the_prose() -> None:
    assert texts("<p>收到申请5<sup>1</sup>件</p>") == ["收到申请5¹件"]


def test_strays_between_cells_are_kept() -> None:
    page = "<table><p>注：一</p><tr><td>a<td>b<td>c</tr><table><tr><td>x<td>y<td>z</table></table>后"
    assert texts(page) == [["a", "b", "c"], "注：一", ["x", "y", "z"], "后"]


def test_the_box_about_the_page_is_no_table_of_the_report() -> None:
    box = "<table><tr><td>索 引 号</td><td>99/2022-1</td><td>主题分类</td><td>公开</td></tr><tr><td>发布机构</td>"
    content = html.read(
        f"{box}<td>虚水县科技局</td><td>发布日期</td><td>2023-01-30</td></tr></table><p>文</p>".encode()
    )
    assert content.tables == ()
    assert content.meta["index_number"] == "99/2022-1"
    assert content.meta["publisher"] == "虚水县科技局"
    assert content.meta["published_on"] == "2023-01-30"


def test_head_tags_and_lines_about_the_page() -> None:
    head = '<meta name="ArticleTitle" content="虚水县2022年报告"><meta name="PubDate" content="2023-01-30 10:00">'
    crumb = "<div>您当前的位置：<a>首页</a> &gt; <a>年报</a> &gt; 2022年</div><p>来 源：虚水县政府办 浏览次数：12</p>"
    meta = html.read(f"<html><head>{head}</head><body>{crumb}<p>文</p></body></html>".encode()).meta
    assert meta["title"] == "虚水县2022年报告"
    assert meta["published_tag"] == "2023-01-30 10:00"
    assert meta["source"] == "虚水县政府办"
    assert "2022年" in meta["breadcrumb"]


def test_chrome_does_not_enter_the_article() -> None:
    menu = "<ul>" + "<li><a href=/c>政务公开</a></li>" * 9 + "</ul>"
    article = "<div id=zoom><p>虚水县2022年政府信息公开工作年度报告</p><p>一、总体情况</p><p>很好。</p></div>"
    tail = "<p>上一篇：<a href=/1>2021年报告</a></p><p>相关链接</p><div>主办：虚水县人民政府 ICP备99</div>"
    assert texts(f"<body>{menu}{article}{tail}</body>") == [
        "虚水县2022年政府信息公开工作年度报告",
        "一、总体情况",
        "很好。",
    ]


def test_files_offered() -> None:
    page = (
        "<p><a href='./P020230130.pdf'>报告.pdf</a><a href='/download/downfile.jsp?classid=0&filename=a'>附件</a>"
        "<a href='/index.html'>首页</a><iframe src='/pdfjs/viewer.html?file=/upload/x.pdf'></iframe></p>"
    )
    assert html.read(page.encode()).links == (
        ("./P020230130.pdf", "报告.pdf"),
        ("/download/downfile.jsp?classid=0&filename=a", "附件"),
        ("/upload/x.pdf", ""),
    )


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE html><p>x",
        b"\xef\xbb\xbf\n<html>",
        "<html><body>公开".encode("utf-16"),
        "<html><body>公开".encode("utf-16-le"),
        b"<p style='x'>x</p>",
        b"<!-- a --><table><tr><td>1",
        b'<?xml version="1.0"?><html xmlns="x">',
    ],
)
def test_pages_are_recognised(data: bytes) -> None:
    assert html.recognise(data) == "text/html"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"plain text with a < b",
        b"%PDF-1.7",
        b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>",
        b'<?xml version="1.0"?><w:wordDocument xmlns:w="x">',
        b'{"html": "<p>x</p>"}',
        b"{\\rtf1 <html>}",
        b"<rss><p>x</p></rss>",
    ],
)
def test_other_things_are_not(data: bytes) -> None:
    assert html.recognise(data) is None


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        (b"<html>" + b"<div>" * 100_000 + b"x", "too_large"),
        (b"<table>" + b"<tr><td>1<td>2<td>3" * 50_000 + b"</table>", "too_large"),
        (b"<table>" + (b"<tr>" + b"<td rowspan=9999 colspan=1000>1" * 10) * 200 + b"</table>", "too_large"),
        (b" \n\t ", "empty"),
    ],
)
def test_absurd_pages_are_refused(page: bytes, kind: str) -> None:
    with pytest.raises(Unreadable) as refused:
        html.read(page)
    assert refused.value.kind == kind


@pytest.mark.parametrize(
    "page",
    [
        b"<html>" + b"<table" * 100_000,
        b"<html><table>" + b"<td " * 100_000,
        b"<html>" + b"<![if" * 100_000,
        b"<html><table><tr><td>" + b"<input " * 100_000,
        b"<html><table><tr><td " + b'"' * 200_000 + b">x</table>",
        b"<html>" + b'<script>DETAIL: {content: "' * 20_000,
        b"<html>" + "<p>一、总体情况</p>".encode() * 20_000,
        b"<html>" + b"<" * 400_000,
        b"<html>" + b"<style>" * 100_000,
        b"<html><style>" + b"@" * 99_000 + b"</style>",
        b"<html><style>none" + b"@a{b{}" * 15_000 + b"</style>",
        b"<html><style>none" + b"/*" * 45_000 + b"</style>",
        b"<html><style>.a{display:none}" + b"a,.b" * 20_000 + b"</style>" + b"<a class " * 50_000,
    ],
    ids=lambda page: page[6:30].decode(errors="ignore"),
)
def test_endless_tags_end(page: bytes) -> None:
    """Each of these once took the square of its length: minutes, where the time limit of a worker is short."""
    extraction = extract(page)
    assert extraction.report is None
    assert extraction.error is None or extraction.error.kind != "crashed"


def test_a_table_of_twenty_thousand_rows_is_read() -> None:
    (table,) = html.read(b"<table>" + b"<tr><td>1<td>2<td>3" * 20_000 + b"</table>").tables
    assert len(table.cells) == 60_000


def test_deep_tables_have_a_way_back() -> None:
    page = (b"<div>" * 400) + b"<p>x</p><table><tr><td>1<td>2<td>3</table>"
    content = html.read(page)
    paths = [block.place.path for block in content.blocks if isinstance(block, Table)]
    assert paths == ["(//table)[1]"]
    assert [html.locate(page, cell.place.path or "") for cell in content.tables[0].cells] == ["1", "2", "3"]


def test_external_entities_are_not_resolved() -> None:
    page = b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>&x;</p></body></html>'
    assert "root:" not in str(html.read(page))


STRAY = (b"<table>", b"</table>", b"<tr>", b"</td>", b"<td rowspan=3>", b"<td rowspan=0>", b"<div hidden>", b"<script>")
STRAY += (b"<!--", b"<pre>", b"<o:p>", b"<caption>", b"<thead>", b"&#xD800;", b"<div role=row>", b"<ul>", b'"', b"\x00")


@pytest.mark.parametrize("style", pages.STYLES)
def test_damaged_pages_never_crash_and_places_hold(style: str) -> None:
    random = Random(style)
    parts = re.split(rb"(<[^>]*>)", pages.render(story(random_truth(random), random, "plain"), random, style))
    for _ in range(8):
        damaged = list(parts)
        for _ in range(random.choice([1, 5, 40])):
            at = random.randrange(len(damaged))
            damaged[at] = random.choice([b"", random.choice(STRAY), random.choice(parts)])
        data = b"".join(damaged)
        extraction = extract(data)
        assert extraction.error is None or extraction.error.kind != "crashed"
        for table in html.read(data).tables:
            for cell in table.cells[::5]:
                assert html.locate(data, cell.place.path or "") == cell.text


def test_a_place_that_is_not_there() -> None:
    with pytest.raises(Unreadable):
        html.locate(b"<p>x</p>", "/html/body/table[1]")


DRAWINGS = [
    "<img src='n.png'>", "<svg><text>5</text></svg>", "<canvas></canvas>", "<object data='n.png'></object>",
    "<img src='data:image/png;base64,AAAA'>", "<p><img src='n.png'></p>",
]  # fmt: skip


@pytest.mark.parametrize("drawing", DRAWINGS)
@pytest.mark.parametrize("spans", ["", "colspan=2", "rowspan=2"])
def test_a_drawing_in_place_of_a_number_is_no_blank(drawing: str, spans: str) -> None:
    rows = f"<tr><td>乙</td><td {spans}>{drawing}</td><td></td></tr><tr><td>丙</td><td>1</td><td>2</td><td></td></tr>"
    data = f"<!DOCTYPE html><meta charset=utf-8><table>{rows}</table>".encode()
    found = {(cell.row, cell.column): cell for cell in html.read(data).tables[0].cells}
    assert (found[0, 1].text, found[0, 1].readable) == ("", False)
    assert all(cell.readable for spot, cell in found.items() if spot != (0, 1))


def test_characters_that_no_tree_takes_back() -> None:
    data = (
        "<!DOCTYPE html><meta charset=utf-8><table><tr><td>甲</td><td><s>4&#2;\ufffe</s>31</td><td>5</td></tr></table>"
    )
    assert [cell.text for cell in html.read(data.encode()).tables[0].cells][::2] == ["甲", "5"]
