"""Heads and feet of pages are left out; rows of numbers that look alike are not."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from parsers.content import Page
from parsers.formats.paged.glyphs import TextLine
from parsers.formats.paged.layout import running


def sheet(number: int) -> Any:
    return SimpleNamespace(page=Page(number, 595.0, 842.0))


def line(text: str, top: float) -> TextLine:
    return TextLine(text, (70.0, top, 300.0, top + 10), ())


def test_a_head_on_most_pages_is_left_out_and_rows_of_numbers_stay() -> None:
    head, row = "青石县财政局年度报告 第1页", "0 1204 35 0 0 0 1239"
    pages = [(sheet(n), [line(head, 15.0), line(row.replace("35", str(n)), 28.0)]) for n in (1, 2, 3)]
    assert {found.text for _, found in running(pages)} == {head}


def test_a_number_in_the_middle_of_its_label_counts_no_pages() -> None:
    labelled = [line("5.要求行政机关确认或重新", 20.0), line("0", 26.0), line("出具已获取信息", 32.0)]
    numbered = [line("五、存在的主要问题", 780.0), line("2", 810.0)]
    assert running([(sheet(1), labelled), (sheet(2), numbered)]) == {(2, numbered[1])}
