from __future__ import annotations

from pathlib import Path

import pytest

from parsers.content import Cell, Content, Paragraph, Place, Table
from parsers.printed.headings import heading_of
from parsers.prose.sections import sections

TWO = "二、主动公开政府信息情况"
THREE = "三、收到和处理政府信息公开申请情况"
FOUR = "四、政府信息公开行政复议、行政诉讼情况"
FIVE = "五、存在的主要问题"
SIX = "六、其他需要报告的事项"


def cut(text: str) -> list[tuple[int, str, str]]:
    content = Content("text/plain", "text", tuple(Paragraph(line) for line in text.split("|")))
    return [(section.number, section.heading, section.text) for section in sections(content)]


def numbers(text: str) -> list[int]:
    return [number for number, _, _ in cut(text)]


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("一、总体情况", 1),
        ("一、工作基本情况", 1),
        ("一 、 总 体 情 况", 1),
        ("二、主动公开政府信息情况", 2),
        ("二、行政机关主动公开政府信息情况", 2),
        ("三、收到和处理政府信息公开申请情况", 3),
        ("三、行政机关收到和处理政府信息公开申请情况（单位：件）", 3),
        ("四、政府信息公开行政复议、行政诉讼情况", 4),
        ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", 4),
        ("四、政府信息公开行政法复议、行政诉讼情况", 4),
        ("五、存在的主要问题及改进情况", 5),
        ("五、政府信息公开工作存在的主要问题及改进情况", 5),
        ("l六、存在的主要问题及整改措施", 5),
        ("六、其他需要报告的事项", 6),
        ("第六部分 其他需要报告的事项", 6),
        ("7．其他需要报告的事项：", 6),
    ],
)
def test_headings_by_meaning(line: str, number: int) -> None:
    assert heading_of(line) == (number, line)


@pytest.mark.parametrize(
    "line",
    [
        "（一）主动公开情况",
        "本报告内容包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况",
        "（二）依申请公开情况",
        "六、其他需要报告的事项尚待研究，我局将在下一年度予以改进和完善。",
    ],
)
def test_not_headings(line: str) -> None:
    assert heading_of(line) is None


@pytest.mark.parametrize("number", range(5))
def test_seeds(seeds: Path, number: int) -> None:
    text = next(seeds.glob(f"00{number}_*.txt")).read_text(encoding="utf-8")
    found = cut("|".join(line for line in text.split("\n") if line.strip()))
    assert [number for number, _, _ in found] == [0, 1, 2, 3, 4, 5, 6]
    assert found[-1][2]


def test_flattened_text() -> None:
    found = cut(f"一、总体情况 2022年，我局公开信息。{TWO} 第二十条第（一）项895.90元{THREE}（本列")
    assert found == [
        (1, "一、总体情况", "2022年，我局公开信息。"),
        (2, "二、主动公开政府信息情况", "第二十条第（一）项895.90元"),
        (3, "三、收到和处理政府信息公开申请情况", "（本列"),
    ]


def test_contents_listed_are_not_sections() -> None:
    body = f"一、总体情况|好。|{TWO}|{THREE}|{FIVE}|差|{SIX}|无"
    sentence = f"全文包括一、总体情况，{TWO}，{THREE}，{FOUR}，{SIX}六部分。"
    lines = f"一、总体情况|{TWO}|{THREE}|{FIVE}|{SIX}"
    assert numbers(f"报告|{sentence}|{body}") == [0, 1, 2, 3, 5, 6]
    assert cut(f"报告|{sentence}|{body}")[0][2] == f"报告\n{sentence}"
    assert numbers(f"目录|{lines}|{body}") == [0, 1, 2, 3, 5, 6]


def test_empty_sections_stay() -> None:
    text = f"一、总体情况|好|{TWO}|{THREE}|{FOUR}|相关附件：报告.pdf"
    assert [(number, text) for number, _, text in cut(text)] == [(1, "好"), (2, ""), (3, ""), (4, "相关附件：报告.pdf")]


def test_heading_without_ordinal_among_others() -> None:
    assert numbers("总体情况|很好|二、主动公开政府信息情况|主动公开政府信息情况|公开|六、其他需要报告的事项|无") == [
        1,
        2,
        6,
    ]


def test_other_meanings_of_older_reports() -> None:
    found = cut("一、概述|a|二、重点领域公开情况|b|三、主动公开政府信息情况|c|四、依申请公开情况|d|七、附表|e")
    assert [(number, heading) for number, heading, _ in found] == [
        (1, "一、概述"),
        (0, "二、重点领域公开情况"),
        (2, "三、主动公开政府信息情况"),
        (3, "四、依申请公开情况"),
    ]


def test_lists_inside_a_section_are_text() -> None:
    assert numbers("一、总体情况|一、加强领导|二、健全制度|二、主动公开政府信息情况|六、其他需要报告的事项") == [
        1,
        2,
        6,
    ]


def test_report_in_one_large_table() -> None:
    long = "我局认真贯彻落实条例，公开政府信息。" * 4
    rows = ["一、总体情况", long, "二、主动公开政府信息情况", "第二十条第（一）项"]
    table = Table(tuple(Cell(row, 0, text, Place(), colspan=4) for row, text in enumerate(rows)))
    found = sections(Content("text/html", "html", (Paragraph("某局2022年年度报告"), table)))
    assert [(section.number, section.text) for section in found] == [(0, "某局2022年年度报告"), (1, long), (2, "")]
