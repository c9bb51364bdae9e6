"""changes.csv: what is new since an earlier package, and whose doing it is."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from harvester.errors import UsageError
from harvester.export.changes import CELL, FIELDS, REPORT, changes, check_since

Row = dict[str, str]


def package(folder: Path, reports: list[Row], cells: list[Row]) -> Path:
    folder.mkdir()
    (folder / "datapackage.json").write_text(json.dumps({"selection": {"years": None, "division": None}}))
    for name, columns, rows in (("reports.csv", REPORT, reports), ("cells.csv", CELL, cells)):
        with (folder / name).open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.DictWriter(stream, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def report(number: int, *, document: str = "a", version: str = "4", removed: str = "") -> Row:
    return {
        "report_id": str(number),
        "agency_name_as_printed": "青石县人民政府",
        "division_code": "990101",
        "report_year": "2022",
        "report_scope": "government_aggregate",
        "content_sha256": document,
        "extractor_version": version,
        "removed_at": removed,
        "simulated": "1",
    }


def cell(number: int, value: str, *, row: str = "granted", raw: str | None = None, corrected: str = "") -> Row:
    state = "value" if value else "blank"
    return {
        "report_id": str(number),
        "table": "requests",
        "row_id": row,
        "column_id": "total",
        "raw_text": value if raw is None else raw,
        "value_state": state,
        "value": value,
        "corrected_value": corrected,
    }


def told(
    tmp_path: Path, before: tuple[list[Row], list[Row]], after: tuple[list[Row], list[Row]]
) -> list[dict[str, Any]]:
    names = [field.name for field in FIELDS]
    rows = changes(package(tmp_path / "before", *before), package(tmp_path / "after", *after))
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_nothing_changed_says_nothing(tmp_path: Path) -> None:
    same = [report(1)], [cell(1, "3"), cell(1, "", row="denied")]
    assert told(tmp_path, same, same) == []


@pytest.mark.parametrize(
    ("was", "now", "before", "after", "cause"),
    [
        (report(1), report(1, document="b"), cell(1, "3"), cell(1, "4"), "publisher"),
        (report(1), report(1, version="5"), cell(1, "3"), cell(1, "4"), "extractor"),
        (report(1), report(1, document="b", version="5"), cell(1, "3"), cell(1, "4"), "publisher"),
        (report(1), report(1), cell(1, "3"), cell(1, "3", corrected="4"), "correction"),
        (report(1), report(1), cell(1, "3"), cell(1, "4"), "archive"),
    ],
)
def test_whose_change_it_is(tmp_path: Path, was: Row, now: Row, before: Row, after: Row, cause: str) -> None:
    (row,) = told(tmp_path, ([was], [before]), ([now], [after]))
    assert (row["change"], row["cause"], row["report_id"], row["row_id"]) == ("cell_changed", cause, 1, "granted")
    assert (row["value_before"], row["value_after"]) == (before["value"], after["value"])


def test_a_blank_that_became_a_zero_is_a_change(tmp_path: Path) -> None:
    (row,) = told(tmp_path, ([report(1)], [cell(1, "")]), ([report(1, document="b")], [cell(1, "0")]))
    assert (row["value_state_before"], row["value_before"], row["value_after"]) == ("blank", None, "0")


def test_reports_that_came_went_and_were_withdrawn(tmp_path: Path) -> None:
    before = [report(1), report(2)], [cell(1, "3"), cell(2, "5")]
    after = [report(2, removed="2024-03-01"), report(3)], [cell(2, "5"), cell(3, "7")]
    rows = told(tmp_path, before, after)
    assert [(row["report_id"], row["change"], row["cause"]) for row in rows] == [
        (1, "report_gone", "archive"),
        (2, "report_withdrawn", "publisher"),
        (3, "report_added", "found"),
    ]


def test_cells_that_came_and_went(tmp_path: Path) -> None:
    rows = told(tmp_path, ([report(1)], [cell(1, "3")]), ([report(1, version="5")], [cell(1, "3", row="denied")]))
    assert {(row["change"], row["row_id"], row["cause"]) for row in rows} == {
        ("cell_added", "denied", "extractor"),
        ("cell_gone", "granted", "extractor"),
    }


def test_another_selection_or_another_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no earlier data package"):
        check_since(tmp_path, None, None)
    made = package(tmp_path / "made", [report(1)], [])
    check_since(made, None, None)
    with pytest.raises(UsageError, match="another division"):
        check_since(made, None, "9901")
