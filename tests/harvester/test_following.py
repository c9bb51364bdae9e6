"""What is said of a stage that goes on: in a terminal, and where nobody watches."""

from __future__ import annotations

import io
import logging
import sys

import pytest

from harvester import following
from harvester.following import Following, followed, in_words


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_line_has_rate_and_time_left() -> None:
    clock = Clock()
    stage = Following("documents read", 2_000, clock)
    clock.now = 30.0
    stage.advance(120)
    assert stage.line() == "documents read: 120 of 2,000, 4.0 a second, 0:30, 7:50 left"


def test_without_a_total_nothing_is_said_of_the_time_left() -> None:
    clock = Clock()
    stage = Following("records", None, clock)
    clock.now = 10.0
    stage.advance(5)
    assert stage.line() == "records: 5, 0.5 a second, 0:10"


def test_a_log_line_a_minute_where_nobody_watches(caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    stage = Following("records", 10, clock)
    with caplog.at_level(logging.INFO, "harvester.progress"):
        for _ in range(10):
            clock.now += 25.0
            stage.advance()
    assert [record.getMessage().split(",")[0] for record in caplog.records] == [
        f"records: {n} of 10" for n in (3, 6, 9)
    ]


def test_a_terminal_shows_a_live_line_and_log_lines_above_it(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", screen)
    handler = logging.StreamHandler(screen)
    monkeypatch.setattr(logging.getLogger(), "handlers", [handler])
    for number in followed(range(3), "records", 3):
        if number == 2:
            logging.getLogger("harvester").error("something happened")
    assert "records: " in screen.getvalue()
    assert "something happened" in screen.getvalue()
    assert handler.stream is sys.stderr is screen


def test_the_items_come_through_and_an_end_before_the_end_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(followed("abc", "letters")) == ["a", "b", "c"]
    started: list[bool] = []
    monkeypatch.setattr(following, "log_to", lambda *_, **__: started.append(True))
    for _ in followed(iter([1, 2]), "numbers"):
        break
    assert started == []


@pytest.mark.parametrize(("seconds", "told"), [(5, "0:05"), (65, "1:05"), (7207, "2:00:07")])
def test_time_in_words(seconds: int, told: str) -> None:
    assert in_words(seconds) == told
