"""Traditional characters."""

from __future__ import annotations

import pytest

from parsers.content import Content, Paragraph
from parsers.printed.headings import heading_of
from parsers.printed.labels import normalise
from parsers.printed.traditional import simplified
from parsers.prose.sections import sections


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("清遠市教育局政府信息公開工作年度報告", "清远市教育局政府信息公开工作年度报告"),
        ("行政複議和行政訴訟情況", "行政复议和行政诉讼情况"),
        ("主動公开政府信息情況", "主动公开政府信息情况"),  # a mixture
        ("方麵", "方面"),
        ("乾安县、於潜镇、甯某", "乾安县、於潜镇、甯某"),  # simplified as they are
        ("", ""),
    ],
)
def test_characters(text: str, made: str) -> None:
    assert simplified(text) == made
    assert len(simplified(text)) == len(text)


def test_labels_and_headings() -> None:
    assert normalise("本年新收政府信息公開申請數量") == "本年新收政府信息公开申请数量"
    assert heading_of("四、政府信息公開行政複議、行政訴訟情況") == (4, "四、政府信息公開行政複議、行政訴訟情況")


def test_sections_keep_what_is_printed() -> None:
    lines = ("一、總體情況", "我局認真貫徹條例。", "二、主動公開政府信息情況", "無。")
    found = sections(Content("text/plain", "text", tuple(map(Paragraph, lines))))
    assert [(one.number, one.heading, one.text) for one in found] == [(1, *lines[:2]), (2, *lines[2:])]
