"""Prose against tables: conflicts are found and quoted, and honest sentences raise no alarm."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from parsers.content import Place
from parsers.extract import extract
from parsers.prose.claims import Context, claims, number
from parsers.prose.conflicts import comparisons, conflicts
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
    "落实政府信息公开要求，网站收到留言35件，办结35件。",
    "全年办理行政复议案件120件。",
    "收到政府信息公开申请29件，其中申请人撤回2件，实际受理27件。",
    "收到政府信息公开申请31件，其中4件不属于政府信息公开申请，正式受理27件。",
    "应诉行政诉讼案件23件（非政府信息公开类）。",
    "行政复议案件15件，均不涉及政府信息公开。",
    "主动公开政府信息16条。",
    "历年累计收到政府信息公开申请385件。",
    "通过门户网站收到政府信息公开申请12件。",
    "全年共收到政府信息公开申请27件，上年结转2件，办结29件。",
    "2024年，我局新收政府信息公开申请27件，结转上年度申请2件，共办理29件。",
    "2024年度共受理政府信息公开申请29件，其中新收27件，上年结转2件。",
    "共收到政府信息公开申请29件（含上年结转2件），其中予以公开4件，部分公开2件，无法提供6件，其他处理17件。",
    "共收到依申请公开29件，办结29件，按时办结率100%。",
    "2023年度收到申请40件，2024年收到申请27件，同比下降32.5%。",
    "全年收到政府信息公开申请27件，较上年减少13件，下降32.5%。",
    "自2019年以来，累计收到政府信息公开申请385件。",
    "收到政府信息公开申请约30件。",
    "收到政府信息公开申请20余件。",
    "收到自然人政府信息公开申请20件，法人申请7件。",
    "通过信函收到申请7件，网络收到政府信息公开申请20件。",
    "人民政府办公室收到政府信息公开申请3件，财政局收到政府信息公开申请24件。",
    "受理政府信息公开咨询500余人次。",
    "发生行政复议1件，行政诉讼1件。",
    "因政府信息公开被申请行政复议1件，被提起行政诉讼1件，均维持。",
    "行政复议 1 件，申请人已撤回；行政诉讼 1 件，结果维持。",
    "政府信息公开行政复议案件1件，其中维持1件。",
    "全县办理行政复议案件120件，行政诉讼50件。",
    "制发行政规范性文件3件，废止0件。",
    "本年度公开规范性文件12件，政策解读15件。",
    "全年办理人大建议10件，政协提案20件，全部予以公开30件。",
    "公开建议提案答复件12件，不予公开0件。",
    "收到政府信息公开投诉举报0件。",
    "本年度未收到政府信息公开投诉举报。",
    "未发生因政府信息公开引起的投诉。",
    "未收取信息处理费。",
    "2024年我局未收到政府信息公开收费申请。",
    "未收到涉及国家秘密的政府信息公开申请。",
    "2024年没有收到要求更正政府信息的申请。",
    "全年未收到法人或其他组织提出的政府信息公开申请。",
    "前三季度收到政府信息公开申请20件。",
    "其中，县公安局受理政府信息公开申请10件。",
    "收到政府信息公开申请27件，涉及征地拆迁12件、社会保障15件。",
    "未予公开申请2件。",
    "政府信息公开行政复议较去年减少3件。",
    "行政诉讼未经复议直接起诉1件。",
    "受理申请 29 件，其中答复 29 件。",
    "全市各级行政机关共收到政府信息公开申请1200件。",
    "各县区收到政府信息公开申请300件。",
    "十三五期间收到政府信息公开申请100件。",
    "平均每月收到政府信息公开申请2件。",
    "最多一天收到申请5件。",
    "收到重复申请政府信息公开申请3件。",
    "收到补正申请2件。",
    "新收到27件政府信息公开申请，结转0件。",
    "主动公开政府信息1,234条，依申请公开27件。",
    "今年以来我镇依申请公开政府信息0件。",
    "公开政府信息公开指南1件。",
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


WRONG_NUMBERS = [
    ("全年共收到政府信息公开申请31件。", 31),
    ("全年共收到政府信息公开申请３１件。", 31),
    ("全年共收到政府信息公开申请三十一件。", 31),
    ("共收到政府信息公开申请 1,031 件。", 1031),
    ("新收政府信息公开申请26件，上年结转2件。", 26),
    ("2024年，我单位未收到政府信息公开申请。", 0),
    ("2024年我局未接到任何需要依申请公开的事项。", 0),
    ("2024年没有收到公民、法人和其他组织要求公开政府信息的申请。", 0),
    ("本年度收到政府信息公开申请0件。", 0),
    ("2024年共办结政府信息公开申请18件。", 18),
    ("办结率100%，结转下年度继续办理3件。", 3),
    ("结转下年度继续办理政府信息公开申请3件。", 3),
    ("予以公开5件，部分公开2件。", 5),
    ("予以公开及部分公开的有8件。", 8),
    ("作出不予公开答复2件。", 2),
    ("不予公开2件，无法提供6件。", 2),
    ("不予公开的2件。", 2),
    ("无法提供的7件。", 7),
    ("政府信息公开行政复议2件。", 2),
    ("因政府信息公开被申请行政复议2件，被提起行政诉讼1件。", 2),
    ("因政府信息公开申请行政复议3起。", 3),
    ("发生因政府信息公开引起的行政复议0件，行政诉讼0件。", 0),
    ("未发生因政府信息公开申请行政复议、提起行政诉讼的情况。", 0),
    ("2024年未发生政府信息公开行政复议和行政诉讼案件。", 0),
    ("不存在政府信息公开行政复议和行政诉讼情况。", 0),
    ("现行有效行政规范性文件30件。", 30),
    ("截至2024年底，现行有效规范性文件30件。", 30),
    ("上年结转政府信息公开申请5件。", 5),
    ("共收到政府信息公开申请29件（含上年结转5件）。", 5),
]
"""Sentences with a number that is not in the tables, and that number."""


@pytest.mark.parametrize(
    "text", ["收到政府信息公开申请31件，实际公开信息6条。", "收到政府信息公开申请31件（均为政府信息公开申请）。"]
)
def test_words_behind_a_number_that_take_nothing_away(text: str) -> None:
    assert conflicts(report(text))


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


@pytest.mark.parametrize(("text", "value"), WRONG_NUMBERS)
def test_a_wrong_number_is_found(text: str, value: int) -> None:
    made = report(text)
    assert conflicts(made)
    assert value in [one.claim.value for one in comparisons(made) if one.agrees is False]


def test_another_body_in_the_place_of_the_agency() -> None:
    text = "甲县公安局收到政府信息公开申请3件。"
    assert conflicts(report(text)) == ()
    assert conflicts(replace(report(text), agency="甲县公安局"))


def test_the_real_contradiction(shared: Path) -> None:
    """予以公开及部分公开 is 275 in the table, 无法提供 337; the two other sums of the sentence are right."""
    found = extract((shared / "real" / "shanghai-office-2019" / "raw.html").read_bytes()).report
    assert found is not None
    text = "答复申请中，予以公开及部分公开258件，占33.9%；不予公开35件；无法提供265件；不予处理158件。"
    made = replace(found, sections=(Section(1, "一、总体情况", text),))
    assert [finding.quote for finding in conflicts(made)] == ["予以公开及部分公开258件", "无法提供265件"]


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
    assert list(claims("其中自然人收到政府信息公开申请3件。", 1, Context(2024))) == []


@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_the_seeds_contradict_nothing(seeds: Path, name: str) -> None:
    found = extract(next(seeds.glob(f"{name}_*.txt")).read_bytes()).report
    assert found is not None
    assert conflicts(found) == ()


OUTCOMES = {"review/upheld": 3, "review/corrected": 1, "review/pending": 0, "litigation_direct/upheld": 2}
OUTCOMES |= {"litigation_after_review/upheld": 0}


def disputes(text: str) -> Report:
    cells = [
        ReportCell("review_litigation", *key.split("/"), key, str(value), State.NUMBER, value, "件")
        for key, value in OUTCOMES.items()
    ]
    return replace(report(""), sections=(Section(4, "四、", text),), cells=tuple(cells))


@pytest.mark.parametrize(
    "text",
    [
        "行政复议4件，其中维持3件，纠正1件，尚未审结0件；行政诉讼2件，结果维持2件。",
        "未经复议直接起诉2件，维持2件；复议后起诉0件。",
        "办理行政复议案件20件，维持15件。",
        "收到投诉5件，维持1件。",
    ],
)
def test_outcomes_without_contradiction(text: str) -> None:
    assert conflicts(disputes(text)) == ()


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("行政复议4件，维持2件，纠正1件。", "维持2件"),
        ("行政复议4件，被纠错2件。", "被纠错2件"),
        ("行政复议4件，维持3件，行政诉讼2件，结果维持1件。", "结果维持1件"),
        ("复议后起诉1件，维持1件。", "维持1件"),
    ],
)
def test_outcomes_that_table_four_contradicts(text: str, quote: str) -> None:
    assert [finding.quote for finding in conflicts(disputes(text))] == [quote]


def test_numbers_that_agree_are_kept_with_their_cells() -> None:
    made = report("新收政府信息公开申请27件，上年结转2件。")
    agreeing = [(one.claim.value, one.cells) for one in comparisons(made) if one.agrees]
    assert agreeing == [(27, ("requests/requests_received/total",)), (2, ("requests/requests_carried_in/total",))]
