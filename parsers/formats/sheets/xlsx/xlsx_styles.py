"""Cell styles of .xlsx: what a style index stands for, and what a conditional format puts over it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

from parsers.formats.packages.xml_tree import Element, attribute, child, is_on, local, whole
from parsers.formats.sheets.appearance import PLAIN, WHITE, Font
from parsers.formats.sheets.number_format import GENERAL
from parsers.formats.sheets.xlsx.xlsx_colours import WorkbookColours, paper_of

BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: '"¥"#,##0;"¥"-#,##0', 6: '"¥"#,##0;"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00', 8: '"¥"#,##0.00;"¥"-#,##0.00', 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "yyyy/m/d", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0", 49: "@", 50: 'yyyy"年"m"月"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""Formats that files name by number only, as Chinese editions print them."""

_SIDES = frozenset({"left", "right", "top", "bottom", "start", "end"})
_Found = TypeVar("_Found")


class Style(NamedTuple):
    """A cell's style. `paper` is None where nobody can tell its colour. `repeats`: its text fills the cell again and
    again. `bends`: its text is broken into lines or made smaller where the cell is too narrow."""

    code: str = GENERAL
    ruled: bool = False
    font: Font = PLAIN
    paper: str | None = WHITE
    repeats: bool = False
    bends: bool = False


class Overlay(NamedTuple):
    """What a conditional format changes; None for what it leaves."""

    font: Element | None
    paper: str | None
    code: str | None


@dataclass(frozen=True, slots=True)
class WorkbookStyles:
    """The styles of a workbook by index, and those of its conditional formats."""

    own: tuple[Style, ...] = ()
    overlays: tuple[Overlay, ...] = ()
    colours: WorkbookColours = WorkbookColours()
    size: float = 11.0
    """Points of the font that columns are measured by."""

    def __getitem__(self, index: int) -> Style:
        return self.own[index] if index < len(self.own) else Style()

    def font(self, element: Element | None, over: Font = PLAIN) -> Font:
        """A font by its element; what the element leaves open is as in `over`."""
        return read_font(element, self.colours, over)

    def overlay(self, element: Element) -> Overlay:
        """What a conditional format changes.

        Its fill names colours the other way round: a solid one is its background.
        """
        fill = child(child(element, "fill"), "patternFill")
        named = child(fill, "bgColor")
        paper = self.colours.of(named, WHITE) if named is not None else None
        return Overlay(child(element, "font"), paper, attribute(child(element, "numFmt"), "formatCode"))


def read_styles(sheet: Element | None, colours: WorkbookColours) -> WorkbookStyles:
    """The styles of a style sheet."""
    if sheet is None:
        return WorkbookStyles(colours=colours)
    codes = dict(BUILT_IN)
    for item in _items(sheet, "numFmts"):
        codes[whole(item.get("numFmtId"))] = item.get("formatCode") or GENERAL
    fonts = [read_font(item, colours) for item in _items(sheet, "fonts")]
    papers = [paper_of(item, colours) for item in _items(sheet, "fills")]
    borders = [_is_drawn(item) for item in _items(sheet, "borders")]
    own = (
        Style(
            codes.get(whole(item.get("numFmtId")), GENERAL),
            _of(borders, whole(item.get("borderId")), False),
            _of(fonts, whole(item.get("fontId")), PLAIN),
            _of(papers, whole(item.get("fillId")), WHITE),
            attribute(child(item, "alignment"), "horizontal") == "fill",
            any(attribute(child(item, "alignment"), name) in {"1", "true"} for name in ("wrapText", "shrinkToFit")),
        )
        for item in _items(sheet, "cellXfs")
    )
    styles = WorkbookStyles(tuple(own), (), colours, _of(fonts, 0, PLAIN).size or 11.0)
    return replace(styles, overlays=tuple(styles.overlay(item) for item in _items(sheet, "dxfs")))


def read_font(element: Element | None, colours: WorkbookColours, over: Font = PLAIN) -> Font:
    """A font by the element of a style or of a run; what the element leaves open is as in `over`."""
    if element is None:
        return over
    colour, size, lift = (child(element, name) for name in ("color", "sz", "vertAlign"))
    strike = child(element, "strike")
    return Font(
        over.colour if colour is None else colours.of(colour) or over.colour,
        over.struck if strike is None else is_on(strike),
        over.raised if lift is None else attribute(lift, "val") in {"superscript", "subscript"},
        over.hidden,
        over.size if size is None else _size(attribute(size, "val")),
    )


def _items(sheet: Element, name: str) -> list[Element]:
    part = child(sheet, name)
    return list(part) if part is not None else []


def _is_drawn(border: Element) -> bool:
    return any(local(side) in _SIDES and side.get("style", "none") != "none" for side in border)


def _of(found: list[_Found], index: int, otherwise: _Found) -> _Found:
    return found[index] if index < len(found) else otherwise


def _size(text: str | None) -> float:
    try:
        return min(max(float(text or 0), 0.0), 1000.0)
    except ValueError:
        return 0.0
