"""What visits have taught of a portal's lists, as a part of its registry entry."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from harvester.crawl.url_memory import to_reading
from harvester.data_directory import reading, working_database
from spiders.pages.fetch import Fetch
from spiders.portal import Portal


def learnt(data: Path, portal: Portal) -> Portal:
    """`portal` with the recipes that its visits have taught, the newest of each list.

    Raises UsageError where nothing was ever harvested.
    """
    with reading(working_database(data)) as connection:
        rows = connection.execute("SELECT * FROM list_readings WHERE portal_id = ? ORDER BY url", (portal.id,))
        taught = [one.recipe for one in map(to_reading, rows) if one.recipe is not None]
    found = {Fetch(recipe.list).key: recipe for recipe in (*portal.recipes, *taught)}
    return replace(portal, recipes=tuple(found.values()))
