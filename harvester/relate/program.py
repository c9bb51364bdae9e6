"""Which program made what stands in the database: another one makes it anew."""

from __future__ import annotations

from harvester.program import fingerprint
from parsers.extract import EXTRACTOR_VERSION


def program() -> str:
    """Changes with the extractor, and with every line that decides what follows from reports."""
    code = fingerprint("harvester.relate", "harvester.reports", "spiders.words", "parsers.printed")
    return f"{EXTRACTOR_VERSION}-{code}"
