"""Things that go wrong inside a worker process. Each gives the bytes of a document, or never does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path


def hang() -> bytes:
    """Never ends."""
    time.sleep(3600)
    return b""


def hang_with_a_child(note: str, group: int | None = None) -> bytes:
    """Never ends, and has started a process whose id it writes to a file; with `group` 0 in a group of its own."""
    command = [sys.executable, "-c", "import time; time.sleep(3600)"]
    child = subprocess.Popen(command, process_group=group)
    Path(note).write_text(str(child.pid))
    return hang()


def eat() -> bytes:
    """Takes memory without end."""
    taken = []
    while True:
        taken.append(bytearray(32 * 1024 * 1024))
        time.sleep(0.01)


def eat_at_once() -> bytes:
    """Asks for more memory than there is address space for."""
    return bytes(64 * 1024 * 1024 * 1024)


def crash() -> bytes:
    """Dies as a native library dies."""
    os.kill(os.getpid(), signal.SIGSEGV)
    return hang()


def fail() -> bytes:
    """Has a bug."""
    raise ZeroDivisionError("a bug")


def process_id() -> bytes:
    """A document that tells which process reads it."""
    return f"process {os.getpid()}".encode()


def meet(folder: str, name: str, other: str) -> bytes:
    """A document that is there only once another is being read at the same time."""
    Path(folder, name).touch()
    for _ in range(600):
        if Path(folder, other).exists():
            return b"met"
        time.sleep(0.1)
    raise TimeoutError(f"{other} was not read beside {name}")


def burn(seconds: float) -> bytes:
    """Takes so much CPU, however long that takes."""
    began = time.process_time()
    while time.process_time() - began < seconds:
        pass
    return b"burnt"


def burn_without_end() -> bytes:
    """Computes for ever."""
    return burn(3600)


def burn_in_a_child() -> bytes:
    """Has a process of its own compute for ever, and waits for it."""
    subprocess.run([sys.executable, "-c", "while True: pass"], check=False)
    return b""


def killed_until(note: str, number: int, with_signal: int = signal.SIGKILL) -> bytes:
    """Ended from outside the first `number` times; `note` counts them."""
    file = Path(note)
    met = len(file.read_text()) if file.exists() else 0
    if met >= number:
        return b"alive"
    file.write_text("x" * (met + 1))
    os.kill(os.getpid(), with_signal)
    return hang()
