"""Opening PDF files with pdfium: passwords, damage, too many pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from parsers.content import Unreadable
from parsers.formats.damage import own_error
from parsers.formats.paged.sheet import Sheet
from parsers.formats.paged.two_readings import Told
from parsers.formats.pdf.annotations import is_overlaid, merged
from parsers.formats.pdf.page import sheet
from parsers.formats.pdf.specimens import Specimens

MOST_PAGES = 400
_ENDS = b"trailer", b"/XRef", b"/Standard"
"""Signs of a trailer, as words or as an object, and of encryption."""

_CATALOGUE = re.compile(rb"/Type\s{0,9}/Catalog\b")
_OBJECT = re.compile(rb"\b(\d{1,9}) 0 obj\b")
_NEAR = 4096  # bytes before the word in which the catalogue's object begins


def _document(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        ended = with_trailer(data)
        if ended is None:
            raise
        return pdfium.PdfDocument(ended)


def with_trailer(data: bytes) -> bytes | None:
    """A file that lost its end, with a trailer that names its catalogue: pdfium finds the objects by themselves. None
    where it has a trailer or no catalogue, or is encrypted, of which the trailer would tell."""
    if any(sign in data for sign in _ENDS):
        return None
    catalogues = list(islice(_CATALOGUE.finditer(data), 2))
    if len(catalogues) != 1:
        return None
    begins = list(_OBJECT.finditer(data, max(catalogues[0].start() - _NEAR, 0), catalogues[0].start()))
    if not begins:
        return None
    return data + b"\ntrailer\n<< /Root " + begins[-1][1] + b" 0 R /Size 1 >>\nstartxref\n0\n%%EOF\n"


@contextmanager
def opened(data: bytes) -> Iterator[pdfium.PdfDocument]:
    """The open document; one with an empty user password, or without its end, opens as in any viewer."""
    try:
        document = _document(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise Unreadable("encrypted", "the PDF asks for a password") from error
        raise Unreadable("corrupt", "the PDF cannot be opened: truncated or damaged") from error
    if document.get_formtype() != raw.FORMTYPE_NONE:
        document.init_forms()  # before any page is loaded: fields are drawn with it
    try:
        yield document
    finally:
        document.close()


def _sheet(document: pdfium.PdfDocument, number: int, specimens: Specimens, data: bytes) -> Sheet:
    page = document[number - 1]
    try:
        if not is_overlaid(page):
            return sheet(page, number, specimens)
        with opened(data) as spare, merged(page, spare, number - 1) as whole:
            return sheet(whole, number, specimens)
    finally:
        page.close()


@lru_cache(maxsize=1)
def sheets(data: bytes) -> tuple[tuple[Sheet, ...], Told]:
    """The marks of every page that can be read, and what is to be told of the others.

    The last document is kept: it is read a second time at once.
    """
    unread: list[str] = []
    blank: list[str] = []
    found: list[Sheet] = []
    specimens = Specimens()
    with opened(data) as document:
        count = len(document)
        if with_trailer(data) is not None:
            unread.append("the file has no end; what is whole of it was read")
        if count > MOST_PAGES:
            unread.append(f"{count} pages; only the first {MOST_PAGES} were read")
        for number in range(1, min(count, MOST_PAGES) + 1):
            try:
                found.append(_sheet(document, number, specimens, data))
            except pdfium.PdfiumError:
                unread.append(f"page {number} of {count} cannot be read")
            except Exception as error:  # noqa: BLE001 a page costs itself, and the note says what went wrong
                unread.append(f"page {number} of {count} cannot be read: {own_error(error)}")
            else:
                if number < count and found[-1].is_empty:
                    blank.append(f"page {number} of {count} shows nothing")
    if not found:
        raise Unreadable("corrupt", "no page of the PDF can be read")
    return tuple(found), Told(tuple(unread), tuple(blank))
