"""OpenDocument text (.odt, .fodt): what LibreOffice and some editions of WPS save."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parsers.content import Cell, Content, Paragraph, Place, Table, Unreadable
from parsers.formats.limits import MAX_NESTING, check_size, check_table
from parsers.formats.opendocument.elements import count, markup_of, paragraph_text, part_of, type_of
from parsers.formats.opendocument.looks import OdfLooks
from parsers.formats.opendocument.second_reading import read_blocks_again
from parsers.formats.packages.colours import Colour
from parsers.formats.packages.grid import RowCell
from parsers.formats.packages.nested import Blocks, unfold
from parsers.formats.packages.xml_tree import Element, attribute, child, descendant, local, parse

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_ROWS = frozenset({"table-header-rows", "table-rows", "table-row-group"})
_DRAWN = frozenset({"image", "object", "object-ole", "plugin"})
_GROUPS = frozenset({"list", "list-item", "list-header", "section", "text-box", "frame", "numbered-paragraph"})


def recognise(data: bytes) -> str | None:
    """A package or an XML document of that type."""
    return MEDIA_TYPE if type_of(data) == MEDIA_TYPE.encode() else None


def read(data: bytes) -> Content:
    """Body text and tables. Raises `Unreadable` (``corrupt``, ``encrypted``, ``too_large``)."""
    check_size(data)
    root = parse(markup_of(data))
    body = descendant(root, "body")
    text = child(body, "text")
    if text is None:
        raise Unreadable("corrupt", "the OpenDocument file has no text body")
    named = part_of(data, "styles.xml")
    looks = OdfLooks([parse(named), root] if named else [root])
    return Content(MEDIA_TYPE, "odt", tuple(_Reader(looks).blocks(text, "", 0)))


def second_reading(data: bytes) -> Content | None:
    """The same in one pass without a tree; None where that is not possible."""
    blocks = tuple(read_blocks_again(markup_of(data), part_of(data, "styles.xml") or b""))
    return Content(MEDIA_TYPE, "odt-events", blocks, independent=True) if blocks else None


class _Reader:
    """Counts what was seen so far; one per document."""

    def __init__(self, looks: OdfLooks) -> None:
        self.looks = looks
        self.grounds: list[Colour | None] = [None]
        self.paragraphs = 0
        self.cells = 0

    def blocks(self, container: Element, prefix: str, depth: int) -> Blocks:
        """Paragraphs and tables of a body or a cell, in order."""
        found: Blocks = []
        tables = 0
        for item in _flow(container):
            if local(item) == "table":
                tables += 1
                found.extend(self.table(item, f"{prefix}table[{tables}]", depth + 1))
                continue
            self.paragraphs += not prefix
            path = prefix.rstrip("/") or f"paragraph[{self.paragraphs}]"
            found.append(Paragraph(paragraph_text(item, self.looks, self.grounds[-1]), Place(path=path)))
            for frame in item:
                if local(frame) == "frame":
                    found.extend(self.blocks(frame, prefix, depth))
        return found

    def table(self, element: Element, path: str, depth: int) -> Blocks:
        """A table, or what a layout table lays out. Spans are explicit; covered cells only take up their place."""
        cells: list[Cell] = []
        nested: dict[str, Blocks] = {}
        for number, row in enumerate(_rows(element) if depth <= MAX_NESTING else ()):
            column = 0
            for index, item in enumerate(row, 1):
                where = f"{path}/row[{number + 1}]/cell[{index}]"
                self.grounds.append(self.looks.cell_ground(item) or self.grounds[-1])
                inner = self.blocks(item, where + "/", depth) if local(item) == "table-cell" else []
                self.grounds.pop()
                if any(isinstance(block, Table) for block in inner):
                    nested[where] = inner
                text = "\n".join(block.text for block in inner if isinstance(block, Paragraph))
                odd = _is_drawn(item, in_line=bool(text.strip())) or (text.strip() and self.looks.numbers(item))
                readable = not odd or any(map(str.isalpha, text))
                spans = count(item, "number-rows-spanned"), count(item, "number-columns-spanned")
                for _ in range(count(item, "number-columns-repeated")):
                    if local(item) == "table-cell":
                        cells.append(Cell(number, column, text, Place(path=where), *spans, readable=readable))
                    column += 1
            self.cells += column
            check_table(number, self.cells)
        table = Table(tuple(cells), Place(path=path))
        return unfold([_stored(row) for row in table.rows()], nested, path) if nested else [table] if cells else []


def _is_drawn(cell: Element, *, in_line: bool) -> bool:
    """Does a picture or an object stand in a cell, where `in_line` among its text?"""
    frames = (frame for frame in cell.iter("{*}frame") if not in_line or attribute(frame, "anchor-type") == "as-char")
    return any(local(item) in _DRAWN for frame in frames for item in frame)


def _stored(row: Sequence[Cell]) -> list[RowCell]:
    return [RowCell(cell.column, cell.column + cell.colspan, cell.text, cell.place.path or "") for cell in row]


def _flow(container: Element) -> Iterator[Element]:
    """Paragraphs and tables of a container, through lists, sections and frames."""
    for item in container:
        name = local(item)
        if name in {"p", "h", "table"}:
            yield item
        elif name in _GROUPS:
            yield from _flow(item)


def _rows(table: Element) -> Iterator[Element]:
    for item in table:
        if local(item) == "table-row":
            for _ in range(count(item, "number-rows-repeated")):
                yield item
        elif local(item) in _ROWS:
            yield from _rows(item)
