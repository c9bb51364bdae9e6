"""Colours of .xlsx: by value, by theme with a tint, by number in a palette."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.formats.packages.xml_tree import Element, attribute, child, descendant, local, whole
from parsers.formats.sheets.appearance import BLACK, WHITE, tinted

_PALETTE = (
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF 800000 008000 000080 808000 800080 008080 C0C0C0 808080"
    " 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF 000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF"
    " 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696"
    " 003366 339966 003300 333300 993300 993366 333399 333333"
).split()
"""Indices 8 to 63 (ECMA-376 part 1, 18.8.27); 0 to 7 are the same as 8 to 15."""

_RGB = 6  # hexadecimal digits of red, green and blue; an alpha may stand before them
_FOREGROUND, _BACKGROUND = 64, 65  # of the system
_THEME = tuple("lt1 dk1 lt2 dk2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink".split())
"""The order in which cells count the colours of a theme: light before dark, other than the theme's own."""

_OF_OFFICE = "FFFFFF 000000 E7E6E6 44546A 5B9BD5 ED7D31 A5A5A5 FFC000 4472C4 70AD47 0563C1 954F72".split()
_OFFICE = dict(zip(_THEME, _OF_OFFICE, strict=True))


@dataclass(frozen=True, slots=True)
class WorkbookColours:
    """The theme and the palette of a workbook."""

    theme: tuple[str, ...] = tuple(_OFFICE.values())
    palette: tuple[str, ...] = (*_PALETTE[:8], *_PALETTE)

    def of(self, element: Element | None, automatic: str = BLACK) -> str | None:
        """The colour that a colour element names; `automatic` for none, None for one that is not known here."""
        if element is None or attribute(element, "auto") in {"1", "true"}:
            return automatic
        if (value := attribute(element, "rgb")) is not None:
            return _tint(element, value[-6:].upper()) if _is_hexadecimal(value) else None
        if (index := whole(attribute(element, "theme"), -1)) >= 0:
            return _tint(element, self.theme[index]) if index < len(self.theme) else None
        index = whole(attribute(element, "indexed"), -1)
        if index == _FOREGROUND:
            return BLACK
        if index == _BACKGROUND:
            return WHITE
        return self.palette[index] if 0 <= index < len(self.palette) else None


def read_colours(theme: Element | None, styles: Element | None) -> WorkbookColours:
    """The colours by the parts of a workbook; those of Office where the parts say nothing."""
    scheme = descendant(theme, "clrScheme") if theme is not None else None
    named = dict(_OFFICE)
    for item in scheme if scheme is not None else ():
        inner = next(iter(item), None)
        value = attribute(inner, "lastClr") or attribute(inner, "val") or ""
        if local(item) in named and _is_hexadecimal(value):
            named[local(item)] = value[-6:].upper()
    own = descendant(styles, "indexedColors") if styles is not None else None
    palette = [(attribute(item, "rgb") or BLACK)[-6:].upper() for item in (own if own is not None else ())]
    known = WorkbookColours().palette
    return WorkbookColours(tuple(named[name] for name in _THEME), (*palette, *known[len(palette) :]))


def _tint(element: Element, colour: str) -> str:
    try:
        tint = float(attribute(element, "tint") or 0)
    except ValueError:
        return colour
    return tinted(colour, min(max(tint, -1.0), 1.0)) if tint else colour


def _is_hexadecimal(value: str) -> bool:
    return len(value) >= _RGB and all(letter in "0123456789abcdefABCDEF" for letter in value[-_RGB:])


def paper_of(fill: Element | None, colours: WorkbookColours) -> str | None:
    """The colour of the paper under a cell with this fill: white without any, None for patterns and gradients."""
    pattern = child(fill, "patternFill")
    if pattern is None:
        return WHITE if fill is None or not len(fill) else None
    kind = attribute(pattern, "patternType") or "none"
    if kind == "none":
        return WHITE
    return colours.of(child(pattern, "fgColor"), BLACK) if kind == "solid" else None
