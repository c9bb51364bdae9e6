"""Which program made what stands in the database: another one makes it anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from parsers.extract import EXTRACTOR_VERSION

READ_BY_RULES = ("harvester.relate", "harvester.reports", "spiders.words", "parsers.printed")
"""Packages whose code decides what follows from reports."""


@cache
def program() -> str:
    """A short name that changes with every line of them."""
    digest = hashlib.sha256(EXTRACTOR_VERSION.encode())
    for package in READ_BY_RULES:
        for source in sources(files(package)):
            digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def sources(folder: Traversable) -> Iterator[Traversable]:
    """Every file below a package that is code or words, in order."""
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir():
            yield from sources(entry)
        elif entry.name.endswith((".py", ".sql", ".toml", ".txt")):
            yield entry
