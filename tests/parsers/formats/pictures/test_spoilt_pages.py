"""Every way of spoiling the tables of a page that was met: all cells are read exactly, with the way back to each."""

from __future__ import annotations

import json
import re

import pytest

from tests.spoilt import FORMS, Change, is_read_exactly

TABLE = re.compile(r"<table.*?</table>", re.S)
SPOILT: list[Change] = []


def spoil(change: Change) -> Change:
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
def numbers_of_each_row_in_a_table_of_their_own(page: str) -> str:
    numbers = r'<td colspan="7"><div><table><tr>\1</tr></table></div></td></tr>'
    return re.sub(r"((?:<td>(?:(?!<t[dr]|[一-鿿]).)*</td>){7})\s*</tr>", numbers, page, flags=re.S)


@spoil
def cells_that_span_no_columns(page: str) -> str:
    return re.sub(r' colspan="\d+"', "", page)


@spoil
def a_drawing_before_the_page(page: str) -> str:
    return page.replace("<body>", "<body><svg width=1><title>图</title></svg>")


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
def a_copy_hidden_by_the_style_sheet(page: str) -> str:
    copies = "".join(re.sub(r">(\d+)<", r">9\1<", table) for table in TABLE.findall(page))
    style = "<style>a{b:c} .phone, #x { color: red; display : none !important }</style>"
    return page.replace("<body>", f'{style}<body><div class="old phone">{copies}</div>')


@spoil
def a_rule_for_paper_only(page: str) -> str:
    style = "<style>@media print { .t {display:none} } .u {display:none} .u {display:block}</style>"
    return page.replace("<body>", f"{style}<body>").replace("<table", "<table class='t u'")


@spoil
def the_last_table_behind_a_tab(page: str) -> str:
    at = page.rindex("<table")
    return f'{page[:at]}<div style="display:none">{page[at:]}'


@spoil
def all_hidden_until_a_script_shows_it(page: str) -> str:
    return page.replace("<body>", '<body><div style="display:none">').replace("</body>", "</div></body>")


@spoil
def article_in_a_script(page: str) -> str:
    article = json.dumps(body_of(page)).replace("<", "\\u003C").replace("/", "\\/")
    script = f"window._CONFIG = {{ SID: '990102', DETAIL: {{id: 5, content: {article}}}, TREE: [] }};"
    return f"<html><head><script>{script}</script></head><body><div id=app>加载中</div></body></html>"


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


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("change", SPOILT, ids=lambda change: change.__name__)
def test_spoilt_pages_are_read_exactly(change: Change, form: str) -> None:
    is_read_exactly(change, form)
