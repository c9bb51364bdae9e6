"""PDF files. Three readings, each independent of the others:

`read`: pdfium's characters in an own lattice of ruling lines; what stands in no lattice, by text lines.
`read_again`: text lines alone, columns by where the numbers stand, no ruling looked at. As fast as the first.
`arbitrate`: pdfplumber. Ten times dearer; to be asked where the first two differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parsers.content import Box, Content, Table, Unreadable
from parsers.formats import pdf_plumber
from parsers.formats.lattice_text import TextLine, lines_of
from parsers.formats.layout import Block, in_order, running, tables_and_lines
from parsers.formats.page_breaks import continued, joined_sentences
from parsers.formats.pdf_file import sheets
from parsers.formats.pdf_scan import recognised
from parsers.formats.pdf_scan import regions as regions_to_recognise
from parsers.formats.pdf_words import Region, Row, regions, rows_of
from parsers.formats.pdf_words_table import table_of
from parsers.formats.sheet import Sheet

MEDIA_TYPE = "application/pdf"
_ENOUGH = 60  # cells in lattices; with fewer the tables are looked for among the other lines too


def recognise(data: bytes) -> str | None:
    """PDF readers accept the mark anywhere in the first kilobyte."""
    return MEDIA_TYPE if b"%PDF-" in data[:1024] else None


def read(data: bytes) -> Content:
    """Paragraphs and tables of every page, by lines drawn; without them by words."""
    found, notes = sheets(data)
    wanted = [(sheet, boxes) for sheet in found if (boxes := regions_to_recognise(sheet))]
    if not wanted:
        return by_lattice(found, notes)
    return _with_scans(data, found, notes, wanted)


def _with_scans(
    data: bytes, found: Sequence[Sheet], notes: Sequence[str], wanted: Sequence[tuple[Sheet, Sequence[Box]]]
) -> Content:
    """Text where pages hold text, recognition where they hold pictures of it."""
    whole = {
        sheet.page.number for sheet, boxes in wanted if boxes[0] == (0.0, 0.0, sheet.page.width, sheet.page.height)
    }
    texts = [
        replace(s, glyphs=(), horizontal=(), vertical=(), fills=()) if s.page.number in whole else s for s in found
    ]
    printed = by_lattice(texts, notes)
    try:
        seen, failures = recognised(data, wanted)
    except Unreadable as error:
        if not printed.tables:
            raise
        return replace(printed, notes=(*printed.notes, error.message))
    blocks = [*printed.blocks, *(block for page in seen.values() for block in page)]
    blocks.sort(key=lambda block: (block.place.page or 0, block.place.box[1] if block.place.box else 0.0))
    by_sight = sum(isinstance(block, Table) for page in seen.values() for block in page)
    method = "ocr" if 2 * by_sight >= sum(isinstance(block, Table) for block in blocks) else printed.method
    return replace(printed, method=method, blocks=tuple(continued(blocks)), notes=(*printed.notes, *failures))


def read_again(data: bytes) -> Content | None:
    """Tables by text lines alone; None where the first reading had to be made that way too."""
    found, notes = sheets(data)
    if any(map(regions_to_recognise, found)) or not any(tables for tables, _ in map(tables_and_lines, found)):
        return None
    return by_words(found, notes)


def arbitrate(data: bytes) -> Content | None:
    """Tables as pdfplumber finds them; None where it finds none."""
    content = pdf_plumber.read(data)
    return content if content.tables else None


def by_lattice(found: Sequence[Sheet], notes: Sequence[str]) -> Content:
    """Content by ruling lines, method ``pdf-ruled``; ``pdf-words`` where most cells stand in no lattice."""
    pages = [(sheet, *tables_and_lines(sheet)) for sheet in found]
    left_out = running([(sheet, lines) for sheet, _, lines in pages])
    body = [
        (sheet.page.number, [line for line in lines if (sheet.page.number, line) not in left_out])
        for sheet, _, lines in pages
    ]
    ruled_cells = sum(len(table.cells) for _, tables, _ in pages for table, _ in tables)
    loose: list[Table] = []
    if ruled_cells < _ENOUGH:
        loose, prose = _by_lines(body, at_least=3)
        body = [(number, [row.line for row in prose if row.page == number]) for number, _ in body]
    blocks: list[Block] = []
    for (sheet, tables, _), (number, lines) in zip(pages, body, strict=True):
        boxed = [*tables, *((t, t.place.box) for t in loose if t.place.page == number and t.place.box)]
        blocks.extend(in_order(sheet.page.number, boxed, lines))
    method = "pdf-words" if sum(len(t.cells) for t in loose) > ruled_cells else "pdf-ruled"
    return _content(found, notes, method, joined_sentences(blocks) if loose else continued(blocks))


def by_words(found: Sequence[Sheet], notes: Sequence[str]) -> Content:
    """Content without any use of rulings, method ``pdf-words``."""
    pages = [(sheet, lines_of(sheet.glyphs)) for sheet in found]
    left_out = running(pages)
    body = [(s.page.number, [line for line in lines if (s.page.number, line) not in left_out]) for s, lines in pages]
    tables, prose = _by_lines(body)
    blocks: list[Block] = []
    for sheet in found:
        number = sheet.page.number
        here = [(table, table.place.box) for table in tables if table.place.page == number and table.place.box]
        blocks.extend(in_order(number, here, [row.line for row in prose if row.page == number]))
    return _content(found, notes, "pdf-words", joined_sentences(blocks))


def _by_lines(body: Sequence[tuple[int, Sequence[TextLine]]], at_least: int = 1) -> tuple[list[Table], list[Row]]:
    """Tables among lines of text and the rows that are none. A region counts with so many numbers at least."""
    parts, prose = regions(rows_of(body))
    tables: list[Table] = []
    for part in parts:
        table = table_of(part) if _numbers(part) >= at_least else None
        if table is None:
            prose = sorted([*prose, *part.rows], key=lambda row: row.box[1])
        else:
            tables.append(table)
    return tables, prose


def _numbers(part: Region) -> int:
    return sum(len(row.values) for row in part.rows)


def _content(found: Sequence[Sheet], notes: Sequence[str], method: str, blocks: Sequence[Block]) -> Content:
    return Content(
        media_type=MEDIA_TYPE,
        method=method,
        blocks=tuple(blocks),
        pages=tuple(sheet.page for sheet in found),
        notes=(*notes, *(note for sheet in found for note in sheet.notes)),
    )
