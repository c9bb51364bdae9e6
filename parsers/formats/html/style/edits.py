"""What was found is written into the tree: texts as they are read, and breaks."""

from __future__ import annotations

import re

from lxml import etree

from parsers.formats.html.style.plain import LINE
from parsers.formats.html.style.runs import ElementText

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What the parser lets into a tree and a tree does not take back."""


def put(run: ElementText) -> None:
    """Write into the tree what is read of a run."""
    text = _NOT_XML.sub("", run.edited or "")
    element = run.element
    if run.where == "text":
        element.text = text
    elif run.where == "tail":
        element.tail = text
    elif run.where == "before":
        element.text = text + (element.text or "")
    elif run.where == "after":
        last = element[-1] if len(element) else None
        if last is None:
            element.text = (element.text or "") + text
        else:
            last.tail = (last.tail or "") + text
    elif run.where == "value" and element.tag == "input":
        element.set("value", text)


def break_around(element: etree._Element) -> None:
    """Line breaks around what a style sheet puts on a line of its own."""
    element.text = LINE + (element.text or "")
    element.tail = LINE + (element.tail or "")
