"""What a run did, stage by stage."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from harvester.errors import AlarmOpen, NobodyReached, StillOpen
from harvester.maintain.expectations import Alarm
from harvester.publish.stage import Publication
from harvester.read.stage import ParseAccount

Stats = dict[str, dict[str, Any]]

UNREACHED = ("robots_unavailable", "failures", "died", "unsafe_address")
"""Ends of a visit in which nothing was ever answered."""

COUNTED = ("requests", "new", "changed", "unchanged", "gone")


@dataclass
class RunAccount:
    """What a run did, stage by stage; `portals` are the crawl's figures by portal id, `seconds` what each stage took.

    A `filtered` run looked for some years or some reports only: what it did not find is not missing.
    """

    run_id: str
    filtered: bool = False
    portals: Stats = field(default_factory=dict)
    parsed: ParseAccount | None = None
    published: Publication | None = None
    disk: dict[str, int] = field(default_factory=dict)
    released: str | None = None
    alarms: list[Alarm] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timed(self, part: str) -> Iterator[None]:
        """The time that a part takes, whether it ends well or not."""
        started = monotonic()
        try:
            yield
        finally:
            self.seconds[part] = round(monotonic() - started, 1)

    def check_reached(self) -> None:
        """Raises NobodyReached where portals were asked and none answered anything."""
        asked = [stats for stats in self.portals.values() if stats.get("requests")]
        if asked and not any(stats.get("pages") or stats["finished_reason"] not in UNREACHED for stats in asked):
            raise NobodyReached(f"none of {len(asked)} portals could be reached; see `harvester status`")

    def check_alarms(self) -> None:
        """Raises AlarmOpen where something is not as expected."""
        if self.alarms:
            raise AlarmOpen("done, but: " + " · ".join(map(str, self.alarms)))

    def check_open(self) -> None:
        """Raises StillOpen where documents could not be read for reasons that are not theirs."""
        if self.parsed is not None and (self.parsed.lost or self.parsed.interrupted):
            raise StillOpen(f"{self.parsed.lost + self.parsed.interrupted} documents are still to be read; see above")

    def __str__(self) -> str:
        lines = [f"run {self.run_id}"]
        if self.portals:
            total = {name: sum(stats.get(name, 0) for stats in self.portals.values()) for name in COUNTED}
            lines.append(
                f"portals: {len(self.portals)}; " + ", ".join(f"{name} {count}" for name, count in total.items())
            )
        lines += [str(part) for part in (self.parsed, self.published) if part is not None]
        lines += [f"release {self.released}"] if self.released else []
        return "\n".join(lines)

    def as_dict(self) -> dict[str, Any]:
        return {
            "filtered": self.filtered,
            "disk": self.disk,
            "seconds": self.seconds,
            "portals": self.portals,
            "parsed": None if self.parsed is None else self.parsed.kinds,
            "lost": 0 if self.parsed is None else self.parsed.lost,
            "interrupted": 0 if self.parsed is None else self.parsed.interrupted,
            "published": None if self.published is None else self.published.file.name,
        }


WITNESSES = 2
"""Portals that must agree that this machine's clock is wrong: the clock of one may be wrong itself."""
