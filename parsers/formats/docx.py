"""Word documents (.docx, .docm, .dotx; WPS writes them too): a ZIP package around WordprocessingML."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from parsers.content import Content, Table, Unreadable
from parsers.formats.docx_again import read_tables_again
from parsers.formats.wordml import read_body
from parsers.formats.wordml_numbering import read_numbering
from parsers.formats.xmltree import Element, attribute, child, parse
from parsers.formats.zipped import MAGIC, open_zip, parts, read_member

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_OCR_BYTES = 20_000
_IMAGE = re.compile(r"^word/media/.+\.(png|jpe?g|tiff?|bmp|gif)$")


def recognise(data: bytes) -> str | None:
    """A ZIP package whose main part is a Word body."""
    if not data.startswith(MAGIC):
        return None
    try:
        with open_zip(data) as archive:
            return MEDIA_TYPE if _main_part(archive) else None
    except Unreadable:
        return MEDIA_TYPE if b"word/document.xml" in data[:200_000] else None


def read(data: bytes) -> Content:
    """Body text and tables; headers, footers, notes and comments are left out."""
    with open_zip(data) as archive:
        body, folder = _body(archive)
        numbering = read_numbering(_part(archive, folder, "numbering.xml"), _part(archive, folder, "styles.xml"))
        pictures = sum(1 for name in parts(archive) if _IMAGE.match(name))
    blocks = read_body(body, numbering.printed)
    has_tables = any(isinstance(block, Table) for block in blocks)
    notes = (f"images: {pictures}",) if pictures and not has_tables else ()
    return Content(MEDIA_TYPE, "docx", blocks, notes=notes)


def read_again(data: bytes) -> Content | None:
    """A second reading with another XML parser that places cells by their widths; None where widths do not add up."""
    with open_zip(data) as archive:
        part = _main_part(archive)
        markup = read_member(archive, part) if part else b""
    blocks = read_tables_again(markup)
    return Content(MEDIA_TYPE, "docx-widths", blocks) if blocks else None


def images(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Pictures large enough to be pages or tables, for recognition: name and bytes."""
    with open_zip(data) as archive:
        for name, info in parts(archive).items():
            if _IMAGE.match(name) and info.file_size >= _OCR_BYTES:
                yield PurePosixPath(name).name, read_member(archive, info)


def _main_part(archive: zipfile.ZipFile) -> zipfile.ZipInfo | None:
    """The part that package relationships call the office document, if it is a Word one."""
    named = parts(archive)
    if "word/document.xml" in named:
        return named["word/document.xml"]
    relations = named.get("_rels/.rels")
    if relations is None:
        return None
    for relation in parse(read_member(archive, relations)):
        target = (attribute(relation, "Target") or "").replace("\\", "/").lstrip("/").lower()
        if (attribute(relation, "Type") or "").endswith("/officeDocument") and target.startswith("word/"):
            return named.get(target)
    return None


def _body(archive: zipfile.ZipFile) -> tuple[Element, str]:
    part = _main_part(archive)
    if part is None:
        raise Unreadable("corrupt", "the Word package has no document part")
    body = child(parse(read_member(archive, part)), "body")
    if body is None:
        raise Unreadable("corrupt", "the Word document has no body")
    return body, part.filename.replace("\\", "/").lstrip("/").lower().rpartition("/")[0]


def _part(archive: zipfile.ZipFile, folder: str, name: str) -> Element | None:
    """A part beside the main one; a damaged one is as good as none, the text does not need it."""
    info = parts(archive).get(f"{folder}/{name}")
    if info is None:
        return None
    try:
        return parse(read_member(archive, info))
    except Unreadable:
        return None
