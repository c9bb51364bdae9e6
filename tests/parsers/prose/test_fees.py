"""What section six says of fees, as facts with their words."""

from __future__ import annotations

import pytest

from parsers.prose.fees import fees
from parsers.report import Section

SAID = [
    ("本年度未发出收费通知，未收取信息处理费。", {"fee_notices_issued": 0, "fee_collected_amount": 0}),
    (
        "发出收费通知的件数和总金额以及实际收取的总金额均为0。",
        {"fee_notices_issued": 0, "fee_notified_amount": 0, "fee_collected_amount": 0},
    ),
    (
        "2024年共发出收费通知3件，总金额1,200元，实际收取800元。",
        {"fee_notices_issued": 3, "fee_notified_amount": 1200, "fee_collected_amount": 800},
    ),
    ("收取政府信息公开信息处理费1.2万元。", {"fee_collected_amount": 12_000}),
    ("信息处理费收取情况：无。", {"fee_collected_amount": 0}),
    ("未就政府信息公开申请收取信息处理费。", {"fee_collected_amount": 0}),
    ("本年度无信息处理费收取情况。", {"fee_collected_amount": 0}),
    ("2023年收取信息处理费500元。", {}),
    ("行政事业性收费12万元。", {}),
    ("我局严格执行《政府信息公开信息处理费管理办法》。", {}),
    ("无其他需要报告的事项。", {}),
]


@pytest.mark.parametrize(("text", "values"), SAID)
def test_fees(text: str, values: dict[str, int]) -> None:
    facts = fees([Section(6, "六、其他需要报告的事项", f"（一）收费。\n{text}")], 2024)
    assert {fact.id: fact.value for fact in facts} == values
    for fact in facts:
        assert f"（一）收费。\n{text}"[fact.start : fact.end] == fact.quote
