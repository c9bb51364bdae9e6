"""Word documents as one XML file: Word 2003 XML (w:wordDocument) and flat OPC (pkg:package)."""

from __future__ import annotations

import re

from parsers.content import Content, Unreadable
from parsers.formats.limits import check_size
from parsers.formats.packages.xml_tree import Element, descendant, head_of, parse
from parsers.formats.word.docx_second_reading import read_tables_again
from parsers.formats.word.wordml import read_body
from parsers.formats.word.wordml_looks import read_looks
from parsers.formats.word.wordml_numbering import read_numbering

MEDIA_TYPE = "application/vnd.ms-word.xml"
_ROOT = re.compile(rb"<(?:\w+:)?wordDocument\b|<pkg:package\b")


def recognise(data: bytes) -> str | None:
    """XML whose root is a Word document."""
    return MEDIA_TYPE if _ROOT.search(head_of(data)) else None


def read(data: bytes) -> Content:
    """Body text and tables."""
    check_size(data)
    root = parse(data)
    body = descendant(root, "body")
    if body is None:
        raise Unreadable("corrupt", "the Word document has no body")
    numbering = read_numbering(_of(root, "numbering"), _of(root, "styles"))
    looks = read_looks(descendant(root, "styles"), _of(root, "theme"))
    return Content(MEDIA_TYPE, "word-xml", read_body(body, numbering.printed, looks))


def second_reading(data: bytes) -> Content | None:
    """The second reading of .docx; None where there are no tables."""
    content = Content(MEDIA_TYPE, "word-xml-widths", read_tables_again(data), independent=True)
    return content if content.tables else None


def _of(root: Element, name: str) -> Element | None:
    """The numbering or styles of a flat package; Word 2003 prints its list numbers into the paragraphs."""
    return descendant(root, name) if root.tag.endswith("}package") else None
