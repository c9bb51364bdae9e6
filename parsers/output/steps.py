"""What each stage made of a document, as plain steps: headings, lines of text, and grids whose cells say what became
of them. Drawn as text here, as a page in steps_html."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.content import Content
from parsers.extract import Extraction
from parsers.formats import asked
from parsers.forms import load
from parsers.forms.detect_form import TABLE3_FIRST, signs_in
from parsers.output.steps_grids import GridStep, grid_lines, grids_of, lines_and_columns
from parsers.output.wanted import EVERYTHING, Wanted
from parsers.report import Finding, Report, ReportCell, State
from parsers.tables.lines import lines_of
from parsers.trace import Comparing, Mapped, Trace

REASONS = {
    State.NUMBER: "a number is printed",
    State.BLANK: "the cell is there and nothing is printed in it",
    State.DASH: "a dash is printed",
    State.SLASH: "a slash is printed",
    State.NONE_TEXT: "printed words that say: none",
    State.TEXT: "something is printed that is no number",
    State.MISSING: "no line of any grid became this row, or it has no such column",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One stage: what it is called, what it said, the grids it read or mapped. `module`: where its code stands."""

    title: str
    module: str
    lines: tuple[str, ...] = ()
    grids: tuple[GridStep, ...] = ()


def steps(data: bytes, extraction: Extraction, trace: Trace, wanted: Wanted = EVERYTHING) -> Iterator[Step]:
    """The stages of one document in order; of a container, those of each member. Of lines and cells those `wanted`."""
    answers = [f"first bytes: {data[:8].hex(' ')}", *asked(data)] if data.strip() else ["no bytes"]
    yield Step("1. Format", "parsers/formats/__init__.py", (*answers, f"read as {extraction.media_type}"))
    if extraction.error is not None:
        error = extraction.error
        yield Step("It could not be read", f"parsers/formats (…{trace.format})", (f"{error.kind}: {error.message}",))
    for number, one in enumerate(trace.comparisons, 1):
        more = f" (comparison {number})" if len(trace.comparisons) > 1 else ""
        yield from _reading_steps(one, trace.format, more, wanted)
    for name, member in trace.members:
        made = next((one for one in extraction.members if one.member == name), None)
        yield Step(f"Member {name}", "parsers/formats/containers", (made.media_type if made else "",))
        for one in member.comparisons:
            yield from _reading_steps(one, member.format, f" of {name}", wanted)
    if extraction.report is not None:
        yield from _report_steps(extraction.report, wanted)
    if extraction.rejected is not None:
        rejected = extraction.rejected
        said = f"{rejected.kind} (score {rejected.score}): {rejected.reason}"
        yield Step("Not a report", "parsers/lookalikes/judge.py", (said,))


def _reading_steps(one: Comparing, format_name: str, more: str, wanted: Wanted) -> Iterator[Step]:
    module = f"parsers/formats/*/{format_name}.py"
    yield _reading(f"2. First reading{more}", f"{module}: read", one.first, one.first_mapped, wanted)
    yield _form(one.first_mapped.content if one.first_mapped else one.first, one.first_mapped, more, wanted)
    if one.second is None:
        yield Step(f"4. Second reading{more}", module, ("there is none",))
    else:
        yield _reading(f"4. Second reading{more}", f"{module}: second_reading", one.second, one.second_mapped, wanted)
    taken = one.chosen.content.method if one.chosen else "none"
    shared = one.second is not None and not one.second.independent
    said = [
        f"taken: {taken}",
        f"cells given alike by both: {len(one.comparison.confirmed)}, differently: {len(one.comparison.differing)}",
        *(f"  differs: {key}" for key in one.comparison.differing if wanted.key(key)),
        *(["the second reading shares code with the first: it confirms nothing"] if shared else []),
        f"judged: {one.verdict}",
    ]
    yield Step(f"5. The readings compared{more}", "parsers/readings/compare.py, parsers/interpret.py", tuple(said))


def _reading(title: str, module: str, content: Content, mapped: Mapped | None, wanted: Wanted) -> Step:
    """A reading with its grids; cells say what they became where the tables were mapped as they stand."""
    paragraphs = len(content.blocks) - len(content.tables)
    lines = [
        f"method {content.method}: {len(content.tables)} tables, {paragraphs} paragraphs, {len(content.words)} words"
    ]
    lines += [f"could not be read: {text}" for text in content.unread] + [f"note: {text}" for text in content.notes]
    cells = mapped.reading.cells if mapped else ()
    grids = grids_of(content.tables, cells, wanted)
    if mapped is not None and mapped.content is not content:
        lines.append(f"its tables were made anew ({mapped.content.method}): parsers/tables/running_text")
        grids += grids_of(mapped.content.tables, cells, wanted)
    return Step(title, module, tuple(lines), tuple(grids))


def _form(content: Content, mapped: Mapped | None, more: str, wanted: Wanted) -> Step:
    """Which form, and what told it; which line became which row, and which span which column."""
    texts = {text for line in lines_of(content) for text in line.texts if text}
    said = [f"signs of {form}: {', '.join(found) or 'none'}" for form, found in signs_in(texts).items()]
    if mapped is None:
        said.append(f"no table of a form; “{TABLE3_FIRST}” stands {'' if _stands(texts) else 'not '}in a table")
        return Step(f"3. Form{more}", "parsers/forms/detect_form.py", tuple(said))
    said.append(f"form: {mapped.reading.form}; tables: {', '.join(mapped.reading.tables) or 'none'}")
    for grid in grids_of(content.tables, mapped.reading.cells, wanted):
        said += lines_and_columns(grid)
    module = "parsers/forms/detect_form.py, parsers/tables/{header_rows,alignment,table2_disclosure,table3_requests,"
    return Step(f"3. Form, lines and columns{more}", module + "table4_review}.py", tuple(said))


def _stands(texts: set[str]) -> bool:
    return any(TABLE3_FIRST in text for text in texts)


def _report_steps(report: Report, wanted: Wanted) -> Iterator[Step]:
    facts = (f"title: {report.title}", f"agency: {report.agency}", f"year: {report.year}", f"scope: {report.scope}")
    yield Step("6. Facts", "parsers/metadata", facts)
    named = defaultdict(list)
    for finding in report.findings:
        for key in finding.cells:
            named[key].append(finding)
    cells = tuple(f"{cell.key}: {_state(cell, named[cell.key])}" for cell in report.cells if wanted.cell(cell))
    yield Step("7. States, each with its reason", "parsers/tables/cells.py, parsers/printed/numbers.py", cells)
    yield Step("8. Checks", "parsers/checks/identities.py", tuple(_checks(report, wanted)))
    findings = filter(wanted.finding, report.findings)
    found = tuple(f"{one.code} {one.severity} {one.attribution.value}: {one.message}" for one in findings)
    yield Step("9. Findings", "parsers/checks/findings.py, parsers/prose/conflicts.py", found or ("none",))


def _state(cell: ReportCell, findings: Sequence[Finding]) -> str:
    value = f" {cell.value}" if cell.value is not None else ""
    told = "".join(f"; {one.code}: {one.message}" for one in findings)
    return f"{cell.state.value}{value}: {reason(cell)}{told}"


def reason(cell: ReportCell) -> str:
    """Why a cell has its state."""
    raw = " ".join(cell.raw.split())
    if cell.state is State.UNREADABLE:
        told = f"“{raw}” is printed, " if raw else ""
        return f"{told}not to be read for certain, or not proven to stand in this column (its line: step 3)"
    style = f", written as {cell.style}" if cell.style else ""
    return f"{REASONS[cell.state]}{f': “{raw}”' if raw else ''}{style}"


def _checks(report: Report, wanted: Wanted) -> Iterator[str]:
    rules = {check.code: check.rule for check in load(report.form).checks} if report.form.startswith("gen") else {}
    for check in filter(wanted.check, report.checks):
        yield f"{check.code} {check.key}: {check.status.value} ({check.lhs} = {check.rhs}) {rules.get(check.code, '')}"


def as_text(made: Iterator[Step]) -> Iterator[str]:
    """The steps as lines for a terminal."""
    for step in made:
        yield f"\n=== {step.title}   [{step.module}]"
        yield from (f"  {line}" for line in step.lines)
        for grid in step.grids:
            yield f"  --- {grid.caption}"
            yield from grid_lines(grid)
