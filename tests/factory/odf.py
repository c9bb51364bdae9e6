"""Reports as OpenDocument files: texts and sheets, packed and flat."""

from __future__ import annotations

from html import escape
from random import Random

from tests.factory.archives import zipped
from tests.factory.grids import Grid, Slot
from tests.factory.story import Story

STYLES = ("text", "flat_text", "sheet", "flat_sheet", "hidden_rows")
"""`hidden_rows`: a sheet with hidden rows and columns of old numbers between the printed ones."""

_TYPE = "application/vnd.oasis.opendocument."
_NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)
_OLD = '<table:table-row table:visibility="collapse">{}</table:table-row>'
_COVERED = "<table:covered-table-cell/>"


def render(story: Story, random: Random, style: str = "text") -> bytes:
    """A file in one of STYLES."""
    kind = "text" if "text" in style else "spreadsheet"
    blocks = [_table(block, style) if isinstance(block, Grid) else _line(block.text, kind) for block in story]
    body = "".join(blocks) if kind == "text" else _sheet(blocks)
    root = "office:document" if style.startswith("flat") else "office:document-content"
    markup = (
        f'<?xml version="1.0" encoding="UTF-8"?><{root} {_NAMESPACES} office:mimetype="{_TYPE}{kind}"><office:body>'
        f"<office:{kind}>{body}</office:{kind}></office:body></{root}>"
    ).encode()
    if style.startswith("flat"):
        return markup
    return zipped({"mimetype": f"{_TYPE}{kind}".encode(), "content.xml": markup})


def _sheet(blocks: list[str]) -> str:
    """All rows on one sheet, an empty row between blocks."""
    return f'<table:table table:name="表">{"<table:table-row/>".join(blocks)}</table:table>'


def _line(text: str, kind: str) -> str:
    line = f"<text:p>{escape(text)}</text:p>"
    return line if kind == "text" else f"<table:table-row><table:table-cell>{line}</table:table-cell></table:table-row>"


def _table(grid: Grid, style: str) -> str:
    places = {
        (slot.row + down, slot.column + across): slot
        for slot in grid.slots
        for down in range(slot.rowspan)
        for across in range(slot.colspan)
    }
    rows = []
    for row in range(grid.height):
        cells = [_cell(places.get((row, column)), row, column) for column in range(grid.width)]
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
        if style == "hidden_rows" and not any(slot.row <= row < slot.row + slot.rowspan - 1 for slot in grid.slots):
            rows.append(_OLD.format("<table:table-cell><text:p>999</text:p></table:table-cell>" * grid.width))
    made = "".join(rows)
    return f"<table:table>{made}</table:table>" if "text" in style else made


def _cell(slot: Slot | None, row: int, column: int) -> str:
    if slot is None:
        return "<table:table-cell/>"
    if (slot.row, slot.column) != (row, column):
        return _COVERED
    spans = f'table:number-rows-spanned="{slot.rowspan}" table:number-columns-spanned="{slot.colspan}"'
    text = f"<text:p>{escape(slot.text)}</text:p>" if slot.text else ""
    return f"<table:table-cell {spans}>{text}</table:table-cell>"
