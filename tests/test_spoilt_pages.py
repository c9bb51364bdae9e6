"""Every way of spoiling the tables of a page that was met: all cells are read exactly, with the way back to each."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from random import Random

import pytest

from parsers.charset import decode
from parsers.extract import extract
from parsers.formats import html
from tests.factory import html as pages
from tests.factory.compare import differences
from tests.factory.story import story
from tests.factory.truth import Truth, random_truth

CELL = re.compile(r"(<td[^>]*>)(.*?)</td>", re.S)
TABLE = re.compile(r"<table.*?</table>", re.S)
SPOILT: list[Callable[[str], str]] = []


def spoil(change: Callable[[str], str]) -> Callable[[str], str]:
    SPOILT.append(change)
    return change


def body_of(page: str) -> str:
    found = re.search(r"<body>(.*)</body>", page, re.S)
    assert found
    return found[1]


def before_row(page: str, label: str, inserted: str) -> str:
    at = page.rindex("<tr", 0, page.index(label))
    return page[:at] + inserted + page[at:]


@spoil
def cells_and_rows_without_end(page: str) -> str:
    return re.sub(r"</(?:t[dr]|p|span|tbody)>", "", page)


@spoil
def tables_without_end(page: str) -> str:
    return page.replace("</table>", "")


@spoil
def rows_without_start(page: str) -> str:
    return re.sub(r"<tr[^>]*>", "", page)


@spoil
def a_table_in_every_cell(page: str) -> str:
    return CELL.sub(r"\1<table><tr><td>\2</td></tr></table></td>", page)


@spoil
def every_row_its_own_group(page: str) -> str:
    return re.sub(r"</?tbody>", "", page).replace("<tr", "<tbody><tr").replace("</tr>", "</tr></tbody>")


@spoil
def head_at_the_end(page: str) -> str:
    return re.sub(r"<tbody>(.*?</tr>)(.*?)</tbody>", r"<tbody>\2</tbody><thead>\1</thead>", page, flags=re.S)


@spoil
def divs_as_table(page: str) -> str:
    page = re.sub(r"<table[^>]*>", '<div style="display: table">', re.sub(r"</?tbody>", "", page))
    page = re.sub(r"<tr[^>]*>", '<div style="display:table-row">', page)
    page = re.sub(r"<td([^>]*)>", r'<div style="display:table-cell"\1>', page)
    return re.sub(r"</t(?:able|r|d)>", "</div>", page)


@spoil
def boxes_in_place_of_tables(page: str) -> str:
    return re.sub(r"(</?)(?:table|tr|td|th)\b[^>]*>", r"\1div>", re.sub(r"</?tbody>", "", page))


@spoil
def a_hidden_copy_with_other_numbers(page: str) -> str:
    copies = "".join(re.sub(r">(\d+)<", r">9\1<", table) for table in TABLE.findall(page))
    return page.replace("<body>", f'<body><div style="display:none">{copies}</div>')


@spoil
def all_hidden_until_a_script_shows_it(page: str) -> str:
    return page.replace("<body>", '<body><div style="display:none">').replace("</body>", "</div></body>")


@spoil
def article_in_a_script(page: str) -> str:
    article = json.dumps(body_of(page)).replace("<", "\\u003C").replace("/", "\\/")
    script = f"window._CONFIG = {{ SID: '990102', DETAIL: {{id: 5, content: {article}}}, TREE: [] }};"
    return f"<html><head><script>{script}</script></head><body><div id=app>加载中</div></body></html>"


@spoil
def labels_broken_by_br(page: str) -> str:
    return re.sub(r"([\u4e00-\u9fff]{2})([\u4e00-\u9fff]{2})(?=[^<>]*</td>)", r"\1<br/>\2", page)


@spoil
def source_full_of_white_space(page: str) -> str:
    return CELL.sub(r"\1\n\t\t<p>\n\t\2\n\t</p>\n</td>", page)


@spoil
def spans_and_nbsp(page: str) -> str:
    spans = r"><p><span>\1</span><span>\2</span><span>&nbsp;&nbsp;&nbsp;</span></p><"
    return re.sub(r">(\d)(\d*)<", spans, page)


@spoil
def pasted_from_word(page: str) -> str:
    noise = '<![if !supportLists]><![endif]><!--[if gte mso 9]>9<![endif]--><?xml:namespace prefix = o ns = "urn:x" />'
    return CELL.sub(rf"\1{noise}<p class=MsoNormal>\2<o:p></o:p></p></td>", page)


@spoil
def split_in_the_middle_of_a_group(page: str) -> str:
    return before_row(page, "5.属于三类", "</tbody></table><p>&nbsp;</p><table><tbody>")


@spoil
def last_row_alone(page: str) -> str:
    return before_row(page, "四、结转", "</tbody></table><table><tbody>")


@spoil
def group_label_twice(page: str) -> str:
    tall = re.search(r'<td rowspan="\d\d"[^>]*>[^<]*三、本年度办理结果.*?</td>', page, re.S)
    return page if tall is None else page.replace("</body>", "<p>注：含上年度结转数量。</p></body>")


@spoil
def absurd_spans(page: str) -> str:
    page = re.sub(r'rowspan="(\d\d)"', 'rowspan="99999"', page)
    return re.sub(r"<td>(\d+)", r'<td colspan="0" rowspan="">\1', page)


@spoil
def wrapped_in_layout_tables(page: str) -> str:
    return TABLE.sub(r"<table class=outer><tr><td>&nbsp;</td><td>\g<0></td><td></td></tr></table>", page)


@spoil
def the_whole_page_a_layout_table(page: str) -> str:
    menu = "".join(f"<li><a href=/c{number}>栏目{number}</a></li>" for number in range(30))
    page = page.replace("<body>", f"<body><table><tr><td><ul>{menu}</ul></td><td>")
    foot = "</td></tr><tr><td colspan=2>版权所有 网站标识码9901020001</td></tr></table></body>"
    return page.replace("</body>", foot)


@spoil
def beside_a_list_of_other_reports(page: str) -> str:
    row = "<tr><td><a href=/a{0}>某某局{0}年政府信息公开年度报告</a></td><td>{0}</td></tr>"
    rows = "".join(row.format(2000 + number) for number in range(20))
    aside = f"<div class=left><table>{rows}</table></div><div class=main>"
    return page.replace("<body>", f"<body>{aside}").replace("</body>", "</div></body>")


@spoil
def comments_and_scripts_among_digits(page: str) -> str:
    page = re.sub(r"<td>(\d)(\d)", r"<td>\1<!-- 7 -->\2", page)
    return page.replace("</tr>", "</tr><script>var a='<td>5</td>';</script>")


@spoil
def an_empty_cell_more_in_each_row(page: str) -> str:
    return page.replace("</tr>", "<td></td></tr>")


@spoil
def empty_rows_between_rows(page: str) -> str:
    return page.replace("</tr>", "</tr><tr><td></td></tr><tr></tr>")


@spoil
def quotes_and_angles_in_attributes(page: str) -> str:
    return page.replace("<td", "<td style=\"mso-x:'>'\" title='a>b'")


@spoil
def xhtml(page: str) -> str:
    head = '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "x">'
    return f'{head}<html xmlns="http://www.w3.org/1999/xhtml">{page[page.index("<head>") :]}'


@spoil
def one_large_table(page: str) -> str:
    body = re.sub(r"</?(?:table|tbody|div)[^>]*>", "", body_of(page))
    rows = re.sub(r"<p>(.*?)</p>", r'<tr><td colspan="15">\1</td></tr>', body, flags=re.S)
    return f"<html><body><table border=1>{rows}</table></body></html>"


def in_number_cells(page: str, change: Callable[[str], str]) -> str:
    """The page with the content of every fifth cell that holds a number changed."""
    count = 0

    def changed(cell: re.Match[str]) -> str:
        nonlocal count
        count += cell[2].strip().isdigit()
        inside = change(cell[2].strip()) if cell[2].strip().isdigit() and count % 5 == 0 else cell[2]
        return f"{cell[1]}{inside}</td>"

    return CELL.sub(changed, page)


@spoil
def footnote_marks_behind_numbers(page: str) -> str:
    return in_number_cells(page, lambda number: f"{number}<sup><a href='#n'>1</a></sup>")


@spoil
def circled_marks_behind_numbers(page: str) -> str:
    return in_number_cells(page, lambda number: f"{number}②")


@spoil
def struck_numbers_before_the_right_ones(page: str) -> str:
    return in_number_cells(page, lambda number: f"<s>7</s>{number}")


@spoil
def digits_that_nobody_sees(page: str) -> str:
    return in_number_cells(page, lambda number: f"<span style='font-size:0'>7</span>{number}")


@spoil
def numbers_in_fields_of_a_form(page: str) -> str:
    return in_number_cells(page, lambda number: f'<input type="text" readonly value="{number}">')


@spoil
def a_hidden_cell_before_each_number(page: str) -> str:
    return in_number_cells(page, str).replace("<td>0</td>", '<td style="display: none">8</td><td>0</td>')


@spoil
def tables_of_other_things_between(page: str) -> str:
    other = "<table><tr><td>公开渠道</td><td>数量</td><td>占比</td></tr><tr><td>总计</td><td>77</td><td>3</td></tr>"
    return page.replace("<table", f"{other}<tr><td>其他</td><td>8</td><td>9</td></tr></table><table")


@spoil
def a_table_of_contents_before_it(page: str) -> str:
    other = "<table><tr><td>信息内容</td><td>数量</td></tr><tr><td>规章</td><td>77</td></tr>"
    return page.replace("<table", f"{other}<tr><td>行政许可</td><td>88</td></tr></table><table", 1)


@spoil
def the_whole_report_twice(page: str) -> str:
    return page.replace(body_of(page), f"<div class=pc>{body_of(page)}</div><div class=mobile>{body_of(page)}</div>")


@spoil
def group_and_row_in_one_cell(page: str) -> str:
    return page.replace(">3.其他<", ">（六）其他处理 3.其他<").replace(
        ">1.属于国家秘密<", ">（三）不予公开1.属于国家秘密<"
    )


@spoil
def units_and_marks_in_the_header(page: str) -> str:
    page = page.replace(">总计<", ">总计（件）<").replace(">自然人<", ">自然人<sup>①</sup><")
    return page.replace(">规章<", ">规章<sup>1</sup><")


def report_page(form: str) -> tuple[Truth, str]:
    random = Random(f"page {form}")
    truth = random_truth(random, form, "zeros")
    data = pages.render(story(truth, random, "plain"), random)
    return truth, re.sub(r"<meta[^>]*>", "", decode(data)[0])


@pytest.mark.parametrize("form", ["gen2019", "gen2021"])
@pytest.mark.parametrize("change", SPOILT, ids=lambda change: change.__name__)
def test_spoilt_pages_are_read_exactly(change: Callable[[str], str], form: str) -> None:
    truth, page = report_page(form)
    data = change(page).encode()
    extraction = extract(data)
    assert differences(truth, extraction) == []
    report = extraction.report
    assert report is not None
    assert (report.title, report.agency, report.year) == (truth.title, truth.agency, truth.year)
    assert report.readings_agree is not False
    assert report.method == "html"
    for cell in report.cells:
        if cell.place.path:
            assert html.locate(data, cell.place.path) == cell.raw
