"""What any document becomes before its meaning is known: paragraphs and tables, each with its place.

A format reader turns bytes into one `Content`. It decides nothing about forms, labels or numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from parsers.value_class import value_class

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points, origin at the top left of the page as it is shown (rotation applied)."""


@value_class(frozen=True, slots=True)
class Place:
    """Where something stands in its document.

    Paged documents give `page` (from 1) and `box`; HTML and Word give `path` (an XPath, or
    ``table[i]/row[j]/cell[k]``, all from 1); text gives ``line N``. A member of a ZIP prefixes its path
    with ``name!``.
    """

    page: int | None = None
    box: Box | None = None
    path: str | None = None


@value_class(frozen=True, slots=True)
class Cell:
    """One cell of a table, spans expanded by nobody: `row` and `column` count from 0 in the grid.

    `text` is the text as printed, its white space included. `readable` is false when something is printed
    that could not be read (glyphs without Unicode, a failed recognition); `text` then holds what is known.
    `confidence` (0 to 1) is set by OCR only, and `confirmed`: are a number's digits the same by their shapes?
    """

    row: int
    column: int
    text: str
    place: Place
    rowspan: int = 1
    colspan: int = 1
    readable: bool = True
    confidence: float | None = None
    confirmed: bool | None = None


@value_class(frozen=True, slots=True)
class Table:
    """A grid of cells in reading order. `continues` marks a table the reader knows to continue the one before."""

    cells: tuple[Cell, ...]
    place: Place = Place()
    continues: bool = False
    _rows: list[tuple[Cell, ...]] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def height(self) -> int:
        """Rows of the grid."""
        return max((cell.row + cell.rowspan for cell in self.cells), default=0)

    @property
    def width(self) -> int:
        """Columns of the grid."""
        return max((cell.column + cell.colspan for cell in self.cells), default=0)

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """The cells that begin in each grid row, from the top, in column order."""
        if self.cells and not self._rows:  # sorted once, asked for often
            ordered = sorted(self.cells, key=attrgetter("row", "column"))
            self._rows.extend(tuple(cells) for _, cells in groupby(ordered, key=attrgetter("row")))
        return iter(self._rows)


@value_class(frozen=True, slots=True)
class Paragraph:
    """A run of text between tables; `text` keeps inner line breaks as printed."""

    text: str
    place: Place = Place()


def placed(block: Paragraph | Table, place: Callable[[Place], Place]) -> Paragraph | Table:
    """The block with its own place and those of its cells as `place` gives them."""
    if isinstance(block, Paragraph):
        return replace(block, place=place(block.place))
    cells = tuple(replace(cell, place=place(cell.place)) for cell in block.cells)
    return replace(block, place=place(block.place), cells=cells)


class Word(NamedTuple):
    """Letters of one line without a wide gap, on a page without ruling lines.

    `lift` is by how much the page is to be lowered (points) so that all pages stand under each other without gaps.
    """

    text: str
    page: int
    box: Box
    lift: float

    @property
    def top(self) -> float:
        return self.box[1] + self.lift

    @property
    def bottom(self) -> float:
        return self.box[3] + self.lift

    @property
    def y(self) -> float:
        return self.lift + (self.box[1] + self.box[3]) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """Size of a page in points, as it is shown."""

    number: int
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Content:
    """One document as read once.

    `method` names the reading (``html``, ``pdf-ruled``, ``pdf-words``, ``ocr``, ``docx``, ``doc``, ``text`` …).
    `meta` holds what the document says about itself outside its text: ``title``, ``publisher``, ``published_on`` (by a
    label), ``published_tag`` (in the head), ``stamp`` (below the title), ``index_number``, ``breadcrumb``. `notes` are
    oddities worth telling a person, `unread` say which parts (pages,
    sheets, pictures) could not be read: cells may stand there. `links` are attachments the document offers (href,
    text). `words` are set where tables were read without ruling lines. `independent` is set on a second reading that
    shares no code with the first which could have made an error in a number (docs/reading.md says why, format by
    format): only such a reading confirms anything.
    """

    media_type: str
    method: str
    blocks: tuple[Paragraph | Table, ...]
    pages: tuple[Page, ...] = ()
    meta: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    words: tuple[Word, ...] = ()
    unread: tuple[str, ...] = ()
    independent: bool = False

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def text(self) -> str:
        """All paragraphs, one a line, tables left out."""
        return "\n".join(block.text for block in self.blocks if isinstance(block, Paragraph))


class Unreadable(Exception):
    """The document cannot be read. `kind` is one word for machines, the message one line for people.

    Kinds: ``empty``, ``corrupt``, ``encrypted``, ``too_large``, ``too_slow``, ``too_much_memory``, ``unsupported``,
    ``needs_ocr``, ``needs_libreoffice``, ``needs_unrar``, ``no_text``, ``crashed``,
    ``interrupted``.
    """

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
