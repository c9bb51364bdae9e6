"""Rows and tables beside the form's own: kept, said, or left alone, never forced into it."""

from __future__ import annotations

import pytest

from parsers.report import State
from parsers.tables.reader import read_tables
from tests import printed
from tests.printed import Printed, Truth
from tests.readings import codes, exact, flatten, requests_only

FORMS = ["gen2021", "gen2019"]


@pytest.fixture(params=FORMS)
def truth(request: pytest.FixtureRequest) -> Truth:
    return printed.balanced(request.param)


def test_an_additional_row_is_kept_and_said() -> None:
    truth = printed.balanced("gen2021")
    rows = printed.requests_rows(truth)
    rows.insert(12, ["小计", *"1234567"])
    reading = read_tables(requests_only(truth, [*printed.requests_header(), *rows]))
    assert reading is not None
    extra = {cell.key: cell.raw for cell in reading.cells if cell.row == "unmapped_1"}
    assert list(extra.values()) == [*"1234567"]
    assert {cell.label for cell in reading.cells if cell.row == "unmapped_1"} == {"小计"}
    assert {k: c for k, c in ((c.key, c.raw) for c in reading.cells) if k not in extra} == dict(truth.texts)
    assert codes(reading) == {"ROW-UNCLAIMED"}


def test_an_additional_row_of_table_two() -> None:
    truth = printed.balanced("gen2021")
    rows = printed.disclosure_rows(truth)
    rows.insert(4, ["其他主动公开文件", "7", "8", "9"])
    reading = read_tables(printed.content(printed.table(rows), *printed.report(truth)[3:]))
    assert reading is not None
    assert [cell.raw for cell in reading.cells if cell.row == "unmapped_1"] == ["7", "8", "9"]
    assert "ROW-UNCLAIMED" in codes(reading)


def test_a_missing_row_is_missing() -> None:
    truth = printed.balanced("gen2019")
    rows = printed.requests_rows(truth)
    del rows[8]
    reading = read_tables(requests_only(truth, [*printed.requests_header(), *rows]))
    assert reading is not None
    missing = {cell.row for cell in reading.cells if cell.state is State.MISSING}
    assert missing == {"refused_internal_affairs"}
    assert codes(reading) == {"ROW-MISSING"}


def test_the_form_of_2021_without_the_three_sub_rows() -> None:
    truth = printed.balanced("gen2021")
    rows = printed.requests_rows(truth)
    at = next(i for i, row in enumerate(rows) if "逾期不补正" in str(row))
    rows[at : at + 3] = [[("（六）其他处理", 2, 1), *"1000001"]]
    reading = read_tables(requests_only(truth, [*printed.requests_header(), *rows]))
    assert reading is not None
    assert reading.form == "gen2021"
    assert [cell.raw for cell in reading.cells if cell.row == "other_disposition"] == [*"1000001"]
    assert not [cell for cell in reading.cells if cell.state is State.MISSING]


def test_a_group_row_of_blanks_is_no_row(truth: Truth) -> None:
    rows = flatten(printed.requests_rows(truth))
    printed_rows: list[list[Printed | str]] = []
    for row in rows:
        labels = row[:-7]
        for group in labels[:-1]:
            printed_rows.append([group, *[""] * 7])
        printed_rows.append(row[-8:])  # type: ignore[arg-type]
    exact(read_tables(requests_only(truth, [*printed.requests_header(), *printed_rows])), truth)


def test_applicants_in_another_order() -> None:
    truth = printed.balanced("gen2021")
    header = printed.requests_header()
    header[2] = ["科研机构", "商业企业", "社会公益组织", "法律服务机构", "其他"]
    rows = printed.requests_rows(truth)
    for row in rows:
        row[-6], row[-5] = row[-5], row[-6]
    exact(read_tables(requests_only(truth, [*header, *rows])), truth)


def test_a_column_for_all_legal_persons_is_no_applicant() -> None:
    truth = printed.balanced("gen2021")
    header = printed.requests_header()
    header[0] = [(printed.NOTE, 3, 3), ("申请人情况", 8, 1)]
    header[1][1] = ("法人或其他组织", 6, 1)
    header[2].append("小计")
    rows = [[*row[:-1], "99", row[-1]] for row in printed.requests_rows(truth)]
    reading = read_tables(requests_only(truth, [*header, *rows]))
    assert reading is not None
    assert {cell.key: cell.raw for cell in reading.cells if cell.column != "unmapped_1"} == dict(truth.texts)
    assert {cell.raw for cell in reading.cells if cell.column == "unmapped_1"} == {"99"}


def test_a_row_with_fewer_cells_is_unreadable(truth: Truth) -> None:
    rows = printed.requests_rows(truth)
    rows[3] = rows[3][:-1]
    reading = read_tables(requests_only(truth, [*printed.requests_header(), *rows]))
    assert reading is not None
    states = {cell.state for cell in reading.cells if cell.row == "partially_granted"}
    assert states == {State.UNREADABLE}


def test_sixteen_different_numbers_are_not_guessed() -> None:
    truth = printed.balanced("gen2021")
    rows = printed.review_rows(truth)
    rows[3] = [*"1234567890123456"]
    reading = read_tables(printed.content(*printed.report(truth)[:-1], printed.table(rows)))
    assert reading is not None
    cells = [cell for cell in reading.cells if cell.table == "review_litigation"]
    assert {cell.state for cell in cells} == {State.UNREADABLE}
    assert "T4-WIDTH" in codes(reading)


def test_the_same_table_twice_says_nothing(truth: Truth) -> None:
    once = printed.report(truth)
    reading = read_tables(printed.content(*once, *once))
    exact(reading, truth)
    assert not codes(reading)


def test_two_years_in_one_document() -> None:
    truth, other = printed.balanced("gen2021", 1), printed.balanced("gen2021", 2)
    blocks = [*printed.report(other), *printed.report(truth)]
    blocks[0] = blocks[1] = blocks[3] = blocks[5] = "2021年政府信息公开情况"
    blocks[7] = blocks[8] = blocks[10] = blocks[12] = "2022年政府信息公开情况"
    reading = read_tables(printed.content(*blocks), 2022)
    exact(reading, truth)
    assert codes(reading) == {"TABLE-REPEATED"}


def test_other_tables_on_the_page_are_let_be(truth: Truth) -> None:
    about = printed.table([["索引号", "0123/2022-1", "发布机构", "某某局"], ["公开日期", "2023-01-20", "文号", ""]])
    links = printed.table([["行政许可", "12"], ["上一篇", "2021年政府信息公开工作年度报告"]])
    exact(read_tables(printed.content(about, *printed.report(truth), links)), truth)


def test_no_form_no_reading() -> None:
    table = printed.table([["收入", "支出"], ["1", "2"]])
    assert read_tables(printed.content("部门预算公开", table)) is None


def test_headers_that_a_converter_invented(truth: Truth) -> None:
    names = ["本年新收件数", "上年结转件数", "予以公开", "部分公开", "不予公开", "无法提供", "总计"]
    rows = flatten(printed.requests_rows(truth))
    blocks = []
    for start in range(0, len(rows), 4):
        header = names if start % 8 else [f"数据{number}" for number in range(1, 8)]
        piece: list[list[Printed | str]] = [["项目", *header], *(list(row[-8:]) for row in rows[start : start + 4])]
        blocks.append(printed.table(piece))
    tables = [printed.table(printed.disclosure_rows(truth)), *blocks, printed.table(printed.review_rows(truth))]
    exact(read_tables(printed.content(*tables)), truth)


def test_fewer_rows_of_numbers_in_another_table_than_labels_are_refused(truth: Truth) -> None:
    rows = flatten(printed.requests_rows(truth))
    labels: list[list[Printed | str]] = [[row[-8]] for row in rows]
    numbers: list[list[Printed | str]] = [list(row[-7:]) for row in rows[1:]]
    tables = [
        printed.table(printed.disclosure_rows(truth)),
        printed.table([*printed.requests_header(), *labels]),
        printed.table(numbers),
        printed.table(printed.review_rows(truth)),
    ]
    reading = read_tables(printed.content(*tables))
    assert reading is not None
    cells = [c for c in reading.cells if c.table == "requests" and not c.row.startswith("unmapped_")]
    assert {cell.state for cell in cells} <= {State.MISSING, State.UNREADABLE}
    assert "ROW-UNCLAIMED" in codes(reading)


def test_the_numbers_of_a_row_on_the_next_page(truth: Truth) -> None:
    rows = printed.requests_rows(truth)
    label, values = rows[8][:-7], rows[8][-7:]
    first = [*printed.requests_header(), *rows[:8], [*label, *[""] * 7]]
    second: list[list[Printed | str]] = [["", *values], *rows[9:]]
    tables = [
        printed.table(printed.disclosure_rows(truth)),
        printed.table(first),
        printed.table(second),
        printed.table(printed.review_rows(truth)),
    ]
    exact(read_tables(printed.content(*tables)), truth)


def test_a_column_of_remarks_is_kept_apart() -> None:
    truth = printed.balanced("gen2021")
    rows = printed.disclosure_rows(truth)
    rows[1].append("备注")
    rows[2].append("含历年")
    rows[3].append("")
    reading = read_tables(printed.content(printed.table(rows), *printed.report(truth)[3:]))
    assert reading is not None
    texts = {cell.key: cell.raw for cell in reading.cells}
    assert texts.items() >= truth.texts.items()
    assert texts["proactive_disclosure/rules/unmapped_1"] == "含历年"


def test_a_column_of_running_numbers(truth: Truth) -> None:
    rows = [[str(number), *row] for number, row in enumerate(printed.requests_rows(truth), 1)]
    header = [["序号", *printed.requests_header()[0]], *printed.requests_header()[1:]]
    flat: list[list[Printed | str]] = [list(row) for row in rows]
    exact(read_tables(requests_only(truth, [*header, *flat])), truth)


def test_tables_after_the_last_one_are_let_be(truth: Truth) -> None:
    other = printed.table([["年度", "2019", "2020", "2021", "2022", "2023"], ["1", "2", "3", "4", "5", "6"]])
    reading = read_tables(printed.content(*printed.report(truth), other))
    exact(reading, truth)
    assert not codes(reading)


def test_tables_between_are_let_be(truth: Truth) -> None:
    blocks = printed.report(truth)
    other = printed.table([["公文", "12"], ["意见", "3"]])
    reading = read_tables(printed.content(*blocks[:3], other, *blocks[3:5], other, *blocks[5:]))
    exact(reading, truth)
    assert not codes(reading)
