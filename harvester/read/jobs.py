"""What is to be read, and within which limits."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from harvester.read.worker_process import Source
from parsers.report import Hints

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one document: seconds of CPU, megabytes. `alone`: nothing else is read, standing still is its own doing."""

    seconds: float
    megabytes: int
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Job(Generic[K]):
    """One document to read: bytes, a file, or a picklable function that gives bytes (called in the worker)."""

    key: K
    source: Source
    hints: Hints = field(default_factory=Hints)
