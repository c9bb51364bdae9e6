"""How long one document has been read: CPU of its own, time without any, time altogether."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from harvester.read.process_tree import own_usage, usage

_WHOLE_EVERY = 1.0
"""Seconds between two looks at everything that a worker started; the worker alone is looked at each time."""


@dataclass(slots=True)
class Clock:
    """Since a document was handed over. `used`: CPU seconds; `idle`: seconds in which nothing was at work."""

    began: float = field(default_factory=time.monotonic)
    before: float = 0.0
    used: float = 0.0
    megabytes: float = 0.0
    _worked: float = field(default_factory=time.monotonic)
    _whole: float = field(default_factory=time.monotonic)

    @classmethod
    def started(cls, leader: int) -> Clock:
        """A clock for the document that a worker begins now."""
        so_far = own_usage(leader)
        return cls(before=so_far.cpu if so_far is not None else 0.0)

    @property
    def waited(self) -> float:
        """Seconds altogether."""
        return time.monotonic() - self.began

    @property
    def idle(self) -> float:
        """Seconds since anything was last at work."""
        return time.monotonic() - self._worked

    def look(self, leader: int) -> None:
        """Look at the processes."""
        now = time.monotonic()
        whole = now - self._whole >= _WHOLE_EVERY
        found = usage(leader) if whole else own_usage(leader)
        if found is None:
            self.used = self.waited  # the system does not tell: then the time it takes must do
            return
        self._whole = now if whole else self._whole
        used = found.cpu - self.before
        if found.at_work or used > self.used:
            self._worked = now
        self.used, self.megabytes = max(self.used, used), found.megabytes
