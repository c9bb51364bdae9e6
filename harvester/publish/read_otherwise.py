"""What documents that were read anew say otherwise than in the last publication, cell by cell, before it is replaced.

A new extractor reads every document again. Whoever runs it sees what that changes in `read-otherwise.csv`, and a gate
refuses a publication in which more than a few cells became others; `harvester publish --accept-readings` passes it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from archive.read_only import address, open_read_only
from harvester.errors import GateRefused
from harvester.formulas import defused

FILE = "read-otherwise.csv"

FEWEST_COMPARED = 2_000
"""Cells read anew, about ten reports, without which a share says nothing."""

OTHER_NUMBERS = 0.002
"""Share of cells that may become another number: that is what must never happen unseen."""

OTHERWISE = 0.05
"""Share of cells that may be read otherwise in any way: a number where nothing was read, a blank that was a dash."""

HEAD = ("edition_id", "sha256", "agency_name", "year", "table_id", "row_id", "column_id",
        "state_before", "raw_before", "value_before", "state_now", "raw_now", "value_now")  # fmt: skip

AGAIN = """CREATE TEMP TABLE again AS
SELECT e.id, e.sha256, r.agency_name, r.year FROM main.editions e JOIN main.reports r ON r.id = e.report_id
JOIN main.documents d ON d.sha256 = e.sha256
JOIN before.editions was ON was.id = e.id AND was.sha256 = e.sha256
JOIN before.documents b ON b.sha256 = e.sha256 AND b.read_at IS NOT d.read_at"""
"""Editions of documents that were read since the last publication and had been read before it."""

COUNT = "SELECT count(*) FROM before.cells WHERE edition_id IN (SELECT id FROM again)"

KEY = "edition_id, table_id, row_id, column_id"
DIFFERENT = f"""
SELECT a.id, a.sha256, a.agency_name, a.year, k.table_id, k.row_id, k.column_id,
       o.state, o.raw, o.value, n.state, n.raw, n.value
FROM again a JOIN (
    SELECT {KEY} FROM main.cells WHERE edition_id IN (SELECT id FROM again)
    UNION SELECT {KEY} FROM before.cells WHERE edition_id IN (SELECT id FROM again)) k ON k.edition_id = a.id
LEFT JOIN before.cells o ON o.edition_id = k.edition_id AND o.table_id = k.table_id AND o.row_id = k.row_id
    AND o.column_id = k.column_id
LEFT JOIN main.cells n ON n.edition_id = k.edition_id AND n.table_id = k.table_id AND n.row_id = k.row_id
    AND n.column_id = k.column_id
WHERE o.state IS NOT n.state OR o.value IS NOT n.value
ORDER BY 1, 5, 6, 7"""


def check_readings(draft: Path, last_good: Path, folder: Path, *, accepted: bool) -> int:
    """Write what is read otherwise into `folder`; return how many cells. Raises GateRefused for too many."""
    with closing(open_read_only(draft)) as connection:
        connection.execute("ATTACH ? AS before", (address(last_good),))
        connection.execute(AGAIN)
        (compared,) = connection.execute(COUNT).fetchone()
        others, numbers = write(folder / FILE, connection.execute(DIFFERENT)) if compared else (0, 0)
    if compared >= FEWEST_COMPARED and not accepted:
        for count, most, what in ((numbers, OTHER_NUMBERS, "another number"), (others, OTHERWISE, "read otherwise")):
            if count > compared * most:
                raise GateRefused(
                    f"not published, the last good database stays: {count} of {compared} cells read anew are {what}"
                    f" than published (at most {most:.1%}); {folder / FILE} has them one by one, and"
                    " `harvester publish --accept-readings` publishes them"
                )
    return others


def write(file: Path, rows: Iterator[tuple[object, ...]]) -> tuple[int, int]:
    """One line a cell; how many cells, and how many of them became another number."""
    others = numbers = 0
    with file.open("w", encoding="utf-8-sig", newline="") as lines:
        table = csv.writer(lines)
        table.writerow(HEAD)
        for row in rows:
            others += 1
            numbers += row[HEAD.index("state_before")] == row[HEAD.index("state_now")] == "number"
            table.writerow([defused(value) for value in row])
    return others, numbers
