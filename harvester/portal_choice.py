"""Which portals of the registry a command means. Imports no crawler: `portals list` is answered at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from harvester.errors import UsageError
from spiders.portal import Portal
from spiders.registry.load import RegistryError, load
from spiders.registry.place import EVERYWHERE, Place


def chosen_portals(
    portals_file: Path | None, portal_ids: Sequence[str] = (), *, place: Place = EVERYWHERE
) -> list[Portal]:
    """The registry, or what of it is asked for. Raises UsageError for a bad registry or an unknown id."""
    try:
        portals = list(load(portals_file))
    except RegistryError as error:
        raise UsageError(str(error)) from error
    unknown = sorted(set(portal_ids) - {portal.id for portal in portals})
    if unknown:
        raise UsageError(f"no portal {', '.join(unknown)} in the registry; see `harvester portals list`")
    return [portal for portal in portals if (not portal_ids or portal.id in portal_ids) and place.holds(portal)]
