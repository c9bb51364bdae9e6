"""What goes wrong on a walk: events, and the two exceptions that carry them."""

from __future__ import annotations

from dataclasses import dataclass

from scrapy.exceptions import IgnoreRequest


@dataclass(frozen=True, slots=True)
class Event:
    """Trouble or oddity: `kind` as docs/data.md lists them (`events.kind`), `detail` for people."""

    kind: str
    url: str
    detail: str = ""


class Refused(IgnoreRequest):
    """This request gave nothing usable; the walk goes on. `transient` trouble is tried again by a later run."""

    def __init__(self, kind: str, detail: str = "", *, status: int | None = None, transient: bool = True) -> None:
        super().__init__(f"{kind}: {detail}" if detail else kind)
        self.kind, self.detail, self.status, self.transient = kind, detail, status, transient


class Unreachable(Refused):
    """This scheme of the host cannot be had, or its robots.txt cannot; the other may do."""


class Stopped(IgnoreRequest):
    """The portal is left alone for this run: a challenge, a budget, too many failures, robots out of reach."""

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(f"{kind}: {detail}" if detail else kind)
        self.kind, self.detail = kind, detail
