"""Unusual numerals and the sums."""

from __future__ import annotations

from parsers.checks.proven_numerals import with_proven_numerals
from parsers.forms import load
from parsers.printed.numbers import read_number
from parsers.report import ReportCell, State

FORM = load("gen2021")
COLUMNS = [column.id for column in FORM.table("review_litigation").blocks[0].columns]


def row(name: str, *texts: str) -> list[ReportCell]:
    made = []
    for column, text in zip(COLUMNS, texts, strict=True):
        said = read_number(text)
        more = {"candidate": said.candidate, "style": said.style}
        made.append(ReportCell("review_litigation", name, column, "", text, said.state, said.value, "件", **more))  # type: ignore[arg-type]
    return made


def values(cells: tuple[ReportCell, ...]) -> list[int | None]:
    return [cell.value if cell.state is State.NUMBER else None for cell in cells]  # type: ignore[misc]


def test_a_sum_that_holds_proves_the_numeral() -> None:
    cells = row("review", "⑥", "1", "0", "0", "7")
    assert values(with_proven_numerals(FORM, cells)) == [6, 1, 0, 0, 7]


def test_a_sum_that_fails_leaves_it_unreadable() -> None:
    cells = row("review", "⑥", "1", "0", "0", "1")  # ⑥ is a footnote's mark in an empty cell
    made = with_proven_numerals(FORM, cells)
    assert values(made) == [None, 1, 0, 0, 1]
    assert made[0].state is State.UNREADABLE


def test_a_style_proven_twice_holds_where_no_sum_reaches() -> None:
    outside = ReportCell(
        "proactive_disclosure", "licences", "decisions", "", "⑨", State.UNREADABLE, None, "件", candidate=9,
        style="circled",
    )  # fmt: skip
    twice = [*row("review", "⑥", "1", "0", "0", "⑦"), outside]
    assert values(with_proven_numerals(FORM, twice))[-1] == 9
    refuted = [*twice, *row("litigation_direct", "②", "1", "0", "0", "1")]
    assert values(with_proven_numerals(FORM, refuted))[5] is None
    assert values(with_proven_numerals(FORM, [*row("review", "⑥", "1", "0", "0", "7"), outside]))[-1] is None
