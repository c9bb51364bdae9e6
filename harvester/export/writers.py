"""One writer a format. Each streams rows into one file and keeps nothing but a batch of them in memory."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any

from harvester.export.datasets import Dataset
from harvester.formulas import defused

Row = tuple[Any, ...]
EXCEL_ROWS = 1_048_576
EXCEL_TEXT = 16_383
"""Characters that a cell of Excel holds for certain: 32,767 units of UTF-16, of which some characters take two."""
BATCH = 20_000


def write_csv(file: Path, dataset: Dataset, rows: Iterable[Row]) -> int:
    """UTF-8 with BOM and CRLF, as Excel wants it."""
    count = 0
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(field.name for field in dataset.fields)
        for row in rows:
            writer.writerow([defused(value) for value in row])
            count += 1
    return count


def write_json(file: Path, dataset: Dataset, rows: Iterable[Row]) -> int:
    """JSON Lines: one object a row."""
    names = [field.name for field in dataset.fields]
    encode = json.JSONEncoder(ensure_ascii=False).encode
    count = 0
    with file.open("w", encoding="utf-8") as stream:
        for row in rows:
            stream.write(encode(dict(zip(names, row, strict=True))) + "\n")
            count += 1
    return count


def write_parquet(file: Path, dataset: Dataset, rows: Iterable[Row]) -> int:
    """Parquet with Chinese and English descriptions as field metadata."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {"integer": pa.int64(), "number": pa.float64(), "string": pa.string()}
    schema = pa.schema(
        [pa.field(field.name, kinds[field.type], metadata={"zh": field.zh, "en": field.en}) for field in dataset.fields]
    )
    count = 0
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for batch in chunks(rows, BATCH):
            columns = [
                pa.array(column, type=field.type)
                for column, field in zip(zip(*batch, strict=True), schema, strict=True)
            ]
            writer.write_batch(pa.record_batch(columns, schema=schema))
            count += len(batch)
    return count


def write_xlsx(file: Path, dataset: Dataset, rows: Iterable[Row]) -> int:
    """A workbook, written row by row; a further sheet where Excel's last row is reached.

    A text longer than a cell of Excel holds goes whole to the sheet `long_texts`, and its cell says so.
    """
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    iterator = iter(rows)
    count = 0
    with xlsxwriter.Workbook(str(file), options) as book:
        # The same rows give the same bytes: no clock in the file.
        book.set_properties({"title": dataset.en, "created": datetime(2020, 1, 1)})
        bold = book.add_format({"bold": True})
        names = [field.name for field in dataset.fields]
        long_texts = LongTexts(book, names)
        while True:
            part = islice(iterator, EXCEL_ROWS - 1)
            first = next(part, None)
            if first is None and count:
                return count
            sheet = book.add_worksheet(f"{dataset.name[:25]}_{count // EXCEL_ROWS + 1}" if count else dataset.name[:31])
            sheet.write_row(0, 0, names, bold)
            sheet.freeze_panes(1, 0)
            if first is None:
                return 0
            for number, row in enumerate(chain((first,), part), 1):
                if any(isinstance(value, str) and len(value) > EXCEL_TEXT for value in row):
                    row = long_texts.taken_from(row, sheet.get_name(), number + 1)
                sheet.write_row(number, 0, row)
                count += 1


class LongTexts:
    """The sheet of texts that no cell holds, made with the first of them: each whole, in as many pieces as it takes."""

    HEAD = ("sheet", "row", "column", "piece", "text")

    def __init__(self, book: Any, names: list[str]) -> None:
        self._book, self._names = book, names
        self._sheet: Any = None
        self._row = 0

    def taken_from(self, row: Row, sheet: str, number: int) -> Row:
        """The row with a pointer in the place of each long text. `number`: the row as Excel counts it."""
        return tuple(
            self._take(value, sheet, number, name) if isinstance(value, str) and len(value) > EXCEL_TEXT else value
            for value, name in zip(row, self._names, strict=True)
        )

    def _take(self, text: str, sheet: str, number: int, column: str) -> str:
        if self._sheet is None:
            self._sheet = self._book.add_worksheet("long_texts")
            self._sheet.write_row(0, 0, self.HEAD)
        begin = self._row + 2
        for piece, start in enumerate(range(0, len(text), EXCEL_TEXT), 1):
            self._row += 1
            self._sheet.write_row(self._row, 0, (sheet, number, column, piece, text[start : start + EXCEL_TEXT]))
        told = f"全文见工作表 long_texts 第 {begin} 行起 · whole text in sheet long_texts, row {begin}"
        return f"［{len(text)} 字，{told}］"


def chunks(rows: Iterable[Row], size: int) -> Iterator[tuple[Row, ...]]:
    iterator = iter(rows)
    while batch := tuple(islice(iterator, size)):
        yield batch


WRITERS: dict[str, tuple[str, Callable[[Path, Dataset, Iterable[Row]], int]]] = {
    "csv": ("csv", write_csv),
    "xlsx": ("xlsx", write_xlsx),
    "parquet": ("parquet", write_parquet),
    "json": ("jsonl", write_json),
}
