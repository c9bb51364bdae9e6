"""How text of OpenDocument is printed: automatic and named styles with their parents, grounds of cells."""

from __future__ import annotations

from collections.abc import Iterable

from parsers.formats.packages.colours import Colour, of_hex
from parsers.formats.packages.runs import SYMBOLS, manner_of
from parsers.formats.packages.text_effects import Manner
from parsers.formats.packages.xml_tree import Element, attribute, child, whole

Known = dict[str, str]
"""Attributes of text properties by local name; ``ground`` is the colour of the paragraph."""
_DEEPEST = 20
_TELLING = frozenset(
    ("color", "use-window-font-color", "background-color", "display", "text-position", "text-line-through-style",
     "text-line-through-type", "font-size", "font-name", "text-scale", "letter-spacing")
)  # fmt: skip
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, "pc": 12.0}
_SQUEEZED = -3.0
"""Points between letters from which on digits lie on each other."""
_NARROW, _FULL = 30, 100
"""Percent of their width at which letters cannot be told any more."""


class OdfLooks:
    """The styles of one document by family and name."""

    def __init__(self, roots: Iterable[Element]) -> None:
        self._own: dict[tuple[str, str], tuple[str, Known]] = {}
        self._grounds: dict[str, Colour] = {}
        self._whole: dict[tuple[str, str], Known] = {}
        self._numbered: set[str] = set()
        self._deletions: set[str] = set()
        self._deleted: set[str] = set()
        for root in roots:
            for region in root.iter("{*}changed-region"):
                if child(region, "deletion") is not None:
                    self._deletions.add(attribute(region, "id") or "")
            for style in root.iter("{*}list-style"):
                if any(attribute(level, "num-format") for level in style):
                    self._numbered.add(attribute(style, "name") or "")
            for style in root.iter("{*}style"):
                self._read(style)

    def _read(self, style: Element) -> None:
        name, family = attribute(style, "name") or "", attribute(style, "family") or ""
        known: Known = {}
        properties = child(style, "text-properties")
        for key, value in properties.attrib.items() if properties is not None else ():
            bare = str(key).rpartition("}")[2]
            if bare in _TELLING:
                known[bare] = str(value)
        ground = attribute(child(style, "paragraph-properties"), "background-color")
        if ground is not None:
            known["ground"] = ground
        self._own[family, name] = (attribute(style, "parent-style-name") or "", known)
        if (colour := of_hex(attribute(child(style, "table-cell-properties"), "background-color") or "")) is not None:
            self._grounds[name] = colour

    def known(self, element: Element, above: Known) -> Known:
        """The properties of an element's text within what holds above it."""
        name = attribute(element, "style-name")
        if name is None:
            return above
        family = "paragraph" if element.tag.endswith(("}p", "}h")) else "text"
        own = self._with_parents(family, name)
        return {**above, **own} if own else above

    def _with_parents(self, family: str, name: str) -> Known:
        found = self._whole.get((family, name))
        if found is None:
            chain: list[Known] = []
            at = name
            while (family, at) in self._own and len(chain) < _DEEPEST:
                at, known = self._own[family, at]
                chain.append(known)
            found = {}
            for known in reversed(chain):
                found.update(known)
            self._whole[family, name] = found
        return found

    def cell_ground(self, cell: Element) -> Colour | None:
        """The colour of a cell."""
        return self._grounds.get(attribute(cell, "style-name") or "")

    def change(self, mark: Element) -> None:
        """A tracked change begins or ends. What is deleted may still stand in the text, between two such marks."""
        name = attribute(mark, "change-id") or ""
        if name not in self._deletions:
            return
        if mark.tag.endswith("}change-start"):
            self._deleted.add(name)
        else:
            self._deleted.discard(name)

    def numbers(self, cell: Element) -> bool:
        """Does a list in a cell print a number before its text?"""
        return any(attribute(item, "style-name") in self._numbered for item in cell.iter("{*}list"))

    def manner(self, known: Known, ground: Colour | None) -> Manner | None:
        """How text with these properties is printed on that ground."""
        if self._deleted:
            return "hidden"
        if not known:
            return None
        struck = next(
            (known[name] for name in ("text-line-through-style", "text-line-through-type") if name in known), "none"
        )
        raised = (known.get("text-position") or "0").split()[0].rstrip("%")
        automatic = known.get("use-window-font-color") == "true"
        spacing, scale = _points(known.get("letter-spacing")), whole(known.get("text-scale", "").rstrip("%"), _FULL)
        own = of_hex(known.get("background-color", "")) or of_hex(known.get("ground", ""))
        return manner_of(
            hidden=known.get("display") == "none",
            struck=struck != "none",
            raised=raised not in ("0", "") and raised.lstrip("-") != "0",
            garbled=known.get("font-name", "").lower().rstrip("0123456789 ") in SYMBOLS
            or (spacing is not None and spacing <= _SQUEEZED)
            or scale < _NARROW,
            colour=None if automatic else of_hex(known.get("color", "")),
            ground=own or ground,
            points=_points(known.get("font-size")),
        )


def _points(length: str | None) -> float | None:
    """A length in points; None for percent and for nothing."""
    if length is None or length[-2:] not in _POINTS:
        return None
    try:
        return float(length[:-2]) * _POINTS[length[-2:]]
    except ValueError:
        return None
