"""Tables as agencies print them, back to the cells they were made from."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from parsers.content import Content, Table
from parsers.reader import Reading, read_tables
from parsers.report import State
from tests import printed
from tests.printed import Printed, Truth

FORMS = ["gen2021", "gen2019"]


def exact(reading: Reading | None, truth: Truth) -> None:
    assert reading is not None
    assert reading.form == truth.form
    texts = {cell.key: cell.raw for cell in reading.cells if cell.state is not State.MISSING}
    assert texts == dict(truth.texts)


def codes(reading: Reading | None) -> set[str]:
    assert reading is not None
    return {finding.code for finding in reading.findings}


def flatten(rows: list[list[Printed | str]]) -> list[list[str]]:
    return [[cell if isinstance(cell, str) else cell[0] for cell in row] for row in rows]


@pytest.fixture(params=FORMS)
def truth(request: pytest.FixtureRequest) -> Truth:
    return printed.balanced(request.param)


def test_the_official_layout(truth: Truth) -> None:
    reading = read_tables(printed.content(*printed.report(truth)))
    exact(reading, truth)
    assert not codes(reading)


def test_all_three_tables_in_one_grid(truth: Truth) -> None:
    rows = [
        *printed.disclosure_rows(truth),
        *printed.requests_header(),
        *printed.requests_rows(truth),
        *printed.review_rows(truth),
    ]
    exact(read_tables(printed.content(printed.table(rows))), truth)


def test_one_table_a_block_and_a_row_alone(truth: Truth) -> None:
    blocks: list[Table] = []
    start = 0
    rows = printed.disclosure_rows(truth)
    for i, row in enumerate(rows[1:], 1):
        if "第二十条" in row[0][0]:
            blocks.append(printed.table(rows[start:i]))
            start = i
    blocks.append(printed.table(rows[start:]))
    requests = printed.requests_rows(truth)
    blocks += [
        printed.table(printed.requests_header()),
        printed.table(requests[:9]),
        printed.table(requests[9:-1]),
        printed.table(requests[-1:]),
    ]
    review = printed.review_rows(truth)
    blocks += [printed.table(review[:3]), printed.table(review[3:])]
    exact(read_tables(printed.content(*blocks)), truth)


@pytest.mark.parametrize("cut", range(1, 22))
def test_cut_anywhere_with_the_header_repeated(truth: Truth, cut: int) -> None:
    rows = printed.requests_rows(truth)
    pieces = [[*printed.requests_header(), *part] for part in (rows[:cut], rows[cut:])]
    report = [block for block in printed.report(truth) if not isinstance(block, Table)]
    blocks = [
        printed.table(printed.disclosure_rows(truth)),
        *(printed.table(piece) for piece in pieces),
        printed.table(printed.review_rows(truth)),
    ]
    exact(read_tables(printed.content(*report, *blocks)), truth)


def requests_only(truth: Truth, rows: list[list[Printed | str]]) -> Content:
    return printed.content(
        printed.table(printed.disclosure_rows(truth)), printed.table(rows), printed.table(printed.review_rows(truth))
    )


def test_no_spans_at_all(truth: Truth) -> None:
    rows: list[list[Printed | str]] = [list(row) for row in flatten(printed.requests_rows(truth))]
    exact(read_tables(requests_only(truth, [*printed.requests_header(), *rows])), truth)
    exact(read_tables(requests_only(truth, rows)), truth)


def test_empty_cells_instead_of_spans(truth: Truth) -> None:
    """Every label column is a cell of its own, empty where a span would cover it."""
    rows: list[list[Printed | str]] = []
    for row in flatten(printed.requests_rows(truth)):
        labels, values = row[:-7], row[-7:]
        if len(labels) == 1 and labels[0][0] in "一二四":
            labels = [*labels, "", ""]
        rows.append([*[""] * (3 - len(labels)), *labels, *values])
    header: list[list[Printed | str]] = [
        [printed.NOTE, "", "", "申请人情况", "", "", "", "", "", ""],
        ["", "", "", "自然人", "法人或其他组织", "", "", "", "", "总计"],
        ["", "", "", "", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", ""],
    ]
    exact(read_tables(requests_only(truth, [*header, *rows])), truth)


@pytest.mark.parametrize("off", [2, 4])
def test_the_header_is_one_column_off(truth: Truth, off: int) -> None:
    header = printed.requests_header()
    header[0] = [(printed.NOTE, off, 3), ("申请人情况", 7, 1)]
    exact(read_tables(requests_only(truth, [*header, *printed.requests_rows(truth)])), truth)


def test_group_label_twice(truth: Truth) -> None:
    """三、本年度办理结果 is cut in two where a page ends."""
    rows = [list(row) for row in flatten(printed.requests_rows(truth))]
    for row in rows[11:14]:
        row.insert(0, "三、本年度办理结果")
    exact(read_tables(requests_only(truth, [*printed.requests_header(), *rows])), truth)


def test_group_and_row_in_one_cell(truth: Truth) -> None:
    rows: list[list[Printed | str]] = []
    for row in flatten(printed.requests_rows(truth)):
        rows.append(["".join(row[:-7]), *row[-7:]])
    exact(read_tables(requests_only(truth, [*printed.requests_header(), *rows])), truth)


def test_ordinal_in_a_cell_of_its_own(truth: Truth) -> None:
    rows: list[list[Printed | str]] = []
    for row in flatten(printed.requests_rows(truth)):
        label = row[-8]
        at = label.find("、") if label[0] in "一二四" else -1
        rows.append([*row[:-8], label[: at + 1], label[at + 1 :], *row[-7:]] if at > 0 else list(row))
    exact(read_tables(requests_only(truth, [*printed.requests_header(), *rows])), truth)


def spaced(text: str) -> str:
    return " ".join(text)


def kangxi(text: str) -> str:
    return text.translate(str.maketrans("一二行无大止人不", "⼀⼆⾏⽆⼤⽌⼈不"))


def traditional(text: str) -> str:
    return text.translate(str.maketrans("国规开机关数执请复诉结转无", "國規開機關數執請複訴結轉無"))


def half_width(text: str) -> str:
    return text.translate(str.maketrans("（），、“”", '(),,""'))


@pytest.mark.parametrize("wording", [spaced, kangxi, traditional, half_width])
def test_other_spellings_of_every_label(truth: Truth, wording: Callable[[str], str]) -> None:
    def reworded(rows: list[list[Printed | str]]) -> list[list[Printed | str]]:
        return [
            [wording(cell) if isinstance(cell, str) else (wording(cell[0]), *cell[1:]) for cell in row] for row in rows
        ]

    blocks = [
        printed.table(reworded(rows) if wording is not spaced else spaced_labels(rows))
        for rows in (
            printed.disclosure_rows(truth),
            [*printed.requests_header(), *printed.requests_rows(truth)],
            printed.review_rows(truth),
        )
    ]
    exact(read_tables(printed.content(*blocks)), truth)


def spaced_labels(rows: list[list[Printed | str]]) -> list[list[Printed | str]]:
    """Spaces inside labels only: inside a number they would be another number."""

    def reworded(text: str) -> str:
        return text if text.isdigit() else spaced(text)

    return [
        [reworded(cell) if isinstance(cell, str) else (reworded(cell[0]), *cell[1:]) for cell in row] for row in rows
    ]


@pytest.mark.parametrize("place", range(2, 9))
@pytest.mark.parametrize("numbers_first", [True, False])
def test_a_label_cut_by_the_page(truth: Truth, place: int, *, numbers_first: bool) -> None:
    rows = printed.requests_rows(truth)
    whole = rows[6]
    label = "3.危及“三安全一稳定”"
    assert whole[0] == label
    upper: list[Printed | str] = [label[:place], *(whole[1:] if numbers_first else [""] * 7)]
    lower: list[Printed | str] = [label[place:], *([""] * 7 if numbers_first else whole[1:])]
    first = [*printed.requests_header(), *rows[:6], upper]
    blocks = [
        printed.table(printed.disclosure_rows(truth)),
        printed.table(first),
        printed.table([lower, *rows[7:]]),
        printed.table(printed.review_rows(truth)),
    ]
    exact(read_tables(printed.content(*blocks)), truth)


def test_vertical_headers_broken_into_characters(truth: Truth) -> None:
    review = printed.review_rows(truth)
    broken: list[list[Printed | str]] = [
        review[0],
        ["结", "结", "其", "尚", "总", ("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)],
        [*"果果他未计" * 3],
        [*"维纠结审" * 3],
        [*"持正果结" * 3],
        review[3],
    ]
    blocks = [*printed.report(truth)[:-1], printed.table(broken)]
    exact(read_tables(printed.content(*blocks)), truth)


def test_broken_column_labels() -> None:
    """本年新制作数量 and 本年新公开数量 lost their second line."""
    truth = printed.balanced("gen2019")
    rows = printed.disclosure_rows(truth)
    rows[1] = ["信息内容", "本年新", "本年新", "对外公开总数量"]
    exact(read_tables(printed.content(printed.table(rows), *printed.report(truth)[3:])), truth)


def test_year_and_explanations_in_labels() -> None:
    truth = printed.balanced("gen2021")
    rows = printed.disclosure_rows(truth)
    rows[1] = ["信息内容", "本年(2023)制发件数", "本年(2023)废止件数", "现行有效件数（指截至年底继续有效的件数）"]
    rows[2][0] = "规章（指国务院部门规章和地方政府规章）"
    exact(read_tables(printed.content(printed.table(rows), *printed.report(truth)[3:])), truth)


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


def test_labels_in_one_table_and_numbers_in_another_are_refused(truth: Truth) -> None:
    rows = flatten(printed.requests_rows(truth))
    labels: list[list[Printed | str]] = [[row[-8]] for row in rows]
    numbers: list[list[Printed | str]] = [list(row[-7:]) for row in rows]
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
