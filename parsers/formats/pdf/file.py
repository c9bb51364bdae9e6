"""Opening PDF files with pdfium: passwords, damage, too many pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from parsers.content import Unreadable
from parsers.formats.paged.sheet import Sheet
from parsers.formats.pdf.page import sheet

MOST_PAGES = 400


@contextmanager
def opened(data: bytes) -> Iterator[pdfium.PdfDocument]:
    """The open document; one with an empty user password opens as in any viewer."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise Unreadable("encrypted", "the PDF asks for a password") from error
        raise Unreadable("corrupt", "the PDF cannot be opened: truncated or damaged") from error
    try:
        yield document
    finally:
        document.close()


@lru_cache(maxsize=1)
def sheets(data: bytes) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """The marks of every page that can be read, and a note for every page that cannot.

    The last document is kept: it is read a second time at once.
    """
    notes: list[str] = []
    found: list[Sheet] = []
    with opened(data) as document:
        count = len(document)
        if count > MOST_PAGES:
            notes.append(f"{count} pages; only the first {MOST_PAGES} were read")
        for number in range(1, min(count, MOST_PAGES) + 1):
            try:
                page = document[number - 1]
            except pdfium.PdfiumError:
                notes.append(f"page {number} of {count} cannot be read")
                continue
            try:
                found.append(sheet(page, number))
            finally:
                page.close()
            if number < count and found[-1].is_empty:
                notes.append(f"page {number} of {count} shows nothing")
    if not found:
        raise Unreadable("corrupt", "no page of the PDF can be read")
    return tuple(found), tuple(notes)
