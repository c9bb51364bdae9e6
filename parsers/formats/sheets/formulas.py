"""Sums of a sheet whose results were never stored: what every program shows when it opens the file.

Only sums and differences of cells of the same sheet are calculated; any other formula has no result here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from parsers.formats.sheets.number_format import Value
from parsers.formats.sheets.worksheet import Spot, range_of, spot_of

_TOKEN = re.compile(r"\s*(?:(SUM\()|(\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?)|(\d+(?:\.\d+)?)|([-+,()]))")
_DEEPEST = 20
_MOST_CELLS = 500_000
"""Cells looked at for all formulas of a sheet."""

Number = int | float


class _NoResultError(Exception):
    """The formula is of another kind, or depends on something that is no number."""


def results(values: Mapping[Spot, Value], formulas: Mapping[Spot, str]) -> dict[Spot, Value]:
    """The results of those formulas that are sums; the others are left out."""
    found: dict[Spot, Value] = {}
    sheet = _Sheet(values, formulas)
    for spot in formulas:
        try:
            found[spot] = sheet.result(spot, 0)
        except _NoResultError:
            continue
    return found


class _Sheet:
    """Calculates formulas and those they depend on, within a limit for all of them."""

    def __init__(self, values: Mapping[Spot, Value], formulas: Mapping[Spot, str]) -> None:
        self.values = values
        self.formulas = formulas
        self.left = _MOST_CELLS

    def result(self, spot: Spot, depth: int) -> Number:
        if depth > _DEEPEST:
            raise _NoResultError
        tokens = _tokens(self.formulas[spot])
        value = self._sum(tokens, depth)
        if tokens:
            raise _NoResultError
        return value

    def _sum(self, tokens: list[tuple[str, str]], depth: int) -> Number:
        """Terms joined by plus and minus, up to a comma, a closing bracket or the end."""
        total: Number = 0
        sign = 1
        if tokens and tokens[0] == ("sign", "-"):
            sign = -1
            tokens.pop(0)
        while True:
            total += sign * self._term(tokens, depth)
            if not tokens or tokens[0][1] not in {"+", "-"}:
                return total
            sign = 1 if tokens.pop(0)[1] == "+" else -1

    def _term(self, tokens: list[tuple[str, str]], depth: int) -> Number:
        kind, text = tokens.pop(0) if tokens else ("", "")
        if kind == "number":
            return float(text) if "." in text else int(text)
        if kind == "cells" and ":" not in text:
            return self._cell(spot_of(text), depth, in_sum=False)
        if kind == "sum":
            return self._arguments(tokens, depth)
        raise _NoResultError

    def _arguments(self, tokens: list[tuple[str, str]], depth: int) -> Number:
        total: Number = 0
        while True:
            if tokens and tokens[0][0] == "cells" and ":" in tokens[0][1]:
                total += self._range(tokens.pop(0)[1], depth)
            else:
                total += self._sum(tokens, depth)
            mark = tokens.pop(0)[1] if tokens else ""
            if mark == ")":
                return total
            if mark != ",":
                raise _NoResultError

    def _range(self, text: str, depth: int) -> Number:
        corners = range_of(text)
        if corners is None:
            raise _NoResultError
        (top, left), (bottom, right) = corners
        if (bottom - top + 1) * (right - left + 1) > self.left:
            raise _NoResultError
        spots = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
        return sum(self._cell(spot, depth, in_sum=True) for spot in spots)

    def _cell(self, spot: Spot | None, depth: int, *, in_sum: bool) -> Number:
        """The number in a cell; an empty one counts as 0, and a text too where a range is summed."""
        self.left -= 1
        if spot is None or self.left < 0:
            raise _NoResultError
        value = self.values.get(spot, 0)
        if spot in self.formulas:
            return self.result(spot, depth + 1)
        if isinstance(value, str) and in_sum and not value.startswith("#"):
            return 0
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise _NoResultError
        return value


def _tokens(formula: str) -> list[tuple[str, str]]:
    """The formula in pieces; raises where something else stands in it."""
    found: list[tuple[str, str]] = []
    at, text = 0, formula.strip().removeprefix("=").upper()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _NoResultError
        kind = ("sum", "cells", "number", "sign")[(match.lastindex or 1) - 1]
        found.append((kind, match[match.lastindex or 1]))
        at = match.end()
    return found
