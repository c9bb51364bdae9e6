"""A table printed more than once in a document: the report's own before an annexed one, its year before another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parsers.report import Finding, State
from parsers.tables.cells import TableReading, notice

_ANNEXED = re.compile(
    r"附\s*[件表录]|^\s*附\s*[:：]|样\s*表|表样|样例|样张|[示范]例|示范|模板|[供仅]\s*(?:对照|参考)|对照表|参考表|空白表"
)
"""Words over a table that is shown beside the report, not part of it."""
_WRONG = re.compile(r"[更改修订勘]\s*[正改订误]\s*(?:之?前|以前)")
_CORRECTED = re.compile(r"[更改修订勘]\s*[正改订误]\s*(?:之?后|以后)|[更订]正\s*[:：]?\s*$|以[此本下]表?为准")
"""Words over a table that was printed by mistake, and over the one that takes its place."""
_OF_ALL = re.compile(r"^\s*(?:合\s*计|总\s*计|汇\s*总|全\s*部)")
"""The name of a row that adds up the rows of several units."""
_OTHER_YEAR = re.compile(r"[上去前往历][一1]?\s*年")
_YEAR = re.compile(r"(?<!\d)20[0-3]\d(?!\d)")


def choose(readings: Sequence[TableReading], year: int | None) -> tuple[TableReading, list[Finding]]:
    """The report's own table; a finding, which accuses nobody, where the others print other numbers."""
    if not readings:
        return TableReading(""), []
    readings = _put_together(readings)
    own = [reading for reading in readings if not is_annexed(reading.heading, year)] or list(readings)
    corrected = [reading for reading in own if _CORRECTED.search(reading.heading)]
    of_all = [reading for reading in own if _OF_ALL.search(reading.heading)]
    own = corrected or of_all or own
    of_year = [reading for reading in own if year is not None and str(year) in reading.heading]
    of_year = of_year or [reading for reading in own if "本年" in reading.heading]
    chosen = max(of_year or own, key=lambda reading: (_numbers(reading) > 0, len(reading.cells)))
    others = [reading for reading in readings if reading is not chosen and reading.values != chosen.values]
    if not others:
        return chosen, []
    differing = [key for other in others for key, value in other.values.items() if chosen.values.get(key) != value]
    told_apart = all(is_annexed(other.heading, year) or not _numbers(other) for other in others)
    which = (
        "更正后的"
        if corrected
        else "标明年度的"
        if of_year
        else "合计的"
        if of_all
        else "报告自身的"
        if told_apart
        else ""
    )
    taken = f"这里取{which}一份" if which else "不知以哪一份为准，不同的数字不取"
    message = f"文中有 {len(readings)} 份“{chosen.table}”表，数字不同；{taken}"
    if not which:
        chosen = _undecided(chosen, others)
    return chosen, [notice("TABLE-REPEATED", message, sorted(set(differing)), "notice" if told_apart else "warning")]


def _undecided(chosen: TableReading, others: Sequence[TableReading]) -> TableReading:
    """The table without those numbers in whose place another one prints another number."""
    printed = [dict(other.values) for other in others]
    doubtful = {
        cell.key
        for cell in chosen.cells
        for values in printed
        if cell.state is State.NUMBER
        and (said := values.get(cell.key)) is not None
        and said[0] is State.NUMBER
        and said[1] != str(cell.value)
    }
    cells = [
        replace(cell, state=State.UNREADABLE, value=None) if cell.key in doubtful else cell for cell in chosen.cells
    ]
    return replace(chosen, cells=cells)


def _put_together(readings: Sequence[TableReading]) -> list[TableReading]:
    """A table cut into pieces by its columns is one: the pieces print the same rows and no cell twice."""
    made: list[TableReading] = []
    for reading in readings:
        if made and _is_rest(made[-1], reading):
            printed = {cell.key: cell for cell in reading.cells if cell.state is not State.MISSING}
            cells = [printed.pop(cell.key, cell) for cell in made[-1].cells]
            findings = [*made[-1].findings, *reading.findings]
            made[-1] = TableReading(reading.table, [*cells, *printed.values()], findings, made[-1].heading)
        else:
            made.append(reading)
    return made


def _is_rest(one: TableReading, other: TableReading) -> bool:
    first, second = ({cell.key for cell in part.cells if cell.state is not State.MISSING} for part in (one, other))
    rows = {key.split("/")[1] for key in first}, {key.split("/")[1] for key in second}
    return bool(first and second) and not first & second and len(rows[0] & rows[1]) * 2 > len(rows[0] | rows[1])


def is_annexed(heading: str, year: int | None) -> bool:
    """Does the line over a table say that it is a sample, a blank form, or another year's?"""
    if _ANNEXED.search(heading) or _OTHER_YEAR.search(heading):
        return True
    if _WRONG.search(heading) and not _CORRECTED.search(heading):
        return True
    named = {int(found) for found in _YEAR.findall(heading)}
    return year is not None and bool(named) and year not in named


def _numbers(reading: TableReading) -> int:
    return sum(cell.state is State.NUMBER for cell in reading.cells)
