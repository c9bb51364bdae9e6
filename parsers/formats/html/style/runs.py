"""What is read of the text of one line or cell, run by run: seen, hidden, a mark, crossed out, or not to be decided."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from lxml import etree

from parsers.formats.html.style.look import GONE, Look
from parsers.formats.html.style.placing import STILL
from parsers.formats.packages.colours import FAINT, UNSEEN, WHITE, Colour, distance, over
from parsers.formats.packages.text_effects import DOUBT, marked

TINY = 2.0
"""Pixels of a letter that nobody sees."""
SMALL = 5.5
"""Pixels below which letters are overlooked."""
_ANOTHER_SIZE = 1.3
"""Letters so many times as large as others are not taken for digits of the same number."""
_BOXES = frozenset(("inline-block", "inline-flex", "inline-grid", "inline-table"))
_DIGIT_WIDTH = 0.5
"""Width of a digit in heights of a letter."""
LONGEST = 60
"""Characters of a line that may be a number with its note; in longer ones only what is hidden or marked counts."""

_TELLING = re.compile(r"[^\W_]|[-+−–—.,%]")
_DIGIT = re.compile(r"\d")
_DIGITS_ONLY = re.compile(r"[\s\d.,+\-−%]+")


class RunKind(NamedTuple):
    """How a run is read; `apart` is what it has in common with those that are placed or drawn alike."""

    name: str
    apart: tuple[object, ...] = ()


PLAIN = RunKind("plain")
_HIDDEN = RunKind("hidden")


@dataclass(slots=True)
class ElementText:
    """Text directly in an element (``text``), behind it (``tail``), made by a style sheet (``before``, ``after``),
    or the value of a field (``value``)."""

    element: etree._Element
    where: str
    text: str
    look: Look
    classes: str = ""
    edited: str | None = None
    is_away: bool = False


def kind_of(look: Look, *, is_whole: bool) -> RunKind:
    """How text of that look is read, its neighbours aside. `is_whole`: is all of the page's style at hand?"""
    if not look.is_visible or look.font <= TINY or look.is_indented_away:
        return RunKind("apart", ("animated",)) if look.is_animated else _HIDDEN
    legible = _legible(look)
    if legible == 0 and is_whole:
        return RunKind("apart", ("animated",)) if look.is_animated else _HIDDEN
    if look.garbled:
        return RunKind("garbled")
    if look.turned:
        return RunKind("turned", (look.turned,))
    apart: list[object] = []
    if legible < 2:
        apart.append(look.colour)
    if look.font < SMALL:
        apart.append(look.font)
    apart += [number for number in (look.moved, look.drawn) if number]
    if look.struck:
        return RunKind("struck", tuple(apart))
    if look.raised:
        return RunKind("raised", tuple(apart))
    return RunKind("apart", tuple(apart)) if apart else PLAIN


def _legible(look: Look) -> int:
    """0 for letters nobody sees, 1 for those that may be overlooked or whose colours are not known, 2 for others."""
    colour = look.fill if look.has_fill else look.colour
    if colour is None:
        return 1
    alpha = colour.alpha * look.alpha
    if alpha <= GONE:
        return 1 if look.has_shadow or look.is_animated else 0
    ground = look.ground or WHITE
    seen = over(Colour(colour.red, colour.green, colour.blue, alpha), ground)
    apart = distance(seen, ground)
    if apart <= UNSEEN:
        return 1 if look.has_shadow or look.ground is None else 0
    return 1 if apart <= FAINT else 2


def settle(runs: Sequence[ElementText], kinds: dict[Look, RunKind], *, is_whole: bool, is_cell: bool) -> None:
    """Decide what is read of the runs of one line or cell; `edited` is set where that is not the text as it stands.

    `kinds` keeps what was found out about looks; `is_whole`: is all of the page's style at hand?
    """
    told: list[tuple[ElementText, RunKind]] = []
    for run in runs:
        kind = kinds.get(run.look)
        if kind is None:
            kind = kinds[run.look] = kind_of(run.look, is_whole=is_whole)
        if kind.name == "hidden":
            run.edited = ""
        elif not run.text.isspace():
            told.append((run, kind))
    telling = [(run, kind) for run, kind in told if run.where == "picture" or _TELLING.search(run.text)]
    alike = len({kind for _, kind in telling}) == 1
    for run, kind in told:
        if kind.name == "struck" or (kind.name == "raised" and not alike):
            run.edited = marked(run.text, "struck" if kind.name == "struck" else "raised")
    text = "".join(run.text for run, _ in told)
    if len(text) <= LONGEST and _DIGIT.search(text) and (is_cell or _touch(telling)):
        _decide(telling, alike=alike, is_whole=is_whole)


def _touch(telling: Sequence[tuple[ElementText, RunKind]]) -> bool:
    """Does a number go on from one run to the next, or stand alone? Outside cells only such a number is in doubt."""
    return len(telling) == 1 or any(
        _DIGIT.match(one.text[-1:]) is not None and _DIGIT.match(other.text[:1]) is not None
        for (one, _), (other, _) in pairwise(telling)
    )


def _decide(telling: Sequence[tuple[ElementText, RunKind]], *, alike: bool, is_whole: bool) -> None:
    """Mark what cannot be decided: runs that stand apart from others, or read otherwise than they are written."""
    turned = [run for run, kind in telling if kind.name == "turned"]
    if len(telling) == len(turned) == 1 and _DIGITS_ONLY.fullmatch(turned[0].text):
        turned[0].edited = turned[0].text[::-1]
        turned = []
    doubtful = [*turned, *(run for run, kind in telling if kind.name == "garbled" or _is_cut(run))]
    if not alike:
        doubtful += [run for run, kind in telling if kind.apart]
    if any(run.where == "picture" or (run.where == "value" and len(telling) > 1) for run, _ in telling):
        doubtful += [run for run, _ in telling]
    standing = [run for run, kind in telling if kind.name in ("plain", "apart") and _DIGITS_ONLY.fullmatch(run.text)]
    if len(standing) > 1:
        if _may_be_cut(standing) or sum(run.look.rtl for run in standing) > 1:
            doubtful += standing
        sizes = [run.look.font for run in standing]
        unlike = max(sizes) > _ANOTHER_SIZE * min(sizes)
        if unlike or (not is_whole and len({run.classes for run in standing}) > 1):
            doubtful += standing  # a sheet that is not at hand may hide or cross out one of the classes
    doubt(doubtful)


def doubt(runs: Iterable[ElementText], *, even_hidden: bool = False) -> None:
    """Say of runs that nobody knows how their digits are read."""
    for run in runs:
        text = run.text if run.edited is None or (even_hidden and not run.edited) else run.edited
        if not text.startswith(DOUBT):
            run.edited = marked(text, "doubtful")


def _may_be_cut(standing: Sequence[ElementText]) -> bool:
    """Are numbers beside each other together wider than the box that cuts off what does not fit, or may be: one of them
    is a box of its own, as wide as nobody knows?"""
    cut = [run for run in standing if run.look.width is not None]
    if len(cut) < 2:
        return False
    room = min(run.look.width or 0.0 for run in cut)
    return any(run.look.display in _BOXES for run in standing) or sum(map(_extent, standing)) > room + STILL


def _is_cut(run: ElementText) -> bool:
    """Is a number wider than the box that cuts off what does not fit?"""
    width = run.look.width
    if width is None or not _DIGITS_ONLY.fullmatch(run.text):
        return False
    return _extent(run) > width + STILL


def _extent(run: ElementText) -> float:
    """Pixels that the digits of a run take."""
    return len(run.text.strip()) * run.look.font * _DIGIT_WIDTH
