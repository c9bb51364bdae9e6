"""SIGTERM: every command ends in good order, and at the latest after `GRACE`, whatever it is at.

Python hears a signal between two of its own instructions. One long SQL statement ends by SQLite's own means
(archive/long_statements.py) and comes back as an error of SQLite: `is_told` tells the two apart. What never comes
back (one call into a library that compresses or sorts gigabytes) is ended from outside by a thread that waits for
nothing else: what was stored is whole at every moment, as after a power cut.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time
from types import FrameType
from typing import NoReturn

from archive.long_statements import TOLD_TO_END, is_told_to_end

GRACE = 0.8
"""Seconds that a command has to end in good order."""

WORDS = "harvester: terminated; what was stored is kept"


class Terminated(KeyboardInterrupt):
    """SIGTERM ends a command in good order, as Ctrl-C does."""


def listen() -> None:
    """From now on SIGTERM ends this process. Call it from the main thread, once."""
    signal.signal(signal.SIGTERM, _terminate)
    ours, theirs = os.pipe()
    os.set_blocking(theirs, False)
    signal.set_wakeup_fd(theirs, warn_on_full_buffer=False)
    threading.Thread(target=_end_from_outside, args=(ours,), daemon=True).start()


def is_told() -> bool:
    """Has SIGTERM come? Then whatever goes wrong goes wrong because of it."""
    return TOLD_TO_END.is_set()


def give_way() -> NoReturn:
    """Say so in one line and end by the signal: whoever sent it shall see what it did."""
    os.write(sys.stderr.fileno(), f"{WORDS}\n".encode())
    ctypes.CDLL(None).signal(signal.SIGTERM, 0)  # the default; `signal.signal` is for the main thread only
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(128 + signal.SIGTERM)


def _terminate(_: int, frame: FrameType | None) -> None:
    TOLD_TO_END.set()
    if frame is None or frame.f_code is not is_told_to_end.__code__:
        raise Terminated


def _end_from_outside(heard: int) -> None:
    while os.read(heard, 1) != bytes([signal.SIGTERM]):
        pass
    time.sleep(GRACE)
    give_way()
