"""What a takedown withholds from a publication: the words and figures of a report, whatever way they are asked for.

The row of the report stays, with its id and the reason in `takedowns.csv`; SQL, search, differences between editions
and packages made later find nothing of its content.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from harvester.site.parts.takedowns import takedowns

CONTENT = ("cells", "checks", "sections", "findings", "corrections")


def withhold(connection: sqlite3.Connection, data: Path) -> str:
    """Delete the content of what was taken down from the copy; return what decides it, for the file's name."""
    entries = withheld(data)
    for kind, id_ in entries:
        column = {"report": "report_id", "document": "sha256"}.get(kind)
        if column is None:
            continue
        for table in CONTENT:
            connection.execute(
                f"DELETE FROM main.{table} WHERE edition_id IN (SELECT id FROM main.editions WHERE {column} = ?)",
                (id_,),
            )
    return repr(entries)


def withheld(data: Path) -> list[tuple[str, str]]:
    """Kind and id of everything that was taken down."""
    return sorted((one.kind, one.id) for one in takedowns(data))
