"""Documents drawn for people."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from parsers.extract import Extraction, Failure, extract
from parsers.output.terminal import draw


def drawn(extraction: Extraction) -> str:
    console = Console(file=io.StringIO(), width=200)
    draw(extraction, "a.txt", console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_three_tables_with_their_states(seeds: Path) -> None:
    (document,) = seeds.glob("000_*.txt")
    text = drawn(extract(document.read_bytes()))
    for heading in (
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
    ):
        assert heading in text
    assert text.count("空") >= 138
    assert "空白作零时成立" in text


def test_a_failed_sum_is_said(seeds: Path) -> None:
    (document,) = seeds.glob("004_*.txt")
    data = document.read_text(encoding="utf-8").replace("\t（七）总计\n\t0", "\t（七）总计\n\t5")
    text = drawn(extract(data.encode()))
    assert "不成立" in text
    assert "推算为 0" in text


def test_an_error_is_one_line() -> None:
    extraction = Extraction("0" * 64, "application/pdf", error=Failure("encrypted", "the PDF asks for a password"))
    assert "encrypted" in drawn(extraction)
