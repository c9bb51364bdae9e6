"""Tables as agencies print them, back to the cells they were made from."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from parsers.content import Table
from parsers.tables.reader import read_tables
from tests import printed
from tests.printed import Printed, Truth
from tests.readings import codes, exact, flatten, requests_only

FORMS = ["gen2021", "gen2019"]


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


def test_vertical_headers_broken_at_different_heights(truth: Truth) -> None:
    """A spreadsheet puts each line of a header cell in a row of its own; the second group begins a row lower."""
    review = printed.review_rows(truth)
    outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    rows: list[list[Printed | str]] = [review[0], [*(label[0] for label in outcomes), *review[1][5:]]]
    for line in range(1, 5):
        low, high = ([label[at : at + 1] for label in outcomes] for at in (line, line - 1))
        rows.append([*low, *high, *high])
    exact(read_tables(printed.content(*printed.report(truth)[:-1], printed.table([*rows, review[3]]))), truth)


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
