"""One writer a format. Each streams rows into one file and keeps nothing but a batch of them in memory."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any

from harvester.export.datasets import Dataset

Row = tuple[Any, ...]
EXCEL_ROWS = 1_048_576
BATCH = 20_000

_FORMULA = frozenset("=+-@\t\r")
_HARMLESS = re.compile(r"[+\-]?\d[\d.,]*%?$|[-—–]+$")


def defused(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula gets an apostrophe; numbers and lone dashes do not."""
    if isinstance(value, str) and value[:1] in _FORMULA and not _HARMLESS.match(value):
        return f"'{value}"
    return value


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
    """A workbook, written row by row; a further sheet where Excel's last row is reached."""
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
        while True:
            part = islice(iterator, EXCEL_ROWS - 1)
            first = next(part, None)
            if first is None and count:
                return count
            sheet = book.add_worksheet(f"{dataset.name[:25]}_{count // EXCEL_ROWS + 1}" if count else dataset.name[:31])
            sheet.write_row(0, 0, [field.name for field in dataset.fields], bold)
            sheet.freeze_panes(1, 0)
            if first is None:
                return 0
            for number, row in enumerate(chain((first,), part), 1):
                sheet.write_row(number, 0, row)
                count += 1


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
