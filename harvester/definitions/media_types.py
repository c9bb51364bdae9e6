"""Media types of the files that a data package may hold, by their ending."""

from __future__ import annotations

MEDIA_TYPES = {
    "csv": "text/csv",
    "db": "application/vnd.sqlite3",
    "zip": "application/zip",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
