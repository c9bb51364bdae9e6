"""Table three: what became of the requests, seven applicants by twenty-odd rows."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.forms.model import Column, Form
from parsers.forms.row_index import row_index
from parsers.tables.alignment import Header, Values, align
from parsers.tables.cells import TableReading, absent_cells, notice, printed_label, read_cell, unreadable_cells
from parsers.tables.header_rows import HeaderRows
from parsers.tables.lines import TableLine, is_blank, is_value
from parsers.tables.printed_rows import PrintedRow, PrintedSet, infer_columns, resolve_columns, shape_of

TABLE = "requests"
SHORT = 5
"""Ideographs of labels that other tables have too (总计, 其他)."""
_REPEATED_AFTER = 4
"""Rows up to which a first row that is printed again repeats the head of the table; chosen. Later it begins another."""


class RequestsTable:
    """Takes the rows of table three in printed order."""

    def __init__(self, form: Form) -> None:
        self.form_table = form.table(TABLE)
        self.index = row_index(form.id, TABLE)
        self.headers = HeaderRows(self.form_table)
        self.sets = [PrintedSet()]
        self._columns = {column.id: column for column in self.form_table.blocks[0].columns}
        self._group = ""
        self._last: PrintedRow | None = None
        self._table = self._width = -1

    def is_header(self, line: TableLine) -> bool:
        return self.headers.is_header(line)

    def starts(self, line: TableLine) -> bool:
        """Is this a row of the table, even though no header was seen?"""
        return line.has_values and any(len(text) > SHORT and self.index.is_whole(text) for text in line.texts)

    def add_header(self, line: TableLine) -> None:
        self._table, self._width = line.table, line.width
        self.headers.add(line)

    def add(self, line: TableLine) -> None:
        """Take one row that is no header."""
        if line.table != self._table:
            self._table = line.table
            if line.width == self._width:
                self.headers.lend(ragged=line.ragged)
            else:
                self.headers.forget_geometry(ragged=line.ragged)
        for text in line.texts:
            self._group = self.index.group(text) or self._group
        at = self._label(line)
        if at is None:
            self._add_unlabelled(line)
        elif line.has_values or not _names_columns(line.texts[at[0] + 1 :]):
            self._add_row(line, *at)

    def _label(self, line: TableLine) -> tuple[int, str] | None:
        """Position of the label cell and the row it names; the rightmost label counts, groups stand left of it."""
        last = self._last.row_id if self._last else ""
        words = [i for i, cell in enumerate(line.cells) if line.texts[i] and not is_value(cell)]
        for i in reversed(words):
            if row := self.index.find(line.texts[i], self._group, last):
                return i, row.id
        joined = "".join(line.texts[i] for i in words)
        if len(words) > 1 and (row := self.index.find(joined, self._group, last)):
            return words[-1], row.id
        return None

    def _add_row(self, line: TableLine, index: int, row_id: str) -> None:
        after, cell = line.after(index), line.cells[index]
        header = self.headers.header(ragged=line.ragged).without_label_columns(cell.column + cell.colspan)
        label = cell.text
        while len(after) > len(header.order) and not is_blank(after[0]) and not is_value(after[0]):
            label += after.pop(0).text
        if index == len(line.cells) - 1 and row_id == "other_disposition":
            return  # the group label alone
        values = align(after, header, line, cell.column + 1)
        row = PrintedRow(row_id, printed_label(label), after, values, header.order, cell.place, line.table)
        row.blank_after_label = values is not None and values[0] is not after[0]
        row.header_from_earlier_table = header.from_earlier_table
        row.label_only = index == len(line.cells) - 1
        row.label_may_own_blank = line.ragged and not header.spans and values is not None and not shape_of(values)[0]
        self._last = row
        self._keep(row, line)

    def _keep(self, row: PrintedRow, line: TableLine) -> None:
        rows = self.sets[-1].rows
        if row.row_id == "requests_received" and row.row_id in rows and len(rows) > _REPEATED_AFTER:
            self.sets.append(PrintedSet(line.heading))
            rows = self.sets[-1].rows
        if not rows:
            self.sets[-1].heading = line.heading
        earlier = rows.get(row.row_id)
        if earlier is None or (row.texts and not earlier.texts):
            row.replaced_row = earlier
            rows[row.row_id] = row
        elif row.texts and earlier.texts != row.texts:
            self._keep_unmapped(row)

    def _keep_unmapped(self, row: PrintedRow) -> None:
        rows = self.sets[-1].rows
        row.row_id = f"unmapped_{sum(name.startswith('unmapped_') for name in rows) + 1}"
        rows[row.row_id] = row

    def _add_unlabelled(self, line: TableLine) -> None:
        if not line.has_values:
            return  # a group label, or a piece of one
        words = [cell for cell in line.cells if not is_blank(cell) and not is_value(cell)]
        header = self.headers.header(ragged=line.ragged)
        if words:
            index = line.cells.index(words[-1])
            after = line.after(index)
            header = header.without_label_columns(words[-1].column + words[-1].colspan)
            values = align(after, header, line, words[-1].column + 1)
            label = printed_label(" ".join(word.text for word in words))
            row = PrintedRow("", label, after, values, header.order, words[-1].place, line.table)
            self._keep_unmapped(row)
        else:
            header = header.without_label_columns(next(cell.column for cell in line.cells if is_value(cell)))
            self._attach(line, align(line.cells, header, line), header)

    def _attach(self, line: TableLine, values: Values | None, header: Header) -> None:
        """Numbers alone in a row belong to the label above that has none, if a page or a line ended between them.

        Once numbers stand alone without such a label it is doubtful for all of them.
        """
        waiting = self._last
        cut = waiting is not None and (waiting.values is None or waiting.table != line.table)
        if waiting is None or waiting.texts or not cut or values is None:
            self.sets[-1].detached = True
            cells = list(line.cells)
            self._keep_unmapped(PrintedRow("", "", cells, values, header.order, cells[0].place, line.table))
        else:
            waiting.after, waiting.values, waiting.numbers_came_alone = list(line.cells), values, True
            waiting.columns = header.order

    def readings(self) -> list[TableReading]:
        """One reading for each complete set of rows."""
        return [self._reading(printed) for printed in self.sets if printed.rows]

    def _reading(self, printed: PrintedSet) -> TableReading:
        reading = TableReading(TABLE, heading=printed.heading)
        resolve_columns(printed)
        self._drop_replaced(printed)
        inferred = [] if printed.detached else infer_columns(list(printed.rows.values()))
        if inferred:
            message = f"{len(inferred)} 行缺少空白单元格，按同表其他行的填写方式确定所在栏"
            reading.findings.append(notice("COLUMNS-INFERRED", message, inferred))
        for row in printed.rows.values():
            self._read_row(reading, row)
        return reading

    def _drop_replaced(self, printed: PrintedSet) -> None:
        """（六）其他处理 is a row of its own only where its three sub-rows are left out."""
        for row in self.form_table.rows:
            whole = printed.rows.get(row.id)
            if whole is None or not any(name in printed.rows for name in row.replaces):
                continue
            del printed.rows[row.id]
            if whole.texts:
                number = sum(name.startswith("unmapped_") for name in printed.rows) + 1
                whole.row_id = f"unmapped_{number}"
                printed.rows[whole.row_id] = whole

    def _read_row(self, reading: TableReading, row: PrintedRow) -> None:
        columns = [self._columns.get(name, Column(name, name)) for name in row.columns]
        if row.label_only and not row.numbers_came_alone:
            reading.cells += absent_cells(TABLE, row.row_id, columns, row.label)
        elif row.values is None:
            reading.cells += unreadable_cells(TABLE, row.row_id, columns, row.label, row.after)
        else:
            reading.cells += [
                read_cell(TABLE, row.row_id, column, row.label, cell, row.place)
                for column, cell in zip(columns, row.values, strict=True)
            ]
        absent = [column for name, column in self._columns.items() if name not in row.columns]
        reading.cells += absent_cells(TABLE, row.row_id, absent, row.label)
        if row.row_id.startswith("unmapped_"):
            keys = [f"{TABLE}/{row.row_id}/{column.id}" for column in columns]
            reading.findings.append(notice("ROW-UNCLAIMED", f"表格中有表样以外的行：{row.label}", keys))


def _names_columns(texts: Sequence[str]) -> bool:
    """Different words and no figures right of a label: a header that a converter made of row labels."""
    figures = any(sum(map(str.isdigit, text)) * 2 >= len(text) for text in texts if text)
    return len(set(filter(None, texts))) > 1 and not figures
