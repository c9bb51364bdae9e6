"""How many digits a cell has room for: a number that is too wide prints as ####, a text is cut by its neighbour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from parsers.formats.sheets.number_format import Value
from parsers.formats.sheets.worksheet import Range, Spot

_PADDING = 0.56
"""Digits of a column's width that stay blank beside a number (five pixels of seven), less a hair for rounding."""

USUAL_WIDTH = 9.14
_SPARE = 4
"""Digits more than stored that a format may print, by a first guess."""


@dataclass(slots=True)
class ColumnWidths:
    """Widths of the columns of a sheet in digits of its usual font, their padding included."""

    widths: dict[int, float] = field(default_factory=dict)
    usual: float = USUAL_WIDTH

    def room(
        self, spot: Spot, values: Mapping[Spot, Value], merged: Mapping[Spot, int], larger: float = 1.0
    ) -> float | None:
        """Digits that a cell shows; None where that is more than enough. `merged` gives the last column of merged
        cells, `larger` how many times the usual size its font is. Texts run over into an empty neighbour."""
        row, column = spot
        value = values[spot]
        if isinstance(value, str) and (not value.strip().isdecimal() or (row, column + 1) not in values):
            return None
        if (len(str(value).strip()) + _SPARE) * larger < self.widths.get(column, self.usual):
            return None
        across = sum(self.widths.get(one, self.usual) for one in range(column, merged.get(spot, column) + 1))
        return (across - _PADDING) / larger


def last_columns(merged: list[Range]) -> dict[Spot, int]:
    """The last column of each merged cell by its first spot."""
    return {start: end[1] for start, end in merged}
