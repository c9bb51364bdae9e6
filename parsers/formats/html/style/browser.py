"""What browsers bring along: their own style for each element, and what attributes say about looks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from parsers.formats.html.style.declarations import Declaration, of_attribute
from parsers.formats.packages.colours import Colour

_BLOCK_TAGS = """address article aside blockquote body center dd details dir div dl dt fieldset figcaption figure footer
form h1 h2 h3 h4 h5 h6 header hgroup hr html legend main menu nav ol optgroup option p pre search section summary ul xmp
listing plaintext frameset frame"""
NOT_SHOWN = frozenset(
    """area base basefont datalist head link meta noembed noframes noscript param rp script style template title
    source track""".split()
)
_OWN: dict[str, str] = {
    **dict.fromkeys(_BLOCK_TAGS.split(), "display:block"),
    **dict.fromkeys(NOT_SHOWN, "display:none"),
    "li": "display:list-item", "summary": "display:list-item",
    "table": "display:table", "tr": "display:table-row", "td": "display:table-cell", "th": "display:table-cell",
    "tbody": "display:table-row-group", "thead": "display:table-header-group", "tfoot": "display:table-footer-group",
    "caption": "display:table-caption", "col": "display:table-column", "colgroup": "display:table-column-group",
    "sup": "vertical-align:super;font-size:smaller", "sub": "vertical-align:sub;font-size:smaller",
    "small": "font-size:smaller", "big": "font-size:larger",
    "s": "text-decoration:line-through", "strike": "text-decoration:line-through",
    "del": "text-decoration:line-through", "bdo": "unicode-bidi:isolate-override",
    "ruby": "display:ruby", "rt": "display:ruby-text;font-size:50%",
    "mark": "background-color:yellow;color:black", "dialog": "display:none;position:absolute;background-color:white",
    "input": "display:inline-block;color:black;background-color:white;font-size:13.33px;text-indent:0",
    "select": "display:inline-block;color:black;background-color:white;font-size:13.33px;text-indent:0",
    "textarea": "display:inline-block;color:black;background-color:white;font-size:13.33px;text-indent:0",
    "button": "display:inline-block;color:black;background-color:#efefef;font-size:13.33px;text-indent:0;padding:6px",
    "h1": "display:block;font-size:2em", "h2": "display:block;font-size:1.5em", "h3": "display:block;font-size:1.17em",
    "h5": "display:block;font-size:.83em", "h6": "display:block;font-size:.67em",
    "slot": "display:contents",
    "marquee": "display:inline-block", "meter": "display:inline-block", "progress": "display:inline-block",
}  # fmt: skip
"""By tag. Elements that are not here are inline."""

BLOCKS = frozenset(tag for tag, style in _OWN.items() if not style.startswith(("display:inline", "display:none")))
_FONT_SIZES = ("10px", "13px", "16px", "18px", "24px", "32px", "48px")
_HAVE_GROUND = frozenset("body table thead tbody tfoot tr td th".split())
_NOT_HEX = re.compile(r"[^0-9a-fA-F]")
ATTRIBUTES = frozenset(
    "bgcolor background class color dir href id hidden open popover size style text type align value".split()
)
"""Attributes that can say something about looks."""


def of_browser(element: etree._Element) -> Iterator[Declaration]:
    """The browser's own declarations and those that attributes stand for."""
    tag = str(element.tag)
    own = _OWN.get(tag)
    if own:
        yield from of_attribute(own)
    if element.attrib:
        yield from _of_attributes(element, tag)


def _of_attributes(element: etree._Element, tag: str) -> Iterator[Declaration]:
    get = element.get
    if tag == "a" and get("href") is not None:
        yield Declaration("color", Colour(0, 0, 0.93))
    if tag == "dialog" and get("open") is not None:
        yield Declaration("display", "block")
    if (hidden := get("hidden")) is not None:
        if hidden.strip().lower() == "until-found":
            yield Declaration("content-visibility", "hidden")
        else:
            yield Declaration("display", "none")
    if get("popover") is not None or (tag == "input" and (get("type") or "").lower() == "hidden"):
        yield Declaration("display", "none")
    if direction := (get("dir") or "").strip().lower():
        if direction in ("ltr", "rtl"):
            yield Declaration("direction", direction)
        if tag != "bdo":
            yield Declaration("unicode-bidi", "isolate")
    yield from _colours(element, tag)


def _colours(element: etree._Element, tag: str) -> Iterator[Declaration]:
    get = element.get
    if tag in _HAVE_GROUND:
        if (ground := get("bgcolor")) and (colour := legacy_colour(ground)):
            yield Declaration("background-color", colour)
        if get("background"):
            yield Declaration("background-image", "set")
    if tag == "font":
        if (written := get("color")) and (colour := legacy_colour(written)):
            yield Declaration("color", colour)
        if written := get("size"):
            yield from of_attribute(f"font-size:{_font_size(written)}")
        if face := get("face"):
            yield Declaration("font-family", face.split(",")[0].strip(" '\"").lower())
    elif tag == "body" and (written := get("text")) and (colour := legacy_colour(written)):
        yield Declaration("color", colour)


def _font_size(written: str) -> str:
    """The size that ``<font size>`` stands for: 1 to 7, or steps from 3."""
    found = re.match(r"\s*([+-]?)(\d{1,4})", written)
    if found is None:
        return "medium"
    number = int(found[2])
    number = 3 + number if found[1] == "+" else 3 - number if found[1] == "-" else number
    return _FONT_SIZES[min(7, max(1, number)) - 1]


def legacy_colour(written: str) -> Colour | None:
    """A colour as old attributes have it: a name, or anything that can be taken for hexadecimal digits (HTML 2.3.6)."""
    written = written.strip()
    if not written or written.lower() == "transparent":
        return None
    named = of_attribute(f"color:{written}") if written.isalnum() else ()
    if named and isinstance(named[0].value, Colour):
        return named[0].value
    digits = written.removeprefix("#")
    if len(digits) == 3 and written.startswith("#") and not _NOT_HEX.search(digits):
        digits = "".join(digit * 2 for digit in digits)
    digits = _NOT_HEX.sub("0", digits[:128])
    digits += "0" * (-len(digits) % 3) or ("000" if not digits else "")
    third = len(digits) // 3
    parts = [digits[third * at : third * (at + 1)][-8:] for at in range(3)]
    while len(parts[0]) > 2 and all(part.startswith("0") for part in parts):
        parts = [part[1:] for part in parts]
    red, green, blue = (int(part[:2], 16) / 255 for part in parts)
    return Colour(red, green, blue)
