"""Whole numbers as portals write them."""

from __future__ import annotations

import pytest

from spiders.words.numbers import largest, whole


@pytest.mark.parametrize(
    ("written", "number"),
    [("24", 24), (" 7 ", 7), (24, 24), (24.0, 24), ("0", 0), ("", None), (None, None), ("2.5", None), (2.5, None)],
)
def test_a_number_is_read_from_text_or_json(written: object, number: int | None) -> None:
    assert whole(written) == number


@pytest.mark.parametrize(
    "written", ["²", "①", "٣", "9" * 10, "9" * 5_000, float("inf"), float("nan"), 1e300, True, [3]]
)
def test_what_no_list_would_say_is_no_number(written: object) -> None:
    assert whole(written) is None


def test_the_largest_is_of_those_that_are_numbers() -> None:
    assert largest(["3", "²", None, 12.0, "9" * 5_000]) == 12
    assert largest(["none", None]) is None
