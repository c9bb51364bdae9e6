"""Words that tell a report on a page occur in the forms, and in nothing else that stands beside it."""

from __future__ import annotations

import pytest

from parsers.forms import MODERN, load
from parsers.printed import report_signs
from parsers.printed.report_signs import are_all_told, is_of_form, is_section_heading, prints_report, tables_told


@pytest.mark.parametrize("form_id", MODERN)
def test_every_table_of_every_form_is_told(form_id: str) -> None:
    for table in load(form_id).tables:
        headings = [block.heading for block in table.blocks]
        columns = [label for block in table.blocks for column in block.columns for label in column.labels]
        rows = [label for row in table.rows for label in row.labels]
        assert is_of_form("".join((table.heading, table.note, *table.over, *headings, *columns, *rows))), table.id


@pytest.mark.parametrize("form_id", MODERN)
def test_the_last_row_of_table_three(form_id: str) -> None:
    rows = next(table for table in load(form_id).tables if table.id == "requests").rows
    assert any(report_signs.TABLE3_LAST in label for row in rows for label in row.labels)


def test_other_tables_are_not() -> None:
    assert not is_of_form("序号 项目 预算数 决算数")


def test_each_table_has_a_word_of_its_own() -> None:
    words = [tables_told(text) - {""} for text in ("信息内容 本年制发件数", "一、本年新收", "尚未 审结")]
    assert [len(found) for found in words] == [1, 1, 1]
    assert are_all_told(frozenset[str]().union({""}, *words))
    assert not are_all_told(words[0])


def test_headings() -> None:
    assert is_section_heading("三、收到和处理政府信息公开申请情况")
    assert is_section_heading("一、总体情况")
    assert is_section_heading("五、存在的主要問題及改進情況")
    assert not is_section_heading("一、总体情况" + "本年度我局认真贯彻落实条例" * 5)


def test_a_text_about_one_subject_prints_no_report() -> None:
    assert prints_report("一、总体情况 二、主动公开政府信息情况")
    assert not prints_report("主动公开目录")
