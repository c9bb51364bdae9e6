"""Text that is printed as a mark or as crossed out, so that it joins no number: 「5」 with a raised 1 is not 51."""

from __future__ import annotations

from typing import Literal

Manner = Literal["hidden", "raised", "struck"]

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_STROKE = "\u0336"


def marked(text: str, manner: Manner | None) -> str:
    """Raised or lowered digits as raised ones, crossed out characters each with its stroke, hidden text not at all."""
    if manner == "raised":
        return text.translate(_RAISED)
    if manner == "struck":
        return "".join(char + _STROKE if char.isalnum() else char for char in text)
    return "" if manner == "hidden" else text
