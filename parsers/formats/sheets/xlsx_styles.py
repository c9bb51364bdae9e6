"""Cell styles of .xlsx: which number format and which borders a style index stands for."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.formats.packages.xml_tree import Element, child, local
from parsers.formats.sheets.number_format import GENERAL

BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: '"¥"#,##0;"¥"-#,##0', 6: '"¥"#,##0;"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00', 8: '"¥"#,##0.00;"¥"-#,##0.00', 9: "0%", 10: "0.00%",
    14: "yyyy/m/d", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    49: "@", 50: 'yyyy"年"m"月"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""Formats that files name by number only, as Chinese editions print them."""

_SIDES = frozenset({"left", "right", "top", "bottom", "start", "end"})


@dataclass(frozen=True, slots=True)
class Styles:
    """By style index: format codes, and whether the cell has a border."""

    codes: tuple[str, ...] = ()
    ruled: tuple[bool, ...] = ()

    def format(self, style: int) -> str:
        return self.codes[style] if style < len(self.codes) else GENERAL

    def is_ruled(self, style: int) -> bool:
        return style < len(self.ruled) and self.ruled[style]


def read_styles(sheet: Element | None) -> Styles:
    """The formats and borders of a style sheet."""
    if sheet is None:
        return Styles()
    codes = dict(BUILT_IN)
    for item in _items(sheet, "numFmts"):
        codes[_whole(item.get("numFmtId"))] = item.get("formatCode") or GENERAL
    borders = [_is_drawn(item) for item in _items(sheet, "borders")]
    own = _items(sheet, "cellXfs")
    return Styles(
        tuple(codes.get(_whole(item.get("numFmtId")), GENERAL) for item in own),
        tuple(_of(borders, _whole(item.get("borderId"))) for item in own),
    )


def _items(sheet: Element, name: str) -> list[Element]:
    part = child(sheet, name)
    return list(part) if part is not None else []


def _is_drawn(border: Element) -> bool:
    return any(local(side) in _SIDES and side.get("style", "none") != "none" for side in border)


def _of(flags: list[bool], index: int) -> bool:
    return index < len(flags) and flags[index]


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else 0
