"""Styles of SpreadsheetML: number formats, fonts and paper of cells, and fonts of pieces of a text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from parsers.formats.packages.xml_tree import Element, attribute, child, local
from parsers.formats.sheets.appearance import BLACK, PLAIN, WHITE, Font
from parsers.formats.sheets.number_format import GENERAL

_NAMED = {
    "General Number": GENERAL, "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "@": "@",
    "Scientific": "0.00E+00", "Yes/No": '"Yes";"Yes";"No"', "True/False": '"True";"True";"False"',
    "On/Off": '"On";"On";"Off"', "Currency": "#,##0.00", "Short Date": "yyyy/m/d", "Long Date": 'yyyy"年"m"月"d"日"',
}  # fmt: skip
_COLOUR = re.compile(r"#([0-9A-Fa-f]{6})")
_LIFTED = frozenset({"sup", "sub"})
_STRUCK = frozenset({"s", "del", "strike"})
_DEEPEST = 10  # styles based on styles


@dataclass(frozen=True, slots=True)
class XmlStyle:
    """A cell's style; `paper` is None for patterns, `repeats` fills the cell with its text again and again."""

    code: str = GENERAL
    font: Font = PLAIN
    paper: str | None = WHITE
    repeats: bool = False


def read_styles(root: Element) -> dict[str, XmlStyle]:
    """The styles by their ids, each on top of the one it is based on."""
    elements = {attribute(item, "ID") or "": item for item in root.iter("{*}Style")}
    found: dict[str, XmlStyle] = {}
    for name in elements:
        chain: list[Element] = []
        at: str | None = name
        while at in elements and len(chain) < _DEEPEST:
            chain.append(elements[at])
            at = attribute(elements[at], "Parent") or (None if at == "Default" else "Default")
        style = XmlStyle()
        for element in reversed(chain):
            style = _over(style, element)
        found[name] = style
    return found


def read_font(element: Element, over: Font) -> Font:
    """The font of a piece of text by its tag and attributes; what they leave open is as in `over`."""
    name = local(element).lower()
    lift, size = attribute(element, "VerticalAlign"), attribute(element, "Size")
    return replace(
        over,
        colour=_colour(attribute(element, "Color")) or over.colour,
        struck=over.struck or name in _STRUCK or attribute(element, "StrikeThrough") == "1",
        raised=over.raised or name in _LIFTED or lift in {"Superscript", "Subscript"},
        size=_size(size) if size else over.size,
    )


def _over(style: XmlStyle, element: Element) -> XmlStyle:
    code = attribute(child(element, "NumberFormat"), "Format")
    font, interior = child(element, "Font"), child(element, "Interior")
    fill = attribute(child(element, "Alignment"), "Horizontal")
    return XmlStyle(
        style.code if code is None else _NAMED.get(code, code) or GENERAL,
        style.font if font is None else read_font(font, style.font),
        style.paper if interior is None else _paper(interior),
        style.repeats if fill is None else fill == "Fill",
    )


def _paper(interior: Element) -> str | None:
    pattern = attribute(interior, "Pattern")
    if pattern in {None, "None"}:
        return WHITE
    return _colour(attribute(interior, "Color")) or WHITE if pattern == "Solid" else None


def _colour(text: str | None) -> str | None:
    match = _COLOUR.fullmatch(text or "")
    return match[1].upper() if match else BLACK if text == "Automatic" else None


def _size(text: str) -> float:
    return float(text) if re.fullmatch(r"\d{1,3}(?:\.\d+)?", text) else 0.0
