"""What a reading of tables must be: exact, or open about what it is not."""

from __future__ import annotations

from parsers.content import Content
from parsers.report import State
from parsers.tables.reader import FormReading
from tests import printed
from tests.printed import Printed, Truth


def exact(reading: FormReading | None, truth: Truth) -> None:
    assert reading is not None
    assert reading.form == truth.form
    texts = {cell.key: cell.raw for cell in reading.cells if cell.state is not State.MISSING}
    assert texts == dict(truth.texts)


def codes(reading: FormReading | None) -> set[str]:
    assert reading is not None
    return {finding.code for finding in reading.findings}


def flatten(rows: list[list[Printed | str]]) -> list[list[str]]:
    return [[cell if isinstance(cell, str) else cell[0] for cell in row] for row in rows]


def requests_only(truth: Truth, rows: list[list[Printed | str]]) -> Content:
    return printed.content(
        printed.table(printed.disclosure_rows(truth)), printed.table(rows), printed.table(printed.review_rows(truth))
    )
