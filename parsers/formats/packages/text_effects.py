"""Text that is printed as a mark or as crossed out, so that it joins no number: 「5」 with a raised 1 is not 51."""

from __future__ import annotations

import re
from typing import Literal

Manner = Literal["hidden", "raised", "struck", "doubtful", "apart"]
"""How a run is printed. ``apart``: it may be overlooked beside others, and is read where it stands alone."""

DOUBT = "\ufdd0"
"""Stands in text of which nobody can say whether it is read as it is written. It leaves no reader: a cell that holds
one is `unreadable`. A noncharacter: no document prints it."""

_RAISED = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
_STROKE = "\u0336"
_DIGIT = re.compile(r"\d")


def marked(text: str, manner: Manner | None) -> str:
    """Raised or lowered digits as raised ones, crossed out characters each with its stroke, hidden text not at all.

    Where it cannot be decided what is read of digits, a `DOUBT` stands before them.
    """
    if manner == "raised":
        return text.translate(_RAISED)
    if manner == "struck":
        return "".join(char + _STROKE if char.isalnum() else char for char in text)
    if manner in ("doubtful", "apart"):
        return DOUBT + text if _DIGIT.search(text) else text
    return "" if manner == "hidden" else text
