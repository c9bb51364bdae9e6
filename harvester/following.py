"""How far a stage has come: a live line in a terminal, a log line a minute everywhere else."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TextIO, TypeVar

from rich.console import Console, RenderableType
from rich.live import Live
from rich.text import Text

T = TypeVar("T")

EVERY = 60.0
"""Seconds between two log lines where nobody watches."""

_HOUR = 60  # minutes
_LOG = logging.getLogger("harvester.progress")


class Following:
    """Counts what is done of `total` (None where nobody knows) and says so."""

    def __init__(self, what: str, total: int | None = None, clock: Callable[[], float] = monotonic) -> None:
        self.what, self.total, self.clock = what, total, clock
        self.done = 0
        self.started = self.told = clock()

    def advance(self, count: int = 1) -> None:
        """So many more are done."""
        self.done += count
        if self.clock() - self.told >= EVERY:
            self.told = self.clock()
            _LOG.info("%s", self.line())

    def line(self) -> str:
        """Done of all, rate, time left at that rate."""
        spent = self.clock() - self.started
        rate = self.done / spent if spent else 0.0
        of = "" if self.total is None else f" of {self.total:,}"
        told = f"{self.what}: {self.done:,}{of}, {rate:.1f} a second, {in_words(spent)}"
        if self.total and rate:
            told += f", {in_words(max(0, self.total - self.done) / rate)} left"
        return told

    def __rich__(self) -> Text:
        return Text(self.line())


def followed(items: Iterable[T], what: str, total: int | None = None) -> Iterator[T]:
    """The items, one after another; each counts as done when the next is asked for."""
    following = Following(what, total)
    with shown(following):
        for item in items:
            yield item
            following.advance()


@contextmanager
def shown(line: RenderableType) -> Iterator[bool]:
    """A line that is drawn anew four times a second, in a terminal; is this one?"""
    console = Console(file=sys.stderr)
    if not console.is_terminal:
        yield False
        return
    live, before = Live(line, console=console, refresh_per_second=4, transient=True), sys.stderr
    live.start()
    log_to(sys.stderr, instead_of=before)
    try:
        yield True
    finally:
        before = sys.stderr
        live.stop()
        log_to(sys.stderr, instead_of=before)


def log_to(stream: TextIO, *, instead_of: TextIO) -> None:
    """The live line takes over the terminal: log lines go through it, above the line and not into it."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.StreamHandler) and handler.stream is instead_of:
            handler.setStream(stream)


def in_words(seconds: float) -> str:
    """1:05, 2:00:07."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // _HOUR}:{minutes % _HOUR:02d}:{rest:02d}" if minutes >= _HOUR else f"{minutes}:{rest:02d}"
