"""A worksheet as it is seen: texts as their formats print them, merged cells, nothing of hidden rows and columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from parsers.content import Unreadable
from parsers.formats.limits import MAX_CELLS
from parsers.formats.sheets.number_format import GENERAL, Value, shown

Spot = tuple[int, int]
"""Row and column, from 0."""

Range = tuple[Spot, Spot]
"""First and last spot of a merged cell."""

_MOST_SPOTS = MAX_CELLS * 20
_BELOW = 2
"""Rows below the last text that can belong to a table by their borders."""


@dataclass(frozen=True, slots=True)
class Looks:
    """What makes cells print otherwise than their values: formats other than General, hidden rows and columns, zeros.

    `ruled` are spots with a border, filled or not. Of the formulas whose results the file does not hold, `calculated`
    are those that can be worked out, `unknown` the others.
    """

    formats: Mapping[Spot, str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    ruled: frozenset[Spot] = frozenset()
    unknown: frozenset[Spot] = frozenset()
    calculated: Mapping[Spot, Value] = field(default_factory=dict)
    zeros: bool = True


NO_LOOKS = Looks()


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A visible sheet by its stored values. The visible rows and columns are counted anew by `rows` and `columns`."""

    name: str
    values: Mapping[Spot, Value]
    merged: tuple[Range, ...] = ()
    looks: Looks = NO_LOOKS

    @property
    def text(self) -> dict[Spot, str]:
        """Printed texts that are not empty."""
        formats, zeros = self.looks.formats, self.looks.zeros
        texts = {spot: shown(value, formats.get(spot, GENERAL), zeros=zeros) for spot, value in self.values.items()}
        return {spot: text for spot, text in texts.items() if text}

    def path(self, row: int, column: int) -> str:
        """Where a cell stands, as spreadsheets say it: ``sheet!C5``."""
        return f"{self.name}!{spot_name(row, column)}"


@dataclass(frozen=True, slots=True)
class Seen:
    """A sheet without what is hidden. `rows` and `columns` give the place in the file of each one that is seen."""

    rows: list[int]
    columns: list[int]
    texts: dict[Spot, str]
    merged: dict[Spot, Spot]
    covered: set[Spot]
    ruled: set[Spot]
    unknown: set[Spot]


def seen(sheet: Worksheet) -> Seen:
    """The part of a sheet that is used and visible."""
    texts, looks = sheet.text, sheet.looks
    used = [*texts, *looks.unknown]
    height = max((row for row, _ in used), default=-1) + 1
    width = max((c for _, c in [*used, *(last for (row, _), last in sheet.merged if row < height)]), default=-1) + 1
    height = max(height, *(row + 1 for row, _ in looks.ruled if row < height + _BELOW), 0) if height else 0
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
    covered = {
        (row, column)
        for (top, left), (bottom, right) in merged.items()
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    ruled = {new for _, new in moved(looks.ruled)}
    return Seen(rows, columns, made, merged, covered, ruled, {new for _, new in moved(looks.unknown)})


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
    if spots > _MOST_SPOTS:
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
    if not (digits and len(digits) < 8 and 0 < len(letters) < 4 and letters.isascii() and letters.isalpha()):
        return None
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(digits) - 1, column - 1


def range_of(reference: str) -> Range | None:
    """The corners of ``B2:C5``."""
    first, _, last = reference.partition(":")
    corners = spot_of(first), spot_of(last or first)
    return (corners[0], corners[1]) if corners[0] and corners[1] else None
