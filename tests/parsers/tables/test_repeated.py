"""A table printed more than once."""

from __future__ import annotations

import pytest

from parsers.forms import load
from parsers.report import State
from parsers.tables.reader import FormReading, read_tables
from parsers.tables.repeated import is_annexed
from tests import printed


def reading_of(*blocks: object) -> FormReading:
    reading = read_tables(printed.content(*blocks), 2022)  # type: ignore[arg-type]
    assert reading is not None
    return reading


ANNEXES = ["附件：填报表样", "附：2021年收到和处理政府信息公开申请情况（供对照）", "上一年度数据", "附表", "填写示例"]


@pytest.mark.parametrize("heading", ANNEXES)
@pytest.mark.parametrize("first", [False, True])
def test_the_reports_own_table_wins_over_an_annexed_one(heading: str, first: bool) -> None:
    truth, other = printed.balanced("gen2021", 1), printed.balanced("gen2021", 2)
    own = printed.report(truth)
    annexed = [heading, printed.table([*printed.requests_header(), *printed.requests_rows(other)])]
    between = ["三、收到和处理政府信息公开申请情况"]
    reading = reading_of(*([*annexed, *between, *own] if first else [*own, *annexed]))
    assert {c.key: c.raw for c in reading.cells if c.key in truth.texts} == truth.texts
    (finding,) = [found for found in reading.findings if found.code == "TABLE-REPEATED"]
    assert finding.severity == "notice"


@pytest.mark.parametrize("heading", [*ANNEXES, "2021年情况"])
def test_annexed(heading: str) -> None:
    assert is_annexed(heading, 2022)


@pytest.mark.parametrize("heading", ["三、收到和处理政府信息公开申请情况", "2022年情况", "", "本年情况"])
def test_not_annexed(heading: str) -> None:
    assert not is_annexed(heading, 2022)


@pytest.mark.parametrize("cut", [2, 3, 4])
def test_a_table_cut_into_two_by_its_columns(cut: int) -> None:
    truth = printed.balanced("gen2021", 1)
    labels = [column.label for column in load("gen2021").table("requests").blocks[0].columns]
    rows = printed.requests_rows(truth)
    pieces = [
        printed.table(
            [["项目", *labels[part]], *([row[-8] if len(row) > 8 else row[0], *row[-7:][part]] for row in rows)]
        )
        for part in (slice(0, cut), slice(cut, 7))
    ]
    blocks = printed.report(truth)
    reading = reading_of(*blocks[:4], "表3-1", pieces[0], "表3-2", pieces[1], *blocks[5:])
    assert {c.key: c.raw for c in reading.cells if c.key in truth.texts} == truth.texts
    assert not [found for found in reading.findings if found.code == "TABLE-REPEATED"]


def test_a_column_of_subtotals_is_none_of_the_forms() -> None:
    truth = printed.balanced("gen2021", 1)
    labels = [column.label for column in load("gen2021").table("requests").blocks[0].columns]
    header = [
        [("申请人情况", 1, 2), (labels[0], 1, 2), ("法人或其他组织", 6, 1), (labels[-1], 1, 2)],
        [*labels[1:-1], "小计"],
    ]
    rows = [[row[-8] if len(row) > 8 else row[0], *row[-7:-1], "77", row[-1]] for row in printed.requests_rows(truth)]
    blocks = printed.report(truth)
    reading = reading_of(*blocks[:4], printed.table([*header, *rows]), *blocks[5:])
    assert {c.key: c.raw for c in reading.cells if c.key in truth.texts} == truth.texts


def test_two_columns_that_are_called_total() -> None:
    truth = printed.balanced("gen2021", 1)
    labels = [column.label for column in load("gen2021").table("requests").blocks[0].columns]
    header = [
        [("", 3, 3), ("申请人情况", 8, 1)],
        [("合计", 1, 2), (labels[0], 1, 2), ("法人或其他组织", 5, 1), (labels[-1], 1, 2)],
        [*labels[1:-1]],
    ]
    rows = [[*row[:-7], "77", *row[-7:]] for row in printed.requests_rows(truth)]
    blocks = printed.report(truth)
    reading = reading_of(*blocks[:4], printed.table([*header, *rows]), *blocks[5:])
    assert {c.key: c.raw for c in reading.cells if c.key in truth.texts} == truth.texts


@pytest.mark.parametrize("over", [("更正前：", "更正后："), ("", "更正："), ("更正后：", "原表"), ("", "以此表为准")])
def test_a_corrected_table_takes_the_place_of_the_wrong_one(over: tuple[str, str]) -> None:
    truth, other = printed.balanced("gen2021", 1), printed.balanced("gen2021", 2)
    tables = [printed.table([*printed.requests_header(), *printed.requests_rows(one)]) for one in (other, truth)]
    if over[0] == "更正后：":
        tables.reverse()
    own = printed.report(truth)
    reading = reading_of(*own[:4], over[0] or own[3], tables[0], over[1], tables[1], *own[5:])
    assert {c.key: c.raw for c in reading.cells if c.key in truth.texts} == truth.texts


def test_of_two_tables_that_nothing_tells_apart_no_differing_number_is_taken() -> None:
    truth, other = printed.balanced("gen2021", 1), printed.balanced("gen2021", 2)
    second = printed.table([*printed.requests_header(), *printed.requests_rows(other)])
    reading = reading_of(*printed.report(truth), "收到和处理政府信息公开申请情况", second)
    for cell in reading.cells:
        if cell.state is State.NUMBER and cell.table == "requests":
            assert truth.texts[cell.key] == other.texts[cell.key] == cell.raw
    assert any(cell.state is State.UNREADABLE for cell in reading.cells)
