"""How runs of WordprocessingML are printed: direct formatting, character, paragraph and table styles, theme colours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from parsers.formats.packages.colours import BLACK, WHITE, Colour, of_hex, over
from parsers.formats.packages.runs import SYMBOLS, manner_of
from parsers.formats.packages.text_effects import Manner
from parsers.formats.packages.xml_tree import Element, attribute, child, is_on, local, whole

Known = dict[str, object]
"""Properties by name: ``vanish``, ``strike``, ``dstrike`` (bool), ``raised`` (bool), ``colour``, ``ground`` (Colour or
None for automatic), ``points`` (float), ``garbled`` (bool)."""
_TOGGLES = ("vanish", "strike", "dstrike")
_DEEPEST = 20
"""Styles based on styles that are followed."""
_SQUEEZED = -60
"""Twentieths of a point between letters from which on digits lie on each other."""
_NARROW, _FULL = 30, 100
"""Percent of their width at which letters cannot be told any more."""
_SHIFTED = 3
"""Half points that a run is raised or lowered from which on it is a mark."""
_HIGHLIGHTS = {
    "black": "000000", "blue": "0000ff", "cyan": "00ffff", "green": "00ff00", "magenta": "ff00ff", "red": "ff0000",
    "yellow": "ffff00", "white": "ffffff", "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000",
    "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000", "darkGray": "808080", "lightGray": "c0c0c0",
}  # fmt: skip
_THEME = {"text1": "dk1", "dark1": "dk1", "background1": "lt1", "light1": "lt1", "text2": "dk2", "dark2": "dk2",
    "background2": "lt2", "light2": "lt2", "hyperlink": "hlink", "followedHyperlink": "folHlink"}  # fmt: skip
_USUAL_THEME = {"dk1": BLACK, "lt1": WHITE}


@dataclass(slots=True)
class DocumentLooks:
    """The styles of a document. `grounds` are the colours that lie under the text of each open cell and paragraph."""

    styles: dict[str, Known] = field(default_factory=dict)
    defaults: Known = field(default_factory=dict)
    usual: str = ""
    theme: Mapping[str, Colour] = field(default_factory=lambda: _USUAL_THEME)
    grounds: list[Colour | None] = field(default_factory=list)

    def manner(self, run: Element | None, paragraph: Element | None) -> Manner | None:
        """How a run with these properties is printed in a paragraph with those."""
        own = self._direct(run) if run is not None and len(run) else {}
        style = attribute(child(paragraph, "pStyle"), "val") if paragraph is not None else None
        of_paragraph = self.styles.get(style or self.usual, {})
        named = str(own.pop("rStyle", ""))
        of_run = self.styles.get(named, {}) if named else {}
        if not (own or of_paragraph or of_run or self.defaults or any(self.grounds)):
            return None
        known: Known = {**self.defaults, **of_paragraph, **of_run, **own}
        for name in _TOGGLES:
            if name not in own:
                known[name] = bool(of_paragraph.get(name)) != bool(of_run.get(name))
        ground = known.get("ground") or self._under(paragraph)
        return _manner(known, ground if isinstance(ground, Colour) else None)

    def _under(self, paragraph: Element | None) -> Colour | None:
        own = self._shade(child(paragraph, "shd")) if paragraph is not None else None
        return own or next((ground for ground in reversed(self.grounds) if ground is not None), None)

    def cell_ground(self, properties: Element | None) -> Colour | None:
        """The colour of a cell, a row's exception or a table, where one is set."""
        return self._shade(child(properties, "shd"))

    def _direct(self, properties: Element) -> Known:
        """What a set of run properties says."""
        known: Known = {}
        for item in properties:
            name = local(item)
            if name in _TOGGLES:
                known[name] = is_on(item)
            elif name == "rStyle":
                known[name] = attribute(item, "val") or ""
            elif name in _READERS:
                known.update(_READERS[name](item))
            elif name == "color":
                known["colour"] = self._colour(item, "val", "themeColor")
            elif name == "shd" and (ground := self._shade(item)) is not None:
                known["ground"] = ground
        return known

    def _shade(self, item: Element | None) -> Colour | None:
        """The ground that a shading gives: its fill, and over it the dots of a pattern, which cover a share of it."""
        if item is None:
            return None
        fill = self._colour(item, "fill", "themeFill")
        share = _share(attribute(item, "val") or "")
        if not share:
            return fill
        dots = self._colour(item, "color", "themeColor") or BLACK
        return over(dots._replace(alpha=share), fill or WHITE)

    def _colour(self, item: Element, plain: str, themed: str) -> Colour | None:
        """A colour; None for automatic. Tints and shades of the theme are worked into it."""
        name = attribute(item, themed)
        if name is not None and name != "none":
            base = self.theme.get(_THEME.get(name, name))
            if base is not None:
                prefix = themed.removesuffix("Color")
                return _tinted(base, attribute(item, f"{prefix}Tint"), attribute(item, f"{prefix}Shade"))
        return of_hex(attribute(item, plain) or "")


def _share(pattern: str) -> float:
    """How much of the ground a pattern of shading covers: ``pct80`` means 80 percent."""
    if pattern == "solid":
        return 1.0
    return min(whole(pattern.removeprefix("pct")), 100) / 100 if pattern.startswith("pct") else 0.0


def _position(item: Element) -> Known:
    return {"raised": abs(whole(attribute(item, "val"))) >= _SHIFTED}


def _size(item: Element) -> Known:
    half_points = whole(attribute(item, "val"))
    return {"points": half_points / 2} if half_points > 0 else {}


def _spacing(item: Element) -> Known:
    return {"garbled": True} if whole(attribute(item, "val")) <= _SQUEEZED else {}


def _width(item: Element) -> Known:
    percent = whole((attribute(item, "val") or "").removesuffix("%"), _FULL)
    return {"garbled": True} if percent < _NARROW else {}


def _fonts(item: Element) -> Known:
    names = {(attribute(item, name) or "").lower() for name in ("ascii", "hAnsi")}
    return {"garbled": True} if names & SYMBOLS else {}


def _highlight(item: Element) -> Known:
    colour = of_hex(_HIGHLIGHTS.get(attribute(item, "val") or "", ""))
    return {"ground": colour} if colour is not None else {}


def _raised(item: Element) -> Known:
    return {"raised": attribute(item, "val") in ("superscript", "subscript")}


_READERS: Mapping[str, Callable[[Element], Known]] = {
    "position": _position, "sz": _size, "spacing": _spacing, "w": _width, "rFonts": _fonts, "highlight": _highlight,
    "vertAlign": _raised,
}  # fmt: skip


def _manner(known: Known, ground: Colour | None) -> Manner | None:
    colour = known.get("colour")
    points = known.get("points")
    return manner_of(
        hidden=bool(known.get("vanish")),
        struck=bool(known.get("strike") or known.get("dstrike")),
        raised=bool(known.get("raised")),
        garbled=bool(known.get("garbled")),
        colour=colour if isinstance(colour, Colour) else None,
        ground=ground,
        points=points if isinstance(points, float) else None,
    )


def _tinted(colour: Colour, tint: str | None, shade: str | None) -> Colour:
    """A theme colour made lighter (tint) or darker (shade), both in 255ths."""
    try:
        light = int(tint or "ff", 16) / 255
        dark = int(shade or "ff", 16) / 255
    except ValueError:
        return colour
    red, green, blue = ((1 - (1 - part) * light) * dark for part in colour[:3])
    return Colour(red, green, blue)


def read_looks(styles: Element | None, theme: Element | None) -> DocumentLooks:
    """The looks of a document from its parts `styles` and `theme`, either of which may be absent."""
    looks = DocumentLooks()
    if theme is not None:
        looks.theme = {**_USUAL_THEME, **dict(_theme_colours(theme))}
    if styles is None:
        return looks
    defaults = child(child(child(styles, "docDefaults"), "rPrDefault"), "rPr")
    if defaults is not None:
        looks.defaults = {name: value for name, value in looks._direct(defaults).items() if name != "points"}
    own: dict[str, tuple[str, Known]] = {}
    for item in styles:
        name = attribute(item, "styleId") if local(item) == "style" else None
        if name is None:
            continue
        properties = child(item, "rPr")
        known = looks._direct(properties) if properties is not None else {}
        shade = looks._shade(child(child(item, "pPr"), "shd"))
        if shade is not None:
            known.setdefault("ground", shade)
        own[name] = (attribute(child(item, "basedOn"), "val") or "", known)
        if attribute(item, "type") == "paragraph" and attribute(item, "default") in ("1", "true", "on"):
            looks.usual = name
    looks.styles = {name: found for name in own if (found := _with_parents(name, own))}
    return looks


def _theme_colours(theme: Element) -> Iterator[tuple[str, Colour]]:
    scheme = next((item for item in theme.iter() if local(item) == "clrScheme"), None)
    for item in scheme if scheme is not None else ():
        for value in item:
            colour = of_hex(attribute(value, "lastClr") or attribute(value, "val") or "")
            if colour is not None:
                yield local(item), colour


def _with_parents(name: str, own: Mapping[str, tuple[str, Known]]) -> Known:
    """The properties of a style with those that it takes from the styles it is based on."""
    chain: list[Known] = []
    while name in own and len(chain) < _DEEPEST:
        parent, known = own[name]
        chain.append(known)
        name = parent
    found: Known = {}
    for known in reversed(chain):
        found.update(known)
    return {name: value for name, value in found.items() if name != "rStyle"}
