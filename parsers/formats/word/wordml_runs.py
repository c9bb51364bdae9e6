"""The text of a WordprocessingML paragraph as printed."""

from __future__ import annotations

from collections.abc import Iterator

from parsers.formats.packages.text_effects import Manner, marked
from parsers.formats.packages.xml_tree import Element, attribute, child, is_on, local

_INSIDE = frozenset(
    {"hyperlink", "ins", "smartTag", "sdt", "sdtContent", "fldSimple", "moveTo", "customXml", "dir", "bdo", "content"}
    | {"ruby", "rubyBase"}
    | {"oMath", "oMathPara", "f", "num", "den", "e", "sup", "sub"}
)
_FIXED = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_BEGIN, _SEPARATE, _END = "\x13", "\x14", "\x15"
_MARKS = {"begin": _BEGIN, "separate": _SEPARATE, "end": _END}


def paragraph_text(paragraph: Element) -> str:
    """Text of the runs. Of a field only the result is kept; a field left open ends with the paragraph."""
    out: list[str] = []
    fields: list[bool] = []
    for piece in _pieces(paragraph):
        if piece == _BEGIN:
            fields.append(False)
        elif piece == _SEPARATE:
            if fields:
                fields[-1] = True
        elif piece == _END:
            if fields:
                fields.pop()
        elif all(fields):
            out.append(piece)
    return "".join(out)


def _pieces(element: Element) -> Iterator[str]:
    """Printed text and field marks below an element, in order. What is not named here is not printed text."""
    for item in element:
        name = local(item)
        if name == "r":
            manner = _manner(child(item, "rPr"))
            if manner is None:
                yield from _pieces(item)
            elif manner != "hidden":
                yield from (marked(piece, manner) for piece in _pieces(item))
        elif name == "t":
            yield item.text or ""
        elif name in _FIXED:
            yield _FIXED[name]
        elif name == "fldChar":
            yield _MARKS.get(attribute(item, "fldCharType") or "", "")
        elif name == "sym":
            yield _symbol(attribute(item, "char") or "")
        elif name == "AlternateContent":
            chosen = child(item, "Choice")
            yield from _pieces(item if chosen is None else chosen)
        elif name in _INSIDE or (name == "annotation" and not is_deletion(item)):
            yield from _pieces(item)


def _manner(properties: Element | None) -> Manner | None:
    """How a run is printed, where that is not as plain text."""
    if properties is None or not len(properties):
        return None
    if is_on(child(properties, "vanish")):
        return "hidden"
    if attribute(child(properties, "vertAlign"), "val") in {"superscript", "subscript"}:
        return "raised"
    return "struck" if any(is_on(child(properties, name)) for name in ("strike", "dstrike")) else None


def is_deletion(annotation: Element) -> bool:
    """Whether a revision mark of Word 2003 XML deletes what it holds."""
    return (attribute(annotation, "type") or "").endswith("Deletion")


def _symbol(code: str) -> str:
    """A character of a symbol font, by its code (mostly in the private use area)."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return chr(number) if 0x1F < number < 0xD800 or 0xDFFF < number < 0x110000 else ""


def text_boxes(paragraph: Element) -> Iterator[Element]:
    """Contents of the text boxes anchored in a paragraph; each drawing once, its fallback copy left out."""
    for item in paragraph:
        name = local(item)
        if name == "txbxContent":
            yield item
        elif name not in {"del", "moveFrom", "pPr", "rPr", "t", "Fallback"}:
            yield from text_boxes(item)
