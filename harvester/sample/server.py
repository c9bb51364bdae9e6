"""A small web server on loopback for simulated portals: pages in memory, validators, faults on demand, a request log.

Everything is deterministic: a fault is a list of answers, given in order, before the page itself. Pages may be changed
between two runs. Ports are chosen by the system.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import ClassVar, Self
from urllib.parse import urlsplit

LAST_MODIFIED = "Wed, 20 Jan 2021 02:00:00 GMT"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it arrived: `at` seconds (monotonic clock), path with query, headers, form body."""

    at: float
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""
    status: int = 0
    overlapping: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `cut` sends only so many bytes of the body, `pause` waits first, `drop` closes without a word."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    content_type: str = "text/html; charset=utf-8"
    validators: bool = False
    cut: int | None = None
    pause: float = 0.0
    drop: bool = False


Dynamic = Callable[[Asked], Answer]


@dataclass
class SimulatedSite:
    """What one simulated portal serves. `pages` by path (query included where it matters), `dynamic` by path alone."""

    pages: dict[str, Answer] = field(default_factory=dict)
    dynamic: dict[str, Dynamic] = field(default_factory=dict)
    faults: dict[str, list[Answer]] = field(default_factory=dict)
    missing: Answer = Answer(b"<html><head><title>404</title></head><body>404 Not Found</body></html>", 404)
    log: list[Asked] = field(default_factory=list)

    def page(self, path: str, text: str, *, charset: str = "utf-8", validators: bool = True, **kind: str) -> None:
        """Put up (or change) a page."""
        body = text.encode(charset, "xmlcharrefreplace")
        self.pages[path] = Answer(body, content_type=kind.get("content_type", "text/html"), validators=validators)

    def file(self, path: str, body: bytes, content_type: str) -> None:
        """Put up a document."""
        self.pages[path] = Answer(body, content_type=content_type, validators=True)

    def answer(self, asked: Asked) -> Answer:
        """Faults first, then the page, then what is computed, then 404."""
        for path in (asked.path, urlsplit(asked.path).path):
            if waiting := self.faults.get(path):
                return waiting.pop(0)
        found = self.pages.get(asked.path)
        if found is None and (compute := self.dynamic.get(urlsplit(asked.path).path)):
            found = compute(asked)
        found = found or self.pages.get(urlsplit(asked.path).path) or self.missing
        return conditional(found, asked) if found.validators else found

    def paths(self, method: str | None = None) -> list[str]:
        """What was asked for, in order."""
        return [asked.path for asked in self.log if method in (None, asked.method)]


def conditional(answer: Answer, asked: Asked) -> Answer:
    """The answer with ETag and Last-Modified, or 304 where the client has it already."""
    etag = f'"{hashlib.sha1(answer.body, usedforsecurity=False).hexdigest()}"'
    headers = (*answer.headers, ("ETag", etag), ("Last-Modified", LAST_MODIFIED))
    if asked.headers.get("if-none-match") == etag:
        return replace(answer, status=304, body=b"", headers=headers)
    return replace(answer, headers=headers)


class Server:
    """Serves one `SimulatedSite` in a thread: ``with Server(site) as server: server.host``."""

    def __init__(self, site: SimulatedSite) -> None:
        self.site = site
        self._under_way = 0
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def host(self) -> str:
        """``127.0.0.1:port``, as a registry lists it."""
        return f"127.0.0.1:{self._server.server_port}"

    @property
    def url(self) -> str:
        """The root of the site, without a slash at the end."""
        return f"http://{self.host}"

    def start(self) -> Self:
        """Begin to serve."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Serve no more and give the port back."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def enter(self, asked: Asked) -> Answer:
        """One request begins: logged with the number of others under way."""
        with self._lock:
            self._under_way += 1
            answer = self.site.answer(asked)
            self.site.log.append(replace(asked, status=answer.status, overlapping=self._under_way - 1))
        return answer

    def leave(self) -> None:
        """One request has been answered."""
        with self._lock:
            self._under_way -= 1

    def _handler(self) -> type[Handler]:
        return type("BoundHandler", (Handler,), {"serving": self})


class Handler(BaseHTTPRequestHandler):
    """Turns requests into `Asked` and `Answer` into bytes, in one write."""

    serving: ClassVar[Server]
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """GET and POST are answered alike."""
        length = int(self.headers.get("Content-Length") or 0)
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(time.monotonic(), self.command, self.path, headers, self.rfile.read(length))
        answer = self.serving.enter(asked)
        try:
            self._send(answer)
        finally:
            self.serving.leave()

    do_POST = do_GET

    def _send(self, answer: Answer) -> None:
        if answer.pause:
            time.sleep(answer.pause)
        if answer.drop:
            self.close_connection = True
            return
        lines = [f"HTTP/1.1 {answer.status} {self.responses.get(answer.status, ('Unknown',))[0]}"]
        lines += [f"Content-Type: {answer.content_type}", f"Content-Length: {len(answer.body)}"]
        lines += [f"{name}: {value}" for name, value in answer.headers]
        body = answer.body if answer.cut is None else answer.body[: answer.cut]
        self.close_connection = self.close_connection or answer.cut is not None
        try:
            self.wfile.write("\r\n".join([*lines, "", ""]).encode("latin-1") + body)
        except ConnectionError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """The site's own log is the log."""
