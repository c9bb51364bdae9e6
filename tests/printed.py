"""Prints known cells as the tables of a form, the way agencies do, for tests of the mapping."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from parsers.content import Cell, Content, Paragraph, Place, Table
from parsers.forms import load

Printed = tuple[str, int, int]
"""Text, colspan, rowspan."""

NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


@dataclass(frozen=True, slots=True)
class Truth:
    """The cells of one report: key to printed text, for the form `form`."""

    form: str
    texts: Mapping[str, str]

    def at(self, table: str, row: str, column: str) -> str:
        return self.texts[f"{table}/{row}/{column}"]


def keys(form_id: str) -> list[str]:
    """Every cell of the form, in order; rows that only replace others are left out."""
    return [
        f"{table.id}/{row.id}/{column.id}"
        for table in load(form_id).tables
        for block in table.blocks
        for row in block.rows
        if not row.replaces
        for column in block.columns
    ]


def balanced(form_id: str, seed: int = 1) -> Truth:
    """A report whose identities all hold, with different numbers in most cells."""
    draw = random.Random(seed)
    form = load(form_id)
    values = {key: draw.randrange(0, 400) for key in keys(form_id)}
    for check in sorted(form.checks, key=lambda check: (check.per == "row", len(check.right))):
        table = form.table(check.table)
        names = [c.id for c in table.blocks[0].columns] if check.per == "column" else [r.id for r in table.rows]
        for name in names:
            at = f"{check.table}/{{}}/{name}" if check.per == "column" else f"{check.table}/{name}/{{}}"
            sides = [[at.format(part) for part in side] for side in (check.left, check.right)]
            if all(key in values for key in sides[0]):
                _settle(values, *sides)
    return Truth(form_id, {key: str(value) for key, value in values.items()})


def _settle(values: dict[str, int], left: Sequence[str], right: Sequence[str]) -> None:
    """Make one identity hold by its last term, after what is received was raised enough for that."""
    if len(right) == 2:
        values[left[0]] += sum(values[key] for key in right)
        values[right[1]] = sum(values[key] for key in left) - values[right[0]]
    else:
        values[right[0]] = sum(values[key] for key in left)


def table(rows: Iterable[Sequence[Printed | str]]) -> Table:
    """A grid from rows of cells as HTML gives them: each takes the next free places."""
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for row, printed in enumerate(rows):
        column = 0
        for one in printed:
            text, colspan, rowspan = (one, 1, 1) if isinstance(one, str) else one
            while (row, column) in taken:
                column += 1
            taken |= {(row + i, column + j) for i in range(rowspan) for j in range(colspan)}
            path = Place(path=f"table[1]/row[{row + 1}]/cell[{column + 1}]")
            cells.append(Cell(row, column, text, path, rowspan, colspan))
            column += colspan
    return Table(tuple(cells))


def content(*blocks: Table | str, method: str = "html", independent: bool = False) -> Content:
    made = tuple(block if isinstance(block, Table) else Paragraph(block) for block in blocks)
    return Content("text/html", method, made, independent=independent)


def disclosure_rows(truth: Truth) -> list[list[Printed | str]]:
    """Table two: every block with its heading and header."""
    rows: list[list[Printed | str]] = []
    for block in load(truth.form).table("proactive_disclosure").blocks:
        rows.append([(block.heading, 4, 1)])
        spare = [""] * (3 - len(block.columns)) if len(block.columns) == 2 else []
        span = 3 if len(block.columns) == 1 else 1
        rows.append(["信息内容", *((column.label, span, 1) for column in block.columns), *spare])
        for row in block.rows:
            texts = [truth.at("proactive_disclosure", row.id, column.id) for column in block.columns]
            rows.append([row.label, *((text, span, 1) for text in texts), *spare])
    return rows


def requests_header() -> list[list[Printed | str]]:
    return [
        [(NOTE, 3, 3), ("申请人情况", 7, 1)],
        [("自然人", 1, 2), ("法人或其他组织", 5, 1), ("总计", 1, 2)],
        ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"],
    ]


def requests_rows(truth: Truth) -> list[list[Printed | str]]:
    """Table three with its merged cells as the official form draws them."""
    form_table = load(truth.form).table("requests")
    block = form_table.blocks[0]
    labels = {group.id: group.label for group in form_table.groups}
    rows: list[list[Printed | str]] = []
    printed = [row for row in block.rows if not row.replaces]
    begun: set[str] = set()
    for row in printed:
        texts = [truth.at("requests", row.id, column.id) for column in block.columns]
        label: list[Printed | str] = []
        if not row.group:
            label = [(row.label, 3, 1)]
        else:
            if "disposition" not in begun:
                inside = sum(bool(other.group) for other in printed)
                label.append((labels["disposition"], 1, inside))
            if row.group == "disposition":
                label.append((row.label, 2, 1))
            else:
                if row.group not in begun:
                    label.append((labels[row.group], 1, sum(other.group == row.group for other in printed)))
                label.append(row.label)
            begun |= {"disposition", row.group}
        rows.append([*label, *texts])
    return rows


def review_rows(truth: Truth) -> list[list[Printed | str]]:
    """Table four: two rows of groups, the outcomes, one row of numbers."""
    block = load(truth.form).table("review_litigation").blocks[0]
    outcomes = [column.label for column in block.columns]
    texts = [truth.at("review_litigation", row.id, column.id) for row in block.rows for column in block.columns]
    return [
        [("行政复议", 5, 1), ("行政诉讼", 10, 1)],
        [*((label, 1, 2) for label in outcomes), ("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)],
        [*outcomes, *outcomes],
        texts,
    ]


def report(truth: Truth) -> list[Table | str]:
    """A whole report in the official layout."""
    return [
        "青石县示范局2022年政府信息公开工作年度报告",
        "二、主动公开政府信息情况",
        table(disclosure_rows(truth)),
        "三、收到和处理政府信息公开申请情况",
        table([*requests_header(), *requests_rows(truth)]),
        "四、政府信息公开行政复议、行政诉讼情况",
        table(review_rows(truth)),
    ]
