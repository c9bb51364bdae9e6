"""Labels in the spellings of the real world."""

from __future__ import annotations

import pytest

from parsers.forms import load
from parsers.forms.row_index import find_label, row_index
from parsers.printed.labels import distance, normalise, without_ordinal


@pytest.mark.parametrize(
    ("printed", "comparable"),
    [
        ("三、 本年 度办 理结 果", "三本年度办理结果"),
        ("（⼀）予以公开", "一予以公开"),
        ("規(guī)章", "规章"),
        ("危及“三安全⼀稳定”", "危及三安全一稳定"),
        ("⻓期⻅证", "长期见证"),
        ("㈠主动公开", "一主动公开"),
        ("１．属于国家秘密", "1属于国家秘密"),
        ("政 府\n集中\u00a0采购", "政府集中采购"),
    ],
)
def test_one_spelling(printed: str, comparable: str) -> None:
    assert normalise(printed) == comparable


def test_ordinals() -> None:
    assert without_ordinal("六其他处理") == "其他处理"
    assert without_ordinal("3其他") == "其他"
    assert without_ordinal("其他") == "其他"


def test_distance_gives_up_at_its_limit() -> None:
    assert distance("行政许可", "行政许呵", 2) == 1
    assert distance("行政许可", "行政强制", 1) == 2
    assert distance("甲", "甲乙丙丁", 2) == 3


@pytest.mark.parametrize("form_id", ["gen2021", "gen2019"])
@pytest.mark.parametrize("table_id", ["requests", "proactive_disclosure"])
def test_every_label_finds_its_row(form_id: str, table_id: str) -> None:
    index = row_index(form_id, table_id)
    for row in load(form_id).table(table_id).rows:
        for label in row.labels:
            found = index.find(normalise(label), row.group)
            assert found is not None
            assert found.id == row.id


@pytest.mark.parametrize("form_id", ["gen2021", "gen2019"])
def test_a_label_without_one_character_finds_its_row_or_none(form_id: str) -> None:
    index = row_index(form_id, "requests")
    for row in index.table.rows:
        text = normalise(row.label)
        for at in range(len(text)):
            found = index.find(text[:at] + text[at + 1 :], row.group)
            assert found is None or found.id == row.id


@pytest.mark.parametrize(
    ("text", "row_id"),
    [
        ("2.其他法律行政止公开", "refused_prohibited_by_law"),
        ("2. 其他法律法规禁止公开", "refused_prohibited_by_law"),
        ("6. 属于四类过程性信", "refused_deliberative_process"),
        ("1、申请人无正当理由逾期不补正, 行政机关不再处理其政府信息公开申请", "other_not_corrected_in_time"),
        ("（三）不予公开 1.属于国家秘密", "refused_state_secret"),
        ("2.重复申请", "not_processed_duplicate"),
        ("4.无正当理由大量反复申请", "not_processed_excessive"),
    ],
)
def test_labels_seen(text: str, row_id: str) -> None:
    found = row_index("gen2021", "requests").find(normalise(text))
    assert found is not None
    assert found.id == row_id


def test_other_is_three_things() -> None:
    index = row_index("gen2021", "requests")
    for text, group, row_id in (
        ("3.其他", "other", "other_other"),
        ("（六）其他处理", "disposition", "other_disposition"),
        ("其他", "other", "other_other"),
    ):
        found = index.find(normalise(text), group)
        assert found is not None
        assert found.id == row_id


@pytest.mark.parametrize(
    "text", ["（三）不予公开", "（四）无法提供", "三、本年度办理结果", "申请人情况", "小计", "某某局"]
)
def test_groups_and_strangers_are_no_rows(text: str) -> None:
    assert row_index("gen2021", "requests").find(normalise(text)) is None


def test_column_labels() -> None:
    assert find_label(("本年制发件数",), normalise("本年(2023)制发件数"))
    assert find_label(("现行有效件数",), normalise("现行有效件数（含往年）"))
    assert not find_label(("其他",), normalise("其他处理"))
