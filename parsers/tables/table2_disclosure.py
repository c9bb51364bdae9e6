"""Table two: what was published unasked, block by block of Article 20."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from parsers.content import Cell
from parsers.forms.detect_form import TABLE2_CORNER
from parsers.forms.model import Column, Form, FormBlock
from parsers.forms.row_index import find_label, row_index
from parsers.printed.labels import normalise
from parsers.report import State
from parsers.tables.alignment import Header, Values, align
from parsers.tables.cells import UNKNOWN_COLUMN, TableReading, notice, printed_label, read_cell, unreadable_cells
from parsers.tables.header_rows import columns_in_block
from parsers.tables.lines import TableLine, is_blank, is_value

TABLE = "proactive_disclosure"
_REPEATED_AFTER = 3
"""Rows up to which a first row that is printed again repeats the head of the table; chosen. Later it begins another."""
_UNIT = re.compile(r"[（(](?:单位[:：]?)?\s*(万元|亿元|元)\s*[）)]|(?<=单位：)(?:万元|亿元|元)")
_EXPLANATION = re.compile(r"[（(].*", re.S)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row as printed. `values` is None where it is not known which cell stands under which column."""

    label: str
    columns: tuple[Column, ...]
    values: Values | None
    after: tuple[Cell, ...]

    @property
    def texts(self) -> list[str]:
        return [cell.text.strip() for cell in self.after if not is_blank(cell)]


class DisclosureTable:
    """Takes the rows of table two in printed order. Every block brings its own header row."""

    def __init__(self, form: Form) -> None:
        self.form_table = form.table(TABLE)
        self.index = row_index(form.id, TABLE)
        self.sets = [TableReading(TABLE)]
        self._labels = list(dict.fromkeys(c.labels for block in self.form_table.blocks for c in block.columns))
        self._header: tuple[Cell, ...] | None = None
        self._texts: tuple[str, ...] = ()
        self._right = 0
        self._tables: set[int] = set()

    def is_header(self, line: TableLine) -> bool:
        if line.has_values:
            return False
        named = any(find_label(labels, text) for text in line.texts if text for labels in self._labels)
        return named or _corner(line) is not None

    def starts(self, line: TableLine) -> bool:
        return False  # 规章 and 行政许可 stand in other tables too: a header must come first

    def add_header(self, line: TableLine) -> None:
        self._tables.add(line.table)
        self._right = line.right
        corner = _corner(line)
        at = int(not line.texts[0]) if corner is None else corner + 1
        self._header, self._texts = line.cells[at:], line.texts[at:]

    def add(self, line: TableLine) -> None:
        """Take one row that is no header."""
        found = self._label(line)
        if found is None:
            self._add_other(line)
            return
        self._tables.add(line.table)
        index, row_id = found
        printed = self._printed(self.form_table.block_of(row_id), line, index)
        reading = self._set_for(row_id, line)
        known = [cell for cell in reading.cells if cell.row == row_id]
        earlier = [cell.raw.strip() for cell in known if cell.raw.strip()]
        refused = bool(known) and all(cell.state is State.UNREADABLE for cell in known) and printed.values is not None
        if not known:
            _write(reading, row_id, printed)
        elif printed.texts and (not earlier or refused):
            reading.cells = [cell for cell in reading.cells if cell.row != row_id]
            _write(reading, row_id, printed)
        elif printed.texts and printed.texts != earlier:
            _write_unmapped(reading, printed)

    def _label(self, line: TableLine) -> tuple[int, str] | None:
        """Position of the label and the row it names; an explanation in brackets behind a label does not count."""
        for i, cell in enumerate(line.cells):
            if not line.texts[i] or is_value(cell):
                continue
            row = self.index.find(line.texts[i]) or self.index.find(normalise(_EXPLANATION.sub("", cell.text)))
            if row:
                return i, row.id
        return None

    def _printed(self, block: FormBlock, line: TableLine, index: int) -> _Row:
        """The row whose label stands at `index`; without values when the header contradicts the block."""
        label, after = printed_label(line.cells[index].text), line.after(index)
        columns = self._columns(block)
        if columns is None or self._header is None:
            stale = any(self._columns(other) for other in self.form_table.blocks)
            header = Header(tuple(column.id for column in block.columns))
            values = align(after, header, line)
            return _Row(label, block.columns, values if self._header is None or stale else None, tuple(after))
        named = [(cell, column) for cell, column in zip(self._header, columns, strict=True) if column is not None]
        order = tuple(column for _, column in named)
        kept = [cell for cell, column in zip(after, columns, strict=False) if column is not None]
        spare = [cell for cell, column in zip(after, columns, strict=False) if column is None]
        if len(after) == len(columns) > len(order) and all(map(is_blank, spare)):
            return _Row(label, order, tuple(kept), tuple(after))
        spans = tuple((cell.column, cell.column + cell.colspan) for cell, _ in named)
        header = Header(tuple(column.id for column in order), spans, self._right)
        ends = line.cells[index].column + 1
        return _Row(label, order, align(after, header, line, ends), tuple(after))

    def _columns(self, block: FormBlock) -> list[Column | None] | None:
        """The column under each header cell as that block has them; cells with other words are columns of their own."""
        if self._header is None:
            return None
        columns = columns_in_block(block, self._header, self._texts)
        if columns is None:
            return None
        found: list[Column | None] = []
        for cell, column in zip(self._header, columns, strict=True):
            if column is not None and column.kind == "money" and (unit := _UNIT.search(cell.text)):
                column = replace(column, unit=unit[1])
            elif column is None and not is_blank(cell):
                number = sum(other is not None and other not in block.columns for other in found) + 1
                column = Column(f"unmapped_{number}", printed_label(cell.text))
            found.append(column)
        return found

    def _set_for(self, row_id: str, line: TableLine) -> TableReading:
        """The set of rows that this one belongs to: the first row printed again begins another."""
        reading = self.sets[-1]
        if row_id == self.form_table.rows[0].id and row_id in reading.rows and len(reading.rows) > _REPEATED_AFTER:
            self.sets.append(TableReading(TABLE))
        if not self.sets[-1].cells:
            self.sets[-1].heading = line.heading
        return self.sets[-1]

    def _add_other(self, line: TableLine) -> None:
        words = [i for i, cell in enumerate(line.cells) if line.texts[i] and not is_value(cell)]
        if not line.has_values:
            self._extend_header(line)
        elif words and self._header is not None and line.table in self._tables:
            block = next((block for block in self.form_table.blocks if self._columns(block)), None)
            if block is not None:
                printed = self._printed(block, line, words[0])
            else:
                label = printed_label(line.cells[words[0]].text)
                printed = _Row(label, (UNKNOWN_COLUMN,), None, tuple(line.after(words[0])))
            _write_unmapped(self.sets[-1], printed)

    def _extend_header(self, line: TableLine) -> None:
        """The second line of a header whose labels were broken over two rows."""
        below = {cell.column: text for cell, text in zip(line.cells, line.texts, strict=True) if text}
        if self._header and len(below) > 1 and set(below) <= {cell.column for cell in self._header}:
            pairs = zip(self._header, self._texts, strict=True)
            self._texts = tuple(text + below.get(cell.column, "") for cell, text in pairs)

    def readings(self) -> list[TableReading]:
        """One reading for each complete set of rows."""
        return [reading for reading in self.sets if reading.cells]


def _corner(line: TableLine) -> int | None:
    """Position of 信息内容; a reading by lines may have run the heading above it into the same cell."""
    return next((index for index, text in enumerate(line.texts) if text.endswith(TABLE2_CORNER)), None)


def _write_unmapped(reading: TableReading, printed: _Row) -> None:
    row_id = f"unmapped_{sum(name.startswith('unmapped_') for name in reading.rows) + 1}"
    _write(reading, row_id, printed)
    keys = [f"{TABLE}/{row_id}/{column.id}" for column in printed.columns]
    reading.findings.append(notice("ROW-UNCLAIMED", f"表格中有表样以外的行：{printed.label}", keys))


def _write(reading: TableReading, row_id: str, printed: _Row) -> None:
    if printed.values is None:
        reading.cells += unreadable_cells(TABLE, row_id, printed.columns, printed.label, printed.after)
        return
    for column, cell in zip(printed.columns, printed.values, strict=True):
        reading.cells.append(read_cell(TABLE, row_id, column, printed.label, cell))
