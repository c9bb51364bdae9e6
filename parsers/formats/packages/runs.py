"""Runs of a word processor's text: how each is printed, and what is read of a line of them."""

from __future__ import annotations

from collections.abc import Iterable

from parsers.formats.packages.colours import BLACK, FAINT, UNSEEN, WHITE, Colour, distance
from parsers.formats.packages.text_effects import Manner, marked

TINY = 1.5
"""Points of a letter that nobody sees."""
SMALL = 4.0
"""Points below which letters are overlooked beside others."""
SYMBOLS = frozenset(("wingdings", "wingdings 2", "wingdings 3", "webdings", "symbol", "marlett", "zapfdingbats"))
"""Fonts whose digits are pictures."""


def joined(runs: Iterable[tuple[str, Manner | None]]) -> str:
    """The text of one line from its runs. What is raised, or may be overlooked, as a whole is a plain number."""
    told = [(text, manner) for text, manner in runs if manner != "hidden"]
    telling = {manner for text, manner in told if text.strip()}
    if len(telling) == 1 and telling <= {"raised", "apart"}:
        return "".join(text for text, _ in told)
    return "".join(marked(text, manner) for text, manner in told)


def manner_of(
    *,
    hidden: bool = False,
    struck: bool = False,
    raised: bool = False,
    garbled: bool = False,
    colour: Colour | None = None,
    ground: Colour | None = None,
    points: float | None = None,
) -> Manner | None:
    """How a word processor prints a run. `colour` and `ground` are None where nothing is said: black on white, or what
    the program itself makes legible. `points` is the height of its letters."""
    if hidden or (points is not None and points <= TINY):
        return "hidden"
    apart = distance(colour or BLACK, ground or WHITE) if colour is not None else 3.0
    if apart <= UNSEEN:
        return "hidden"
    if garbled:
        return "doubtful"
    if struck or raised:
        return "struck" if struck else "raised"
    return "apart" if apart <= FAINT or (points is not None and points < SMALL) else None
