"""Table two: what was published unasked, block by block of Article 20."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.alignment import Header, Values, align
from parsers.content import Cell
from parsers.form import Block, Column, Form, Row
from parsers.headers import columns_in_block
from parsers.labels import normalise
from parsers.lines import Line, is_blank, is_value
from parsers.matching import find_label, row_index
from parsers.reading import UNKNOWN_COLUMN, TableReading, notice, printed_label, read_cell, unreadable_cells

TABLE = "proactive_disclosure"
CORNER = "信息内容"
_EXPLANATION = re.compile(r"[（(].*", re.S)


class DisclosureTable:
    """Takes the rows of table two in printed order. Every block brings its own header row."""

    def __init__(self, form: Form) -> None:
        self.form_table = form.table(TABLE)
        self.index = row_index(form.id, TABLE)
        self.sets = [TableReading(TABLE)]
        self._labels = [column.labels for block in self.form_table.blocks for column in block.columns]
        self._header: tuple[Cell, ...] | None = None
        self._texts: tuple[str, ...] = ()
        self._unmapped = self._right = 0
        self._tables: set[int] = set()

    def is_header(self, line: Line) -> bool:
        if line.has_values:
            return False
        return CORNER in line.texts or any(find_label(labels, text) for text in line.texts for labels in self._labels)

    def starts(self, line: Line) -> bool:
        return False  # 规章 and 行政许可 stand in other tables too: a header must come first

    def add_header(self, line: Line) -> None:
        self._tables.add(line.table)
        self._right = line.right
        at = line.texts.index(CORNER) + 1 if CORNER in line.texts else int(not line.texts[0])
        self._header, self._texts = line.cells[at:], line.texts[at:]

    def add(self, line: Line) -> bool:
        """Take one row; false when nothing in it belongs to this table."""
        found = self._label(line)
        if found is None:
            return self._add_other(line)
        self._tables.add(line.table)
        index, row = found
        block = self.form_table.block_of(row.id)
        label = printed_label(line.cells[index].text)
        after = line.after(index)
        columns, values = self._align(block, line, index, after)
        reading = self._set_for(row.id, line)
        if row.id in reading.rows:
            return self._add_again(reading, row, label, columns, values, after)
        self._write(reading, row.id, label, columns, values, after)
        return True

    def _label(self, line: Line) -> tuple[int, Row] | None:
        for i, cell in enumerate(line.cells):
            if not line.texts[i] or is_value(cell):
                continue
            row = self.index.find(line.texts[i]) or self.index.find(normalise(_EXPLANATION.sub("", cell.text)))
            if row:
                return i, row
        return None

    def _align(
        self, block: Block, line: Line, index: int, after: list[Cell]
    ) -> tuple[tuple[Column, ...], Values | None]:
        """The columns in printed order and the cells under them; no cells when the header contradicts the block."""
        columns = self._columns(block)
        if columns is None:
            stale = any(self._columns(other) for other in self.form_table.blocks)
            values = align(after, _header(block.columns), label_ends=0, ragged=line.ragged)
            return block.columns, values if self._header is None or stale else None
        assert self._header is not None
        columns = [
            column or (None if is_blank(cell) else Column(f"unmapped_{number}", cell.text))
            for number, (column, cell) in enumerate(zip(columns, self._header, strict=True), 1 - len(block.columns))
        ]
        order = tuple(column for column in columns if column is not None)
        if len(after) == len(columns) > len(order) and all(
            is_blank(cell) for cell, column in zip(after, columns, strict=True) if column is None
        ):
            return order, tuple(cell for cell, column in zip(after, columns, strict=True) if column is not None)
        spans = tuple(
            (cell.column, cell.column + cell.colspan)
            for cell, column in zip(self._header, columns, strict=True)
            if column is not None
        )
        header = Header(tuple(column.id for column in order), spans, self._right)
        return order, align(after, header, label_ends=line.cells[index].column + 1, ragged=line.ragged)

    def _columns(self, block: Block) -> list[Column | None] | None:
        if self._header is None:
            return None
        return columns_in_block(block, self._header, self._texts)

    def _set_for(self, row_id: str, line: Line) -> TableReading:
        reading = self.sets[-1]
        if row_id == self.form_table.rows[0].id and row_id in reading.rows and len(reading.rows) > 3:
            self.sets.append(TableReading(TABLE))
        if not self.sets[-1].cells:
            self.sets[-1].heading = line.heading
        return self.sets[-1]

    def _add_again(
        self,
        reading: TableReading,
        row: Row,
        label: str,
        columns: Sequence[Column],
        values: Values | None,
        after: Sequence[Cell],
    ) -> bool:
        """A row printed twice: the same again is nothing new, anything else is a row of its own."""
        earlier = [cell.raw.strip() for cell in reading.cells if cell.row == row.id]
        if earlier != [cell.text.strip() for cell in after if not is_blank(cell)]:
            self._write_unmapped(reading, label, columns, values, after)
        return True

    def _add_other(self, line: Line) -> bool:
        words = [i for i, cell in enumerate(line.cells) if line.texts[i] and not is_value(cell)]
        if not line.has_values:
            self._extend_header(line)
            return True
        if not words or self._header is None or line.table not in self._tables:
            return False
        block = next((block for block in self.form_table.blocks if self._columns(block)), None)
        after = line.after(words[0])
        columns: Sequence[Column] = block.columns if block else [UNKNOWN_COLUMN]
        values = None
        if block:
            columns, values = self._align(block, line, words[0], after)
        self._write_unmapped(self.sets[-1], printed_label(line.cells[words[0]].text), columns, values, after)
        return True

    def _extend_header(self, line: Line) -> None:
        """The second line of a header whose labels were broken over two rows."""
        below = {cell.column: text for cell, text in zip(line.cells, line.texts, strict=True) if text}
        if self._header and len(below) > 1 and set(below) <= {cell.column for cell in self._header}:
            pairs = zip(self._header, self._texts, strict=True)
            self._texts = tuple(text + below.get(cell.column, "") for cell, text in pairs)

    def _write_unmapped(
        self,
        reading: TableReading,
        label: str,
        columns: Sequence[Column],
        values: Values | None,
        after: Sequence[Cell],
    ) -> None:
        self._unmapped += 1
        row_id = f"unmapped_{self._unmapped}"
        self._write(reading, row_id, label, columns, values, after)
        keys = [f"{TABLE}/{row_id}/{column.id}" for column in columns]
        reading.findings.append(notice("ROW-UNCLAIMED", f"表格中有表样以外的行：{label}", keys))

    def _write(
        self,
        reading: TableReading,
        row_id: str,
        label: str,
        columns: Sequence[Column],
        values: Values | None,
        after: Sequence[Cell],
    ) -> None:
        if values is None:
            reading.cells += unreadable_cells(TABLE, row_id, columns, label, after)
            return
        for column, cell in zip(columns, values, strict=True):
            reading.cells.append(read_cell(TABLE, row_id, column, label, cell))

    def readings(self) -> list[TableReading]:
        return [reading for reading in self.sets if reading.cells]


def _header(columns: Sequence[Column]) -> Header:
    return Header(tuple(column.id for column in columns))
