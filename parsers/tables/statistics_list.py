"""Reports of 2018 and earlier: an open list of label, unit and numbers. Nothing is forced into later ids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import groupby, pairwise
from operator import attrgetter

from parsers.content import Cell, Content
from parsers.forms import load
from parsers.forms.model import Column, Form, LegacyLine
from parsers.printed.labels import normalise, without_ordinal
from parsers.report import Finding, ReportCell
from parsers.tables.cells import notice, printed_label, read_cell
from parsers.tables.lines import TableLine, is_blank, is_value, lines_of
from parsers.tables.reader import FormReading

TABLE = "legacy_indicators"
FEWEST_ROWS = 5
"""Lines with a number that make a list a statistics table."""

_LABELS = ("统计指标", "指标名称", "指标", "项目", "统计项目", "内容", "信息公开指标")
_CODES = ("代码", "序号", "指标代码", "编号")
_UNITS = ("单位", "计量单位")
_VALUES = ("统计数", "数值", "数量", "数据", "本期实际", "合计", "总计", "数字", "本年", "本年度", "年度")
_CUMULATIVE = ("历年累计", "本年累计", "累计", "历年累计数", "累计数")
_MONEY = ("元", "万元")
_COUNTED = re.compile("(?:[条件次篇个人]|人次|万元)$")
"""The unit in brackets behind a label."""
_THIS_YEAR = re.compile("(?:本|当|今)年度?(?:实际|发生)?(?:统计)?(?:数|数量|数值|值)?")
_YEAR = re.compile(r"(20[0-3]\d)年?度?(?:统计)?(?:数|数量|数值|值)?")


@dataclass(slots=True)
class _List:
    """One statistics table while it is read."""

    form: Form
    cells: list[ReportCell] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    header: dict[int, str] = field(default_factory=dict)
    above: list[str] = field(default_factory=list)
    unmapped: int = 0
    rows: set[str] = field(default_factory=set)


def read_list(content: Content) -> FormReading | None:
    """The statistics of an old report; None when no table of the document is such a list."""
    lines = lines_of(content)
    form = _form(lines)
    if form is None:
        return None
    found = _List(form)
    for line in _in_one_column(lines):
        if header := _header(line):
            found.header = header
        elif found.header or _indicator(found, line) is not None:
            _take(found, line)
    if len({cell.row for cell in found.cells}) < FEWEST_ROWS:
        return None
    return FormReading(form.id, tuple(found.cells), tuple(found.findings))


def _in_one_column(lines: Sequence[TableLine]) -> Iterator[TableLine]:
    """The lines with those of a list that is printed in two halves side by side put below each other."""
    for _, group in groupby(lines, key=attrgetter("table")):
        table = list(group)
        cuts = max((_label_columns(line) for line in table), key=len)[1:]
        if not cuts:
            yield from table
        for first, end in pairwise([0, *cuts, table[0].width] if cuts else ()):
            yield from (_between(line, first, end) for line in table)


def _label_columns(line: TableLine) -> list[int]:
    """Where a header row names a column of labels."""
    return [cell.column for cell, text in zip(line.cells, line.texts, strict=True) if _role(text) == "label"]


def _between(line: TableLine, first: int, end: int) -> TableLine:
    """The part of a line in those grid columns."""
    kept = [at for at, cell in enumerate(line.cells) if first <= cell.column < end]
    cells = tuple(line.cells[at] for at in kept)
    return replace(line, cells=cells, texts=tuple(line.texts[at] for at in kept), has_values=any(map(is_value, cells)))


def _form(lines: Sequence[TableLine]) -> Form | None:
    texts = "\n".join({text for line in lines for text in line.texts if text})
    for form_id, fewest in (("gen2014", 2), ("gen2008", 1)):
        form = load(form_id)
        if sum(normalise(sign) in texts for sign in form.signs) >= fewest:
            return form
    return None


def _header(line: TableLine) -> dict[int, str] | None:
    """Grid column to what it holds, for a row that names a label column and at least one column of numbers."""
    if any(is_value(cell) for cell in line.cells):
        return None
    roles: dict[int, str] = {}
    extra = 0
    years = [int(year[1]) for text in line.texts if (year := _YEAR.fullmatch(text))]
    for cell, text in zip(line.cells, line.texts, strict=True):
        year = _YEAR.fullmatch(text)
        # Of several years the last one is the report's; the others are printed for comparison.
        role = ("value" if int(year[1]) == max(years) else "") if year else _role(text)
        if not role and text:
            extra += 1
            role = f"unmapped_{extra}"
        if role:
            roles[cell.column] = role if role not in roles.values() else f"unmapped_{(extra := extra + 1)}"
    known = set(roles.values())
    return roles if known & {"value", "value_cumulative"} and known & {"label", "unit"} else None


def _role(text: str) -> str:
    if _THIS_YEAR.fullmatch(text):
        return "value"
    bare = text.lstrip("0123456789")
    for role, names in (("label", _LABELS), ("code", _CODES), ("unit", _UNITS), ("value_cumulative", _CUMULATIVE)):
        if bare in names:
            return role
    return "value" if bare in _VALUES or bare.removeprefix("年") in _VALUES or bare == "年度" else ""


def _take(found: _List, line: TableLine) -> None:
    roles = found.header or {}
    words = [i for i, cell in enumerate(line.cells) if line.texts[i] and not is_value(cell)]
    words = [i for i in words if roles.get(line.cells[i].column, "label") == "label"] or words[:1]
    if not words:
        return
    label_cell = line.cells[words[-1]]
    label = printed_label(" ".join(line.cells[i].text for i in words))
    indicator = _indicator(found, line)
    after = line.after(words[-1])
    unit = _unit(after, roles)
    numbers = _numbers(after, roles, unit)
    if indicator is not None:
        _descend(found, indicator.id)
    is_line = indicator is not None and indicator.unit
    if not is_line and not any(char.isdigit() for _, cell in numbers for char in cell.text):
        return  # a heading
    row = _row_id(found, indicator, label)
    for column_id, cell in numbers:
        text = unit.text.strip() if unit else (indicator.unit if indicator else "")
        column = Column(column_id, column_id, unit=text, kind="money" if text in _MONEY or not text else "count")
        found.cells.append(read_cell(TABLE, row, column, label or label_cell.text, cell))


def _unit(after: Sequence[Cell], roles: dict[int, str]) -> Cell | None:
    return next((cell for cell in after if roles.get(cell.column) == "unit" and not is_blank(cell)), None)


def _numbers(after: Sequence[Cell], roles: dict[int, str], unit: Cell | None) -> list[tuple[str, Cell]]:
    """The cells of numbers with their column ids, by the header where it reaches, else by order."""
    named = [
        (roles[cell.column], cell) for cell in after if roles.get(cell.column, "code") not in {"code", "unit", "label"}
    ]
    if named:
        return named
    rest = [cell for cell in after if cell is not unit and is_value(cell)]
    if len(rest) == 1:
        return [("value", rest[0])]
    # Nothing says which of two numbers is the year's and which cumulated, or another year's.
    return list(zip(("unmapped_1", "unmapped_2"), rest, strict=False)) if len(rest) == 2 else []


def _row_id(found: _List, indicator: LegacyLine | None, label: str) -> str:
    if indicator is not None and indicator.unit and indicator.id not in found.rows:
        found.rows.add(indicator.id)
        return indicator.id
    found.unmapped += 1
    row = f"unmapped_{found.unmapped}"
    if found.form.indicators:
        found.findings.append(notice("ROW-UNCLAIMED", f"统计表中有表样以外的行：{label}", [f"{TABLE}/{row}/value"]))
    return row


def _descend(found: _List, indicator_id: str) -> None:
    found.above.append(indicator_id)


@cache
def _by_label(form_id: str) -> dict[str, list[LegacyLine]]:
    found: dict[str, list[LegacyLine]] = {}
    for line in load(form_id).indicators:
        for label in line.labels:
            for text in {normalise(label), _bare(normalise(label))}:
                named = found.setdefault(text, [])
                if line not in named:
                    named.append(line)
    return found


def _bare(text: str) -> str:
    return without_ordinal(without_ordinal(text).removeprefix("其中"))


def _indicator(found: _List, line: TableLine) -> LegacyLine | None:
    """The line of the form that this label names, by the line above where two share it."""
    lookup = _by_label(found.form.id)
    for text in line.texts:
        named = lookup.get(text) or lookup.get(_bare(text)) or lookup.get(_bare(_COUNTED.sub("", text))) or []
        if len(named) == 1 and (not named[0].under or named[0].under in found.above):
            return named[0]
        for parent in reversed(found.above):
            for candidate in named:
                if candidate.under == parent:
                    return candidate
    return None
