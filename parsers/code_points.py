"""Ranges of Unicode that decide what a character can be."""

from __future__ import annotations

SURROGATES = range(0xD800, 0xE000)
"""Halves of pairs in UTF-16, no characters of their own."""
FIRST_IDEOGRAPH, LAST_IDEOGRAPH = "\u4e00", "\u9fff"
"""The block CJK Unified Ideographs, which holds every character of a form."""
LAST_LATIN = "\u024f"
"""The end of the block Latin Extended-B."""
FIRST_EAST_ASIAN = "\u2e80"
"""The block CJK Radicals Supplement: from here on letters are as wide as they are high."""


def is_ideograph(char: str) -> bool:
    """Is this a Chinese character of the basic block?"""
    return FIRST_IDEOGRAPH <= char <= LAST_IDEOGRAPH
