"""The child side of harvester.workers: one process that reads documents one after another.

Talks over the connection whose file descriptor it is given: receives `(source, hints)`, answers `("reading", sha256,
media type)` and then `("done", extraction)`. It ends when the connection closes.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import resource
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from archive.warc import WarcError
from harvester.read.process_tree import memory_is_scarce

if TYPE_CHECKING:
    from parsers.extract import Extraction
    from parsers.report import Hints

Source = bytes | Path | Callable[[], bytes]
"""Where a document's bytes are: in hand, in a file, or behind a picklable function."""

INTERRUPTED = "interrupted"
"""Error of a reading that others broke off: it says nothing about the document either."""

UNAVAILABLE = "unavailable"
"""Error of a document whose bytes could not be had: it says nothing about the document."""

_LOOK_EVERY = 1.0
"""Seconds between two looks at whether the parent is still there."""

ADDRESS_SLACK = 1024 * 1024 * 1024
"""Address space beyond the memory limit: libraries and their heaps (onnxruntime: 1.3 GB) map more than they use."""


def serve(descriptor: int, megabytes: int, longest: float) -> None:
    """Read documents until the other side hangs up. Nobody waits longer than `longest` seconds for one."""
    limit = megabytes * 1024 * 1024 + ADDRESS_SLACK
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    os.environ.pop("PYTHONPATH", None)
    gc.set_threshold(20_000, 20, 20)  # documents make many objects and few cycles: looking less often saves a tenth
    with Connection(descriptor) as connection:
        import parsers.extract  # noqa: F401  warmed once, before the first document's clock starts

        # The other side may be gone at any moment: then there is nobody left to tell.
        with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
            connection.send(("ready",))
            _silence()
            while True:
                source, hints = connection.recv()
                signal.alarm(int(longest) + 30)
                connection.send(("done", read(connection, source, hints)))
                signal.alarm(0)


def read(connection: Connection, source: Source, hints: Hints) -> Extraction:
    """Read one document. Whatever goes wrong is an extraction with an error, never an exception."""
    from parsers.extract import extract
    from parsers.formats import recognise

    sha256, media_type = "", "application/octet-stream"
    try:
        try:
            data = load(source)
        except (OSError, ValueError, WarcError) as error:
            return failed(sha256, media_type, UNAVAILABLE, str(error))
        sha256 = hashlib.sha256(data).hexdigest()
        found = recognise(data)
        media_type = found.media_type if found else media_type
        connection.send(("reading", sha256, media_type))
        return extract(data, hints)
    except MemoryError:
        if memory_is_scarce():
            return failed(sha256, media_type, INTERRUPTED, "the machine had no memory left")
        return failed(sha256, media_type, "too_much_memory", "reading it took more memory than is allowed")
    except Exception as error:  # noqa: BLE001  a bug in a reader costs one document, and the document says so
        where = traceback.extract_tb(error.__traceback__)[-1]
        message = f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"
        return failed(sha256, media_type, "crashed", message)


def load(source: Source) -> bytes:
    """The bytes of a document."""
    if isinstance(source, bytes):
        return source
    return source.read_bytes() if isinstance(source, Path) else source()


def failed(sha256: str, media_type: str, kind: str, message: str) -> Extraction:
    """An extraction that says why there is nothing."""
    from parsers.extract import Extraction, Failure

    return Extraction(sha256, media_type, error=Failure(kind, message))


def _end_with(parent: int) -> None:
    """Nobody waits for a document whose reader has lost its parent."""
    while os.getppid() == parent:
        time.sleep(_LOOK_EVERY)
    os._exit(1)


def _silence() -> None:
    """Native libraries print warnings by the thousand on odd fonts; what matters is in the extraction."""
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), sys.stderr.fileno())
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
