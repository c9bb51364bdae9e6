"""The child process that touches hostile bytes: page images, and archived pages made harmless.

Talks over the descriptor it is given: receives `(task, arguments)`, answers `("ok", value)` or `("failed", message)`;
ends when the other side hangs up. Memory is limited here, time by the other side, which kills.
"""

from __future__ import annotations

import resource
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

MEGABYTES = 1536
"""Address space of the process; drawing one page needs about 150 MB of it."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Bytes:
    """Where the bytes of a document lie: a WARC record, and the member when they are inside a container."""

    warc: Path
    file: str
    offset: int
    member: str | None = None

    def read(self) -> bytes:
        from archive.warc import Reference, read_record

        data = read_record(self.warc, Reference(self.file, self.offset)).content()
        return data if self.member is None else _member(data, self.member)


class NotDrawn(Exception):
    """The page or view cannot be made; the message says why in one line."""


def _member(data: bytes, path: str) -> bytes:
    """The bytes of the member at `path`, found the way the reader finds them; ``!`` goes into containers inside
    containers. Raises KeyError without one."""
    from parsers.content import Unreadable
    from parsers.locate import member

    try:
        return member(data, path)
    except Unreadable as error:
        raise KeyError(error.message) from error


def page_image(source: Bytes, page: int, scale: float, clip: Box | None) -> bytes:
    """PNG of one page in 16 greys. `clip` is x0, top, x1, bottom in points."""
    from parsers.formats import recognise
    from parsers.formats.page_image import render_page

    data = source.read()
    known = recognise(data)
    if known is None:
        raise NotDrawn("no reader for these bytes")
    return render_page(data, known.media_type, page, scale, clip)


def archived_view(source: Bytes, path: str | None) -> str:
    """The document as a harmless HTML page, the element at `path` outlined."""
    from harvester.site.drawing.safe_html import view

    return view(source.read(), path)


def original(source: Bytes) -> bytes:
    return source.read()


TASKS: Mapping[str, Callable[..., object]] = {
    "page_image": page_image,
    "archived_view": archived_view,
    "original": original,
}


def serve(descriptor: int) -> None:
    """Do one task after another until the parent goes away."""
    limit = MEGABYTES * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with Connection(descriptor) as connection:
        connection.send(("ok", None))
        while True:
            try:
                task, arguments = connection.recv()
            except (EOFError, ConnectionResetError):
                return
            connection.send(_done(task, arguments))


def _done(task: str, arguments: tuple[object, ...]) -> tuple[str, object]:
    try:
        return "ok", TASKS[task](*arguments)
    except MemoryError:
        return "failed", "over the memory limit"
    except Exception as error:  # noqa: BLE001  hostile bytes: the visitor gets a grey sheet with this line
        print(f"{task}: {type(error).__name__}: {error}", file=sys.stderr)
        return "failed", f"{type(error).__name__}: {error}"
