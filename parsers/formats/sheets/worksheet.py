"""A worksheet as it is seen: texts as their formats print them, merged cells, nothing of hidden rows and columns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from unicodedata import combining

from parsers.code_points import FIRST_EAST_ASIAN
from parsers.content import Unreadable
from parsers.formats.limits import DIGITS_OF_COUNT, MAX_CELLS
from parsers.formats.sheets.appearance import PLAIN, WHITE, Font, TextRun, printed
from parsers.formats.sheets.number_format import GENERAL, Printed, Value, shown

Spot = tuple[int, int]
"""Row and column, from 0."""

Range = tuple[Spot, Spot]
"""First and last spot of a merged cell."""

MOST_SPOTS = MAX_CELLS * 20
"""Spots between the first and the last cell of a sheet, empty ones among them; chosen: most of a sheet is empty."""
_LETTERS_OF_COLUMN = 3
"""The last column of a worksheet is XFD."""
_NARROW = 0.5
_BELOW = 2
"""Rows below the last text that can belong to a table by their borders."""


class Ink(NamedTuple):
    """The font of a cell, the colour of its paper (None: not known), and how many digits its column has room for."""

    font: Font = PLAIN
    paper: str | None = WHITE
    room: float | None = None


NO_INK = Ink()


@dataclass(frozen=True, slots=True)
class CellLooks:
    """What makes cells print otherwise than their values: formats other than General, hidden rows and columns, zeros.

    `inks` are those other than black on white in a column that is wide enough; `runs` the fonts of texts in several;
    `errors` what cells print whose formula failed. `ruled` are spots with a border, filled or not. Of the formulas
    whose results the file does not hold, `calculated` are those that can be worked out. `unknown` are the spots of
    which nobody can tell what they print.
    """

    formats: Mapping[Spot, str] = field(default_factory=dict)
    inks: Mapping[Spot, Ink] = field(default_factory=dict)
    runs: Mapping[Spot, tuple[TextRun, ...]] = field(default_factory=dict)
    errors: Mapping[Spot, str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    ruled: frozenset[Spot] = frozenset()
    unknown: frozenset[Spot] = frozenset()
    calculated: Mapping[Spot, Value] = field(default_factory=dict)
    zeros: bool = True
    is_known: bool = True
    """False where nobody here can read how the cells look."""


NO_LOOKS = CellLooks()


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A visible sheet by its stored values. The visible rows and columns are counted anew by `rows` and `columns`."""

    name: str
    values: Mapping[Spot, Value]
    merged: tuple[Range, ...] = ()
    looks: CellLooks = NO_LOOKS
    unread: str = ""
    """Why the sheet, or a part of it, could not be read."""

    def printed(self) -> tuple[dict[Spot, str], set[Spot]]:
        """Printed texts that are not empty, and the spots of which it cannot be told what they print."""
        looks = self.looks
        texts = dict(looks.errors)
        unknown = {*looks.unknown, *looks.errors}
        for spot, value in self.values.items():
            if spot in looks.errors:
                continue
            text, sure = self.print_of(spot, shown(value, looks.formats.get(spot, GENERAL), zeros=looks.zeros))
            if text:
                texts[spot] = text
            if not sure:
                unknown.add(spot)
        return texts, unknown

    def print_of(self, spot: Spot, stored: Printed) -> tuple[str, bool]:
        """What a cell prints that would print `stored` in black on white, and whether that can be told."""
        ink, runs = self.looks.inks.get(spot), self.looks.runs.get(spot)
        if ink is None and runs is None and stored.colour is None:
            return stored.text, stored.sure
        ink = ink or NO_INK
        font = ink.font if stored.colour is None else replace(ink.font, colour=stored.colour)
        if runs is None or "".join(run.text for run in runs) != stored.text:
            runs = (TextRun(stored.text, font),)
        text, sure = printed(runs, ink.paper)
        return text, sure and stored.sure and (ink.room is None or _width(text) <= ink.room)

    def path(self, row: int, column: int) -> str:
        """Where a cell stands, as spreadsheets say it: ``sheet!C5``."""
        return f"{self.name}!{spot_name(row, column)}"


@dataclass(frozen=True, slots=True)
class VisibleSheet:
    """A sheet without what is hidden. `rows` and `columns` give the place in the file of each one that is seen."""

    rows: list[int]
    columns: list[int]
    texts: dict[Spot, str]
    merged: dict[Spot, Spot]
    covered: set[Spot]
    ruled: set[Spot]
    unknown: set[Spot]


def seen(sheet: Worksheet) -> VisibleSheet:
    """The part of a sheet that is used and visible."""
    looks = sheet.looks
    texts, unknown = sheet.printed()
    height, width = _extent(sheet, {*texts, *unknown})
    _check(sheet, height, width)
    rows = [row for row in range(height) if row not in looks.hidden_rows]
    columns = [column for column in range(width) if column not in looks.hidden_columns]
    at_row = {row: index for index, row in enumerate(rows)}
    at_column = {column: index for index, column in enumerate(columns)}

    def moved(spots: Iterable[Spot]) -> Iterator[tuple[Spot, Spot]]:
        return ((s, (at_row[s[0]], at_column[s[1]])) for s in spots if s[0] in at_row and s[1] in at_column)

    made = {new: texts[old] for old, new in moved(texts)}
    merged: dict[Spot, Spot] = {}
    for (top, left), (bottom, right) in sheet.merged:
        down = [at_row[row] for row in range(top, min(bottom + 1, height)) if row in at_row]
        beside = [at_column[column] for column in range(left, min(right + 1, width)) if column in at_column]
        if down and beside:
            merged[down[0], beside[0]] = down[-1], beside[-1]
            if (top, left) in texts:
                made[down[0], beside[0]] = texts[top, left]
    ruled = {new for _, new in moved(looks.ruled)}
    return VisibleSheet(rows, columns, made, merged, _covered(merged), ruled, {new for _, new in moved(unknown)})


def _extent(sheet: Worksheet, used: Collection[Spot]) -> tuple[int, int]:
    """Rows and columns that hold something: a text, a merged range that begins among them, a border below them."""
    height = max((row for row, _ in used), default=-1) + 1
    ends = [last for (row, _), last in sheet.merged if row < height]
    width = max((column for _, column in (*used, *ends)), default=-1) + 1
    if height:
        height = max(height, *(row + 1 for row, _ in sheet.looks.ruled if row < height + _BELOW), 0)
    return height, width


def _covered(merged: Mapping[Spot, Spot]) -> set[Spot]:
    """The spots that merged ranges cover besides their own first one."""
    return {
        (row, column)
        for (top, left), (bottom, right) in merged.items()
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }


def _width(text: str) -> float:
    """How many digits wide a text is: points and commas are narrow, Chinese characters wide, strokes nothing."""
    signs = (sign for sign in text.strip() if not combining(sign))
    return sum(_NARROW if sign in ",.·:;'| " else 2.0 if sign >= FIRST_EAST_ASIAN else 1.0 for sign in signs)


def hidden_in(values: Mapping[Spot, object], axis: int, hidden: Iterable[range]) -> frozenset[int]:
    """The hidden rows (axis 0) or columns (axis 1) among those in use; a file may hide a million that are not."""
    stop = max((spot[axis] for spot in values), default=-1) + 1
    return frozenset(index for part in hidden for index in range(part.start, min(part.stop, stop)))


def check_extent(sheet: Worksheet) -> None:
    """Raise `Unreadable` for a sheet whose used part is absurdly large: calamine takes memory for every place in it."""
    rows, columns = ([spot[axis] for spot in sheet.values] for axis in (0, 1))
    _check(sheet, max(rows, default=0) + 1, max(columns, default=0) + 1)


def _check(sheet: Worksheet, height: int, width: int) -> None:
    """Raise `Unreadable` for sheets that are no report: their merged cells and empty places are counted too."""
    spots = height * width
    for (top, left), (bottom, right) in sheet.merged:
        spots += max(0, min(bottom + 1, height) - top) * (min(right + 1, width) - left)
    if spots > MOST_SPOTS:
        raise Unreadable("too_large", f"sheet {sheet.name} spans {height:,} × {width:,} cells")


def spot_name(row: int, column: int) -> str:
    """``C5`` for row 4, column 2."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def spot_of(name: str) -> Spot | None:
    """(4, 2) for ``C5``; None for anything else."""
    letters = name.rstrip("0123456789").replace("$", "").upper()
    digits = name[len(name.rstrip("0123456789")) :]
    if not (
        digits
        and len(digits) <= DIGITS_OF_COUNT
        and 0 < len(letters) <= _LETTERS_OF_COLUMN
        and letters.isascii()
        and letters.isalpha()
    ):
        return None
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(digits) - 1, column - 1


def is_inside(spot: Spot, area: Range) -> bool:
    """Does a cell stand in an area?"""
    (top, left), (bottom, right) = area
    return top <= spot[0] <= bottom and left <= spot[1] <= right


def range_of(reference: str) -> Range | None:
    """The corners of ``B2:C5``."""
    first, _, last = reference.partition(":")
    corners = spot_of(first), spot_of(last or first)
    return (corners[0], corners[1]) if corners[0] and corners[1] else None
