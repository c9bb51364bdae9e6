"""The live line in a terminal, and log lines beside it."""

from __future__ import annotations

import io
import logging
import sys

import pytest

from harvester.crawl.progress import Display


class Terminal(io.StringIO):
    """A stderr that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_log_lines_stand_above_the_live_line(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    handler = logging.StreamHandler(terminal)
    logging.getLogger().addHandler(handler)
    try:
        with Display(2):
            assert handler.stream is not terminal
            logging.getLogger("harvester.crawl").warning("one: finished")
        assert handler.stream is terminal
    finally:
        logging.getLogger().removeHandler(handler)
    lines = terminal.getvalue().replace("\x1b[2K", "").replace("\r", "\n").splitlines()
    told = next(line for line in lines if "one: finished" in line)
    assert "portals" not in told
    assert any(line.startswith("portals 0/2") for line in lines)
