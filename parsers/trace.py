"""What each stage made of one document, kept for people to look at. Without a `Trace` nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.content import Content
from parsers.metadata.describe import Metadata
from parsers.readings.compare import Comparison
from parsers.report import Check
from parsers.tables.reader import FormReading


@dataclass(frozen=True, slots=True)
class Mapped:
    """One reading of a document on the form it shows, with its identities evaluated."""

    content: Content
    reading: FormReading
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Comparing:
    """One comparison of two readings: what was read, what it became on the form, and which of them was taken.

    The content of a `Mapped` is another one where its tables were rebuilt from running text.
    """

    first: Content
    second: Content | None
    first_mapped: Mapped | None
    second_mapped: Mapped | None
    chosen: Mapped | None
    comparison: Comparison
    metadata: Metadata
    verdict: str


@dataclass(slots=True)
class Trace:
    """Filled by `extract` when it is given one: the format, each comparison in order, the members of a container."""

    format: str = ""
    comparisons: list[Comparing] = field(default_factory=list)
    members: list[tuple[str, Trace]] = field(default_factory=list)
