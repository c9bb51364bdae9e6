"""OpenDocument text (.odt, .fodt): what LibreOffice and some editions of WPS save."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from parsers.content import Cell, Content, Paragraph, Place, Table, Unreadable
from parsers.formats.grid import RowCell
from parsers.formats.limits import MAX_NESTING, check_size, check_table
from parsers.formats.manners import Manner, marked
from parsers.formats.nested import Blocks, unfold
from parsers.formats.opendocument_again import read_blocks_again
from parsers.formats.xmltree import Element, attribute, child, descendant, local, parse
from parsers.formats.zipped import MAGIC, open_zip, parts, read_member

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_FLAT = re.compile(rb'<office:document\b[^>]*\bmimetype="([^"]+)"')
_ROWS = frozenset({"table-header-rows", "table-rows", "table-row-group"})
_GROUPS = frozenset({"list", "list-item", "list-header", "section", "text-box", "frame", "numbered-paragraph"})
_NOT_PRINTED = frozenset({"note", "annotation", "tracked-changes", "hidden-text", "frame", "ruby-text"})
_FIXED = {"tab": "\t", "line-break": "\n"}
_NO_MANNERS: Mapping[str, Manner] = {}


def recognise(data: bytes) -> str | None:
    """A package or an XML document of that type."""
    return MEDIA_TYPE if type_of(data) == MEDIA_TYPE.encode() else None


def type_of(data: bytes) -> bytes | None:
    """The media type that a package names in its first member, or one XML document in its root."""
    if data.startswith(MAGIC):
        try:
            with open_zip(data) as archive:
                kind = parts(archive).get("mimetype")
                return read_member(archive, kind, 200).strip() if kind else None
        except Unreadable:
            return None
    found = _FLAT.search(data[:16384])
    return found[1] if found else None


def read(data: bytes) -> Content:
    """Body text and tables. Raises `Unreadable` (``corrupt``, ``encrypted``, ``too_large``)."""
    check_size(data)
    root = parse(markup_of(data))
    body = descendant(root, "body")
    text = child(body, "text")
    if text is None:
        raise Unreadable("corrupt", "the OpenDocument file has no text body")
    return Content(MEDIA_TYPE, "odt", tuple(_Reader(_manners(root)).blocks(text, "", 0)))


def _manners(root: Element) -> dict[str, Manner]:
    """The document's own text styles that hide, raise or cross out, by name."""
    found: dict[str, Manner] = {}
    for style in root.iter("{*}style"):
        properties, name = child(style, "text-properties"), attribute(style, "name")
        if properties is None or name is None:
            continue
        if attribute(properties, "display") == "none":
            found[name] = "hidden"
        elif (attribute(properties, "text-position") or "0").split()[0].lstrip("-").rstrip("%") != "0":
            found[name] = "raised"
        elif (attribute(properties, "text-line-through-style") or "none") != "none":
            found[name] = "struck"
    return found


def read_again(data: bytes) -> Content | None:
    """The same in one pass without a tree; None where that is not possible."""
    blocks = tuple(read_blocks_again(markup_of(data)))
    return Content(MEDIA_TYPE, "odt-events", blocks) if blocks else None


def markup_of(data: bytes) -> bytes:
    """The main part of an OpenDocument package, or the whole of a flat file.

    Raises `Unreadable` (``corrupt``, ``encrypted``).
    """
    if not data.startswith(MAGIC):
        return data
    with open_zip(data) as archive:
        named = parts(archive)
        manifest = named.get("meta-inf/manifest.xml")
        if manifest and b"encryption-data" in read_member(archive, manifest):
            raise Unreadable("encrypted", "the OpenDocument file needs a password")
        if "content.xml" not in named:
            raise Unreadable("corrupt", "the OpenDocument package has no content")
        return read_member(archive, named["content.xml"])


class _Reader:
    """Counts what was seen so far; one per document."""

    def __init__(self, manners: Mapping[str, Manner]) -> None:
        self.manners = manners
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
            found.append(Paragraph(paragraph_text(item, self.manners), Place(path=path)))
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
                inner = self.blocks(item, where + "/", depth) if local(item) == "table-cell" else []
                if any(isinstance(block, Table) for block in inner):
                    nested[where] = inner
                text = "\n".join(block.text for block in inner if isinstance(block, Paragraph))
                spans = count(item, "number-rows-spanned"), count(item, "number-columns-spanned")
                for _ in range(count(item, "number-columns-repeated")):
                    if local(item) == "table-cell":
                        cells.append(Cell(number, column, text, Place(path=where), *spans))
                    column += 1
            self.cells += column
            check_table(number, self.cells)
        table = Table(tuple(cells), Place(path=path))
        return unfold([_stored(row) for row in table.rows()], nested, path) if nested else [table] if cells else []


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


def paragraph_text(paragraph: Element, manners: Mapping[str, Manner] = _NO_MANNERS) -> str:
    """Printed text of a paragraph, without notes and annotations. `manners` are those of the styles by name."""
    return marked("".join(_text(paragraph, manners)), manners.get(attribute(paragraph, "style-name") or ""))


def _text(element: Element, manners: Mapping[str, Manner]) -> Iterator[str]:
    """Printed text below an element; runs of spaces are stored as a count."""
    yield element.text or ""
    for item in element:
        name = local(item)
        if name == "s":
            yield " " * count(item, "c")
        elif name in _FIXED:
            yield _FIXED[name]
        elif name and name not in _NOT_PRINTED:
            yield paragraph_text(item, manners)
        yield item.tail or ""


def count(element: Element, name: str, most: int = 1_000) -> int:
    """A positive count in an attribute, 1 where it is absent; repeats beyond any table are cut to `most`."""
    value = attribute(element, name) or ""
    return max(1, min(int(value), most)) if value.isdecimal() and len(value) < 8 else 1
