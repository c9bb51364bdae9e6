"""PDF files: ruled tables by pdfium's objects and an own lattice; other readings beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from parsers.content import Content, Unreadable
from parsers.formats.lattice_text import lines_of
from parsers.formats.layout import Block, in_order, running, tables_and_lines
from parsers.formats.page_breaks import continued, joined_sentences
from parsers.formats.pdf_page import sheet
from parsers.formats.pdf_words import regions, rows_of
from parsers.formats.pdf_words_table import table_of
from parsers.formats.sheet import Sheet

MEDIA_TYPE = "application/pdf"
MOST_PAGES = 400


def recognise(data: bytes) -> str | None:
    """PDF readers accept the mark anywhere in the first kilobyte."""
    return MEDIA_TYPE if b"%PDF-" in data[:1024] else None


@contextmanager
def opened(data: bytes) -> Iterator[pdfium.PdfDocument]:
    """The open document; an empty user password opens it as in any viewer."""
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


def sheets(data: bytes) -> tuple[list[Sheet], list[str]]:
    """The marks of every page that can be read, and a note for every page that cannot."""
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
    if not found:
        raise Unreadable("corrupt", "no page of the PDF can be read")
    return found, notes


def read_again(data: bytes) -> Content | None:
    """The same pages by text lines alone: rows by baseline, columns by where the numbers stand."""
    found, notes = sheets(data)
    return by_words(found, notes)


def by_words(found: Sequence[Sheet], notes: Sequence[str]) -> Content:
    """Content without any use of rulings."""
    all_lines = {page.page.number: lines_of(page.glyphs) for page in found}
    left_out = running([(page, all_lines[page.page.number]) for page in found])
    body = [(n, [line for line in lines if (n, line) not in left_out]) for n, lines in all_lines.items()]
    parts, prose = regions(rows_of(body))
    tables = [table for table in map(table_of, parts) if table is not None]
    blocks: list[Block] = []
    for page in found:
        number = page.page.number
        here = [(table, table.place.box) for table in tables if table.place.page == number and table.place.box]
        blocks.extend(in_order(number, here, [row.line for row in prose if row.page == number]))
    return Content(
        media_type=MEDIA_TYPE,
        method="pdf-words",
        blocks=tuple(joined_sentences(blocks)),
        pages=tuple(page.page for page in found),
        notes=tuple(notes),
    )


def read(data: bytes) -> Content:
    """Paragraphs and ruled tables of every page."""
    found, notes = sheets(data)
    pages = [(page, *tables_and_lines(page)) for page in found]
    running_lines = running([(page, lines) for page, _, lines in pages])
    blocks: list[Block] = []
    for page, tables, lines in pages:
        body = [line for line in lines if (page.page.number, line) not in running_lines]
        blocks.extend(in_order(page.page.number, tables, body))
    return Content(
        media_type=MEDIA_TYPE,
        method="pdf-ruled",
        blocks=tuple(continued(blocks)),
        pages=tuple(page.page for page in found),
        notes=(*notes, *(note for page in found for note in page.notes)),
    )
