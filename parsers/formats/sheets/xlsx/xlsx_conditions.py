"""Conditional formats of .xlsx: which of them apply to a cell, as far as that can be told.

Comparisons with a constant are decided; everything else may apply or not. What a format shows instead of the value
(bars, icons) hides it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import eq, ge, gt, le, lt, ne
from typing import NamedTuple

from parsers.formats.packages.xml_tree import Element, attribute, child, descendant, local, whole
from parsers.formats.sheets.number_format import Value
from parsers.formats.sheets.worksheet import Range, Spot, is_inside, range_of, spot_name
from parsers.formats.sheets.xlsx.xlsx_styles import Overlay, WorkbookStyles

_COMPARED = {
    "equal": eq,
    "notEqual": ne,
    "greaterThan": gt,
    "greaterThanOrEqual": ge,
    "lessThan": lt,
    "lessThanOrEqual": le,
}
_SIGNS = {"=": eq, "<>": ne, ">": gt, ">=": ge, "<": lt, "<=": le}
_OF_ITSELF = re.compile(r"=?([A-Z]{1,3}\d{1,7})(=|<>|>=|<=|>|<)(-?\d+(?:\.\d+)?)")
_CONSTANTS = {"TRUE": True, "1": True, "FALSE": False, "0": False}


class Applied(NamedTuple):
    """A conditional format on a cell; `surely` is None where nobody can tell whether it applies."""

    overlay: Overlay
    surely: bool | None
    hides: bool = False


@dataclass(frozen=True, slots=True)
class _Rule:
    element: Element
    ranges: tuple[Range, ...]
    overlay: Overlay | None
    hides: bool
    priority: int

    def holds(self, spot: Spot, value: Value) -> bool | None:
        formulas = [(item.text or "").strip() for item in self.element if local(item) in {"formula", "f"}]
        kind = attribute(self.element, "type")
        if kind == "cellIs":
            return _compared(attribute(self.element, "operator") or "", formulas, value)
        if kind == "expression" and formulas:
            return self._expression(formulas[0].upper().replace(" ", ""), spot, value)
        return None

    def _expression(self, formula: str, spot: Spot, value: Value) -> bool | None:
        """A constant, or a comparison of the cell itself with one."""
        if formula.removeprefix("=") in _CONSTANTS:
            return _CONSTANTS[formula.removeprefix("=")]
        match = _OF_ITSELF.fullmatch(formula)
        corner = min(start for start, _ in self.ranges)
        if match is None or match[1] != spot_name(*corner) or not isinstance(value, int | float):
            return None
        return bool(_SIGNS[match[2]](value, float(match[3])))


def conditions(sheet: Element, values: Mapping[Spot, Value], styles: WorkbookStyles) -> dict[Spot, list[Applied]]:
    """The formats that apply, or may apply, to each filled cell, the weakest first."""
    rules = sorted(_rules(sheet, styles), key=lambda rule: -rule.priority)
    found: dict[Spot, list[Applied]] = {}
    for rule in rules:
        for spot, value in values.items():
            if any(is_inside(spot, area) for area in rule.ranges):
                surely = rule.holds(spot, value)
                if surely is not False and (rule.overlay is not None or rule.hides):
                    overlay = rule.overlay or Overlay(None, None, None)
                    found.setdefault(spot, []).append(Applied(overlay, surely, rule.hides))
    return found


def _rules(sheet: Element, styles: WorkbookStyles) -> Iterator[_Rule]:
    for block in (item for item in sheet.iter() if local(item) == "conditionalFormatting"):
        written = block.get("sqref") or getattr(child(block, "sqref"), "text", None) or ""
        ranges = tuple(area for word in written.split() if (area := range_of(word)))
        for item in block if ranges else ():
            if local(item) == "cfRule":
                hides = any(attribute(part, "showValue") in {"0", "false"} for part in item)
                overlay = _overlay(item, styles)
                yield _Rule(item, ranges, overlay, hides, whole(attribute(item, "priority")))


def _overlay(rule: Element, styles: WorkbookStyles) -> Overlay | None:
    """By its number in the style sheet, or as newer Excel writes it: in the rule itself."""
    inline = descendant(rule, "dxf")
    if inline is not None:
        return styles.overlay(inline)
    number = attribute(rule, "dxfId")
    index = whole(number)
    return styles.overlays[index] if number is not None and index < len(styles.overlays) else None


def _compared(operator: str, formulas: list[str], value: Value) -> bool | None:
    """A comparison with constant numbers. Any text is greater than any number, as Excel has it."""
    bounds = [bound for bound in map(_constant, formulas) if bound is not None]
    if not bounds or len(bounds) < len(formulas) or isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    number = math.inf if isinstance(value, str) else value
    if operator in _COMPARED:
        return bool(_COMPARED[operator](number, bounds[0]))
    if operator in {"between", "notBetween"} and len(bounds) == 2:
        return (min(bounds) <= number <= max(bounds)) is (operator == "between")
    return None


def _constant(formula: str) -> float | None:
    try:
        return float(formula.removeprefix("="))
    except ValueError:
        return None
