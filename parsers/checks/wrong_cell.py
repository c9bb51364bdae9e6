"""Which cell is wrong when sums fail: the rows and columns of table three cross in it.

Every cell of table three stands in one sum over applicants and in one or two sums over rows. An error in one cell
therefore fails a set of identities, all by the same amount, that belongs to no other cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from parsers.checks.identities import Equation
from parsers.report import Check, Number, ReportCell, State, Status


@dataclass(frozen=True, slots=True)
class Suspect:
    """A cell whose identities all fail by the same amount, and the value that would make them hold.

    `certain` is false when one of its identities could not be evaluated.
    """

    cell: str
    implied: Number
    explains: frozenset[tuple[str, str]]
    certain: bool


def suspects(equations: Sequence[Equation], checks: Sequence[Check], cells: Mapping[str, ReportCell]) -> list[Suspect]:
    """Every cell that alone could explain all its failed identities; one that could not be evaluated says nothing."""
    outcome = {(check.code, check.key): check for check in checks}
    failing = {(e.code, e.key) for e in equations if outcome[e.code, e.key].status is Status.FAIL}
    standing: dict[str, list[Equation]] = {}
    for equation in equations:
        if outcome[equation.code, equation.key].status is not Status.NOT_APPLICABLE:
            for name in equation.cells:
                standing.setdefault(name, []).append(equation)
    touched = {name for equation in equations if (equation.code, equation.key) in failing for name in equation.cells}
    found = (_suspect(cells[name], standing[name], outcome) for name in sorted(touched) if name in cells)
    return [suspect for suspect in found if suspect is not None]


def _suspect(
    cell: ReportCell, equations: Iterable[Equation], outcome: Mapping[tuple[str, str], Check]
) -> Suspect | None:
    if cell.state is not State.NUMBER or cell.value is None:
        return None
    errors: set[Number] = set()
    explains: set[tuple[str, str]] = set()
    certain = True
    for equation in equations:
        check = outcome[equation.code, equation.key]
        if check.status is Status.FAIL and check.delta is not None:
            errors.add(check.delta * equation.sign(cell.key))
            explains.add((equation.code, equation.key))
        elif check.status is Status.INCOMPLETE:
            certain = False
        else:
            return None  # a sum over this cell holds
    if len(errors) != 1:
        return None
    implied = cell.value - errors.pop()
    return Suspect(cell.key, implied, frozenset(explains), certain) if implied >= 0 else None


def locate(found: Sequence[Suspect]) -> dict[tuple[str, str], Suspect]:
    """For each failed identity the one cell that must be wrong; identities with several suspects are left out.

    That is a certain suspect beside which every other one of the same identities explains fewer of them.
    """
    claims: dict[tuple[str, str], list[Suspect]] = {}
    for suspect in found:
        for name in suspect.explains:
            claims.setdefault(name, []).append(suspect)
    return {
        name: suspect
        for suspect in found
        if suspect.certain and _stands_out(suspect, [rival for name in suspect.explains for rival in claims[name]])
        for name in suspect.explains
    }


def _stands_out(suspect: Suspect, rivals: Iterable[Suspect]) -> bool:
    return all(rival is suspect or rival.explains < suspect.explains for rival in rivals)
