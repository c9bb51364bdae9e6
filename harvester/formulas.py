"""Text that a spreadsheet would run: what is done to it in every CSV file that leaves the building."""

from __future__ import annotations

import re
import unicodedata

OPENS_A_FORMULA = frozenset("=+-@")
_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
"""Categories of characters that spreadsheets and what copies into them drop: controls, zero-width ones, blanks."""

_HARMLESS = re.compile(
    r"[+\-]?\d[\d.,]*%?$"  # a number
    r"|[-—–－\s]+$"  # a dash as printed, alone
    r"|[-－]\s+[^=+\-@|!(){}\d\s][^=+@|!(){}]*$"  # an item of a list, in words
)


def defused(value: object) -> object:
    """Text that a spreadsheet would run gets an apostrophe before it; all else is given back as it is.

    Numbers, lone dashes and items of a list ("- 一、总体情况") are not run. A full-width sign counts as a sign, and one
    behind a tab, a line end or a zero-width character as the first.
    """
    if not isinstance(value, str) or not value or value[0].isalnum() or _HARMLESS.match(value):
        return value
    first = next((one for one in value if unicodedata.category(one) not in _UNSEEN), "")
    return f"'{value}" if unicodedata.normalize("NFKC", first)[:1] in OPENS_A_FORMULA else value
