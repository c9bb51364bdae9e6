"""Which bodies' part of the ledger is to be made anew, and what it is judged by.

Something happened on a portal (`changed_portals`, archive/news.sql). It concerns the bodies of that portal and those
that its lists name, now or when the ledger was last kept; they are judged by every portal whose lists name them.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date

from archive import news
from harvester.relate.list_proof import ListWalks
from harvester.relate.listed_items import ListedItems, listed_items
from harvester.relate.program import program
from harvester.relate.visits import season

LEDGER_KEPT = "ledger"

BODIES = """
INSERT OR IGNORE INTO temp.changed_agencies
SELECT id FROM agencies WHERE portal_id IN (SELECT portal_id FROM changed_portals)
UNION SELECT agency_id FROM named_on WHERE portal_id IN (SELECT portal_id FROM changed_portals)
"""


@dataclass(frozen=True, slots=True)
class ChangedBodies:
    """Walks and items of the lists of every portal that says anything of them; their ids are in `changed_agencies`."""

    walks: ListWalks
    listed: ListedItems


def note_all_if_new(connection: sqlite3.Connection, today: date) -> None:
    """On the first day after a due date, and after a change of the program, the whole ledger is made anew."""
    state = f"{program()} {season(today)}"
    if news.last_look(connection, LEDGER_KEPT) != state:
        connection.execute("INSERT OR IGNORE INTO changed_portals (portal_id) SELECT id FROM portals")
        connection.execute("DELETE FROM ledger WHERE agency_id NOT IN (SELECT id FROM agencies)")
        news.looked(connection, LEDGER_KEPT, state)


def changed_bodies(connection: sqlite3.Connection) -> ChangedBodies:
    """Enter what changed into `changed_agencies`, bring `named_on` up to date, and gather the evidence."""
    connection.execute("CREATE TEMP TABLE changed_agencies (id INTEGER PRIMARY KEY)")
    connection.execute("CREATE TEMP TABLE looked_at (portal_id TEXT PRIMARY KEY)")
    connection.execute("INSERT OR IGNORE INTO looked_at SELECT portal_id FROM changed_portals")
    connection.execute(BODIES)  # with what the lists named before
    listed, walks = listed_items(connection), ListWalks(connection)
    connection.execute("DELETE FROM named_on WHERE portal_id IN (SELECT portal_id FROM changed_portals)")
    named = {(agency, key[0]) for found in (listed, walks) for agency, keys in found.lists_of.items() for key in keys}
    connection.executemany("INSERT OR IGNORE INTO named_on (agency_id, portal_id) VALUES (?, ?)", sorted(named))
    connection.execute(BODIES)  # with what they name now
    more = connection.execute(
        "INSERT OR IGNORE INTO looked_at SELECT portal_id FROM named_on"
        " WHERE agency_id IN (SELECT id FROM changed_agencies)"
    ).rowcount
    if more:
        listed, walks = listed_items(connection), ListWalks(connection)
    connection.execute("DROP TABLE temp.looked_at")
    return ChangedBodies(walks, listed)
