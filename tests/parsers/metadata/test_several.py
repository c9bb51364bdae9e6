"""Several reports in one document."""

from __future__ import annotations

from parsers.content import Content, Paragraph, Table
from parsers.extract import extract
from parsers.locate import member, whole
from parsers.metadata.several import parts
from parsers.report import Hints
from tests import printed


def report(agency: str, year: int, number: int) -> list[str | Table]:
    blocks = printed.report(printed.balanced("gen2021", number))
    return [f"{agency}{year}年政府信息公开工作年度报告", *blocks[1:]]


def content(*blocks: str | Table) -> Content:
    return Content("x", "x", tuple(Paragraph(block) if isinstance(block, str) else block for block in blocks))


def firsts(*blocks: str | Table) -> list[str]:
    return [part.blocks[0].text for part in parts(content(*blocks)) if isinstance(part.blocks[0], Paragraph)]


def test_departments_and_years() -> None:
    one, two, three = report("甲县民政局", 2022, 1), report("甲县水务局", 2022, 2), report("甲县水务局", 2021, 3)
    assert firsts("甲县各部门2022年政府信息公开工作年度报告汇编", *one, *two, *three) == [one[0], two[0], three[0]]


def test_one_report_stays_whole() -> None:
    one = report("甲县民政局", 2022, 1)
    assert not firsts(*one)
    assert not firsts(*one, *one)  # a copy for phones
    assert not firsts("甲县水务局2022年政府信息公开工作年度报告", *one)  # a link to another one above it
    assert not firsts(*one, "甲县水务局2022年政府信息公开工作年度报告", "甲县财政局2022年政府信息公开工作年度报告")
    assert not firsts(*one[:4], "民政局2022年政府信息公开工作年度报告", *one[4:])  # the title printed again


def test_a_title_over_two_lines_and_a_signature_before_it() -> None:
    one, two = report("甲县民政局", 2022, 1), report("", 2022, 2)
    signed = ["甲县民政局", "2023年1月20日"]
    assert firsts(*one, *signed, "甲县水务局", *two) == [one[0], "甲县水务局"]


def html(*blocks: str | Table) -> bytes:
    def drawn(block: str | Table) -> str:
        if isinstance(block, str):
            return f"<p>{block}</p>"
        cells = "".join(
            f"<tr>{''.join(f'<td rowspan={c.rowspan} colspan={c.colspan}>{c.text}</td>' for c in row)}</tr>"
            for row in block.rows()
        )
        return f"<table>{cells}</table>"

    return f"<html><head><meta charset=utf-8></head><body>{''.join(map(drawn, blocks))}</body></html>".encode()


def test_each_is_a_member_with_its_own_numbers() -> None:
    data = html(*report("甲县民政局", 2022, 1), *report("甲县水务局", 2022, 2))
    made = extract(data, Hints(title="甲县各部门2022年政府信息公开工作年度报告", year=2022))
    assert [(one.member, one.report.agency) for one in made.members if one.report] == [
        ("@1", "甲县民政局"),
        ("@2", "甲县水务局"),
    ]
    for number, one in enumerate(made.members, 1):
        assert one.report is not None
        truth = printed.balanced("gen2021", number)
        assert {c.key: c.raw for c in one.report.cells if c.key in truth.texts} == truth.texts
        assert not {finding.code for finding in one.report.findings} & {"TABLE-REPEATED", "AGENCY-CONFLICT"}
    assert made.report is not None
    assert made.report.findings[0].code == "SEVERAL-REPORTS"
    assert member(data, "@2") == data
    assert (whole("a.zip!@2"), whole("@2"), whole("a@b.docx")) == ("a.zip", "", "a@b.docx")
