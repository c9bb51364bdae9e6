"""No step of judging or describing grows faster than the document."""

from __future__ import annotations

import time

import pytest

from parsers.content import Content, Paragraph
from parsers.lookalikes.judge import judge
from parsers.metadata.describe import describe
from parsers.report import Hints

LENGTH = 40_000
"""Characters; what takes the square of it takes minutes."""
SECONDS = 3.0


UNITS = ["共<", "XX", "×", "〇", "首页>", "2022年", "政府信息公开", "现将", "通知", "附件", "甲县局", "一、", "0"]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("is_title", [False, True])
def test_long_runs_of_one_piece(unit: str, is_title: bool) -> None:
    text = unit * (LENGTH // len(unit))
    meta = dict.fromkeys(("title", "window_title", "breadcrumb", "publisher", "published_on"), text)
    content = Content("x", "x", (Paragraph("一、总体情况" if is_title else text),), meta=meta if is_title else {})
    hints = Hints(title=text, agency=text, published_on=text) if is_title else Hints()
    begin = time.process_time()
    metadata = describe(content, hints)
    for tables in (set(), {"requests"}):
        judge(content, tables, metadata)
    assert time.process_time() - begin < SECONDS
