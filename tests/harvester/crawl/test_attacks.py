"""Answers that no server should give: each costs itself at most, the report beside them is harvested, nothing lies."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path
from time import monotonic

import brotli
import pytest

from harvester.crawl import runner
from harvester.sample.server import SimulatedSite
from spiders.walk import politeness
from tests.portals.raw_answers import GOOD, answering, dripping, endless, list_of, plain, registry
from tests.portals.simulator import Harvest, harvest

MEGABYTE = bytes(1 << 20)
BOMB = bytes(80 << 20)
FLOODED = 30.0
"""Seconds that a loaded machine may take for what must not take minutes."""

HEADERS = {
    "date zone": "Date: Mon, 01 Jan 2024 00:00:00 +99999999999999",
    "date year": "Date: Mon, 01 Jan 99999 00:00:00 GMT",
    "last modified": "Last-Modified: Mon, 01 Jan 2024 00:00:00 +99999999999999",
    "retry after": "Retry-After: " + "9" * 5000,
    "disposition codec": "Content-Disposition: attachment; filename*=undefined''x.html",
    "disposition word": "Content-Disposition: attachment; filename==?utf-8?B?A?=",
    "disposition path": 'Content-Disposition: attachment; filename="../../../../etc/passwd"',
    "codings": "Content-Encoding: " + ", ".join(["identity"] * 900),
    "charset": "Content-Type: text/html; charset=undefined",
    "codec that is none": "Content-Type: text/html; charset=zlib_codec",
    "length": "X-Nothing: " + "n" * 60_000,
    "etag": "ETag: " + "e" * 60_000,
    "escape": "X-Escape: \x1b[2J\x1b]0;owned\x07",
    "cookies": "\r\n".join(f"Set-Cookie: c{number}={'v' * 200}" for number in range(100)),
    "refresh": "Refresh: 0; url=http://127.0.0.1:1/",
    "link": "Link: <http://127.0.0.1:1/>; rel=preload",
    "alt svc": 'Alt-Svc: h2="127.0.0.1:1"; ma=9999999',
    "upgrade": "Upgrade: h2c",
    "archive's own": "X-Archive-Orig-Content-Encoding: gzip\r\nWARC-Type: response",
}
"""A header made to break its reader, on an answer that is a report all the same."""

BODIES = {
    "deflate": plain(zlib.compress(BOMB), "Content-Encoding: deflate"),
    "raw deflate": plain(zlib.compress(BOMB, wbits=-15), "Content-Encoding: deflate"),
    "br in br": plain(brotli.compress(brotli.compress(BOMB, quality=1), quality=1), "Content-Encoding: br, br"),
    "deflate in gzip": plain(gzip.compress(zlib.compress(BOMB)), "Content-Encoding: deflate, gzip"),
    "members": plain(gzip.compress(MEGABYTE) * 80, "Content-Encoding: gzip"),
    "no answer at all": b"",
    "no HTTP": b"SSH-2.0-OpenSSH_9.6\r\n",
    "status": b"HTTP/1.1 99999 ?\r\n\r\n",
    "status that is none": b"HTTP/1.1 two hundred\r\nContent-Length: 0\r\n\r\n",
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 50\r\n\r\nhello",
    "negative length": b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello",
    "huge length": b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nhello",
    "chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nhello",
    "nul in a header": b"HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 5\r\n\r\nhello",
    "header without end": b"HTTP/1.1 200 OK\r\nX: " + b"x" * (2 << 20) + b"\r\n\r\n",
    "headers without number": b"HTTP/1.1 200 OK\r\n" + b"".join(b"X%d: y\r\n" % n for n in range(50_000)) + b"\r\n",
    "only a redirect": b"HTTP/1.1 301 Moved\r\nLocation: " + b"/" + b"x" * 50_000 + b"\r\nContent-Length: 0\r\n\r\n",
    "to a file": plain(b"", "Location: file:///etc/passwd", status="302 Found"),
    "to data": plain(b"", "Location: data:text/html,<h1>x</h1>", status="302 Found"),
    "to a number": plain(b"", "Location: http://2130706433:1/", status="302 Found"),
    "to a name in the address": plain(b"", "Location: http://portal@127.0.0.1:1/", status="302 Found"),
    "to a backslash": plain(b"", "Location: http:\\\\127.0.0.1:1\\", status="302 Found"),
    "to mapped IPv6": plain(b"", "Location: http://[::ffff:127.0.0.1]:1/", status="302 Found"),
    "to no host": plain(b"", "Location: http:///etc", status="302 Found"),
    "to half an address": plain(b"", "Location: http://[::1", status="302 Found"),
}
"""An answer that is none."""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(politeness, "backoff", lambda *_: 0.001)
    monkeypatch.setattr(politeness, "FAILURES_IN_A_ROW", 1000)


def visited(tmp_path: Path, answers: dict[str, object], **options: object) -> Harvest:
    """A crawl of a list that names these answers and, last, one that is as it should be."""
    listed = {"/nb/": list_of(answers), "/nb/good.html": plain(GOOD), **answers}
    with answering(listed) as (host, _):  # type: ignore[arg-type]
        return harvest(tmp_path / "data", registry(host), SimulatedSite(), **options)


def test_headers_that_break_their_readers_cost_nothing(tmp_path: Path) -> None:
    answers = {f"/nb/{number}.html": plain(GOOD, header) for number, header in enumerate(HEADERS.values())}
    got = visited(tmp_path, answers)
    assert got.stats["finished_reason"] == "finished", got.stats
    assert got.paths() >= {*answers, "/nb/good.html"}, [tuple(event) for event in got.events]
    again = visited(tmp_path / "again", answers, recheck=True)
    assert "spider_error" not in again.kinds()


def test_answers_that_are_none_cost_themselves(tmp_path: Path) -> None:
    answers = {f"/nb/{number}.html": body for number, body in enumerate(BODIES.values())}
    got = visited(tmp_path, answers)
    names = dict(zip(answers, BODIES, strict=True))
    assert got.stats["finished_reason"] == "finished", got.stats
    assert "/nb/good.html" in got.paths()
    assert {names[path] for path in got.paths() if path in names} <= {"two lengths", "nul in a header"}
    assert "spider_error" not in got.kinds()


@pytest.mark.parametrize("kind", ["dripping", "endless"])
def test_answers_without_end_are_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    settings_of = runner.settings_of

    def impatient(module: str) -> object:
        settings = settings_of(module)
        settings.set("DOWNLOAD_TIMEOUT", 1.0, priority="cmdline")
        settings.set("DOWNLOAD_MAXSIZE", 1 << 20, priority="cmdline")
        return settings

    monkeypatch.setattr(runner, "settings_of", impatient)
    began = monotonic()
    got = visited(tmp_path, {"/nb/1.html": dripping(0.05) if kind == "dripping" else endless(MEGABYTE)})
    assert got.paths() == {"/nb/good.html"}
    assert set(got.kinds()) == {"timeout" if kind == "dripping" else "too_large"}
    assert monotonic() - began < FLOODED


ROBOTS = {
    "delay": "User-agent: *\nCrawl-delay: nan\nCrawl-delay: inf\nCrawl-delay: 1e400\nCrawl-delay: -1",
    "wildcards": "User-agent: *\nDisallow: /" + "*a" * 50_000 + "*b$",
    "rules": "User-agent: *\n" + "Disallow: /x*y$\n" * 30_000,
    "no end": "User-agent: *\nAllow: /\n" + "#" * (3 << 20),
    "nul": "User-agent: *\0\nDisallow:\0/\0",
}


@pytest.mark.parametrize("kind", ROBOTS)
def test_robots_made_to_break_their_reader(tmp_path: Path, kind: str) -> None:
    robots = plain(ROBOTS[kind].encode())
    got = visited(tmp_path, {"/robots.txt": robots})
    assert got.stats["finished_reason"] == "finished"
    assert "/nb/good.html" in got.paths()
