"""The text of a WordprocessingML paragraph as printed."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from parsers.code_points import SURROGATES
from parsers.formats.packages.grid import OBJECT
from parsers.formats.packages.runs import joined
from parsers.formats.packages.text_effects import Manner
from parsers.formats.packages.xml_tree import Element, attribute, child, local, number
from parsers.formats.word.wordml_looks import DocumentLooks

_INSIDE = frozenset(
    {"hyperlink", "ins", "smartTag", "sdt", "sdtContent", "fldSimple", "moveTo", "customXml", "dir", "bdo", "content"}
    | {"ruby", "rubyBase"}
    | {"oMath", "oMathPara", "f", "num", "den", "e", "sup", "sub"}
)
_FIXED = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_BEGIN, _SEPARATE, _END = "\x13", "\x14", "\x15"
_EQUATION = "\x15EQ"
"""A field that prints what its code says: letters over each other, fractions, strokes. Nobody reads it here."""
_CHARACTERS = range(0x20, sys.maxunicode + 1)
"""Codes behind the control characters."""
_MARKS = {"begin": _BEGIN, "separate": _SEPARATE, "end": _END}


def paragraph_text(paragraph: Element, looks: DocumentLooks) -> str:
    """Text of the runs as it is seen. Of a field only the result is kept; one left open ends with the paragraph."""
    out: list[tuple[str, Manner | None]] = []
    fields: list[bool] = []
    for piece, manner in _pieces(paragraph, looks, child(paragraph, "pPr"), None):
        if piece == _BEGIN:
            fields.append(False)
        elif piece == _SEPARATE:
            if fields:
                fields[-1] = True
        elif piece == _END:
            if fields:
                fields.pop()
        elif piece == _EQUATION:
            out.append((OBJECT, None))
        elif all(fields):
            out.append((piece, manner))
    return joined(out)


def _pieces(
    element: Element, looks: DocumentLooks, paragraph: Element | None, manner: Manner | None
) -> Iterator[tuple[str, Manner | None]]:
    """Printed text and field marks below an element, in order. What is not named here is not printed text."""
    for item in element:
        name = local(item)
        if name == "r":
            yield from _pieces(item, looks, paragraph, looks.manner(child(item, "rPr"), paragraph))
        elif name == "t":
            yield item.text or "", manner
        elif name == "instrText" and (item.text or "").lstrip().upper().startswith("EQ"):
            yield _EQUATION, None
        elif name == "f":
            yield OBJECT, None
            yield from _pieces(item, looks, paragraph, manner)
        elif name in _FIXED:
            yield _FIXED[name], manner
        elif name == "fldChar":
            yield from _form_field(item, manner)
            yield _MARKS.get(attribute(item, "fldCharType") or "", ""), None
        elif name == "sym":
            yield _symbol(attribute(item, "char") or ""), manner
        elif name == "AlternateContent":
            chosen = child(item, "Choice")
            yield from _pieces(item if chosen is None else chosen, looks, paragraph, manner)
        elif name in _INSIDE or (name == "annotation" and not is_deletion(item)):
            yield from _pieces(item, looks, paragraph, manner)


def _form_field(mark: Element, manner: Manner | None) -> Iterator[tuple[str, Manner | None]]:
    """Of a list to choose from, what is chosen: it stands in the mark itself."""
    choices = child(child(mark, "ffData"), "ddList")
    if choices is None:
        return
    entries = [attribute(item, "val") or "" for item in choices if local(item) == "listEntry"]
    chosen = number(child(choices, "result"), number(child(choices, "default")))
    if chosen < len(entries):
        yield entries[chosen], manner


def is_deletion(annotation: Element) -> bool:
    """Whether a revision mark of Word 2003 XML deletes what it holds."""
    return (attribute(annotation, "type") or "").endswith("Deletion")


def _symbol(code: str) -> str:
    """A character of a symbol font, by its code (mostly in the private use area)."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return chr(number) if number in _CHARACTERS and number not in SURROGATES else ""


def text_boxes(paragraph: Element) -> Iterator[Element]:
    """Contents of the text boxes anchored in a paragraph; each drawing once, its fallback copy left out."""
    for item in paragraph:
        name = local(item)
        if name == "txbxContent":
            yield item
        elif name not in {"del", "moveFrom", "pPr", "rPr", "t", "Fallback"}:
            yield from text_boxes(item)
