"""Sections of the narrative, the numbers in them marked: ✗ where a finding quotes them, ✓ where the tables agree."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from harvester.site.build.cell_marks import number
from harvester.site.parts.cells import CellView
from harvester.site.parts.visit import PageRequest
from parsers.prose.claims import Claim, Context, claims
from parsers.prose.conflicts import total
from parsers.report import ReportCell, State

Cells = Mapping[str, CellView]


@dataclass(frozen=True, slots=True)
class Agreement:
    """A clause whose number is that of a cell, or the sum of several; `cell` is the first of them."""

    start: int
    end: int
    quote: str
    cell: str
    cells: tuple[str, ...]
    value: int


@dataclass(frozen=True, slots=True)
class Passage:
    """One section: heading and paragraphs, escaped, quoted clauses marked; `notes` are the findings that quote them."""

    number: int
    heading: str
    paragraphs: tuple[Markup, ...]
    notes: tuple[sqlite3.Row, ...]
    agreed: tuple[Agreement, ...]


def passages(
    visit: PageRequest, report: sqlite3.Row, edition_id: int, findings: Sequence[sqlite3.Row], cells: Cells
) -> list[Passage]:
    rows = visit.all("select * from sections where edition_id = ? order by position, number", edition_id)
    quoting = [finding for finding in findings if finding["quote"]]
    whose = Context(report["year"], report["agency_name"])
    known = {key: _report_cell(cell) for key, cell in cells.items()}
    return [_passage(row, [f for f in quoting if f["section"] in (None, row["number"])], known, whose) for row in rows]


def _report_cell(cell: CellView) -> ReportCell:
    value = number(cell.value)
    whole = int(value) if value is not None and value == value.to_integral_value() else value
    table, row, column = cell.key.split("/")
    return ReportCell(table, row, column, cell.label, cell.shown, State(cell.state), whole, cell.unit)


def _passage(
    row: sqlite3.Row, findings: Sequence[sqlite3.Row], cells: Mapping[str, ReportCell], whose: Context
) -> Passage:
    text: str = row["text"] or ""
    found = [(start, finding) for finding in findings if (start := _start(text, finding)) >= 0]
    quoted = [(start, start + len(finding["quote"])) for start, finding in found]
    agreed = tuple(
        one
        for one in agreements(text, row["number"], cells, whose)
        if not any(one.start < end and start < one.end for start, end in quoted)
    )
    spans = [(start, end, _wrong(f["id"], text[start:end])) for (start, end), (_, f) in zip(quoted, found, strict=True)]
    spans += [(one.start, one.end, _right(one)) for one in agreed]
    notes = tuple(finding for _, finding in found)
    return Passage(row["number"], row["heading"] or "", _paragraphs(mark(text, spans)), notes, agreed)


def agreements(text: str, section: int, cells: Mapping[str, ReportCell], whose: Context) -> Iterator[Agreement]:
    """Clauses of a section whose number the tables bear out, in the order of the text."""
    for claim in claims(text, section, whose):
        used = _borne_out(claim, cells)
        if used:
            yield Agreement(claim.start, claim.end, claim.quote, used[0], used, claim.value)


def _borne_out(claim: Claim, cells: Mapping[str, ReportCell]) -> tuple[str, ...]:
    """The cells of the first reading of the clause that gives its number; none when no reading does."""
    found = (total(names, cells) for names in claim.sums)
    return next((keys for value, keys in found if keys and value == claim.value), ())


def _start(text: str, finding: sqlite3.Row) -> int:
    """Where the quotation stands: at its offset when that still holds, else where it is found."""
    given = finding["quote_start"]
    if given is not None and text[given : given + len(finding["quote"])] == finding["quote"]:
        return int(given)
    return text.find(finding["quote"])


def _wrong(finding: int, quote: str) -> Markup:
    return Markup('<mark id="quote-{}" class="bad">{}</mark>').format(finding, quote)


def _right(one: Agreement) -> Markup:
    cell = one.cell.replace("/", ".")
    return Markup('<a class="agrees" href="?cell={}#doc" data-cell="{}">{}</a>').format(cell, cell, one.quote)


def mark(text: str, spans: Sequence[tuple[int, int, Markup]]) -> Markup:
    """Escape `text` and put each span's own markup in its place; of overlapping spans the first is kept."""
    parts: list[Markup] = []
    at = 0
    for start, end, shown in sorted(spans):
        if start < at:
            continue
        parts += [escape(text[at:start]), shown]
        at = end
    return Markup("").join([*parts, escape(text[at:])])


def _paragraphs(marked: Markup) -> tuple[Markup, ...]:
    return tuple(Markup(line) for line in str(marked).split("\n") if line.strip())
