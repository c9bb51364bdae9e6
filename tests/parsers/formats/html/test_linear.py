"""No page is dearer than its length: what is begun often and never ended costs what plain text does."""

from __future__ import annotations

import time

import pytest

from parsers.extract import extract

SIZE = 400_000
SECONDS = 8.0
"""CPU for 400 KB of anything; a step that takes the square of it needs minutes."""

PIECES = (
    "<!--", "<script", "<script>", "<style", "<style>", "<SCRIPT>", "<template>", "<noscript>", "<![if", "<table",
    "<table><tr><td>", "<div hidden>", "<div class='", "<td colspan=", "<td style='", "&lt;", "&#x4e00", "共<", "共",
    "1 ", "<a href='", "<input value=", "style='", "style=\"", "content:\"", "'", "\"", "</td>", "</table>", "~{",
    "2023年", "一、", "（一）", "政府信息公开工作年度报告", "发布时间：", "名称", "首页 > ", "<p>2023年收到申请3件。",
    "<p>县", "<br>", "<title>", "<details>", "<ruby>1<rt>",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("piece", PIECES)
def test_a_page_of_one_piece_repeated(piece: str) -> None:
    page = f"<html><body>{piece * (SIZE // len(piece.encode()))}"
    start = time.process_time()
    extract(page.encode())
    assert time.process_time() - start < SECONDS


@pytest.mark.slow
def test_a_style_sheet_of_ten_thousand_rules() -> None:
    rules = "".join(f".a{number} .b{number}:not(.c){{color:#fff}}" for number in range(10_000))
    cells = "".join(f"<td class='a{number} b{number}'>1</td>" for number in range(2_000))
    start = time.process_time()
    extract(f"<html><style>{rules}</style><table><tr>{cells}</tr></table>".encode())
    assert time.process_time() - start < SECONDS
