"""Cells that a script of the page writes: what stands in the source is not what a person reads.

No script is run here. A script that writes text names the elements it writes to, by their id or class, in strings; a
number in such an element of a cell is not to be believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from parsers.formats.packages.text_effects import DOUBT

WRITES = re.compile(
    rb"\.(?:inner(?:html|text)|outerhtml|textcontent|nodevalue)\s*\+?=(?!=)|document\.write|"
    rb"\.(?:remove|removechild|replacewith|replacechild|append|prepend|html|text|val)\s*\(",
)
"""Ways in which scripts change text; for sources in lower case."""
_WRITES_THERE = re.compile(r"document\s*\.\s*write(?:ln)?\s*\(")
_NAME = re.compile(r"[\"']([#.]?[A-Za-z_][\w-]{0,60})[\"']")
_SEVERAL = re.compile(r"[\"'][\w#.\s-]*[\"']")
_SELECTED = re.compile(r"[#.]([A-Za-z_][\w-]*)")
_MOST = 400
"""Names that the scripts of a page are believed to write to; a longer list is a program, not a report's own script."""
_NO_LABEL = 12
"""Characters of a text that may be a number; a longer one is a label, and those are not written by scripts."""


def doubt_scripted(root: etree._Element) -> None:
    """Put a `DOUBT` into the elements of cells that a script of the page writes."""
    names = frozenset(_written(root))
    for cell in root.iter("td", "th"):
        for element in cell.iter():
            if element.tag == "script":
                if _WRITES_THERE.search(element.text or ""):
                    element.tail = DOUBT + (element.tail or "")
            elif names and len((element.text or "").strip()) <= _NO_LABEL and not names.isdisjoint(_own_names(element)):
                element.text = DOUBT + (element.text or "")


def _own_names(element: etree._Element) -> list[str]:
    return [*(element.get("class") or "").split(), *filter(None, [element.get("id")])]


def _written(root: etree._Element) -> Iterator[str]:
    """Ids and classes in strings of scripts that write text."""
    for script in root.iter("script"):
        text = script.text or ""
        if WRITES.search(text.lower().encode("utf-8", "replace")):
            names = {found.lstrip("#.") for found in _NAME.findall(text)}
            names |= {name for found in _SEVERAL.findall(text) for name in _SELECTED.findall(found)}
            if len(names) <= _MOST:
                yield from names
