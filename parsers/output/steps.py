"""What each stage made of a document, as plain steps: headings, lines of text, and grids whose cells say what became
of them. Drawn as text here, as a page in steps_html."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from parsers.content import Cell, Content, Place, Table
from parsers.extract import Extraction
from parsers.formats import asked
from parsers.forms import load
from parsers.forms.detect_form import TABLE3_FIRST, signs_in
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
class GridStep:
    """A grid as it was read. `became`: cell of the grid (its place in `table.cells`) → cell of the form."""

    caption: str
    table: Table
    became: Mapping[int, ReportCell]


@dataclass(frozen=True, slots=True)
class Step:
    """One stage: what it is called, what it said, the grids it read or mapped. `module`: where its code stands."""

    title: str
    module: str
    lines: tuple[str, ...] = ()
    grids: tuple[GridStep, ...] = ()


def steps(data: bytes, extraction: Extraction, trace: Trace) -> Iterator[Step]:
    """The stages of one document in order; of a container, those of each member."""
    answers = [f"first bytes: {data[:8].hex(' ')}", *asked(data)] if data.strip() else ["no bytes"]
    yield Step("1. Format", "parsers/formats/__init__.py", (*answers, f"read as {extraction.media_type}"))
    if extraction.error is not None:
        error = extraction.error
        yield Step("It could not be read", f"parsers/formats (…{trace.format})", (f"{error.kind}: {error.message}",))
    for number, one in enumerate(trace.comparisons, 1):
        more = f" (comparison {number})" if len(trace.comparisons) > 1 else ""
        yield from _reading_steps(one, trace.format, more)
    for name, member in trace.members:
        made = next((one for one in extraction.members if one.member == name), None)
        yield Step(f"Member {name}", "parsers/formats/containers", (made.media_type if made else "",))
        for one in member.comparisons:
            yield from _reading_steps(one, member.format, f" of {name}")
    if extraction.report is not None:
        yield from _report_steps(extraction.report)
    if extraction.rejected is not None:
        rejected = extraction.rejected
        said = f"{rejected.kind} (score {rejected.score}): {rejected.reason}"
        yield Step("Not a report", "parsers/lookalikes/judge.py", (said,))


def _reading_steps(one: Comparing, format_name: str, more: str) -> Iterator[Step]:
    module = f"parsers/formats/*/{format_name}.py"
    yield _reading(f"2. First reading{more}", f"{module}: read", one.first, one.first_mapped)
    yield _form(one.first_mapped.content if one.first_mapped else one.first, one.first_mapped, more)
    if one.second is None:
        yield Step(f"4. Second reading{more}", module, ("there is none",))
    else:
        yield _reading(f"4. Second reading{more}", f"{module}: second_reading", one.second, one.second_mapped)
    taken = one.chosen.content.method if one.chosen else "none"
    shared = one.second is not None and not one.second.independent
    said = [
        f"taken: {taken}",
        f"cells given alike by both: {len(one.comparison.confirmed)}, differently: {len(one.comparison.differing)}",
        *(f"  differs: {key}" for key in one.comparison.differing),
        *(["the second reading shares code with the first: it confirms nothing"] if shared else []),
        f"judged: {one.verdict}",
    ]
    yield Step(f"5. The readings compared{more}", "parsers/readings/compare.py, parsers/interpret.py", tuple(said))


def _reading(title: str, module: str, content: Content, mapped: Mapped | None) -> Step:
    """A reading with its grids; cells say what they became where the tables were mapped as they stand."""
    paragraphs = len(content.blocks) - len(content.tables)
    lines = [
        f"method {content.method}: {len(content.tables)} tables, {paragraphs} paragraphs, {len(content.words)} words"
    ]
    lines += [f"could not be read: {text}" for text in content.unread] + [f"note: {text}" for text in content.notes]
    cells = mapped.reading.cells if mapped else ()
    grids = _grids(content.tables, cells)
    if mapped is not None and mapped.content is not content:
        lines.append(f"its tables were made anew ({mapped.content.method}): parsers/tables/running_text")
        grids += _grids(mapped.content.tables, cells)
    return Step(title, module, tuple(lines), tuple(grids))


def _grids(tables: Sequence[Table], cells: Sequence[ReportCell]) -> list[GridStep]:
    """Each grid with the cells of the form that were read from it, known by their place and text."""
    waiting: dict[tuple[Place, str], list[ReportCell]] = defaultdict(list)
    for cell in cells:
        if cell.place != Place():
            waiting[cell.place, cell.raw.strip()].append(cell)
    grids = []
    for number, table in enumerate(tables, 1):
        became: dict[int, ReportCell] = {}
        for at, grid_cell in enumerate(table.cells):
            if found := waiting.get((grid_cell.place, grid_cell.text.strip())):
                became[at] = found.pop(0)
        where = "".join(filter(None, [f"page {table.place.page} " if table.place.page else "", table.place.path or ""]))
        grids.append(GridStep(f"grid {number} {where}".strip(), table, became))
    return grids


def _form(content: Content, mapped: Mapped | None, more: str) -> Step:
    """Which form, and what told it; which line became which row, and which span which column."""
    texts = {text for line in lines_of(content) for text in line.texts if text}
    said = [f"signs of {form}: {', '.join(found) or 'none'}" for form, found in signs_in(texts).items()]
    if mapped is None:
        said.append(f"no table of a form; “{TABLE3_FIRST}” stands {'' if _stands(texts) else 'not '}in a table")
        return Step(f"3. Form{more}", "parsers/forms/detect_form.py", tuple(said))
    said.append(f"form: {mapped.reading.form}; tables: {', '.join(mapped.reading.tables) or 'none'}")
    for grid in _grids(content.tables, mapped.reading.cells):
        said += _lines_and_columns(grid)
    module = "parsers/forms/detect_form.py, parsers/tables/{header_rows,alignment,table2_disclosure,table3_requests,"
    return Step(f"3. Form, lines and columns{more}", module + "table4_review}.py", tuple(said))


def _stands(texts: set[str]) -> bool:
    return any(TABLE3_FIRST in text for text in texts)


def _lines_and_columns(grid: GridStep) -> Iterator[str]:
    rows: dict[int, dict[str, None]] = defaultdict(dict)
    labels: dict[int, str] = {}
    columns: dict[str, Counter[tuple[int, int]]] = defaultdict(Counter)
    for at, made in grid.became.items():
        cell = grid.table.cells[at]
        rows[cell.row][f"{made.table}/{made.row}"] = None
        if made.table == "requests":
            labels[cell.row] = made.label
        columns[f"{made.table} {made.column}"][cell.column, cell.colspan] += 1
    for line in grid.table.rows():
        printed = labels.get(line[0].row) or next((cell.text for cell in line if cell.text.strip()), "")
        label = " ".join(printed.split())[:40]
        yield f"{grid.caption}, line {line[0].row} “{label}” → {', '.join(rows[line[0].row]) or 'nothing'}"
    for column, spans in columns.items():
        shown = ", ".join(f"{_span(start, width)} ({count} cells)" for (start, width), count in spans.items())
        yield f"{grid.caption}: column {column} ← {shown}"


def _span(start: int, width: int) -> str:
    return f"grid column {start}" if width == 1 else f"grid columns {start}–{start + width - 1}"


def _report_steps(report: Report) -> Iterator[Step]:
    facts = (f"title: {report.title}", f"agency: {report.agency}", f"year: {report.year}", f"scope: {report.scope}")
    yield Step("6. Facts", "parsers/metadata", facts)
    named = defaultdict(list)
    for finding in report.findings:
        for key in finding.cells:
            named[key].append(finding)
    cells = tuple(f"{cell.key}: {_state(cell, named[cell.key])}" for cell in report.cells)
    yield Step("7. States, each with its reason", "parsers/tables/cells.py, parsers/printed/numbers.py", cells)
    yield Step("8. Checks", "parsers/checks/identities.py", tuple(_checks(report)))
    found = tuple(f"{one.code} {one.severity} {one.attribution.value}: {one.message}" for one in report.findings)
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
        return f"{told}not to be read for certain, or not proven to stand in this column (see the findings)"
    style = f", written as {cell.style}" if cell.style else ""
    return f"{REASONS[cell.state]}{f': “{raw}”' if raw else ''}{style}"


def _checks(report: Report) -> Iterator[str]:
    rules = {check.code: check.rule for check in load(report.form).checks} if report.form.startswith("gen") else {}
    for check in report.checks:
        yield f"{check.code} {check.key}: {check.status.value} ({check.lhs} = {check.rhs}) {rules.get(check.code, '')}"


def as_text(made: Iterator[Step]) -> Iterator[str]:
    """The steps as lines for a terminal."""
    for step in made:
        yield f"\n=== {step.title}   [{step.module}]"
        yield from (f"  {line}" for line in step.lines)
        for grid in step.grids:
            yield f"  --- {grid.caption}"
            yield from _grid_lines(grid)


def _grid_lines(grid: GridStep) -> Iterator[str]:
    numbered: dict[int, list[tuple[int, Cell]]] = defaultdict(list)
    for at, cell in enumerate(grid.table.cells):
        numbered[cell.row].append((at, cell))
    for row, cells in sorted(numbered.items()):
        shown = [_shown(cell, grid.became.get(at)) for at, cell in sorted(cells, key=lambda one: one[1].column)]
        yield f"    {row:>3}  {' | '.join(shown)}"


def _shown(cell: Cell, made: ReportCell | None) -> str:
    spans = f"{cell.column}" + (f"+{cell.colspan}" if cell.colspan > 1 else "")
    spans += f"↓{cell.rowspan}" if cell.rowspan > 1 else ""
    text = " ".join(cell.text.split())
    became = f" → {made.row}.{made.column} {made.state.value}" if made else ""
    return f"[{spans}] {text}{'' if cell.readable else ' (not legible)'}{became}"
