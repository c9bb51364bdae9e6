"""Failed identities and odd cells as findings that a person can read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from parsers.checks.identities import Equation, equations
from parsers.checks.wrong_cell import Suspect, locate, suspects
from parsers.forms import load
from parsers.forms.model import Form
from parsers.printed.numbers import read_number
from parsers.readings.compare import Comparison
from parsers.report import Attribution, Check, Finding, Number, ReportCell, State, Status

NO_ERROR = frozenset({"TABLE-REPEATED"})
"""Findings that tell a person where to look and say of nobody that something is wrong."""

SHOWN = 6
"""Candidates that a message names; all of them are in `cells`."""


@dataclass(frozen=True, slots=True)
class FindingContext:
    """What findings are drawn from: one reading of a document, its checks, and how a second reading compares."""

    form: Form
    cells: Mapping[str, ReportCell]
    checks: Sequence[Check]
    comparison: Comparison

    def name(self, key: str) -> str:
        """A cell in words: row and column as the form prints them."""
        table_id, row_id, column_id = key.split("/")
        table = self.form.table(table_id)
        row = next((row.label for row in table.rows if row.id == row_id), row_id)
        columns = (column for block in table.blocks for column in block.columns)
        return f"{row}·{next((column.label for column in columns if column.id == column_id), column_id)}"


def failed_sums(evidence: FindingContext) -> Iterator[Finding]:
    """One finding for each failed identity. Where the sums single out one cell it is named with its implied value."""
    if all(check.status is not Status.FAIL for check in evidence.checks):
        return
    all_equations = list(equations(evidence.form, evidence.cells))
    found = suspects(all_equations, evidence.checks, evidence.cells)
    located = locate(found)
    by_name = {(equation.code, equation.key): equation for equation in all_equations}
    for check in evidence.checks:
        if check.status is Status.FAIL:
            name = (check.code, check.key)
            if name in located:
                yield _located(evidence, check, located[name])
            else:
                yield _open(evidence, check, by_name[name], found)


def _located(evidence: FindingContext, check: Check, suspect: Suspect) -> Finding:
    printed = evidence.cells[suspect.cell].value
    message = (
        f"{_sentence(evidence, check)}；各项勾稽关系同时指向“{evidence.name(suspect.cell)}”："
        f"印为 {printed}，按勾稽关系推算为 {suspect.implied}"
    )
    attribution = evidence.comparison.attribute(check.cells)
    return Finding(check.code, "error", attribution, message, (suspect.cell,), suspect.implied)


def _open(evidence: FindingContext, check: Check, equation: Equation, found: Sequence[Suspect]) -> Finding:
    """A failed sum that no single cell explains: its candidates, or else all its cells."""
    candidates = tuple(s.cell for s in found if (check.code, check.key) in s.explains) or equation.cells
    message = _sentence(evidence, check)
    if len(candidates) <= SHOWN:
        message += f"；可能有误的单元格：{'、'.join(evidence.name(key) for key in candidates)}"
    return Finding(check.code, "error", evidence.comparison.attribute(check.cells), message, candidates)


def _sentence(evidence: FindingContext, check: Check) -> str:
    rule = next(identity.rule for identity in evidence.form.checks if identity.code == check.code)
    table_id = check.cells[0].split("/")[0]
    table = evidence.form.table(table_id)
    labels = {row.id: row.label for row in table.rows} | {c.id: c.label for c in table.blocks[0].columns}
    return f"“{labels.get(check.key, check.key)}”不符合“{rule}”：{check.lhs} 与 {check.rhs}"


def odd_cells(evidence: FindingContext) -> Iterator[Finding]:
    """Cells whose content the form does not allow: negative counts, decimals, notes, units of their own."""
    columns = _columns(evidence.form.id)
    for key, cell in evidence.cells.items():
        kind, unit = columns.get((cell.table, cell.column), ("", ""))
        if kind and not (cell.state is State.BLANK or cell.raw.isdecimal()):
            for code, severity, message in _oddities(cell, kind, unit):
                yield _odd(code, severity, f"“{evidence.name(key)}”{message}", key)


def _oddities(cell: ReportCell, kind: str, unit: str) -> Iterator[tuple[str, str, str]]:
    """(code, severity, what is said of the cell)."""
    if _is_negative(cell.value) and kind != "change":
        code = "T3-NONNEG" if cell.table == "requests" else "NEGATIVE"
        yield code, "error", f"为负数：{cell.value}"
    if cell.state is State.TEXT:
        code, severity = ("T3-INT", "warning") if cell.table == "requests" else ("CELL-TEXT", "notice")
        yield code, severity, f"填的不是数：{cell.raw.strip()[:60]}"
    if cell.state is State.NUMBER and (note := read_number(cell.raw, kind).note):
        yield "CELL-NOTE", "notice", f"的数字带有说明：{note[:60]}"
    if cell.unit and unit not in {"", "unstated", cell.unit}:
        yield "T2-UNIT", "notice", f"自带单位“{cell.unit}”，表样单位为“{unit}”"


@cache
def _columns(form_id: str) -> dict[tuple[str, str], tuple[str, str]]:
    """Kind and unit of every column of the form, by table and column id; the unit is empty where blocks differ."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for table in load(form_id).tables:
        for block in table.blocks:
            for column in block.columns:
                name = (table.id, column.id)
                unit = column.unit if found.get(name, ("", column.unit))[1] == column.unit else ""
                found[name] = (column.kind, unit)
    return found


def _is_negative(value: Number | None) -> bool:
    return value is not None and value < 0


def _odd(code: str, severity: str, message: str, key: str) -> Finding:
    return Finding(code, severity, Attribution.UNKNOWN, message, (key,))


def attributed(findings: Sequence[Finding], comparison: Comparison) -> tuple[Finding, ...]:
    """The findings with their attribution settled by the second reading, where it is still open."""
    return tuple(
        replace(finding, attribution=comparison.attribute(finding.cells)) if _may_be_an_error(finding) else finding
        for finding in findings
    )


def _may_be_an_error(finding: Finding) -> bool:
    is_open = finding.attribution is Attribution.UNKNOWN and bool(finding.cells)
    return is_open and finding.severity != "notice" and finding.code not in NO_ERROR
