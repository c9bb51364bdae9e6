"""Whom a run contacts."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from harvester.crawl.plan import first_contacts
from harvester.data_directory import reading
from harvester.errors import UsageError
from harvester.installation import first_contacts as most_first_contacts
from harvester.portal_choice import chosen_portals
from spiders.portal import Portal
from spiders.registry.place import EVERYWHERE, Place
from spiders.walk.visitor import ALL_THAT_IS_DUE, Options

_LOG = logging.getLogger("harvester.run")

CONTACTED = """SELECT id FROM portals p WHERE EXISTS (SELECT 1 FROM captures WHERE portal_id = p.id)
    OR EXISTS (SELECT 1 FROM events WHERE portal_id = p.id)"""
"""Portals that were asked, whether or not they answered."""


@dataclass(frozen=True, slots=True)
class Order:
    """What an operator asks of a run: whom to visit, and how far to go."""

    portals_file: Path | None = None
    portal_ids: Sequence[str] = ()
    place: Place = EVERYWHERE
    everyone: bool = False
    options: Options = ALL_THAT_IS_DUE


ALL_KNOWN = Order()


class Visited(NamedTuple):
    """The portals of a run, and how many first contacts are left to later ones."""

    portals: list[Portal]
    later: int = 0


def portals_to_visit(data: Path, order: Order) -> Visited:
    """Whom a run contacts: whom the operator has named, by id, place or file, now or in an earlier run of this archive.

    The registry that ships has every government of the country in it: nobody is contacted because it stands there.
    Who is named by place is contacted for the first time a few a run (`first_contacts_a_run`).
    """
    chosen = chosen_portals(order.portals_file, order.portal_ids, place=order.place)
    if order.portals_file is not None or order.portal_ids:
        return Visited(chosen)
    known = visited_portals(data)
    if order.place != EVERYWHERE or order.everyone:
        now = first_contacts(chosen, known, most_first_contacts(data))
        later = len(chosen) - len(now)
        if later:
            _LOG.warning("%d portals are left to later runs: first contact is spread", later)
        return Visited(now, later)
    if chosen := [portal for portal in chosen if portal.id in known]:
        return Visited(chosen)
    raise UsageError(
        "say whom to contact: portal ids, --province 37, --level county, --all, or a registry of your own (--portals);"
        " `harvester portals list` shows who there is. Later runs go on with those without being told again"
    )


def visited_portals(data: Path) -> set[str]:
    """The portals that an earlier run of this archive has contacted."""
    if not (data / "archive.db").exists():
        return set()
    with reading(data / "archive.db") as connection:
        return {row[0] for row in connection.execute(CONTACTED)}
