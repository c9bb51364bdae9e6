"""What was read against what was printed."""

from __future__ import annotations

from decimal import Decimal

from parsers.extract import Extraction
from tests.factory.truth import Truth


def differences(truth: Truth, extraction: Extraction) -> list[str]:
    """One line for each cell that is not read as it is printed; empty when all are exact."""
    if extraction.error is not None:
        return [f"error {extraction.error.kind}: {extraction.error.message}"]
    if extraction.report is None:
        return [f"no report: {extraction.rejected}"]
    read = {cell.key: cell for cell in extraction.report.cells}
    lines = [] if extraction.report.form == truth.form else [f"form {extraction.report.form}, printed {truth.form}"]
    for key, printed in truth.cells.items():
        cell = read.pop(key, None)
        if cell is None:
            lines.append(f"{key}: not read, printed {printed.text!r}")
        elif (cell.state, cell.value) != (printed.state, printed.value):
            lines.append(f"{key}: read {cell.state} {cell.value} {cell.raw!r}, printed {printed.text!r}")
    strangers = [cell for cell in read.values() if cell.state == "number" and not cell.row.startswith("unmapped")]
    lines += [f"{cell.key}: read {cell.raw!r}, not printed" for cell in strangers]
    return lines


def wrong_numbers(truth: Truth, extraction: Extraction) -> list[str]:
    """The cells that were given a number which is not printed there: the one thing that must never happen."""
    if extraction.report is None:
        return []
    wrong = []
    for cell in extraction.report.cells:
        printed = truth.cells.get(cell.key)
        if cell.value is not None and not cell.row.startswith("unmapped") and _differs(printed, cell.value):
            wrong.append(f"{cell.key}: {cell.value} for {printed.text if printed else None!r}")
    return wrong


def _differs(printed: object, value: int | Decimal) -> bool:
    return printed is None or getattr(printed, "value", None) != value
