"""The divisions table: the codes that ship with the program, and the places of simulated portals."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from archive.divisions import divisions

SIMULATED_PROVINCE = "模拟省 SIMULATED"
PLACE = re.compile(r"(人民政府(办公室|办公厅)?|管?理?委员会|管委会)?(（.*）)?$")
"""What follows the place in the name of a portal: 嘉祥县人民政府 -> 嘉祥县."""


def fill_divisions(connection: sqlite3.Connection) -> None:
    """divisions.csv as a table; made again when the list that ships with the program has changed."""
    rows = [
        (d.code, d.name, d.province, d.city, d.county, d.level, d.parent_code, d.valid_from, d.valid_to)
        for d in divisions()
    ]
    (known,) = connection.execute("SELECT count(*) FROM divisions WHERE code NOT LIKE '99%'").fetchone()
    if known != len(rows):
        with connection:
            connection.execute("BEGIN")
            connection.execute("DELETE FROM divisions WHERE code NOT LIKE '99%'")
            connection.executemany(
                "INSERT INTO divisions (code, name, province, city, county, level, parent_code, valid_from, valid_to)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows,
            )


def add_simulated(connection: sqlite3.Connection, portals: Iterable[Mapping[str, Any]]) -> None:
    """The place of a simulated portal becomes a division that says it is simulated."""
    connection.executemany(
        "INSERT INTO divisions (code, name, province, city, county, level, valid_from)"
        f" SELECT :division_code, :place, '{SIMULATED_PROVINCE}', '', :place, 'county', 0"
        " WHERE :simulated AND :division_code LIKE '99%' ON CONFLICT DO NOTHING",
        [{**portal, "place": PLACE.sub("", portal["name"])} for portal in portals],
    )
