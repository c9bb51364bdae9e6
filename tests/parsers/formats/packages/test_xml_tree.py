"""What the XML formats read of an element."""

from __future__ import annotations

import pytest

from parsers.formats.packages.xml_tree import number, parse, whole


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("12", 12),
        (" 12 ", 12),
        ("-60", -60),
        ("0", 0),
        ("", 7),
        (None, 7),
        ("1.5", 7),
        ("²", 7),
        ("--1", 7),
        ("9" * 5_000, 7),
    ],
)
def test_a_whole_number_is_read_or_the_other_value_stands(written: str | None, read: int) -> None:
    assert whole(written, 7) == read


def test_a_number_in_val_is_cut_to_what_is_allowed() -> None:
    root = parse(b'<a xmlns:w="x" w:val="99999"/>')
    assert number(root, most=50) == 50
    assert number(None, 3) == 3
