"""What holds for text of an RTF file at one place: where it goes, in which font, and how it is printed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from parsers.formats.packages.colours import Colour
from parsers.formats.packages.runs import manner_of
from parsers.formats.packages.text_effects import Manner

_SHIFTED = 3
"""Half points that a run is raised or lowered from which on it is a mark."""
_USUAL_SHIFT = 6
"""Half points of \\up and \\dn without a number."""
_SQUEEZED = -60
"""Twentieths of a point between letters from which on digits lie on each other."""
_EXPND = 5
"""Twentieths of a point in a quarter of a point, the unit of \\expnd."""
_FULL_WIDTH = 100
_NARROW = 30
"""Percent of their width at which letters cannot be told any more."""
CHARACTER_WORDS = frozenset(
    """f v deleted plain super sub nosupersub strike striked up dn cf cb chcbpat highlight fs expnd expndtw
    charscalex""".split()
)
_DEFAULT_HEIGHT = 24
"""Half points of letters where nothing is said."""


@dataclass(frozen=True, slots=True)
class GroupState:
    """What a group inherits and its end restores. `colour` and `ground` are numbers of the colour table, `height` half
    points."""

    skipped: bool = False
    starred: bool = False
    in_fonts: bool = False
    in_colours: bool = False
    in_nested: bool = False
    in_picture: bool = False
    hidden: bool = False
    deleted: bool = False
    raised: bool = False
    struck: bool = False
    garbled: bool = False
    colour: int = 0
    ground: int = 0
    height: int = _DEFAULT_HEIGHT
    font: int | None = None
    fallback: int = 1


@dataclass(slots=True)
class ColourTable:
    """The colour table as far as it was read; number 0 is the automatic colour."""

    found: list[Colour | None] = field(default_factory=list)
    parts: dict[str, int] = field(default_factory=dict)

    def end_entry(self) -> None:
        parts = self.parts
        known = [min(255, max(0, parts.get(name, 0))) / 255 for name in ("red", "green", "blue")]
        self.found.append(Colour(*known) if parts else None)
        self.parts = {}

    def at(self, number: int) -> Colour | None:
        return self.found[number] if 0 <= number < len(self.found) else None


def manner(state: GroupState, colours: ColourTable, under: int) -> Manner | None:
    """How text in this state is printed; `under` is the number of the colour of its cell or paragraph."""
    if state.hidden or state.deleted:
        return "hidden"
    return manner_of(
        struck=state.struck,
        raised=state.raised,
        garbled=state.garbled,
        colour=colours.at(state.colour),
        ground=colours.at(state.ground) or colours.at(under),
        points=state.height / 2,
    )


def formatted(state: GroupState, name: str, number: int | None) -> GroupState:
    """The state after one of `CHARACTER_WORDS`."""
    is_on = number != 0
    if name == "plain":
        return replace(
            state, hidden=False, deleted=False, raised=False, struck=False, garbled=False, colour=0, ground=0,
            height=_DEFAULT_HEIGHT,
        )  # fmt: skip
    if name == "f":
        return replace(state, font=number or 0)
    if name in ("v", "deleted"):
        return replace(state, hidden=is_on) if name == "v" else replace(state, deleted=is_on)
    if name in ("super", "sub", "nosupersub"):
        return replace(state, raised=name != "nosupersub")
    if name in ("up", "dn"):
        return replace(state, raised=abs(_USUAL_SHIFT if number is None else number) >= _SHIFTED)
    if name in ("strike", "striked"):
        return replace(state, struck=is_on)
    if name == "cf":
        return replace(state, colour=number or 0)
    if name in ("cb", "chcbpat", "highlight"):
        return replace(state, ground=number or 0)
    if name == "fs":
        return replace(state, height=_DEFAULT_HEIGHT if number is None else number)
    if name == "charscalex":
        return replace(state, garbled=0 < (number or _FULL_WIDTH) < _NARROW)
    squeezed = (number or 0) * (_EXPND if name == "expnd" else 1) <= _SQUEEZED
    return replace(state, garbled=squeezed)
