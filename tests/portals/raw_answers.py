"""A server that answers byte for byte what it is told to, whatever HTTP says: for answers no server should give."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress

from tests.portals.simulator import html, report

Pieces = Iterable[bytes]

TITLE = "青山县财政局{}年政府信息公开工作年度报告"
GOOD = html(report("青山县财政局", 2022), TITLE.format(2022)).encode()


def plain(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """A whole answer."""
    lines = [f"HTTP/1.1 {status}", *headers, "Content-Type: text/html; charset=utf-8", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1") + body


def dripping(pause: float) -> Iterator[bytes]:
    """An answer that never ends, a byte at a time."""
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n"
    while True:
        time.sleep(pause)
        yield b"x"


def endless(piece: bytes) -> Iterator[bytes]:
    """A body without end."""
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    while True:
        yield b"%x\r\n%b\r\n" % (len(piece), piece)


@contextmanager
def answering(answers: Mapping[str, Pieces | bytes]) -> Iterator[tuple[str, list[str]]]:
    """host:port of a server that gives each path its bytes, and the paths that it was asked for with all headers."""
    listener = socket.create_server(("127.0.0.1", 0))
    asked: list[str] = []

    def answer(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            said = b""
            while b"\r\n\r\n" not in said:
                said += connection.recv(1 << 16) or b"\r\n\r\n"
            asked.append(said.decode("latin-1"))
            path = (said.split() or [b"", b"/"])[1].decode("latin-1")
            pieces = answers.get(path, plain(b"nothing here", status="404 Not Found"))
            for piece in [pieces] if isinstance(pieces, bytes) else pieces:
                connection.sendall(piece)

    def serve() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=answer, args=(listener.accept()[0],), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"127.0.0.1:{listener.getsockname()[1]}", asked
    finally:
        listener.close()


def registry(host: str, start: str = "/nb/", extra: str = "") -> str:
    """The entry of a portal at this host."""
    return (
        '[[portal]]\nid = "sim"\nname = "模拟站点 SIMULATED"\ndivision = "990001"\nlevel = "county"\n'
        f'hosts = ["{host}"]\nfamily = "generic"\nsimulated = true\n[[portal.start]]\nurl = "http://{host}{start}"\n'
        f'role = "annual_root"\nlayout = "flat"\n[portal.politeness]\ndelay = 0\n{extra}\n'
    )


def list_of(paths: Iterable[str]) -> bytes:
    """A list that names these as reports, and one more that is as it should be."""
    rows = "".join(
        f"<li><a href='{path}'>{TITLE.format(2021 - number % 13)}</a></li>" for number, path in enumerate(paths)
    )
    return plain(html(f"<ul>{rows}<li><a href='/nb/good.html'>{TITLE.format(2022)}</a></li></ul>").encode())
