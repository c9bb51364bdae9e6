"""What stands before every page: language prefix, the pinned database file, 304s, security headers, no cookies."""

from __future__ import annotations

import hashlib
import re
from http import HTTPStatus

from harvester.site.database import Identity, Published
from harvester.site.parts.language import strip_prefix
from harvester.site.parts.responding import public_address
from harvester.site.server.asgi import App, Header, Message, Receive, Scope, Send
from harvester.site.server.sql_process import Busy, SqlProcess

CLOSED = re.compile(r"^/-/(?!static/)")
STOCK = re.compile(r"^/archive([./]|$)")
STILL = re.compile(r"^/(static|healthz)")
CLOSED_PAGE, BUSY_PAGE = "/closed", "/busy"

POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
FRAMED = re.compile(r"^/indicators/[a-z_0-9]+/embed$")
"""The only page that other sites may put into a frame; it has no form and no way to act."""
FRAMED_POLICY = POLICY.replace("frame-ancestors 'self'", "frame-ancestors *")
STOCK_POLICY = POLICY + "; script-src 'self' 'unsafe-inline'"
OPEN = (b"application/json", b"application/ld+json", b"text/csv", b"application/atom+xml")
OPEN_FILES = re.compile(r"^/downloads/files/|^/divisions/\d{6}\.(zip|db)$")
"""Data that pages of others may load (CORS): nothing here is personal."""
EXPOSED = b"etag, x-row-count, link, content-length, content-range, accept-ranges"
PERSONAL = {b"cookie", b"authorization"}
FRESH = b"public, max-age=60, stale-while-revalidate=86400"


def gateway(app: App, published: Published, version: str, sql: SqlProcess | None) -> App:
    """Wrap Datasette. Nothing here is personal, so nothing varies by visitor and no cookie is read or set.

    Tables and SQL are passed on to `sql`; without it, which is so in that process itself, they are answered here.
    """

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        with published.pinned() as identity:
            if sql is not None or not _is_from_our_own(scope):
                scope = _at_its_own_address(scope, public_address(published.link.parent.parent, scope))
            path, language = strip_prefix(scope["path"])
            tag = _tag(identity, version, scope)
            if _unchanged(scope, path, tag):
                await _not_modified(send, tag)
                return
            answer = _outward(send, path, tag)
            inner = CLOSED_PAGE if CLOSED.match(path) else path
            if sql is not None and STOCK.match(path):
                try:
                    await sql(scope, receive, answer)
                    return
                except Busy:
                    inner = BUSY_PAGE
            await app(_inward(scope, path, inner, language.code), receive, answer)

    return serve


def _tag(identity: Identity, version: str, scope: Scope) -> bytes:
    """Known before any SQL runs: the database file, the code and the address."""
    parts = f"{identity}|{version}|{scope['path']}|".encode() + bytes(scope.get("query_string", b""))
    return b'W/"' + hashlib.sha256(parts).hexdigest()[:20].encode() + b'"'


def _unchanged(scope: Scope, path: str, tag: bytes) -> bool:
    if scope["method"] not in ("GET", "HEAD") or STILL.match(path):
        return False
    given = b", ".join(value for name, value in scope["headers"] if name == b"if-none-match")
    return tag in [part.strip() for part in given.split(b",")]


async def _not_modified(send: Send, tag: bytes) -> None:
    headers = [(b"etag", tag), (b"cache-control", FRESH)]
    await send({"type": "http.response.start", "status": 304, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _is_from_our_own(scope: Scope) -> bool:
    """Passed on through a socket in the file system, by the process before this one, under the right name already."""
    return not (scope.get("server") or ("",))[0].partition("/")[0]


def _at_its_own_address(scope: Scope, address: str) -> Scope:
    """Asked under the site's own name, whatever a visitor says: Datasette makes links of it, and answers are cached."""
    scheme, _, host = address.partition("://")
    said = [(name, value) for name, value in scope["headers"] if name.lower() != b"host"]
    return dict(scope, scheme=scheme, headers=[(b"host", host.partition("/")[0].encode()), *said])


def _inward(scope: Scope, path: str, inner: str, language: str) -> Scope:
    raw = scope.get("raw_path") or scope["path"].encode()
    stripped = raw[len(b"/en") :] or b"/" if language == "en" else raw
    headers = [(name, value) for name, value in scope["headers"] if name not in PERSONAL]
    return dict(
        scope,
        path=inner,
        raw_path=stripped if inner == path else inner.encode(),
        headers=headers,
        language=language,
    )


def _outward(send: Send, path: str, tag: bytes) -> Send:
    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = dict(message, headers=_headers(message["headers"], message["status"], path, tag))
        await send(message)

    return answer


def policy(path: str) -> str:
    """What a page may load, and who may frame it."""
    return STOCK_POLICY if STOCK.match(path) else FRAMED_POLICY if FRAMED.match(path) else POLICY


def _headers(headers: list[Header], status: int, path: str, tag: bytes) -> list[Header]:
    kept = [(name.lower(), value) for name, value in headers if name.lower() not in (b"set-cookie", b"vary")]
    names = {name for name, _ in kept}
    wanted = {
        b"content-security-policy": policy(path).encode(),
        b"x-content-type-options": b"nosniff",
        b"referrer-policy": b"no-referrer",
    }
    if OPEN_FILES.match(path) or dict(kept).get(b"content-type", b"").startswith(OPEN):
        wanted |= {b"access-control-allow-origin": b"*", b"access-control-expose-headers": EXPOSED}
    if status == HTTPStatus.OK and not STILL.match(path):
        wanted |= {b"etag": tag, b"cache-control": FRESH}
    if status >= HTTPStatus.BAD_REQUEST:
        wanted[b"cache-control"] = b"no-store" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else b"public, max-age=60"
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        wanted[b"retry-after"] = b"10"
    return kept + [(name, value) for name, value in wanted.items() if name not in names]
