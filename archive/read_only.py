"""Addresses of database files that nothing is written to. In SQLite's addresses `?`, `#` and `%` of a path mean
something else: a path put in as it is names another file."""

from __future__ import annotations

import sqlite3
from pathlib import Path


def address(database: Path) -> str:
    """For `sqlite3.connect(…, uri=True)` and ATTACH: read only, changes of others are seen."""
    return f"{database.absolute().as_uri()}?mode=ro"


def fixed_address(database: Path) -> str:
    """The same for a file that nobody changes while it is read: no locks, nothing beside it."""
    return f"{database.absolute().as_uri()}?immutable=1"


def open_read_only(database: Path) -> sqlite3.Connection:
    """A connection that cannot write."""
    return sqlite3.connect(address(database), uri=True)
