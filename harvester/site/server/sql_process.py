"""Visitors' SQL in a process of its own: a second Datasette that only `/archive…` is passed on to.

The child serves the same published database on a Unix socket, at low priority and with a memory limit. Queries have
Datasette's time limit; a child that does not answer in time (one long step of SQLite cannot be interrupted) is killed
and started again. It ends when its standard input closes, so it never outlives the server, however that ends.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpcore

if TYPE_CHECKING:
    from harvester.site.server.asgi import Header, Receive, Scope, Send

AT_ONCE = 4
"""Requests worked on at the same time; the others wait for their turn."""
LONGEST_WAIT = 10.0
"""Seconds that a request may wait for its turn."""
LONGEST_WORK = 20.0
"""Seconds until the answer must begin: a page of tables is several queries of at most three seconds."""

UNSAFE = re.compile(rb"[^\x21-\x7e]")
OF_THE_CONNECTION = {b"connection", b"keep-alive", b"transfer-encoding", b"upgrade", b"expect", b"te"}
OF_THE_BODY = {b"content-length", b"content-type"}


class Busy(Exception):
    """There is no answer: too many are waiting, it took too long, or the child ended."""


class SqlProcess:
    """The parent side, an ASGI application. The child is started by `warm` or with the first request."""

    def __init__(self, data: Path, *, longest_wait: float = LONGEST_WAIT, longest_work: float = LONGEST_WORK) -> None:
        self.data = data.absolute()
        self.longest_wait = longest_wait
        self.longest_work = longest_work
        self._folder = tempfile.mkdtemp(prefix="harvester-sql-")
        self._address = f"{self._folder}/socket"
        # We listen, the child accepts: what arrives while it starts, or starts again, waits in the queue.
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(self._address)
        self._listening.listen(128)
        self._turns = asyncio.Semaphore(AT_ONCE)
        self.child: subprocess.Popen[bytes] | None = None

    def warm(self) -> None:
        """Start the child unless it runs."""
        if self.child is not None and self.child.poll() is None:
            return
        self.end()
        command = (
            f"from harvester.site.server.sql_child import serve; serve({str(self.data)!r}, {self._listening.fileno()})"
        )
        self.child = subprocess.Popen(
            [sys.executable, "-c", command],
            pass_fds=[self._listening.fileno()],
            stdin=subprocess.PIPE,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path or os.getcwd() for path in sys.path)},
        )

    def end(self) -> None:
        """Kill the child, if there is one."""
        if self.child is not None:
            assert self.child.stdin is not None
            self.child.kill()
            self.child.wait()
            self.child.stdin.close()
            self.child = None

    def close(self) -> None:
        """End the child and take the socket away."""
        self.end()
        self._listening.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and its answer back. Raises Busy before anything was sent."""
        async with self._answer(scope) as answer:
            headers = _kept(answer.headers, OF_THE_CONNECTION)
            await send({"type": "http.response.start", "status": answer.status, "headers": headers})
            async for part in answer.aiter_stream():
                await send({"type": "http.response.body", "body": part, "more_body": True})
            await send({"type": "http.response.body", "body": b""})

    @asynccontextmanager
    async def _answer(self, scope: Scope) -> AsyncIterator[httpcore.Response]:
        """The child's answer as soon as it begins. Its body is not under the limits: files may be long."""
        url = httpcore.URL(scheme="http", host="archive", port=None, target=_target(scope))
        headers = [*_kept(scope["headers"], OF_THE_CONNECTION | OF_THE_BODY), (b"x-forwarded-proto", _scheme(scope))]
        async with httpcore.AsyncConnectionPool(uds=self._address) as pool:
            asked = httpcore.Request(scope["method"], url, headers=headers)
            answer = await self._begun(pool, asked)
            try:
                yield answer
            finally:
                await answer.aclose()

    async def _begun(self, pool: httpcore.AsyncConnectionPool, asked: httpcore.Request) -> httpcore.Response:
        try:
            async with asyncio.timeout(self.longest_wait):
                await self._turns.acquire()
        except TimeoutError as error:
            raise Busy("too many are waiting") from error
        self.warm()
        child = self.child
        try:
            async with asyncio.timeout(self.longest_work):
                return await pool.handle_async_request(asked)
        except TimeoutError as error:
            if child is self.child:  # else it was killed for another request, and this one waited for the new child
                self.end()
                self.warm()
            raise Busy("it took too long") from error
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise Busy("the process that answers queries ended") from error
        finally:
            self._turns.release()


def _target(scope: Scope) -> bytes:
    """Path and query as they were asked for, without a byte that HTTP does not allow there."""
    path: bytes = scope.get("raw_path") or scope["path"].encode()
    query: bytes = scope.get("query_string", b"")
    target = path.partition(b"?")[0] + (b"?" + query if query else b"")
    return UNSAFE.sub(lambda found: b"%%%02X" % ord(found[0]), target)


def _scheme(scope: Scope) -> bytes:
    return str(scope.get("scheme", "http")).encode()


def _kept(headers: Iterable[Header], dropped: set[bytes]) -> list[Header]:
    return [(name, value) for name, value in headers if name.lower() not in dropped | {b"x-forwarded-proto"}]
