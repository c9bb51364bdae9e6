"""Is all text of a page read as it is written? For most pages a look at their source tells, without any style."""

from __future__ import annotations

import re
from functools import lru_cache

LINE = "\ufdd1"
"""A line break that a style sheet makes, in text. A noncharacter: no document prints it."""

_TAGS = frozenset(
    b"style link sub sup s strike del small big font mark ruby bdo bdi dialog details input select textarea button "
    b"rp rt datalist meter progress audio marquee svg canvas object embed video math iframe noembed noframes template "
    b"img".split()
)
"""Elements that browsers print otherwise than plain text, or that carry style."""
_TAG = re.compile(rb"<([a-z][^\s/>]*)")
_WORDS = (b"hidden", b"bgcolor", b"popover", b"dir=")
"""Attributes that hide, paint or turn text; `hidden` stands in styles too."""
_STYLE = re.compile(rb"style\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+)")
_DECLARATION = re.compile(r"\s*([\w-]+)\s*:\s*([^;]*)")
_HARMLESS = re.compile(
    r"(?:mso-(?!hide|text-raise)[\w-]+|border(?!-radius)[\w-]*|padding[\w-]*|text-(?:align|autospace|justify|autofit|kashida)"
    r"[\w-]*|font-(?:family|weight|style|kerning|stretch)|line-height|word-break|word-wrap|overflow-wrap|layout-grid[\w-]*|"
    r"page-break[\w-]*|tab-stops|punctuation-[\w-]+|list-style[\w-]*|white-space|margin[\w-]*|min-width|cursor|"
    r"break-[\w-]+|orphans|widows|table-layout|caption-side|empty-cells|lang|unicode-range|word-spacing|box-sizing)"
)
"""Properties none of whose usual values changes what is read; what margins could do is looked for in their values."""
_SAFE_VALUES = {
    "font-size": re.compile(r"(?:[6-9]|[1-9]\d)(?:\.\d+)?(?:pt|px)|medium|small|large"),
    "text-indent": re.compile(r"-?\d{1,2}(?:\.\d+)?(?:pt|px|em|cm)|0"),
    "color": re.compile(r"black|windowtext|#0{3}|#0{6}|#333(?:333)?|rgb\(0, ?0, ?0\)|inherit"),
    "background": re.compile(r"white|#fff(?:fff)?|rgb\(255, ?255, ?255\)|none|transparent"),
    "background-color": re.compile(r"white|#fff(?:fff)?|rgb\(255, ?255, ?255\)|transparent"),
    "vertical-align": re.compile(r"middle|baseline|top|bottom"),
    "width": re.compile(r"\d{2,4}(?:\.\d+)?(?:pt|px|%|cm)?|auto"),
    "height": re.compile(r"\d{2,4}(?:\.\d+)?(?:pt|px|%|cm)?|auto"),
    "text-decoration": re.compile(r"none|underline"),
    "letter-spacing": re.compile(r"(?:0|-?0?\.\d+|\d\.?\d*)(?:pt|px)?|normal"),
    "font": re.compile(r"[\w\s]*1\d(?:px|pt)[^;]*"),
}
"""Values of other properties that change nothing either."""
_MOVES = re.compile(r"-\s*\.?\d{2}|-\d+(?:\.\d+)?(?:em|in|cm|%)|calc|var\(", re.IGNORECASE)
"""A margin that pulls text over its neighbours or off the page."""


def is_plain(lowered: bytes) -> bool:
    """True only where no style, element or attribute of the source can change what is read of its text.

    `lowered` is the source in UTF-8, its ASCII letters in lower case: one search without regard to case costs more than
    all of them with it.
    """
    if any(word in lowered for word in _WORDS) or not _TAGS.isdisjoint(_TAG.findall(lowered)):
        return False
    styles = {style.decode("utf-8", "replace") for style in set(_STYLE.findall(lowered))}
    return all(map(is_harmless, styles))


@lru_cache(maxsize=4096)
def is_harmless(style: str) -> bool:
    """Does a style attribute (perhaps quoted) change nothing of what is read?"""
    style = style.strip("\"'").lower()
    if "{" in style or "(" in style.replace("rgb(", ""):
        return False
    for part in style.split(";"):
        found = _DECLARATION.fullmatch(part)
        if found is None:
            if part.strip():
                return False
            continue
        name, value = found[1], found[2].strip()
        if name in _SAFE_VALUES:
            if _SAFE_VALUES[name].fullmatch(value) is None:
                return False
        elif _HARMLESS.fullmatch(name) is None or (name.startswith("margin") and _MOVES.search(value)):
            return False
    return True
