"""Statistics of 2018 and earlier: an open list of label, unit and numbers."""

from __future__ import annotations

import pytest

from parsers.forms import load
from parsers.tables.reader import FormReading
from parsers.tables.statistics_list import read_list
from tests import printed


def official(values: dict[str, str] | None = None) -> list[list[printed.Printed | str]]:
    """The form of 2014 with running numbers."""
    rows: list[list[printed.Printed | str]] = [["统计指标", "单位", "统计数"]]
    for number, line in enumerate(load("gen2014").indicators):
        value = str(number) if line.unit else ""
        rows.append([line.label, line.unit or "——", (values or {}).get(line.id, value) if line.unit else "——"])
    return rows


def read(rows: list[list[printed.Printed | str]]) -> FormReading:
    reading = read_list(printed.content("政府信息公开情况统计表（2016年度）", printed.table(rows)))
    assert reading is not None
    return reading


def test_every_line_of_the_national_form() -> None:
    reading = read(official())
    expected = {line.id: number for number, line in enumerate(load("gen2014").indicators) if line.unit}
    assert {cell.row: cell.value for cell in reading.cells} == expected
    assert {cell.column for cell in reading.cells} == {"value"}
    assert not reading.findings


def test_lines_that_share_a_label_are_told_apart_by_the_line_above() -> None:
    values = {cell.row: cell.value for cell in read(official({"l14_litigation_corrected": "77"})).cells}
    assert values["l14_litigation_corrected"] == 77
    assert values["l14_review_corrected"] != 77


@pytest.mark.parametrize(
    ("header", "this_year"),
    [(["上年数", "本年数"], 1), (["2015年", "2016年"], 1), (["2016年", "2015年"], 0), (["本年度", "上年度"], 0)],
)
def test_another_year_beside_it_is_not_the_value(header: list[str], this_year: int) -> None:
    rows = official()
    beside = [[*row, "555"] if this_year == 0 else [*row[:-1], "555", row[-1]] for row in rows[1:]]
    reading = read([["统计指标", "单位", *header], *beside])
    values = {cell.row: cell.value for cell in reading.cells if cell.column == "value" and cell.row.startswith("l14_")}
    assert values == {line.id: number for number, line in enumerate(load("gen2014").indicators) if line.unit}


def test_two_numbers_without_a_header_are_kept_without_a_name() -> None:
    reading = read([[*row, "555"] for row in official()[1:]])
    assert {cell.column for cell in reading.cells} == {"unmapped_1", "unmapped_2"}


def test_money_keeps_its_decimals_and_its_unit() -> None:
    (fee,) = [cell for cell in read(official({"l14_budget": "12.5"})).cells if cell.row == "l14_budget"]
    assert (str(fee.value), fee.unit) == ("12.5", "万元")


def test_a_line_of_the_province_is_kept_verbatim() -> None:
    rows = official()
    rows.insert(4, ["机构领导信息数", "条", "9"])
    reading = read(rows)
    (cell,) = [cell for cell in reading.cells if cell.row == "unmapped_1"]
    assert (cell.label, cell.value) == ("机构领导信息数", 9)
    assert {finding.code for finding in reading.findings} == {"ROW-UNCLAIMED"}


def test_shanghai_codes_are_no_numbers() -> None:
    rows: list[list[printed.Printed | str]] = [["指标名称", "代码", "单位", "本期实际", "本年累计"]]
    labels = ["主动公开信息数", "申请总数", "当面申请数", "答复总数", "同意公开答复数", "否决公开答复总数"]
    rows += [
        [label, f"{number:02}", "条", str(number * 10), str(number * 20)] for number, label in enumerate(labels, 1)
    ]
    reading = read(rows)
    assert reading.form == "gen2008"
    assert [(c.row, c.column, c.value) for c in reading.cells][:2] == [
        ("unmapped_1", "value", 10),
        ("unmapped_1", "value_cumulative", 20),
    ]
    assert len(reading.cells) == 12


def test_two_columns_of_fujian() -> None:
    rows: list[list[printed.Printed | str]] = [["指标", "计量单位", "2009年度", "历年累计"]]
    labels = ["主动公开文件数", "制发规范性文件", "收到申请数", "当面申请", "网上申请"]
    rows += [[label, "件", str(number), str(number + 100)] for number, label in enumerate(labels)]
    values = {(cell.label, cell.column): cell.value for cell in read(rows).cells}
    assert values["收到申请数", "value"] == 2
    assert values["收到申请数", "value_cumulative"] == 102


def test_any_table_is_not_a_list() -> None:
    assert read_list(printed.content(printed.table([["项目", "单位", "数量"], ["桌子", "张", "3"]]))) is None


def test_two_halves_side_by_side() -> None:
    head, *rows = official()
    half = (len(rows) + 1) // 2
    right = [*rows[half:], *[["", "", ""]] * (2 * half - len(rows))]
    reading = read([[*head, *head], *([*one, *other] for one, other in zip(rows[:half], right, strict=True))])
    expected = {line.id: number for number, line in enumerate(load("gen2014").indicators) if line.unit}
    assert {cell.row: cell.value for cell in reading.cells} == expected


def test_the_unit_behind_the_label() -> None:
    rows = [[f"{label}（{unit}）" if unit != "——" else label, value] for label, unit, value in official()[1:]]
    reading = read([["统计指标", "统计数"], *rows])
    expected = {line.id: number for number, line in enumerate(load("gen2014").indicators) if line.unit}
    assert {cell.row: cell.value for cell in reading.cells} == expected
