"""Content to cells: every row of every table goes to the table of the form that it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from parsers.content import Content
from parsers.forms.detect_form import detect
from parsers.forms.model import Form, FormTable
from parsers.forms.row_index import row_index
from parsers.report import Finding, ReportCell, State
from parsers.tables.cells import TableReading, absent_cells, located, notice
from parsers.tables.cut_labels import stitch
from parsers.tables.label_columns import without_other_years
from parsers.tables.lines import TableLine, lines_of
from parsers.tables.odd_layouts import is_unread, is_whole, transpose
from parsers.tables.repeated import choose
from parsers.tables.table2_disclosure import DisclosureTable
from parsers.tables.table3_requests import RequestsTable
from parsers.tables.table4_review import ReviewTable
from parsers.tables.unruled import withhold as unruled
from parsers.tables.unruled.rebuild import rebuilt_tables

Taker = RequestsTable | DisclosureTable | ReviewTable


@dataclass(frozen=True, slots=True)
class FormReading:
    """The cells of one document read one way, in printed order, missing ones last."""

    form: str
    cells: tuple[ReportCell, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def tables(self) -> tuple[str, ...]:
        """Tables of the form of which the document shows at least one cell."""
        return tuple(dict.fromkeys(cell.table for cell in self.cells if cell.state is not State.MISSING))


def read_tables(content: Content, year: int | None = None) -> FormReading | None:
    """Map the tables of a document to the form they are printed on; None when they show no modern form.

    `year`: the report's year, to choose when a document carries two.
    """
    content = without_other_years(content, year)
    lines = lines_of(content)
    form, strangers = detect({text for line in lines for text in line.texts if text})
    if form is None:
        return None
    parts = _parts(lines, form, year)
    if content.method.endswith(unruled.METHOD):
        rebuilt = rebuilt_tables(content.words, form)
        proved = _parts(lines_of(replace(content, blocks=tuple(rebuilt.values()))), form, year)
        parts = {
            name: proved[name] if name in rebuilt else unruled.withhold(part, lines) for name, part in parts.items()
        }
    elif content.method != "text-rows" and any(is_unread(cells) for cells, _ in parts.values()):
        aside = _parts(lines_of(transpose(content)), form, year)
        parts = {
            name: aside[name] if is_unread(part[0]) and is_whole(aside[name][0]) else part
            for name, part in parts.items()
        }
    findings = [notice("GEN-MISMATCH", f"表中混有另一版表样的栏目：{'、'.join(strangers)}")] if strangers else []
    findings += [finding for _, found in parts.values() for finding in found]
    return FormReading(form.id, tuple(cell for cells, _ in parts.values() for cell in cells), tuple(findings))


def _parts(lines: Sequence[TableLine], form: Form, year: int | None) -> dict[str, unruled.Part]:
    """Cells and findings of each table of the form."""
    takers = {taker_class: taker_class(form) for taker_class in (DisclosureTable, RequestsTable, ReviewTable)}
    _distribute(lines, list(takers.values()), form)
    parts: dict[str, unruled.Part] = {}
    for table, taker in zip(form.tables, takers.values(), strict=True):
        chosen, found = choose(taker.readings(), year)
        absent, missing = _missing(table, chosen)
        parts[table.id] = ([*located(chosen.cells), *absent], [*chosen.findings, *found, *missing])
    return parts


def _distribute(lines: Sequence[TableLine], takers: Sequence[Taker], form: Form) -> None:
    """Give each row to the table whose header was seen last, or to the one whose label it carries."""

    def is_header(line: TableLine) -> bool:
        return any(taker.is_header(line) for taker in takers)

    def is_label(text: str) -> bool:
        return any(row_index(form.id, table.id).is_whole(text) for table in form.tables)

    active: Taker | None = None
    for line in stitch(lines, is_label, is_header):
        starting = next((taker for taker in takers if taker is not active and taker.starts(line)), None)
        headed = None if starting else next((taker for taker in takers if taker.is_header(line)), None)
        active = starting or headed or active
        if headed is not None:
            headed.add_header(line)
        elif active is not None:
            active.add(line)


def _missing(table: FormTable, reading: TableReading) -> tuple[list[ReportCell], list[Finding]]:
    """Cells of the form that the document has no place for."""
    printed = set(reading.rows)
    replaced = {name for row in table.rows if row.id in printed for name in row.replaces}
    absent = [row for row in table.rows if row.id not in printed | replaced and not row.replaces]
    cells = [
        cell for row in absent for cell in absent_cells(table.id, row.id, table.block_of(row.id).columns, row.label)
    ]
    if len(absent) == len([row for row in table.rows if not row.replaces]):
        return cells, [notice("ROW-MISSING", f"文中没有“{table.heading}”的表格", severity="warning")]
    keys = {row.id: [cell.key for cell in cells if cell.row == row.id] for row in absent}
    return cells, [notice("ROW-MISSING", f"表中没有这一行：{row.label}", keys[row.id], "warning") for row in absent]
