"""Pages and pieces of pages that a page carries as text and a browser shows: frames of `srcdoc`, tables that a script
writes at once into an element.

Scripts are not run. `document.getElementById("t").innerHTML = "…"` outside any function or condition is what it says;
anywhere else it may happen or not, and then no number of the element is believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from parsers.formats.html.embedded_json import string_of
from parsers.formats.packages.text_effects import DOUBT

_STRING = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'"
_WRITTEN = re.compile(
    r"getElementById\s*\(\s*[\"'](?P<id>[\w-]+)[\"']\s*\)\s*\.\s*(?:innerHTML|outerHTML)\s*=\s*"
    rf"(?P<text>{_STRING})\s*(?=;|\n|$)",
    re.S,
)
_STRINGS = re.compile(_STRING, re.S)
_CELL = re.compile(r"<t[dh]\b", re.I)
_SMALLEST_FRAME = 3
"""Pixels of a frame that nobody sees."""
_DIGITS_OF_SIZE = 5
"""Digits of a frame's size in pixels that are read: no page is wider, and what is longer is not a small one."""
_FRAMES = 20
"""Frames and writings of one page that are followed."""


def open_frames(root: etree._Element) -> None:
    """Turn each frame with a page in its `srcdoc` into a box of the page around it."""
    for frame in list(root.iter("iframe"))[:_FRAMES]:
        inner = frame.get("srcdoc")
        if inner is None or _is_flat(frame):
            continue
        _fill(frame, inner)
        frame.tag = "div"
        del frame.attrib["srcdoc"]


def write_tables(root: etree._Element) -> None:
    """Put tables that scripts of the page write into the elements they name."""
    known: dict[str, etree._Element] = {}
    followed = 0
    for element in list(root.iter()):
        name = element.get("id")
        if name is not None:
            known.setdefault(name, element)
        if element.tag != "script" or "innerHTML" not in (element.text or ""):
            continue
        for target, text, at_once in _writings(element.text or ""):
            if target in known and followed < _FRAMES:
                followed += 1
                _write(known[target], text, at_once=at_once)


def _writings(script: str) -> Iterator[tuple[str, str | None, bool]]:
    """Ids of elements, the mark-up written into each (None: not understood), and whether that is sure to happen."""
    for found in islice(_WRITTEN.finditer(script), _FRAMES):
        if _CELL.search(found["text"].replace("\\u003c", "<").replace("\\x3c", "<")):
            before = _STRINGS.sub("", script[: found.start()])
            yield found["id"], string_of(found["text"]), before.count("{") == before.count("}")


def _write(target: etree._Element, text: str | None, *, at_once: bool) -> None:
    if at_once and text is not None:
        _fill(target, text)
        return
    for cell in target.iter("td", "th"):
        cell.text = DOUBT + (cell.text or "")


def _fill(target: etree._Element, text: str) -> None:
    """What a browser shows of mark-up in an element."""
    is_part = target.tag in ("table", "tbody", "thead", "tfoot")
    page = etree.HTML(f"<table><tbody>{text}</tbody></table>" if is_part else f"<body>{text}</body>")
    inner = None if page is None else page.find(".//tbody" if is_part else "body")
    for child in list(target):
        target.remove(child)
    target.text = inner.text if inner is not None else None
    for child in list(inner) if inner is not None else ():
        target.append(child)


def _is_flat(frame: etree._Element) -> bool:
    sizes = ((frame.get(name) or "").strip().removesuffix("px") for name in ("width", "height"))
    return any(size.isdecimal() and len(size) <= _DIGITS_OF_SIZE and int(size) <= _SMALLEST_FRAME for size in sizes)
