"""Rules of table two that are expected to hold, but have lawful exceptions: warnings, never corrections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from parsers.forms.model import Form
from parsers.report import Attribution, Finding, Number, Report, ReportCell

TABLE = "proactive_disclosure"
LARGEST_FEES = 10_000
"""万元 a year: above it 元 was probably typed under 万元."""

_MINISTRY = re.compile(r"^(国家|国务院|中华人民共和国)|部$|总局$")
_BELOW_CITY = re.compile(r"(县|旗|镇|乡|街道|办事处|委员会|管委会|(?<!自治)(?<!特别行政)区)(人民政府)?(办公室)?$")


def implausible(report: Report, form: Form) -> Iterator[Finding]:
    """Findings on table two and on the match between form and year."""
    cells = {cell.key: cell for cell in report.cells}
    yield from _stock(cells)
    yield from _published(cells)
    yield from _authority(report, cells)
    yield from _fees(cells)
    first, last = form.years
    if report.year is not None and not first <= report.year <= last:
        message = f"{report.year} 年的报告用的是 {form.id} 表样（{form.instrument}）"
        yield Finding("GEN-MISMATCH", "notice", Attribution.UNKNOWN, message)


def _value(cells: Mapping[str, ReportCell], row: str, column: str) -> Number | None:
    cell = cells.get(f"{TABLE}/{row}/{column}")
    return cell.value if cell else None


def _warning(code: str, message: str, row: str, *columns: str, severity: str = "warning") -> Finding:
    keys = tuple(f"{TABLE}/{row}/{column}" for column in columns)
    return Finding(code, severity, Attribution.UNKNOWN, message, keys)


def _stock(cells: Mapping[str, ReportCell]) -> Iterator[Finding]:
    for row, label in (("rules", "规章"), ("normative_documents", "行政规范性文件")):
        issued, repealed, in_force = (_value(cells, row, name) for name in ("issued", "repealed", "in_force"))
        if issued is not None and repealed is not None and in_force is not None and in_force < issued - repealed:
            message = f"{label}现行有效 {in_force} 件，少于本年制发 {issued} 件减废止 {repealed} 件"
            yield _warning("T2-STOCK-MIN", message, row, "issued", "repealed", "in_force")


def _published(cells: Mapping[str, ReportCell]) -> Iterator[Finding]:
    for row, label in (("rules", "规章"), ("normative_documents", "规范性文件")):
        new, total = _value(cells, row, "newly_published"), _value(cells, row, "published_total")
        if new is not None and total is not None and total < new:
            message = f"{label}对外公开总数量 {total} 件，少于本年新公开 {new} 件"
            yield _warning("T2-PUB", message, row, "newly_published", "published_total")


def _authority(report: Report, cells: Mapping[str, ReportCell]) -> Iterator[Finding]:
    """Only provinces, cities with districts, autonomous prefectures and ministries can make 规章."""
    columns = [
        column
        for column in ("issued", "in_force", "newly_made", "newly_published", "published_total")
        if (_value(cells, "rules", column) or 0) > 0
    ]
    if columns and not may_make_rules(report.agency, report.scope):
        message = f"规章只能由国务院部门、省级政府和设区的市（州）政府制定，{report.agency or '本机关'}报告了规章"
        yield _warning("T2-RULES-AUTHORITY", message, "rules", *columns)


def may_make_rules(agency: str | None, scope: str | None) -> bool:
    """Can this body have made rules, as far as its name and scope tell? In doubt it can."""
    name = (agency or "").strip()
    if _MINISTRY.search(name):
        return True
    if scope in {"department", "town_or_street", "functional_zone", "public_institution"}:
        return False
    return not _BELOW_CITY.search(name)


def _fees(cells: Mapping[str, ReportCell]) -> Iterator[Finding]:
    cell = cells.get(f"{TABLE}/administrative_fees/amount_collected")
    if cell is not None and cell.value is not None and cell.unit == "万元" and cell.value >= LARGEST_FEES:
        message = f"行政事业性收费 {cell.value} 万元，疑以元为单位填写"
        yield _warning("T2-UNIT", message, "administrative_fees", "amount_collected", severity="notice")
