"""Prose against tables: conflicts are found and quoted, and honest sentences raise no alarm."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from parsers.clauses import claims, number
from parsers.content import Place
from parsers.extract import extract
from parsers.narrative import conflicts
from parsers.report import Report, ReportCell, Section, State

TOTALS = {
    "requests/requests_received": 27,
    "requests/requests_carried_in": 2,
    "requests/granted": 4,
    "requests/partially_granted": 2,
    "requests/not_provided_not_held": 6,
    "requests/refused_state_secret": 0,
    "requests/disposed_total": 29,
    "requests/requests_carried_out": 0,
    "review_litigation/review": 1,
    "review_litigation/litigation_direct": 1,
    "review_litigation/litigation_after_review": 0,
    "proactive_disclosure/normative_documents": 32,
}


def report(text: str, **changed: int) -> Report:
    cells = []
    for key, value in TOTALS.items():
        table, row = key.split("/")
        value = changed.get(row, value)
        column = "in_force" if row == "normative_documents" else "total"
        cells.append(ReportCell(table, row, column, row, str(value), State.NUMBER, value, "件", Place(path="x")))
    section = Section(1, "一、总体情况", text)
    return Report("gen2021", "", "甲县乙局", 2024, "department", None, None, (section,), tuple(cells), "test")


# Sentences of real reports that agree with the tables, or say nothing of them (FORMS 2.5 and 5).
HONEST = [
    "2024年共收到政府信息公开申请29件（含上年结转2件），均已答复。",
    "全年收到政府信息公开申请27件。",
    "本机关新收政府信息公开申请二十七件，上年结转2件。",
    "共收到政府信息公开申请 29 件。",
    "办结29件，结转下年度办理0件。",
    "予以公开及部分公开的有6件，无法提供6件。",
    "予以公开4件，部分公开2件，不予公开0件。",
    "政府信息公开行政复议1件，申请人已撤回；政府信息公开行政诉讼1件，结果维持。",
    "现行有效规范性文件32件。",
    "收到政府信息公开申请27件，其中网上申请20件，信函申请7件。",
    "2023年收到政府信息公开申请40件。",
    "收到政府信息公开申请27件，比上年增加13件。",
    "受理各种方式咨询的政府信息公开有关事务约500余人次，其中现场咨询150余人次。",
    "接到人大建议1件，满意率100%。",
    "全年办理行政复议案件120件。",
    "主动公开政府信息16条。",
    "历年累计收到政府信息公开申请385件。",
    "通过门户网站收到政府信息公开申请12件。",
]

WRONG = [
    ("全年收到政府信息公开申请31件。", "收到政府信息公开申请31件", 27),
    ("全年未收到政府信息公开申请。", "未收到政府信息公开申请", 27),
    ("予以公开及部分公开258件，占33.9%。", "予以公开及部分公开258件", 6),
    ("无法提供265件。", "无法提供265件", 6),
    ("部分公开一件。", "部分公开一件", 2),
    ("现行有效规范性文件0件。", "现行有效规范性文件0件", 32),
    ("全年未发生因政府信息公开引起的行政复议。", "未发生因政府信息公开引起的行政复议", 1),
    ("收到政府信息公开申请29件（含上年结转5件）。", "收到政府信息公开申请29件（含上年结转5件", 2),
]


@pytest.mark.parametrize("text", HONEST)
def test_no_false_alarm(text: str) -> None:
    assert conflicts(report(text)) == ()


@pytest.mark.parametrize(("text", "quote", "printed"), WRONG)
def test_conflict_is_quoted_with_its_offsets(text: str, quote: str, printed: int) -> None:
    (finding,) = conflicts(report(f"（一）概况。\n{text}"))
    section = f"（一）概况。\n{text}"
    assert finding.quote == quote
    assert section[finding.quote_start : finding.quote_end] == quote
    assert str(printed) in finding.message
    assert finding.cells


def test_white_space_and_full_width_digits_do_not_hide_a_claim() -> None:
    (finding,) = conflicts(report("共收到 政府信息公开申请 ３１ 件。"))
    assert finding.quote == "收到 政府信息公开申请 ３１ 件"


def test_a_cell_without_a_number_raises_no_alarm() -> None:
    made = report("全年收到政府信息公开申请31件。")
    blank = tuple(replace(cell, state=State.UNREADABLE, value=None) for cell in made.cells if cell.row != "granted")
    assert conflicts(replace(made, cells=blank)) == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("1,234", 1234),
        ("十二", 12),
        ("二十", 20),
        ("一百零三", 103),
        ("两", 2),
        ("三千二百", 3200),
        ("一万二千", 12000),
    ],
)
def test_numbers_in_words(text: str, value: int) -> None:
    assert number(text) == value


def test_parts_of_a_whole_claim_nothing() -> None:
    assert list(claims("其中自然人收到政府信息公开申请3件。", 1, 2024)) == []


@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_the_seeds_contradict_nothing(seeds: Path, name: str) -> None:
    found = extract(next(seeds.glob(f"{name}_*.txt")).read_bytes()).report
    assert found is not None
    assert conflicts(found) == ()
