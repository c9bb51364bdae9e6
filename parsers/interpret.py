"""Two readings of one document to one report: map, compare, choose, check, and say what was odd."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from parsers.checks.findings import FindingContext, attributed, failed_sums, odd_cells
from parsers.checks.identities import check
from parsers.checks.plausibility import implausible
from parsers.checks.proven_numerals import with_proven_numerals
from parsers.content import Content
from parsers.forms import load
from parsers.lookalikes.judge import judge
from parsers.metadata.describe import Metadata, describe
from parsers.prose.conflicts import conflicts
from parsers.prose.sections import sections
from parsers.prose.without_tables import SECTIONS_OF_TABLES, without_tables
from parsers.readings.compare import Comparison, compare, is_better, is_same_tables
from parsers.report import Attribution, Finding, Hints, Rejection, Report, ReportCell, Section, State
from parsers.tables.reader import read_tables
from parsers.tables.running_text.rebuild import FLAT, unflatten
from parsers.tables.statistics_list import read_list
from parsers.trace import Comparing, Mapped, Trace

NO_FORM = "none"
"""The form of a report in whose document no table of any form was found."""


@dataclass(frozen=True, slots=True)
class Interpretation:
    """A report or the reason why it is none; `score` is how much it looks like one."""

    report: Report | None
    rejected: Rejection | None
    score: int | None


def interpret(content: Content, second: Content | None, hints: Hints, trace: Trace | None = None) -> Interpretation:
    """What a document says, read twice where there is a second reading."""
    metadata = describe(content, hints)
    mapped = map_content(content, metadata.year)
    again = _map_again(content, mapped, second, metadata.year)
    chosen, comparison, remarks = _choose(mapped, again)
    verdict = judge(content, _summary(chosen), metadata)
    if trace is not None:
        made = Comparing(
            content, second, mapped, again, chosen, comparison, metadata, f"{verdict.kind} {verdict.reason}"
        )
        trace.comparisons.append(made)
    if verdict.kind is not None:
        return Interpretation(None, Rejection(verdict.kind, verdict.reason, verdict.score), verdict.score)
    return Interpretation(_report(content, chosen, comparison, remarks, metadata), None, verdict.score)


def map_content(content: Content, year: int | None) -> Mapped | None:
    """The tables of a document on their form: from its grid, or from running text where the grid is lost."""
    reading = read_tables(content, year)
    if reading is None or "requests" not in reading.tables:
        rebuilt = unflatten(content)
        flat = read_tables(rebuilt, year) if rebuilt is not None else None
        if rebuilt is not None and flat is not None:
            content, reading = replace(rebuilt, pages=content.pages), flat
    if reading is None:
        reading = read_list(content)
    if reading is None:
        return None
    reading = replace(reading, cells=with_proven_numerals(load(reading.form), reading.cells))
    return Mapped(content, reading, check(reading.form, reading.cells))


def _map_again(content: Content, mapped: Mapped | None, second: Content | None, year: int | None) -> Mapped | None:
    """The second reading on its form. Tables that are cell by cell those of the first map to the same."""
    if second is None:
        return None
    told_apart = mapped is not None and any(found.code == "TABLE-REPEATED" for found in mapped.reading.findings)
    if mapped is None or mapped.content is not content or told_apart:
        return map_content(second, year)
    if load(mapped.reading.form).tables and is_same_tables(content, second, mapped.reading.form):
        return replace(mapped, content=second)
    return map_content(second, year)


def _choose(one: Mapped | None, two: Mapped | None) -> tuple[Mapped | None, Comparison, list[Finding]]:
    """The reading to publish, whole; the other one confirms it cell by cell or contradicts it."""
    if one is None or two is None or one.reading.form != two.reading.form:
        return one or two, Comparison(), []
    if one.content.method == two.content.method:
        return one, Comparison(), []  # the same way twice proves nothing
    chosen, other = one, two
    if is_better(two.reading.cells, two.checks, one.reading.cells, one.checks):
        chosen, other = two, one
    comparison = compare(chosen.reading.cells, other.reading.cells)
    if not two.content.independent:
        comparison = replace(comparison, confirmed=frozenset())
    if not comparison.differing:
        return chosen, comparison, []
    message = (
        f"两种读法（{chosen.content.method}、{other.content.method}）有 {len(comparison.differing)} 个单元格不同；"
        f"这里取 {chosen.content.method}"
    )
    finding = Finding("READINGS-DIFFER", "warning", Attribution.EXTRACTION, message, comparison.differing)
    return chosen, comparison, [finding]


def _summary(mapped: Mapped | None) -> set[str]:
    """Tables of the form in which at least one number is printed, be it that none can be told from the next."""
    if mapped is None:
        return set()
    return {cell.table for cell in mapped.reading.cells if _prints_a_number(cell)}


def _prints_a_number(cell: ReportCell) -> bool:
    if cell.state is State.NUMBER:
        return True
    return cell.state is State.UNREADABLE and any(map(str.isdigit, cell.raw))


def _report(
    content: Content,
    mapped: Mapped | None,
    comparison: Comparison,
    remarks: Sequence[Finding],
    metadata: Metadata,
) -> Report:
    report = Report(
        form=mapped.reading.form if mapped else NO_FORM,
        title=metadata.title,
        agency=metadata.agency,
        year=metadata.year,
        scope=metadata.scope,
        publisher=metadata.publisher,
        published_on=metadata.published_on,
        sections=_sections(content, mapped),
        cells=mapped.reading.cells if mapped else (),
        method=mapped.content.method if mapped else content.method,
        checks=mapped.checks if mapped else (),
        readings_agree=comparison.agree(mapped.reading.cells) if mapped else None,
        evidence=metadata.evidence,
    )
    found = list(_findings(report, mapped, comparison)) if mapped else _tables_elsewhere(report)
    found += _unread_pages(content)
    return replace(report, findings=(*remarks, *metadata.findings, *found, *conflicts(report)))


def _unread_pages(content: Content) -> list[Finding]:
    """Parts that could not be read: cells may stand there. What a reader of pages notes are such parts."""
    unread = (*content.unread, *(content.notes if content.pages else ()))
    if not unread:
        return []
    message = f"有部分内容未能完整读取，不在结果中：{'；'.join(unread)}"
    return [Finding("PAGE-UNREAD", "warning", Attribution.EXTRACTION, message)]


def _sections(content: Content, mapped: Mapped | None) -> tuple[Section, ...]:
    """The narrative; where the tables stand in it as running text they are no part of it."""
    found = sections(content)
    is_flat = mapped is not None and mapped.content.method.startswith(FLAT)
    return without_tables(found, load(mapped.reading.form)) if mapped is not None and is_flat else found


def _tables_elsewhere(report: Report) -> list[Finding]:
    """Sections of tables without any table: they are pictures or stand in an attachment."""
    if len({section.number for section in report.sections} & SECTIONS_OF_TABLES.keys()) < 2:
        return []
    message = "正文有表格各节的标题而没有表格：表格可能是图片，或在附件中"
    return [Finding("ROW-MISSING", "warning", Attribution.UNKNOWN, message)]


def _findings(report: Report, mapped: Mapped, comparison: Comparison) -> tuple[Finding, ...]:
    form = load(report.form)
    evidence = FindingContext(form, {cell.key: cell for cell in report.cells}, report.checks, comparison)
    found = [*mapped.reading.findings, *implausible(report, form)]
    if form.tables:
        found += [*odd_cells(evidence), *failed_sums(evidence)]
    return attributed(found, comparison)
