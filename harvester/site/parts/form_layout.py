"""The three tables as the forms print them: which label stands where, over how many rows and columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby

from harvester.definitions import gloss
from harvester.definitions.gloss import BlockLabel, Label, RowLabel

OTHER_ROWS = {"other_not_corrected_in_time", "other_fee_not_paid", "other_other"}
TOTALS = {"requests_received", "requests_carried_in", "disposed_total", "requests_carried_out"}
OUTCOME = Label("disposition", "三、本年度办理结果", "3. Outcome")


@dataclass(frozen=True, slots=True)
class Heading:
    """A `th`: a label with its spans; `upright` is the long one that runs down the side of the form."""

    label: Label
    columns: int = 1
    rows: int = 1
    upright: bool = False


@dataclass(frozen=True, slots=True)
class FormLine:
    """One row of table three: its headings, then seven cells of row `id`."""

    id: str
    headings: tuple[Heading, ...]
    total: bool = False


def request_lines(form: str, present: Collection[str]) -> tuple[FormLine, ...]:
    """Table three of `form`. `present` are the row ids the document has: some agencies keep an older form's row."""
    rows = _rows(form, present)
    outcomes = [row for row in rows if row.id not in TOTALS or row.id == "disposed_total"]
    lines: list[FormLine] = []
    for row in rows:
        if row not in outcomes:
            lines.append(FormLine(row.id, (Heading(row, columns=3),), True))
        elif row is outcomes[0]:
            lines += _outcome_lines(outcomes)
    return tuple(lines)


def _rows(form: str, present: Collection[str]) -> list[RowLabel]:
    every = {row.id: row for row in gloss.request_rows()}
    ids = [row.id for row in gloss.request_rows(form)]
    if "other_disposition" in present and "other_disposition" not in ids:
        where = next((n for n, row in enumerate(ids) if row in OTHER_ROWS), len(ids) - 2)
        ids.insert(where, "other_disposition")
        ids = [row for row in ids if row not in OTHER_ROWS or row in present]
    return [every[row] for row in ids]


def _outcome_lines(outcomes: list[RowLabel]) -> list[FormLine]:
    lines: list[FormLine] = []
    for group, members in groupby(outcomes, key=lambda row: row.group):
        rows = list(members)
        for n, row in enumerate(rows):
            before = (Heading(gloss.request_groups()[group], rows=len(rows)),) if group and n == 0 else ()
            lines.append(FormLine(row.id, (*before, Heading(row, columns=1 if group else 2)), row.id in TOTALS))
    first = lines[0]
    side = Heading(OUTCOME, rows=len(lines), upright=True)
    return [FormLine(first.id, (side, *first.headings), first.total), *lines[1:]]


@dataclass(frozen=True, slots=True)
class Article:
    """A block of table two: an article of the Regulations, its column headings, its rows; `width` in cells."""

    heading: str
    columns: tuple[Label, ...]
    rows: tuple[BlockLabel, ...]

    def span(self, column: int) -> int:
        """Columns of the three-column grid that this column takes."""
        given = len(self.columns)
        return 3 // given if column < given - 1 else 3 - (given - 1) * (3 // given)


def articles(form: str) -> tuple[Article, ...]:
    """Table two of `form`, empty for forms without one."""
    blocks = gloss.proactive_blocks(form)
    return tuple(
        Article(heading, rows[0].columns, tuple(rows))
        for heading, rows in ((key, list(found)) for key, found in groupby(blocks, key=lambda block: block.article))
    )


def differs(printed: str, official: str) -> bool:
    """Whether a label as printed says something else than the form's, spaces and punctuation aside."""
    a, b = _bare(printed), _bare(official)
    return bool(a) and not (a in b or b in a)


def _bare(text: str) -> str:
    kept = (char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char)[0] in "LN")
    return re.sub(r"^[\d一二三四五六七八九十]+", "", "".join(kept))
