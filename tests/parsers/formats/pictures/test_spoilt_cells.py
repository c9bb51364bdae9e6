"""Every way of spoiling the cells of a table that was met: marks, fields, white space, what nobody sees."""

from __future__ import annotations

import re

import pytest

from tests.spoilt import CELL, FORMS, Change, is_read_exactly

SPOILT: list[Change] = []


def spoil(change: Change) -> Change:
    SPOILT.append(change)
    return change


def in_number_cells(page: str, change: Change) -> str:
    """The page with the content of every fifth cell that holds a number changed."""
    count = 0

    def changed(cell: re.Match[str]) -> str:
        nonlocal count
        count += cell[2].strip().isdigit()
        inside = change(cell[2].strip()) if cell[2].strip().isdigit() and count % 5 == 0 else cell[2]
        return f"{cell[1]}{inside}</td>"

    return CELL.sub(changed, page)


@spoil
def a_table_in_every_cell(page: str) -> str:
    return CELL.sub(r"\1<table><tr><td>\2</td></tr></table></td>", page)


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
def comments_and_scripts_among_digits(page: str) -> str:
    page = re.sub(r"<td>(\d)(\d)", r"<td>\1<!-- 7 -->\2", page)
    return page.replace("</tr>", "</tr><script>var a='<td>5</td>';</script>")


@spoil
def group_and_row_in_one_cell(page: str) -> str:
    return page.replace(">3.其他<", ">（六）其他处理 3.其他<").replace(
        ">1.属于国家秘密<", ">（三）不予公开1.属于国家秘密<"
    )


@spoil
def units_and_marks_in_the_header(page: str) -> str:
    page = page.replace(">总计<", ">总计（件）<").replace(">自然人<", ">自然人<sup>①</sup><")
    return page.replace(">规章<", ">规章<sup>1</sup><")


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
def numbers_in_boxes_to_type_in(page: str) -> str:
    choice = "<select><option>7</option><option selected>{}</option></select>"
    page = in_number_cells(page, lambda number: choice.format(number))
    return in_number_cells(page, lambda number: f"<textarea readonly>{number}</textarea>")


@spoil
def digits_that_the_style_sheet_hides(page: str) -> str:
    page = in_number_cells(page, lambda number: f"<b id='a{number}' class='n x'>7</b>{number}")
    return page.replace("<body>", "<style type='text/css'><!-- b.n{display:none;} --></style><body>")


@spoil
def a_hidden_cell_before_each_number(page: str) -> str:
    return in_number_cells(page, str).replace("<td>0</td>", '<td style="display: none">8</td><td>0</td>')


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("change", SPOILT, ids=lambda change: change.__name__)
def test_spoilt_cells_are_read_exactly(change: Change, form: str) -> None:
    is_read_exactly(change, form)
