"""What is new since an earlier package, row by row, and whose doing it is: changes.csv."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from harvester.errors import UsageError
from harvester.export.datasets import Dataset, Field, Rows

CELL = ("report_id", "table", "row_id", "column_id", "raw_text", "value_state", "value", "corrected_value")
REPORT = ("report_id", "agency_name_as_printed", "division_code", "report_year", "report_scope", "content_sha256",
          "extractor_version", "removed_at", "simulated")  # fmt: skip
FIELDS = (
    Field(
        "change",
        "string",
        "变化",
        "report_added, report_gone (no longer in the archive), report_withdrawn (the publisher took it down),"
        " cell_added, cell_gone, cell_changed",
    ),
    Field(
        "cause",
        "string",
        "起因",
        "found (new to us), publisher (another document), extractor (the same document read by another version),"
        " correction (a human one), archive (anything else of ours)",
    ),
    Field("report_id", "integer", "报告编号", "Number of the report"),
    Field("agency_name_as_printed", "string", "机关", "The body, as printed"),
    Field("division_code", "string", "区划代码", "Division"),
    Field("report_year", "integer", "年份", "Year of the report"),
    Field("report_scope", "string", "口径", "Scope of the report"),
    Field("table", "string", "表", "Table; empty where the whole report changed"),
    Field("row_id", "string", "行", "Row"),
    Field("column_id", "string", "列", "Column"),
    *(
        Field(f"{word}_{when}", kind, f"{zh}（{when_zh}）", f"{en}, {when_en}")
        for word, kind, zh, en in (
            ("raw_text", "string", "原文", "Text as printed"),
            ("value_state", "string", "状态", "State"),
            ("value", "number", "数值", "Number"),
            ("corrected_value", "number", "更正", "Correction"),
        )
        for when, when_zh, when_en in (("before", "之前", "before"), ("after", "之后", "after"))
    ),
    Field("simulated", "integer", "模拟", "1 for a fictional sample (模拟站点 SIMULATED)"),
)
CHANGES = Dataset(
    "changes", "与上一版本相比的变化", "What changed since the release before", (), FIELDS, lambda *_: iter(())
)

_OF_CELL = ", ".join(f"{{{when}}}.{name}" for name in CELL[4:] for when in ("before", "after"))
_SQL = f"""
SELECT 'report_added', 'found', {{head}}, NULL, NULL, NULL, {", ".join(["NULL"] * 8)}, r.simulated
FROM reports_after r WHERE report_id NOT IN (SELECT report_id FROM reports_before)
UNION ALL
SELECT 'report_gone', 'archive', {{head}}, NULL, NULL, NULL, {", ".join(["NULL"] * 8)}, r.simulated
FROM reports_before r WHERE report_id NOT IN (SELECT report_id FROM reports_after)
UNION ALL
SELECT 'report_withdrawn', 'publisher', {{head}}, NULL, NULL, NULL, {", ".join(["NULL"] * 8)}, r.simulated
FROM reports_after r JOIN reports_before o USING (report_id)
WHERE r.removed_at IS NOT NULL AND o.removed_at IS NULL
UNION ALL
SELECT CASE WHEN b.report_id IS NULL THEN 'cell_added' ELSE 'cell_changed' END, {{cause}}, {{head}},
       a."table", a.row_id, a.column_id, {_OF_CELL.format(before="b", after="a")}, r.simulated
FROM cells_after a JOIN reports_after r USING (report_id) JOIN reports_before o USING (report_id)
LEFT JOIN cells_before b USING (report_id, "table", row_id, column_id)
WHERE (a.raw_text, a.value_state, a.value, a.corrected_value)
      IS NOT (b.raw_text, b.value_state, b.value, b.corrected_value)
UNION ALL
SELECT 'cell_gone', {{cause}}, {{head}},
       b."table", b.row_id, b.column_id, {_OF_CELL.format(before="b", after="a")}, r.simulated
FROM cells_before b JOIN reports_after r USING (report_id) JOIN reports_before o USING (report_id)
LEFT JOIN cells_after a USING (report_id, "table", row_id, column_id) WHERE a.report_id IS NULL
ORDER BY 3, 1, 8, 9, 10
""".format(
    head="r.report_id, r.agency_name_as_printed, r.division_code, r.report_year, r.report_scope",
    cause="CASE WHEN o.content_sha256 IS NOT r.content_sha256 THEN 'publisher'"
    " WHEN o.extractor_version IS NOT r.extractor_version THEN 'extractor'"
    " WHEN a.corrected_value IS NOT b.corrected_value THEN 'correction' ELSE 'archive' END",
)


def check_since(folder: Path, years: frozenset[int] | None, division: str | None) -> None:
    """Raises UsageError unless `folder` is a package with the tables that are compared, of the same selection."""
    lacking = [name for name in ("datapackage.json", "reports.csv", "cells.csv") if not (folder / name).is_file()]
    if lacking:
        raise UsageError(f"{folder}: no earlier data package with CSV files ({', '.join(lacking)} not there)")
    said = json.loads((folder / "datapackage.json").read_text(encoding="utf-8")).get("selection", {})
    if (said.get("years"), said.get("division")) != (sorted(years) if years else None, division):
        raise UsageError(f"{folder}: holds other years or another division; the two cannot be compared")


def changes(before: Path, after: Path) -> Rows:
    """The rows, by report. Both folders hold reports.csv and cells.csv; SQLite compares them, on disk if need be."""
    with closing(sqlite3.connect("")) as connection:
        for when, folder in (("before", before), ("after", after)):
            _load(connection, f"reports_{when}", REPORT, folder / "reports.csv", REPORT[:1])
            _load(connection, f"cells_{when}", CELL, folder / "cells.csv", CELL[:4])
        yield from connection.execute(_SQL)


def _load(
    connection: sqlite3.Connection, table: str, columns: tuple[str, ...], file: Path, key: tuple[str, ...]
) -> None:
    named = ", ".join(f'"{name}"' for name in columns)
    keyed = ", ".join(f'"{name}"' for name in key)
    connection.execute(f"CREATE TABLE {table} ({named}, PRIMARY KEY ({keyed})) WITHOUT ROWID")
    connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", _values(file, columns))


def _values(file: Path, columns: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """Columns of a file of the package; an empty field is NULL, and so is a column that an older package lacks."""
    numbers = {"report_id", "report_year", "simulated"}
    with file.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            values = ((name, row.get(name) or None) for name in columns)
            yield tuple(int(value) if value is not None and name in numbers else value for name, value in values)
