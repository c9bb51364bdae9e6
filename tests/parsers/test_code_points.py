"""What a character can be, by its place in Unicode."""

from __future__ import annotations

from parsers.code_points import FIRST_EAST_ASIAN, LAST_LATIN, SURROGATES, is_ideograph


def test_an_ideograph_is_of_the_basic_block() -> None:
    assert all(map(is_ideograph, "一件\u9fff"))
    assert not any(map(is_ideograph, "1a，（…\u3400\uf900"))


def test_latin_ends_before_east_asian_letters_begin() -> None:
    assert "é" <= LAST_LATIN < "Ж" < FIRST_EAST_ASIAN <= "、" < "件" < "１"


def test_half_a_pair_is_no_character() -> None:
    assert all("😀".encode("utf-16-le")[at + 1] * 256 in SURROGATES for at in (0, 2))
    assert ord("件") not in SURROGATES
