"""Tables of scanned pages without ruling lines: found among the letters, as on pages of text without lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from parsers.content import Box, Content, Place, Word, placed
from parsers.formats.paged.glyphs import Glyph, lines_of
from parsers.formats.paged.layout import Block, in_order
from parsers.formats.paged.page_breaks import joined_sentences
from parsers.formats.paged.two_readings import ENOUGH, tables_among
from parsers.formats.paged.words import WordRow, rows_of, words_of
from parsers.formats.pictures.affine import Affine, mapped


@dataclass(frozen=True, slots=True)
class SeenPage:
    """What one straight page of a picture shows.

    `letters` are set where it has no ruled table but numbers in lines; they stand, in points, where they would if the
    page lay straight, and `back` is the way from there to the page as it is shown. `path` names the picture in a
    document that holds it.
    """

    page: int
    blocks: tuple[Block, ...]
    letters: tuple[Glyph, ...] = ()
    back: Affine = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
    path: str | None = None

    @property
    def is_level(self) -> bool:
        """Does it lie as it is shown, but for a few degrees?"""
        return self.back[0][0] > 0 and abs(self.back[0][1]) < abs(self.back[0][0])


def blocks_of(seen: Iterable[SeenPage]) -> list[Block]:
    return [block for part in seen for block in part.blocks]


def with_loose_tables(content: Content, seen: Sequence[SeenPage]) -> Content:
    """The content with tables made from letters where it has no ruled ones worth the name."""
    ruled = sum(len(table.cells) for table in content.tables)
    parts = [part for part in seen if part.letters]
    if ruled >= ENOUGH or not parts:
        return content
    rows = rows_of([(i, lines_of(part.letters)) for i, part in enumerate(parts)])
    found, prose = tables_among(rows, at_least=3)
    if sum(len(table.cells) for table in found) <= ruled:
        return content
    made_anew = {block.place for part in parts for block in part.blocks}
    blocks = [block for block in content.blocks if block.place not in made_anew]
    back = partial(_on_picture, parts=parts)
    for i in range(len(parts)):
        here = [(t, t.place.box) for t in found if t.place.page == i and t.place.box]
        blocks += [placed(block, back) for block in in_order(i, here, [row.line for row in prose if row.page == i])]
    blocks.sort(key=lambda block: (block.place.page or 0, block.place.box[1] if block.place.box else 0.0))
    words = tuple(_words(rows, parts)) if all(part.is_level for part in parts) else ()
    return replace(content, method=f"{content.method}-words", blocks=tuple(joined_sentences(blocks)), words=words)


def _words(rows: Sequence[WordRow], parts: Sequence[SeenPage]) -> Iterator[Word]:
    """The words at the height where the page shows them; `lift` still puts all that are in line in one."""
    for word in words_of(rows):
        part, (x0, top, x1, bottom) = parts[word.page], word.box
        _, shown_top, _, shown_bottom = mapped(part.back, word.box)
        higher = (top + bottom - shown_top - shown_bottom) / 2
        yield Word(word.text, part.page, (x0, top - higher, x1, bottom - higher), word.lift + higher)


def _on_picture(place: Place, parts: Sequence[SeenPage]) -> Place:
    part = parts[place.page or 0]
    return Place(part.page, None if place.box is None else _rounded(mapped(part.back, place.box)), part.path)


def _rounded(box: Box) -> Box:
    x0, top, x1, bottom = box
    return (round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1))
