"""An error in any one cell of table three is named, with the value the arithmetic implies."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parsers.checks.findings import FindingContext, failed_sums
from parsers.checks.identities import check, equations
from parsers.checks.wrong_cell import locate, suspects
from parsers.forms import load
from parsers.readings.compare import Comparison
from parsers.report import ReportCell, State, Status
from parsers.tables.reader import read_tables
from tests import printed


def cells_of(form_id: str) -> dict[str, ReportCell]:
    reading = read_tables(printed.content(*printed.report(printed.balanced(form_id))))
    assert reading is not None
    return {cell.key: cell for cell in reading.cells}


def evidence(form_id: str, cells: dict[str, ReportCell]) -> FindingContext:
    return FindingContext(load(form_id), cells, check(form_id, cells.values()), Comparison())


@pytest.mark.parametrize(("form_id", "number"), [("gen2021", 175), ("gen2019", 161)])
def test_every_single_error_is_named(form_id: str, number: int) -> None:
    true = cells_of(form_id)
    assert {one.status for one in check(form_id, true.values())} == {Status.PASS}
    named = 0
    for key in [key for key in true if key.startswith("requests/")]:
        value = true[key].value
        assert value is not None
        for error in (1, 7, -1):
            cells = {**true, key: replace(true[key], value=value + error)}
            if value + error < 0:
                continue
            found = list(failed_sums(evidence(form_id, cells)))
            assert found
            assert {(f.cells, f.implied_value) for f in found} == {((key,), value)}
        named += 1
    assert named == number


def test_two_errors_in_different_rows_and_columns_are_both_named() -> None:
    true = cells_of("gen2021")
    one, two = "requests/granted/enterprise", "requests/refused_state_secret/other_org"
    cells = dict(true)
    for key, error in ((one, 3), (two, 5)):
        cells[key] = replace(cells[key], value=(cells[key].value or 0) + error)
    named = {(f.cells, f.implied_value) for f in failed_sums(evidence("gen2021", cells))}
    assert named == {((one,), true[one].value), ((two,), true[two].value)}


def test_errors_that_could_be_several_cells_are_only_candidates() -> None:
    true = cells_of("gen2021")
    cells = dict(true)
    for key in ("requests/granted/enterprise", "requests/refused_state_secret/other_org"):
        cells[key] = replace(cells[key], value=(cells[key].value or 0) + 3)
    found = list(failed_sums(evidence("gen2021", cells)))
    assert len(found) == 4
    assert {f.implied_value for f in found} == {None}
    assert all(
        "requests/granted/enterprise" in f.cells or "requests/refused_state_secret/other_org" in f.cells for f in found
    )


def test_a_sum_that_cannot_be_evaluated_makes_no_certainty() -> None:
    true = cells_of("gen2021")
    key, blurred = "requests/granted/enterprise", "requests/granted/total"
    cells = {**true, key: replace(true[key], value=(true[key].value or 0) + 3)}
    cells[blurred] = replace(cells[blurred], state=State.UNREADABLE, value=None)
    all_equations = list(equations(load("gen2021"), cells))
    checks = check("gen2021", cells.values())
    assert not locate(suspects(all_equations, checks, cells))


def test_a_total_of_zero_in_table_four_is_named_when_only_it_can_be_wrong() -> None:
    true = cells_of("gen2021")
    at = "review_litigation/review/"
    values = {"upheld": 10, "corrected": 1, "other_outcome": 0, "pending": 0, "total": 0}
    cells = {**true, **{at + name: replace(true[at + name], value=value) for name, value in values.items()}}
    (finding,) = failed_sums(evidence("gen2021", cells))
    assert (finding.cells, finding.implied_value) == ((at + "total",), 11)


def test_without_a_second_reading_nobody_is_blamed() -> None:
    true = cells_of("gen2021")
    key = "requests/granted/enterprise"
    cells = {**true, key: replace(true[key], value=(true[key].value or 0) + 3)}
    assert {f.attribution for f in failed_sums(evidence("gen2021", cells))} == {"unknown"}
    confirmed = Comparison(frozenset(cells))
    made = FindingContext(load("gen2021"), cells, check("gen2021", cells.values()), confirmed)
    assert {f.attribution for f in failed_sums(made)} == {"publisher"}
    differing = Comparison(frozenset(cells) - {key}, (key,))
    made = FindingContext(load("gen2021"), cells, check("gen2021", cells.values()), differing)
    assert {f.attribution for f in failed_sums(made)} == {"extraction"}
