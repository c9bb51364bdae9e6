"""A table printed more than once."""

from __future__ import annotations

import pytest

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
