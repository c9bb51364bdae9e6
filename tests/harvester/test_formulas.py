"""What a spreadsheet would run leaves the building as text; what is printed leaves as it is."""

from __future__ import annotations

import pytest

from harvester.formulas import defused

RUN = ["=1+1", "@x", "-x()", "+86 1", "＝1+1", "＋1+A1", "－x()", "＠x", "﹣x()", "\t=1", "\r=1", "\n=1", " =1",
       "\u200b=1", "\ufeff＝1", "\u00ad@x", "\u3000=1", "-cmd|' /C calc'!A0", "- cmd|'/C calc'!A0", "- 1+1",
       "-\t=1"]  # fmt: skip
KEPT = ["-12", "+1,036", "-3.5%", "—", "--", "-", "－", "- ", "-- ", "- 一、总体情况", "", "正文", "1=1", 5, -3, None]


@pytest.mark.parametrize("value", RUN)
def test_what_would_be_run_is_text(value: str) -> None:
    assert defused(value) == f"'{value}"


@pytest.mark.parametrize("value", KEPT)
def test_what_is_printed_stays(value: object) -> None:
    assert defused(value) == value
