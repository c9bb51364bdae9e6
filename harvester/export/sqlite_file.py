"""The selected reports as one SQLite file that any program opens: the tables and views of docs/data.md, nothing else.

What the site computes over the whole archive (its search, medians, lists of the newest) is not in it: of a part it
would say something false.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from archive.read_only import fixed_address
from harvester.export.datasets import Selection

BELONGS: Mapping[str, str] = {
    "reports": "id IN selected",
    "agencies": "id IN (SELECT agency_id FROM reports) OR :division IS NULL OR division_code LIKE :division || '%'",
    "editions": "report_id IN (SELECT id FROM reports)",
    "portals": "id IN (SELECT portal_id FROM agencies) OR :division IS NULL OR division_code LIKE :division || '%'",
    "ledger": "agency_id IN (SELECT id FROM agencies)"
    " AND (:years IS NULL OR year IN (SELECT value FROM json_each(:years)))",
    "documents": "sha256 IN (SELECT sha256 FROM editions)",
    "captures": "sha256 IN (SELECT sha256 FROM documents) OR id IN (SELECT evidence_capture_id FROM ledger)",
    "runs": "id IN (SELECT run_id FROM captures)",
    "divisions": "1",
    "coverage_counts": "(:division IS NULL OR code LIKE :division || '%')"
    " AND (:years IS NULL OR year IN (SELECT value FROM json_each(:years)))",
}
"""What of a table belongs to the selected reports, in the order in which the tables are filled: later ones look at
earlier ones."""
BY_COLUMN: Mapping[str, str] = {
    "edition_id": "edition_id IN (SELECT id FROM editions)",
    "report_id": "report_id IN (SELECT id FROM reports)",
    "agency_id": "agency_id IN (SELECT id FROM agencies)",
    "portal_id": "portal_id IN (SELECT id FROM portals)",
    "sha256": "sha256 IN (SELECT sha256 FROM documents)",
}
"""For every other table: by the first of these columns that it has. One without any is the site's own."""
OF_THE_WHOLE = ("recent", "notable_findings", "releases")
"""Tables that rank reports among all others, or list what was published."""


def write_sqlite(source: Path, target: Path, selection: Selection) -> int:
    """Write the file; return its reports. The same database and selection give the same bytes."""
    with closing(sqlite3.connect(target, isolation_level=None, uri=True)) as made:
        made.execute("PRAGMA journal_mode = OFF")
        made.execute("ATTACH ? AS whole", (fixed_address(source),))
        made.execute("BEGIN")
        selection.install(made, "whole")
        tables = [name for (name,) in made.execute(_TABLES)]
        for name in sorted(tables, key=_place):
            _fill(made, name, selection)
        views = made.execute("SELECT name, sql FROM whole.sqlite_master WHERE type = 'view' ORDER BY name").fetchall()
        made.execute("COMMIT")
        made.execute("DETACH whole")
        for name, statement in views:
            _add_view(made, name, statement)
        (count,) = made.execute("SELECT count(*) FROM reports").fetchone()
        made.execute("VACUUM")
    return int(count)


_TABLES = (
    "SELECT name FROM pragma_table_list WHERE schema = 'whole' AND type = 'table' AND name NOT GLOB 'sqlite_*'"
    " AND name NOT GLOB 'search*' ORDER BY name"
)


def _place(table: str) -> tuple[int, str]:
    order = list(BELONGS)
    return (order.index(table) if table in order else len(order)), table


def _fill(made: sqlite3.Connection, table: str, selection: Selection) -> None:
    columns = [row[1] for row in made.execute(f'PRAGMA whole.table_info("{table}")')]
    rule = BELONGS.get(table) or next((rule for column, rule in BY_COLUMN.items() if column in columns), None)
    if rule is None or table in OF_THE_WHOLE:
        return
    for (statement,) in made.execute(
        "SELECT sql FROM whole.sqlite_master WHERE tbl_name = ? AND type IN ('table', 'index') AND sql IS NOT NULL"
        " AND (type = 'table' OR name NOT GLOB 'site_*') ORDER BY type DESC, name",
        (table,),
    ).fetchall():
        made.execute(statement)
    made.execute(f'INSERT INTO main."{table}" SELECT * FROM whole."{table}" WHERE {rule}', selection.parameters())


def _add_view(made: sqlite3.Connection, name: str, statement: str) -> None:
    """A view that needs what only the site has is left out."""
    made.execute(statement)
    try:
        made.execute(f'SELECT * FROM "{name}" LIMIT 0')
    except sqlite3.OperationalError:
        made.execute(f'DROP VIEW "{name}"')
