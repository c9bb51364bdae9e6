"""Warnings on table two, and the match between form and year."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parsers.checks.plausibility import may_make_rules
from parsers.content import Content
from parsers.interpret import interpret
from parsers.report import Finding, Hints
from tests import printed

QUIET = {
    "rules/issued": "0", "rules/repealed": "0", "rules/in_force": "0",
    "normative_documents/issued": "1", "normative_documents/repealed": "0", "normative_documents/in_force": "5",
    "administrative_fees/amount_collected": "3.5",
}  # fmt: skip
QUIET_2019 = {
    "rules/newly_made": "0", "rules/newly_published": "0", "rules/published_total": "0",
    "normative_documents/newly_published": "1", "normative_documents/published_total": "9",
}  # fmt: skip


def document(title: str, form_id: str = "gen2021", **changes: str) -> Content:
    truth = printed.balanced(form_id)
    quiet = QUIET if form_id == "gen2021" else QUIET_2019
    cells = {**quiet, **{key.replace("__", "/"): text for key, text in changes.items()}}
    texts = {**truth.texts, **{f"proactive_disclosure/{key}": text for key, text in cells.items()}}
    return printed.content(title, *printed.report(replace(truth, texts=texts))[1:])


def found(content: Content) -> dict[str, Finding]:
    report = interpret(content, None, Hints()).report
    assert report is not None
    return {finding.code: finding for finding in report.findings}


COUNTY = "北河县民政局2022年政府信息公开工作年度报告"


def test_nothing_to_say() -> None:
    assert not found(document(COUNTY))


def test_a_county_department_makes_no_rules() -> None:
    finding = found(document(COUNTY, rules__in_force="6"))["T2-RULES-AUTHORITY"]
    assert finding.severity == "warning"
    assert finding.cells == ("proactive_disclosure/rules/in_force",)


def test_stock_below_what_was_issued() -> None:
    finding = found(document(COUNTY, normative_documents__issued="9"))["T2-STOCK-MIN"]
    assert len(finding.cells) == 3


def test_yuan_typed_as_ten_thousand_yuan() -> None:
    assert found(document(COUNTY, administrative_fees__amount_collected="75394432.52"))["T2-UNIT"].severity == "notice"
    assert found(document(COUNTY, administrative_fees__amount_collected="251000元"))["T2-UNIT"].severity == "notice"
    assert "T2-UNIT" not in found(document(COUNTY, administrative_fees__amount_collected="9999.99"))


def test_published_in_all_below_published_this_year() -> None:
    title = "北河县民政局2020年政府信息公开工作年度报告"
    assert "T2-PUB" in found(document(title, "gen2019", normative_documents__newly_published="10"))


def test_the_form_of_another_year() -> None:
    assert set(found(document("北河县民政局2023年政府信息公开工作年度报告", "gen2019"))) == {"GEN-MISMATCH"}


@pytest.mark.parametrize(
    ("agency", "scope", "may"),
    [
        ("云岭市人民政府", "government_aggregate", True),
        ("云岭市人民政府办公室", "government_office", True),
        ("广西壮族自治区人民政府", "government_aggregate", True),
        ("国家税务总局", "department", True),
        ("教育部", "department", True),
        ("清溪区人民政府", "government_aggregate", False),
        ("北河县人民政府办公室", "government_office", False),
        ("云岭市财政局", "department", False),
        ("尼勒克县某镇人民政府", "town_or_street", False),
        (None, None, True),
    ],
)
def test_who_may_make_rules(agency: str | None, scope: str | None, may: bool) -> None:
    assert may_make_rules(agency, scope) is may
