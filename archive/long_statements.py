"""Signals in the middle of a long SQL statement: SQLite looks up every so many steps, and ends where it is told to."""

from __future__ import annotations

import sqlite3
from threading import Event

TOLD_TO_END = Event()
"""Set by a handler of signals; what is raised inside SQLite's own call would be lost there."""

STEPS_BETWEEN_LOOKS = 100_000
"""Steps of SQLite's machine: some milliseconds."""


def hear_signals(connection: sqlite3.Connection) -> None:
    """Let signals be heard in the middle of a statement.

    Python's handlers run when `is_told_to_end` is entered; it ends the statement, with sqlite3.OperationalError, where
    one of them has set `TOLD_TO_END`.
    """
    connection.set_progress_handler(is_told_to_end, STEPS_BETWEEN_LOOKS)


def is_told_to_end() -> bool:
    """Shall the statement under way end?"""
    return TOLD_TO_END.is_set()
