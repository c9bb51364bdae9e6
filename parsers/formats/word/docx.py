"""Word documents (.docx, .docm, .dotx; WPS writes them too): a ZIP package around WordprocessingML."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from functools import partial

from parsers.content import Content, Unreadable
from parsers.formats.packages.xml_tree import Element, attribute, child, parse
from parsers.formats.packages.zip_parts import MAGIC, open_zip, parts, read_member
from parsers.formats.pictures.pasted import SMALLEST_BYTES, Picture, lacks_tables, with_pictures
from parsers.formats.word.docx_chunks import read_chunk
from parsers.formats.word.docx_second_reading import read_tables_again
from parsers.formats.word.wordml import read_body
from parsers.formats.word.wordml_looks import read_looks
from parsers.formats.word.wordml_numbering import read_numbering

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_IMAGE = re.compile(r"word/media/(?P<name>[^/\d]*(?P<number>\d{0,6})[^/]*\.(?:png|jpe?g|tiff?|bmp|gif))")


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
    """Body text and tables; headers, footers, notes and comments are left out.

    Pictures are read where no table can be one of a report.
    """
    with open_zip(data) as archive:
        body, folder = _body(archive)
        styles = _part(archive, folder, "styles.xml")
        numbering = read_numbering(_part(archive, folder, "numbering.xml"), styles)
        looks = read_looks(styles, _part(archive, folder, "theme/theme1.xml"))
        blocks = read_body(body, numbering.printed, looks, partial(read_chunk, archive, folder))
        content = Content(MEDIA_TYPE, "docx", blocks)
        pictures = list(_pictures(archive)) if lacks_tables(content) else []
    return with_pictures(content, pictures) if pictures else content


def second_reading(data: bytes) -> Content | None:
    """A second reading with another XML parser that places cells by their widths; None where there are no tables."""
    with open_zip(data) as archive:
        part = _main_part(archive)
        markup = read_member(archive, part) if part else b""
        styles = parts(archive).get("word/styles.xml")
        looks = read_member(archive, styles) if styles else b""
    content = Content(MEDIA_TYPE, "docx-widths", read_tables_again(markup, looks), independent=True)
    return content if content.tables else None


def _pictures(archive: zipfile.ZipFile) -> Iterator[Picture]:
    """Pictures large enough to be tables, in the order of their numbers."""
    found = [(info, match) for name, info in parts(archive).items() if (match := _IMAGE.fullmatch(name))]
    for info, match in sorted(found, key=lambda item: int(item[1]["number"] or 0)):
        if info.file_size >= SMALLEST_BYTES:
            yield match["name"], read_member(archive, info)


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
