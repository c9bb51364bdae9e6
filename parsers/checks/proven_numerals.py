"""Unusual numerals that the sums of the form prove: ``⑥`` in a row and a column that add up only with 6 is 6.

A candidate is proven where every identity over its cell that can be evaluated holds with it, and there is one. What
holds for two cells printed in one style, and fails for none, holds for the cells of that style outside all sums.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from parsers.checks.identities import Equation, equations, evaluate
from parsers.forms.model import Form
from parsers.report import ReportCell, State, Status

FEWEST = 2
"""Proven cells of a style before it is believed where no sum can prove it."""
_HOLDS = frozenset({Status.PASS, Status.PASS_IF_BLANK_IS_ZERO})


def with_proven_numerals(form: Form, cells: Sequence[ReportCell]) -> tuple[ReportCell, ...]:
    """The cells, those whose candidate is proven as numbers."""
    doubtful = {cell.key: cell for cell in cells if cell.candidate is not None}
    if not doubtful:
        return tuple(cells)
    tried = {cell.key: _as_number(cell) if cell.key in doubtful else cell for cell in cells}
    verdicts = {key: _verdict(key, found, tried) for key, found in _over(doubtful, form, tried).items()}
    proven = {key for key, verdict in verdicts.items() if verdict}
    proven |= _of_proven_style(doubtful, verdicts)
    return tuple(_as_number(cell) if cell.key in proven else cell for cell in cells)


def _over(keys: Iterable[str], form: Form, cells: Mapping[str, ReportCell]) -> dict[str, list[Equation]]:
    """For each key the identities over its cell."""
    found: dict[str, list[Equation]] = {key: [] for key in keys}
    for equation in equations(form, cells):
        for key in found.keys() & set(equation.cells):
            found[key].append(equation)
    return found


def _verdict(key: str, over: Iterable[Equation], cells: Mapping[str, ReportCell]) -> bool | None:
    """Do the sums over the cell hold? None where none can be evaluated."""
    outcomes = {evaluate(equation, cells).status for equation in over}
    if Status.FAIL in outcomes:
        return False
    return True if outcomes & _HOLDS and Status.INCOMPLETE not in outcomes else None


def _of_proven_style(doubtful: Mapping[str, ReportCell], verdicts: Mapping[str, bool | None]) -> set[str]:
    """Cells that no sum reaches, of a style that was proven elsewhere in the document."""
    proven = Counter(doubtful[key].style for key, verdict in verdicts.items() if verdict)
    refuted = {doubtful[key].style for key, verdict in verdicts.items() if verdict is False}
    return {
        key
        for key, verdict in verdicts.items()
        if verdict is None and proven[doubtful[key].style] >= FEWEST and doubtful[key].style not in refuted
    }


def _as_number(cell: ReportCell) -> ReportCell:
    return replace(cell, state=State.NUMBER, value=cell.candidate, candidate=None)
