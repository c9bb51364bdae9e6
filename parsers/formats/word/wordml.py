"""WordprocessingML: the body of .docx, of flat OPC and of Word 2003 XML, as paragraphs and tables.

Elements are told by local name, so the transitional, strict and 2003 namespaces read alike. What Word would print is
kept; deleted revisions, hidden text, field codes and the fallback copies of drawings are not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from parsers.content import Paragraph, Place, Table
from parsers.formats.limits import MAX_NESTING, check_table
from parsers.formats.packages.grid import OBJECT, RowCell, lay_out
from parsers.formats.packages.nested import Blocks, unfold
from parsers.formats.packages.xml_tree import Element, attribute, child, is_on, local, number
from parsers.formats.word.wordml_looks import DocumentLooks
from parsers.formats.word.wordml_runs import is_deletion, paragraph_text, text_boxes

_TRANSPARENT = frozenset(
    {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "sect", "sub-section", "content"}
)
Number = Callable[[Element], str]
Chunk = Callable[[Element], Blocks]
_FLOW = frozenset({"p", "tbl", "altChunk"})


_IN_LINE = ("{*}inline", "{*}object")
_DRAWN = (*_IN_LINE, "{*}anchor", "{*}pict", "{*}oMath")
"""Drawings that stand in the line of the text, and those that may stand for a text that is not there."""


def _no_chunk(_: Element) -> Blocks:
    return []


def children(element: Element, wanted: frozenset[str]) -> Iterator[Element]:
    """Children of the wanted names, through content controls, revisions and the like; deletions are skipped."""
    for item in element:
        name = local(item)
        if name in wanted:
            yield item
        elif name == "AlternateContent":
            chosen = child(item, "Choice")
            yield from children(item if chosen is None else chosen, wanted)
        elif name in _TRANSPARENT or (name == "annotation" and not is_deletion(item)):
            yield from children(item, wanted)


@dataclass(slots=True)
class _Reader:
    """Counts what was seen so far; one per document."""

    numbered: Number
    looks: DocumentLooks
    chunk: Chunk = _no_chunk
    tables: int = 0
    paragraphs: int = 0
    cells: int = 0

    def blocks(self, container: Element, prefix: str, depth: int) -> Blocks:
        """Paragraphs and tables of a body, a cell or a text box, in order."""
        found: Blocks = []
        tables = 0
        for item in children(container, _FLOW):
            if local(item) != "tbl":
                found.extend(self.paragraph(item, prefix, depth) if local(item) == "p" else self.chunk(item))
                continue
            if not prefix:
                self.tables += 1
            tables += 1
            found.extend(self.table(item, f"{prefix}table[{tables if prefix else self.tables}]", depth + 1))
        return found

    def paragraph(self, element: Element, prefix: str, depth: int) -> Blocks:
        """One paragraph, with the number Word would print, then the text boxes anchored in it."""
        if not prefix:
            self.paragraphs += 1
        text = paragraph_text(element, self.looks)
        ordinal = self.numbered(element)
        if not prefix:
            text = text.replace(OBJECT, "")
        if text.strip():
            text = ordinal + text
        found: Blocks = [Paragraph(text, Place(path=prefix.rstrip("/") or f"paragraph[{self.paragraphs}]"))]
        for box in text_boxes(element):
            found.extend(self.blocks(box, prefix, depth + 1))
        return found

    def table(self, element: Element, path: str, depth: int) -> Blocks:
        """A table, or what a layout table lays out."""
        if depth > MAX_NESTING:
            return []
        rows: list[list[RowCell]] = []
        nested: dict[str, Blocks] = {}
        self.looks.grounds.append(self.looks.cell_ground(child(element, "tblPr")))
        for index, row in enumerate(children(element, frozenset({"tr"})), 1):
            if _is_deleted(row):
                continue
            stored, inner = self.row(row, f"{path}/row[{index}]", depth)
            rows.append(stored)
            nested.update(inner)
            self.cells += len(stored)
            check_table(len(rows), self.cells)
        self.looks.grounds.pop()
        return unfold(rows, nested, path) if nested else [lay_out(rows, Place(path=path))]

    def row(self, element: Element, path: str, depth: int) -> tuple[list[RowCell], dict[str, Blocks]]:
        """Stored cells of one row, and the blocks of those cells that hold tables."""
        stored: list[RowCell] = []
        nested: dict[str, Blocks] = {}
        column = number(child(child(element, "trPr"), "gridBefore"))
        for index, item in enumerate(children(element, frozenset({"tc"})), 1):
            properties = child(item, "tcPr")
            if child(properties, "cellDel") is not None:
                continue
            where = f"{path}/cell[{index}]"
            self.looks.grounds.append(self.looks.cell_ground(properties))
            inner = self.blocks(item, where + "/", depth)
            if not inner:  # a content control right in the cell, as some systems write it
                inner = [Paragraph(paragraph_text(item, self.looks), Place(path=where))]
            self.looks.grounds.pop()
            if any(isinstance(block, Table) for block in inner):
                nested[where] = inner
            text = "\n".join(block.text for block in inner if isinstance(block, Paragraph))
            if next(item.iter(*(_IN_LINE if text.strip() else _DRAWN)), None) is not None:
                text += OBJECT
            span = max(1, number(child(properties, "gridSpan"), 1))
            above, beside = _continues(properties, "vMerge"), _continues(properties, "hMerge")
            stored.append(RowCell(column, column + span, text, where, above, beside))
            column += span
        return stored, nested


def read_body(
    body: Element, numbered: Number, looks: DocumentLooks, chunk: Chunk = _no_chunk
) -> tuple[Paragraph | Table, ...]:
    """Blocks of a document body.

    `numbered` gives the automatic number a paragraph is printed with, `chunk` the blocks of a part of another format.
    """
    return tuple(_Reader(numbered, looks, chunk).blocks(body, "", 0))


def _continues(properties: Element | None, name: str) -> bool:
    """Whether a cell continues a merge. A merge element without a value means to continue."""
    merge = child(properties, name)
    if merge is None and properties is not None:
        merge = child(properties, name.lower())
    return merge is not None and (attribute(merge, "val") or "continue") != "restart"


_LINE = 60
"""Twips: a row of exactly that height or less is printed as a line."""


def _is_deleted(row: Element) -> bool:
    """Is a row deleted, hidden or too low to show its text?"""
    properties = child(row, "trPr")
    height = child(properties, "trHeight")
    if attribute(height, "hRule") == "exact" and number(height, _LINE + 1) <= _LINE:
        return True
    return child(properties, "del") is not None or is_on(child(properties, "hidden"))
