"""How cells of an OpenDocument spreadsheet look, by the styles they name and those that these are based on."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import eq, ge, gt, le, lt, ne

from parsers.formats.packages.xml_tree import Element, attribute, child, local
from parsers.formats.sheets.appearance import BLACK, PLAIN, WHITE, Font

POINTS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "px": 0.75}
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)(pt|in|cm|mm|pc|px)")
_COLOUR = re.compile(r"#([0-9A-Fa-f]{6})")
_CONDITION = re.compile(r"(?:cell-content\(\)|value\(\))?\s*(=|!=|<=|>=|<|>)\s*(-?\d+(?:\.\d+)?)")
_SIGNS = {"=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
_DEEPEST = 10  # styles based on styles


@dataclass(frozen=True, slots=True)
class CellStyle:
    """The looks of a cell. `hidden`: what it holds is never shown. `maps` are styles that apply by a condition."""

    font: Font = PLAIN
    paper: str | None = WHITE
    hidden: bool = False
    repeats: bool = False
    bends: bool = False
    maps: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class OdsStyles:
    """The styles of a document by family and name."""

    found: dict[tuple[str, str], Element] = field(default_factory=dict)
    defaults: dict[str, Element] = field(default_factory=dict)
    known: dict[str, CellStyle] = field(default_factory=dict)

    def cell(self, name: str) -> CellStyle:
        """The style of cells of that name; the document's default for an unknown one."""
        if name not in self.known:
            self.known[name] = self._cell(name)
        return self.known[name]

    def text(self, name: str, over: Font) -> Font:
        """The font of a span of that style within a cell in the font `over`."""
        for style in reversed(list(self._chain("text", name))):
            over = _font(child(style, "text-properties"), over)
        return over

    def length(self, family: str, name: str, prop: str) -> float | None:
        """A length of a row or column style in points."""
        for style in self._chain(family, name):
            for part in style:
                if (value := attribute(part, prop)) is not None:
                    return points(value)
        return None

    def _cell(self, name: str) -> CellStyle:
        font, paper, hidden, repeats, bends = PLAIN, WHITE, False, False, False
        maps: list[tuple[str, str]] = []
        for style in reversed([*self._chain("table-cell", name), *self._default("table-cell")]):
            font = _font(child(style, "text-properties"), font)
            looks = child(style, "table-cell-properties")
            if (shade := attribute(looks, "background-color")) is not None:
                match = _COLOUR.fullmatch(shade)
                paper = match[1].upper() if match else WHITE
            if (guard := attribute(looks, "cell-protect")) is not None:
                hidden = "hidden-and-protected" in guard
            repeats = _is_on(looks, "repeat-content", repeats)
            bends = attribute(looks, "wrap-option") == "wrap" or _is_on(looks, "shrink-to-fit", bends)
            own = (item for item in style if local(item) == "map")
            maps += [(attribute(item, "condition") or "", attribute(item, "apply-style-name") or "") for item in own]
        return CellStyle(font, paper, hidden, repeats, bends, tuple(maps))

    def prints_by_format(self, name: str) -> bool:
        """Does a style of cells bring a number format of its own? Only the usual one (N0) changes nothing."""
        formats = (attribute(style, "data-style-name") for style in self._chain("table-cell", name))
        return next((one for one in formats if one is not None), "N0") != "N0"

    def _default(self, family: str) -> Iterator[Element]:
        if family in self.defaults:
            yield self.defaults[family]

    def _chain(self, family: str, name: str) -> Iterator[Element]:
        """A style and those it is based on."""
        for _ in range(_DEEPEST):
            style = self.found.get((family, name))
            if style is None:
                return
            yield style
            name = attribute(style, "parent-style-name") or ""


def read_styles(roots: Iterable[Element]) -> OdsStyles:
    """The styles of the parts of a document."""
    styles = OdsStyles()
    for root in roots:
        for style in root.iter("{*}style"):
            styles.found[attribute(style, "family") or "", attribute(style, "name") or ""] = style
        for style in root.iter("{*}default-style"):
            styles.defaults[attribute(style, "family") or ""] = style
    return styles


def points(length: str | None) -> float | None:
    """A length in points; None for anything else."""
    match = _LENGTH.fullmatch(length or "")
    return float(match[1]) * POINTS[match[2]] if match else None


def holds(condition: str, value: object) -> bool | None:
    """Does a condition with a constant hold for a number, or for a text, which is greater than any? None for what
    cannot be told."""
    match = _CONDITION.fullmatch(condition.strip())
    if match is None:
        return None
    number = value if isinstance(value, int | float) else math.inf
    return bool(_SIGNS[match[1]](number, float(match[2])))


def _font(part: Element | None, over: Font) -> Font:
    """A font by its properties; what they leave open is as in `over`."""
    if part is None:
        return over
    colour, lift = attribute(part, "color"), attribute(part, "text-position")
    strike = attribute(part, "text-line-through-style") or attribute(part, "text-line-through-type")
    shown = attribute(part, "display")
    match = _COLOUR.fullmatch(colour or "")
    named = BLACK if _is_on(part, "use-window-font-color", False) else match[1].upper() if match else over.colour
    return Font(
        named,
        over.struck if strike is None else strike != "none",
        over.raised if lift is None else lift.split()[0].rstrip("%") not in {"0", "-0"},
        over.hidden if shown is None else shown == "none",
        points(attribute(part, "font-size")) or over.size,
    )


def _is_on(part: Element | None, name: str, otherwise: bool) -> bool:
    value = attribute(part, name)
    return otherwise if value is None else value == "true"
