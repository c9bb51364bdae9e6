"""Sections of a document whose tables are running text, with the tables taken out of the prose.

Where cells were lost the labels and numbers of a table stand in the text of its section. What comes before and after
them (该部分以表格形式报告; 注：…) is prose and stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from parsers.forms.model import Form, FormTable
from parsers.printed.labels import SHORTEST_TELLING, normalise
from parsers.report import Section
from parsers.tables.running_text.split_numbers import Stream

FEWEST = 5
"""Labels of a table that must stand in a text before any of it is taken for the table."""

SECTIONS_OF_TABLES = {2: "proactive_disclosure", 3: "requests", 4: "review_litigation"}
"""Section by its number: the table that stands in it."""
_VALUES = re.compile(r"(?:[\s\d,.+\-−－—–/／|]|万元|元|无(?=[\s\d]|$))*")
_OPENS = re.compile(r"[（(“\"《]\s*$")


def without_tables(sections: Iterable[Section], form: Form) -> tuple[Section, ...]:
    """The sections, those of the three tables without the words and numbers of their table."""
    return tuple(
        replace(section, text=_prose(section.text, form.table(SECTIONS_OF_TABLES[section.number])))
        if section.number in SECTIONS_OF_TABLES
        else section
        for section in sections
    )


def _prose(text: str, table: FormTable) -> str:
    stream = Stream(text)
    spots = [spot for label in _labels(table) if (spot := stream.find(label, 0))]
    if len(spots) < FEWEST:
        return text
    begin = stream.position(_beginning(stream, table, spots))
    opening = _OPENS.search(text[:begin])
    end = stream.after(_end(stream, table, spots))
    values = _VALUES.match(text, end)
    pieces = text[: opening.start() if opening else begin], text[values.end() if values else end :]
    return "\n".join(piece.strip() for piece in pieces if piece.strip(" \t\n）)"))


def _labels(table: FormTable) -> list[str]:
    """Labels that no sentence is likely to hold by chance, of rows and columns."""
    rows = [label for row in table.rows for label in row.labels]
    columns = [column.label for block in table.blocks for column in block.columns]
    return [label for label in map(normalise, (*rows, *columns)) if len(label) >= SHORTEST_TELLING]


def _beginning(stream: Stream, table: FormTable, spots: list[tuple[int, int]]) -> int:
    """The first of the words that a table begins with; of its labels where it has none."""
    words = (table.note, *table.over, *(block.heading for block in table.blocks))
    heads = [spot[0] for word in map(normalise, words) if word and (spot := stream.find(word, 0))]
    if heads and table.id == SECTIONS_OF_TABLES[2]:
        return min(heads)  # 行政许可 and 行政处罚 stand in prose too
    return min([*heads, *(first for first, _ in spots)])


def _end(stream: Stream, table: FormTable, spots: list[tuple[int, int]]) -> int:
    """Behind the last label of the table, the total of table four included."""
    last = max(end for _, end in spots)
    if table.id != SECTIONS_OF_TABLES[4]:
        return last
    outcome = stream.letters.rfind(normalise(table.blocks[0].columns[-2].label))
    total = stream.find(normalise(table.blocks[0].columns[-1].label), max(outcome, 0))
    return max(last, total[1]) if total else last
