"""Who we are to the portals: the contact address in our User-Agent, required before a real portal is asked anything."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from harvester import __version__
from harvester.errors import UsageError
from harvester.installation import FILE, setting
from spiders.portal import Portal
from spiders.walk.politeness import PRODUCT

VARIABLE = "HARVESTER_CONTACT"
_ADDRESS = re.compile(r"(?:mailto:)?[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+|https?://[^\s<>()]+\.[^\s<>()]+")


def contact(data: Path | None = None) -> str | None:
    """The address that a portal's keeper can write to. Raises UsageError for one that is none, or a broken file."""
    found = setting(data, "contact")
    if found and not _ADDRESS.fullmatch(found):
        raise UsageError(f"contact: {found!r} is neither an e-mail address nor a web address")
    return found or None


def introduce(portals: Iterable[Portal], data: Path | None = None) -> None:
    """Make sure that portals which are not simulated are told whom to write to. Raises UsageError.

    What is found goes into the environment: the crawl is a process of its own.
    """
    found = contact(data)
    if found is None and any(not portal.simulated for portal in portals):
        raise UsageError(
            "say first whom the portals can write to: an e-mail or web address in the environment variable"
            f' {VARIABLE}, or as contact = "..." in {data / FILE if data else FILE}'
        )
    if found is not None:
        os.environ[VARIABLE] = found


def user_agent() -> str:
    """What every request says of us: name, version, purpose, contact."""
    address = os.environ.get(VARIABLE, "").strip()
    purpose = "archive of annual disclosure reports"
    return f"{PRODUCT}/{__version__} ({f'+{address}; ' if address else ''}{purpose})"
