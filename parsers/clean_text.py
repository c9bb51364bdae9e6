"""Text from outside, cleaned once where it comes in: what no UTF-8 writer takes, and what nobody can see.

Halves of surrogate pairs come out of character maps of PDFs, titles cut in JSON and names of files; control
characters out of everything. Two halves that stand beside each other are one character, a lone one is U+FFFD. A
control character between two digits may stand for anything: it is U+FFFD too, so that the number is not believed.
Elsewhere it is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from parsers.content import Cell, Content, Paragraph, Table, Word

DOUBT = "\ufdd0"
"""What readers put into text of which nobody can say whether it is read as it is written (packages.text_effects)."""
_LONE = "\ufffd"
_CONTROL = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff"
_UNKNOWN = "\ue000-\uf8ff\ufffd\u202e\U000f0000-\U0010fffd"
_ODD = re.compile(f"[{_CONTROL}{_UNKNOWN}\x0b\x0c\x85\ud800-\udfff]")
_UNKNOWN_SIGN = re.compile(f"[{_UNKNOWN}]")
"""Characters that mean what one font or nobody says: private ones, what could not be decoded, text turned round."""
_WORD = re.compile(r"[^\W\d_件项元万亿条次个人份宗篇]")
"""A letter of a label; units stand behind numbers too."""
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_HALF = re.compile("[\ud800-\udfff]")
_BREAK = re.compile("[\x0b\x0c\x85]")
_INSIDE = re.compile(rf"(?<=\d)[{_CONTROL}]+(?=\d)")
_CONTROLS = re.compile(f"[{_CONTROL}]+")


def clean(text: str) -> str:
    """The text as any UTF-8 writer takes it, without control characters but tabs and line breaks."""
    if _ODD.search(text) is None:
        return text
    text = _PAIR.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)
    return _CONTROLS.sub("", _INSIDE.sub(_LONE, _BREAK.sub("\n", _HALF.sub(_LONE, text))))


def cleaned(content: Content) -> Content:
    """A document as read, with every text in it cleaned. The same object where nothing had to be."""
    if _ODD.search("".join(_texts(content))) is None:
        return content
    return replace(
        content,
        blocks=tuple(map(_block, content.blocks)),
        meta=_meta(content.meta),
        notes=tuple(map(clean, content.notes)),
        unread=tuple(map(clean, content.unread)),
        links=tuple((clean(href), clean(text)) for href, text in content.links),
        words=tuple(map(_word, content.words)),
    )


def _texts(content: Content) -> list[str]:
    found = [
        *content.meta.values(),
        *content.notes,
        *content.unread,
        *(part for link in content.links for part in link),
    ]
    found += [word.text for word in content.words]
    for block in content.blocks:
        if isinstance(block, Table):
            found += [text for cell in block.cells for text in (cell.text, cell.place.path or "")]
        else:
            found.append(block.text)
    return found


def _meta(meta: Mapping[str, str]) -> Mapping[str, str]:
    return {name: clean(text) for name, text in meta.items()}


def _block(block: Paragraph | Table) -> Paragraph | Table:
    if isinstance(block, Table):
        return replace(block, cells=tuple(map(_cell, block.cells)))
    return replace(block, text=clean(block.text))


def _cell(cell: Cell) -> Cell:
    place = cell.place if cell.place.path is None else replace(cell.place, path=clean(cell.place.path))
    text = clean(cell.text)
    return replace(cell, text=text, place=place, readable=cell.readable and DOUBT not in cell.text and _is_told(text))


def _is_told(text: str) -> bool:
    """Is it known what a cell prints? A number with an unknown character in it may be any number."""
    return _UNKNOWN_SIGN.search(text) is None or _WORD.search(text) is not None


def _word(word: Word) -> Word:
    return word._replace(text=clean(word.text))
