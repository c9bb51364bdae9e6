"""Sections of the narrative with the clauses that findings quote marked in place."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from harvester.site.visit import Visit


@dataclass(frozen=True, slots=True)
class Passage:
    """One section: heading and paragraphs, escaped, `<mark>` around quoted clauses; `notes` are those findings."""

    number: int
    heading: str
    paragraphs: tuple[Markup, ...]
    notes: tuple[sqlite3.Row, ...]


def passages(visit: Visit, edition_id: int, findings: Sequence[sqlite3.Row]) -> list[Passage]:
    rows = visit.all("select * from sections where edition_id = ? order by position, number", edition_id)
    quoting = [finding for finding in findings if finding["quote"]]
    return [_passage(row, [f for f in quoting if f["section"] in (None, row["number"])]) for row in rows]


def _passage(row: sqlite3.Row, findings: Sequence[sqlite3.Row]) -> Passage:
    text: str = row["text"] or ""
    spans: list[tuple[int, int, int]] = []
    notes: list[sqlite3.Row] = []
    for finding in findings:
        start = _start(text, finding)
        if start >= 0:
            spans.append((start, start + len(finding["quote"]), finding["id"]))
            notes.append(finding)
    marked = mark(text, spans)
    return Passage(row["number"], row["heading"] or "", _paragraphs(marked), tuple(notes))


def _start(text: str, finding: sqlite3.Row) -> int:
    """Where the quotation stands: at its offset when that still holds, else where it is found."""
    given = finding["quote_start"]
    if given is not None and text[given : given + len(finding["quote"])] == finding["quote"]:
        return int(given)
    return text.find(finding["quote"])


def mark(text: str, spans: Sequence[tuple[int, int, int]]) -> Markup:
    """Escape `text` and wrap each span in `<mark id="quote-N">`; overlapping spans keep the first."""
    parts: list[Markup] = []
    at = 0
    for start, end, number in sorted(spans):
        if start < at:
            continue
        quoted = Markup('<mark id="quote-{}" class="bad">{}</mark>').format(number, text[start:end])
        parts += [escape(text[at:start]), quoted]
        at = end
    return Markup("").join([*parts, escape(text[at:])])


def _paragraphs(marked: Markup) -> tuple[Markup, ...]:
    return tuple(Markup(line) for line in str(marked).split("\n") if line.strip())
