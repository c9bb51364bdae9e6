"""Text whose separators were lost is split where sums prove it, and nowhere else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.content import Table
from parsers.extract import extract
from parsers.report import State
from parsers.tables.reader import read_tables
from parsers.tables.running_text.rebuild import unflatten
from parsers.tables.running_text.split_numbers import agreed, ways_to_split
from tests import printed

SEVEN = ["count"] * 7


def test_one_way_by_the_sum() -> None:
    assert ways_to_split("713000074", SEVEN, [7]) == [("71", "3", "0", "0", "0", "0", "74")]
    assert ways_to_split("200 000121", SEVEN, [7]) == [("20", "0", "0", "0", "0", "1", "21")]


def test_no_way_when_a_blank_has_vanished() -> None:
    assert ways_to_split("33", SEVEN, [7]) == []
    assert ways_to_split("1230015", SEVEN, [7]) == []


def test_several_ways_are_none() -> None:
    ways = ways_to_split("7777166", ["count"] * 3)
    assert len(ways) > 1
    assert agreed(ways, 3) == [None, None, None]


def test_what_every_way_agrees_on_is_read() -> None:
    assert agreed(ways_to_split("2648-18538", ["count", "change", "count"]), 3) == ["2648", None, None]
    assert agreed(ways_to_split("35-15", ["count", "change"]), 2) == ["35", "-15"]
    assert agreed(ways_to_split("007", ["count"] * 3), 3) == ["0", "0", "7"]


def test_absurd_digits_are_given_up() -> None:
    assert ways_to_split("1" * 400, ["count"] * 15) == []


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(min_value=0, max_value=120), min_size=6, max_size=6))
def test_a_split_is_the_printed_row_or_undecided(parts: list[int]) -> None:
    row = tuple(map(str, [*parts, sum(parts)]))
    assert row in ways_to_split("".join(row), SEVEN, [7]) or not ways_to_split("".join(row), SEVEN, [7])


@pytest.mark.parametrize("form_id", ["gen2021", "gen2019"])
@pytest.mark.parametrize("seed", range(2))
def test_no_wrong_number_from_text_without_separators(form_id: str, seed: int) -> None:
    truth = printed.balanced(form_id, seed)
    text = "".join(
        "".join(cell.text for cell in block.cells) if isinstance(block, Table) else block
        for block in printed.report(truth)
    )
    rebuilt = unflatten(printed.content(text))
    assert rebuilt is not None
    reading = read_tables(rebuilt)
    assert reading is not None
    numbers = {cell.key: cell.raw for cell in reading.cells if cell.state is State.NUMBER}
    assert numbers.items() <= truth.texts.items()


@pytest.mark.parametrize("form_id", ["gen2021", "gen2019"])
def test_all_numbers_from_text_with_spaces(form_id: str) -> None:
    truth = printed.balanced(form_id)
    text = " ".join(
        " ".join(cell.text for cell in block.cells) if isinstance(block, Table) else block
        for block in printed.report(truth)
    )
    rebuilt = unflatten(printed.content(text))
    assert rebuilt is not None
    reading = read_tables(rebuilt)
    assert reading is not None
    assert {cell.key: cell.raw for cell in reading.cells} == dict(truth.texts)


def test_prose_is_no_table() -> None:
    assert unflatten(printed.content("本年新收政府信息公开申请3件，结转下年度继续办理0件。")) is None


@pytest.mark.parametrize("separator", [" ", "\n", ""])
def test_the_prose_of_a_section_holds_no_table(separator: str) -> None:
    """What stands before and after a table that became text stays, and nothing of the table does."""
    truth = printed.balanced("gen2021")
    title, two, table_two, three, table_three, four, table_four = printed.report(truth)
    run = [
        separator.join(cell.text for cell in table.cells)
        for table in (table_two, table_three, table_four)
        if isinstance(table, Table)
    ]
    lines = [str(title), str(two), "全年办理行政许可。该部分以表格形式报告：", run[0], str(three), run[1]]
    lines += [str(four), run[2], "注：含上年度结转。", "五、存在的主要问题及改进情况", "公开不够。"]
    report = extract("\n".join(lines).encode()).report
    assert report is not None
    assert [(section.number, section.text) for section in report.sections[1:]] == [
        (2, "全年办理行政许可。该部分以表格形式报告："),
        (3, ""),
        (4, "注：含上年度结转。"),
        (5, "公开不够。"),
    ]


def test_the_real_one(shared: Path) -> None:
    folder = shared / "real" / "pingtan-2020"
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))["cells"]
    report = extract((folder / "raw.txt").read_bytes()).report
    assert report is not None
    numbers = {cell.key: cell.value for cell in report.cells if cell.state is State.NUMBER}
    assert len(numbers) >= 182
    assert numbers.items() <= truth.items()
    assert {cell.key for cell in report.cells} == set(truth)
