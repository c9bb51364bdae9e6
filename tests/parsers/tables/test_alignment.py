"""Rows that were damaged are refused or read right: never a number in the wrong column."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.report import State
from parsers.tables.reader import read_tables
from tests import printed
from tests.printed import Printed

Rows = list[list[Printed | str]]


def texts_only(rows: Rows) -> Rows:
    return [[cell if isinstance(cell, str) else cell[0] for cell in row] for row in rows]


def on_grid(rows: Rows) -> Rows:
    """As text copied from a grid: every place of a span a cell, all but the first empty."""
    table = printed.table(rows)
    width = max(cell.column + cell.colspan for cell in table.cells)
    lines: Rows = []
    for row in table.rows():
        line: list[Printed | str] = [""] * width
        for cell in row:
            line[cell.column] = cell.text
        lines.append(line)
    return lines


def delete_cell(rows: Rows, random: Random) -> None:
    row = random.choice(rows)
    row.pop(random.randrange(len(row)))


def insert_cell(rows: Rows, random: Random) -> None:
    row = random.choice(rows)
    row.insert(random.randrange(len(row) + 1), "")


def delete_row(rows: Rows, random: Random) -> None:
    rows.pop(random.randrange(len(rows)))


def repeat_row(rows: Rows, random: Random) -> None:
    at = random.randrange(len(rows))
    rows.insert(at, list(rows[at]))


def swap_rows(rows: Rows, random: Random) -> None:
    at = random.randrange(1, len(rows))
    rows[at - 1], rows[at] = rows[at], rows[at - 1]


def drop_blanks(rows: Rows, random: Random) -> None:
    for row in rows:
        row[:] = [cell for cell in row if cell and cell[0]]


DAMAGES: list[Callable[[Rows, Random], None]] = [
    delete_cell, insert_cell, delete_row, repeat_row, swap_rows, drop_blanks,
]  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
@settings(max_examples=40, deadline=None)
@given(
    random=st.randoms(use_true_random=False),
    form_id=st.sampled_from(["gen2021", "gen2019"]),
    blanks=st.sampled_from([0.0, 0.3, 0.7]),
    drawn=st.sampled_from(["html", "text without spans", "text on a grid"]),
    which=st.integers(min_value=0, max_value=2),
)
def test_damage_never_moves_a_number(
    damage: Callable[[Rows, Random], None], random: Random, form_id: str, blanks: float, drawn: str, which: int
) -> None:
    true = printed.balanced(form_id)
    truth = printed.Truth(form_id, {k: "" if random.random() < blanks else v for k, v in true.texts.items()})
    tables = [
        printed.disclosure_rows(truth),
        [*printed.requests_header(), *printed.requests_rows(truth)],
        printed.review_rows(truth),
    ]
    if drawn != "html":
        tables = [(texts_only if drawn == "text without spans" else on_grid)(rows) for rows in tables]
    damage(tables[which], random)
    method = "html" if drawn == "html" else "text-rows"
    reading = read_tables(printed.content(*(printed.table(rows) for rows in tables), method=method))
    assert reading is not None
    for cell in reading.cells:
        if cell.state is State.NUMBER and "unmapped_" not in cell.key:
            assert cell.raw == truth.texts[cell.key], cell
