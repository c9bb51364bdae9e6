"""Division codes: reused codes, places without counties, names that are not unique."""

from __future__ import annotations

import pytest

from archive.divisions import by_code, by_name, divisions, named_at_start


def test_codes_are_reused_in_time() -> None:
    assert [by_code("419001", year).name for year in (1988, 2020)] == ["义马市", "济源市"]  # type: ignore[union-attr]
    assert by_code("372502", 2020) is None


def test_key_is_code_and_first_year() -> None:
    keys = [(row.code, row.valid_from) for row in divisions()]
    assert len(keys) == len(set(keys))
    assert sum(row.level == "county" and row.valid_to is None for row in divisions()) > 2800


def test_every_parent_exists() -> None:
    assert [
        row for row in divisions() if row.parent_code and by_code(row.parent_code) is None and not row.valid_to
    ] == []


@pytest.mark.parametrize("code", ["441900", "442000", "460400", "620200"])
def test_cities_without_counties(code: str) -> None:
    city = by_code(code)
    assert city is not None
    assert city.level == "city"


def test_names_that_are_not_unique_need_a_neighbour() -> None:
    assert len(by_name("鼓楼区")) == 4
    assert [row.code for row in by_name("鼓楼区", within="320100")] == ["320106"]


@pytest.mark.parametrize(
    ("text", "near", "code"),
    [
        ("临清市科技局", None, "371581"),
        ("山东省济宁市嘉祥县科学技术局", None, "370829"),
        ("河北区科学技术局", None, "120105"),
        ("牡丹江市科学技术局", None, "231000"),
        ("鼓楼区城市管理局", None, None),
        ("鼓楼区城市管理局", "350100", "350102"),
        ("工业和科技创新委员会", None, None),
    ],
)
def test_place_named_at_the_start(text: str, near: str | None, code: str | None) -> None:
    found = named_at_start(text, near)
    assert (found and found.code) == code
