"""The `harvester` command as others run it: a process of its own, against simulated portals in this one."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

CLI = (sys.executable, "-m", "harvester.cli")


def harvester(
    *arguments: object, limits: Callable[[], None] | None = None, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    command = [*CLI, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, preexec_fn=limits, env=env)


def started(*arguments: object, command: Sequence[str] = CLI) -> subprocess.Popen[str]:
    """Start the command and leave it running, in a process group of its own."""
    return subprocess.Popen(
        [*command, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def rows(data: Path, sql: str) -> list[tuple[Any, ...]]:
    """What a query says of the working database."""
    with closing(sqlite3.connect(data / "archive.db", timeout=30)) as connection:
        return connection.execute(sql).fetchall()


# Without `unchanged`: an article whose files were still open when a run was cut short is asked again.
CONTENT = (
    "SELECT a.name, r.year, r.scope, r.title, e.sha256, e.is_current, r.removed_at IS NOT NULL, r.balance_status,"
    " (SELECT count(*) FROM cells WHERE edition_id = e.id), (SELECT total(value) FROM cells WHERE edition_id = e.id)"
    " FROM editions e JOIN reports r ON r.id = e.report_id JOIN agencies a ON a.id = r.agency_id ORDER BY 1, 2, 3, 5",
    "SELECT url, sha256, outcome FROM captures WHERE role IN ('page', 'attachment')"
    " AND outcome <> 'unchanged' ORDER BY 1, 2, 3",
    "SELECT sha256, kind, reason FROM documents ORDER BY 1",
    "SELECT code, cell, message FROM findings ORDER BY 1, 2, 3",
    "SELECT a.name, l.year, l.status FROM ledger l JOIN agencies a ON a.id = l.agency_id ORDER BY 1, 2",
)


def content(data: Path) -> list[list[tuple[Any, ...]]]:
    """What an archive holds, without ids and times."""
    return [rows(data, sql) for sql in CONTENT]
