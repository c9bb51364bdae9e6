"""The inner loop: what it leaves out exists, and of many cases it takes the ends and some between."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT
from tests.cross_section import CASES, listed, spread


def test_what_is_left_out_exists() -> None:
    for entry in listed():
        path, _, function = entry.partition("::")
        assert (ROOT / path).is_file(), entry
        assert f"def {function}" in (ROOT / path).read_text(encoding="utf-8"), entry


@pytest.mark.parametrize(("cases", "taken"), [(0, []), (3, [0, 1, 2]), (5, [0, 2, 4]), (101, [0, 50, 100])])
def test_of_many_cases_it_takes_the_ends_and_some_between(cases: int, taken: list[int]) -> None:
    assert CASES == 3
    assert spread(list(range(cases))) == taken
