"""CSV that opens in Excel: UTF-8 with BOM, the number of rows in a header, no cell that starts a formula."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Iterable, Sequence

from harvester.formulas import defused
from harvester.site.parts.visit import FileAnswer, PageRequest

BOM = "\ufeff"


def csv_lines(rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([defused(value) for value in row] for row in rows)
    return out.getvalue()


def file_name(visit: PageRequest, stem: str) -> str:
    """One name is one population: a filter, or the half of an archive with real and simulated rows, is in the name."""
    known = visit.known
    filtered = any(value.strip() for name, given in visit.args.items() if name != "simulated" for value in given)
    half = ("-simulated" if known.population else "-real") if known.is_mixed else ""
    return f"{stem}{half}{'-filtered' if filtered else ''}.csv"


def csv_headers(name: str, rows: int | None) -> dict[str, str]:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return headers if rows is None else headers | {"x-row-count": str(rows)}


def csv_of_rows(name: str, columns: Sequence[str], rows: Sequence[sqlite3.Row]) -> FileAnswer:
    """A whole small file of rows of a query, which must name every column."""
    return csv_body(name, columns, [tuple(row[column] for column in columns) for row in rows])


def csv_body(name: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> FileAnswer:
    """A whole small file."""
    text = BOM + csv_lines([columns]) + csv_lines(rows)
    return FileAnswer(text, "text/csv; charset=utf-8", csv_headers(name, len(rows)))
