"""PDF: the real document, read by its lines."""

from __future__ import annotations

from pathlib import Path

from parsers.content import Table
from parsers.formats.pdf import pdf


def _texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows()]


def test_hongze_tables_are_exact(shared: Path) -> None:
    content = pdf.read((shared / "real/hongze-2023/raw.pdf").read_bytes())
    first, second, third, fourth, fifth = content.tables
    assert [table.continues for table in content.tables] == [False, True, False, True, False]
    assert _texts(first)[3] == ["行政规范性文件", "0", "5", "5"]
    assert _texts(second)[-1] == ["行政事业性收费", "7730.28"]
    assert _texts(third)[3] == ["一、本年新收政府信息公开申请数量", "21", "0", "0", "0", "0", "0", "21"]
    assert _texts(third)[5][0].replace("\n", "") == "三、本年度办理结果"
    assert _texts(third)[-1] == ["2.没有现成信息需要另行制作", "3", "0", "0", "0", "0", "0", "3"]
    assert _texts(fourth)[7] == ["（七）总计", "21", "0", "0", "0", "0", "0", "21"]
    assert _texts(fifth)[-1] == "10 1 0 0 0 0 0 0 0 0 5 0 0 0 0".split()


def test_hongze_text_runs_over_the_page_break(shared: Path) -> None:
    text = pdf.read((shared / "real/hongze-2023/raw.pdf").read_bytes()).text
    assert "政府信息公开工作\n人员跟班学习制度" in text
    assert "- 1 -" not in text
