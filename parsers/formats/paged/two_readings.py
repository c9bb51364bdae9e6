"""Sheets → Content, in two independent ways: by ruling lines, and by text lines alone. For PDF and OFD."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from parsers.content import Content, Place, Table, Word
from parsers.formats.paged.glyphs import lines_of
from parsers.formats.paged.layout import Block, in_order, running, tables_and_lines
from parsers.formats.paged.page_breaks import continued, joined_sentences
from parsers.formats.paged.sheet import Sheet, turned_back
from parsers.formats.paged.word_tables import table_of
from parsers.formats.paged.words import Region, WordRow, regions, rows_of, words_of


class Told(NamedTuple):
    """What opening a document told: `unread` of pages that could not be read, `notes` of what is odd."""

    unread: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


ENOUGH = 60  # cells in lattices; with fewer the tables are looked for among the other lines too


def by_lattice(found: Sequence[Sheet], told: Told, media_type: str, name: str) -> Content:
    """Content by ruling lines, method ``name-ruled``; ``name-words`` where most cells stand in no lattice."""
    upright = [sheet.turned(sheet.sideways) for sheet in found]
    pages = [(sheet, *tables_and_lines(sheet)) for sheet in upright]
    left_out = running([(sheet, lines) for sheet, _, lines in pages])
    body = [
        (sheet.page.number, [line for line in lines if (sheet.page.number, line) not in left_out])
        for sheet, _, lines in pages
    ]
    ruled_cells = sum(len(table.cells) for _, tables, _ in pages for table, _ in tables)
    loose: list[Table] = []
    words: tuple[Word, ...] = ()
    if ruled_cells < ENOUGH:
        rows = rows_of(body)
        loose, prose = tables_among(rows, at_least=3)
        words = _words(rows, upright)
        body = [(number, [row.line for row in prose if row.page == number]) for number, _ in body]
    blocks: list[Block] = []
    for (sheet, tables, _), (number, lines) in zip(pages, body, strict=True):
        boxed = [*tables, *((t, t.place.box) for t in loose if t.place.page == number and t.place.box)]
        blocks.extend(in_order(sheet.page.number, boxed, lines))
    method = f"{name}-words" if sum(len(t.cells) for t in loose) > ruled_cells else f"{name}-ruled"
    blocks = joined_sentences(blocks) if loose else continued(blocks)
    return replace(_content(found, told, media_type, method, blocks), words=words)


def by_words(found: Sequence[Sheet], told: Told, media_type: str, name: str) -> Content:
    """Content without any use of rulings, method ``name-words``."""
    upright = [sheet.turned(sheet.sideways) for sheet in found]
    pages = [(sheet, lines_of(sheet.glyphs)) for sheet in upright]
    left_out = running(pages)
    body = [(s.page.number, [line for line in lines if (s.page.number, line) not in left_out]) for s, lines in pages]
    rows = rows_of(body)
    tables, prose = tables_among(rows)
    blocks: list[Block] = []
    for sheet in upright:
        number = sheet.page.number
        here = [(table, table.place.box) for table in tables if table.place.page == number and table.place.box]
        blocks.extend(in_order(number, here, [row.line for row in prose if row.page == number]))
    content = _content(found, told, media_type, f"{name}-words", joined_sentences(blocks))
    return replace(content, words=_words(rows, upright))


def _words(rows: Sequence[WordRow], upright: Sequence[Sheet]) -> tuple[Word, ...]:
    """The words of all rows; none where a page had to be turned, for their boxes are not those of the page as shown."""
    if any(sheet.sideways for sheet in upright):
        return ()
    return tuple(words_of(rows))


def tables_among(rows: Sequence[WordRow], at_least: int = 1) -> tuple[list[Table], list[WordRow]]:
    """Tables among rows and the rows that are none. A region counts with so many numbers at least."""
    parts, prose = regions(rows)
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


def _content(found: Sequence[Sheet], told: Told, media_type: str, method: str, blocks: Sequence[Block]) -> Content:
    return Content(
        media_type=media_type,
        method=method,
        blocks=tuple(_as_shown(blocks, found)),
        pages=tuple(sheet.page for sheet in found),
        notes=told.notes,
        unread=(*told.unread, *(note for sheet in found for note in sheet.notes)),
    )


def _as_shown(blocks: Sequence[Block], found: Sequence[Sheet]) -> Iterator[Block]:
    """The blocks with their boxes on the pages as they are shown, where pages were turned for reading."""
    turned = {sheet.page.number: sheet for sheet in found if sheet.sideways}

    def shown(place: Place) -> Place:
        sheet = turned.get(place.page or 0)
        box = place.box if sheet is None or place.box is None else turned_back(place.box, sheet)
        if box is None:
            return place
        return Place(place.page, (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1)))

    for block in blocks:
        if not turned:
            yield block
        elif isinstance(block, Table):
            cells = tuple(replace(cell, place=shown(cell.place)) for cell in block.cells)
            yield replace(block, cells=cells, place=shown(block.place))
        else:
            yield replace(block, place=shown(block.place))
