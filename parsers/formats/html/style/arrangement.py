"""Boxes that stand in another order than their elements do."""

from __future__ import annotations

from parsers.formats.html.style.own import Own

_ROWS = frozenset(("flex", "inline-flex", "box", "inline-box", "grid", "inline-grid"))


def is_rearranged(arranged: str, own: Own, display: str) -> bool:
    """Does it stand in another order or direction than in the source? `arranged` is what `arranges` says of its
    parent."""
    if display.startswith("inline") and is_vertical(own):
        return True
    if own.get("float") not in (None, "none"):
        return True
    if arranged and display != "none":
        order = own.get("order")
        return arranged == "otherwise" or (isinstance(order, int) and order != 0)
    return False


def arranges(own: Own, display: str) -> str:
    """``otherwise`` for a box that lays out its children against their order, ``in order`` for one that may be told."""
    if display not in _ROWS:
        return ""
    reversed_ = own.says("flex-direction", "row-reverse", "column-reverse") or own.says("flex-wrap", "wrap-reverse")
    return "otherwise" if reversed_ or display == "inline-grid" else "in order"


def is_vertical(own: Own) -> bool:
    """Does its text run from top to bottom?"""
    return own.get("writing-mode") not in (None, "horizontal-tb", "lr-tb")
