"""Sheets → Content, in two independent ways: by ruling lines, and by text lines alone. For PDF and OFD."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.content import Content, Table
from parsers.formats.lattice_text import TextLine, lines_of
from parsers.formats.layout import Block, in_order, running, tables_and_lines
from parsers.formats.page_breaks import continued, joined_sentences
from parsers.formats.pdf_words import Region, Row, regions, rows_of
from parsers.formats.pdf_words_table import table_of
from parsers.formats.sheet import Sheet

_ENOUGH = 60  # cells in lattices; with fewer the tables are looked for among the other lines too


def by_lattice(found: Sequence[Sheet], notes: Sequence[str], media_type: str, name: str) -> Content:
    """Content by ruling lines, method ``name-ruled``; ``name-words`` where most cells stand in no lattice."""
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
    method = f"{name}-words" if sum(len(t.cells) for t in loose) > ruled_cells else f"{name}-ruled"
    return _content(found, notes, media_type, method, joined_sentences(blocks) if loose else continued(blocks))


def by_words(found: Sequence[Sheet], notes: Sequence[str], media_type: str, name: str) -> Content:
    """Content without any use of rulings, method ``name-words``."""
    pages = [(sheet, lines_of(sheet.glyphs)) for sheet in found]
    left_out = running(pages)
    body = [(s.page.number, [line for line in lines if (s.page.number, line) not in left_out]) for s, lines in pages]
    tables, prose = _by_lines(body)
    blocks: list[Block] = []
    for sheet in found:
        number = sheet.page.number
        here = [(table, table.place.box) for table in tables if table.place.page == number and table.place.box]
        blocks.extend(in_order(number, here, [row.line for row in prose if row.page == number]))
    return _content(found, notes, media_type, f"{name}-words", joined_sentences(blocks))


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


def _content(
    found: Sequence[Sheet], notes: Sequence[str], media_type: str, method: str, blocks: Sequence[Block]
) -> Content:
    return Content(
        media_type=media_type,
        method=method,
        blocks=tuple(blocks),
        pages=tuple(sheet.page for sheet in found),
        notes=(*notes, *(note for sheet in found for note in sheet.notes)),
    )
