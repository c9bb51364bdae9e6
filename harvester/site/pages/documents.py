"""Evidence by content: page images, archived pages made harmless, original bytes. Addressed by sha256."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
from html import escape
from pathlib import Path
from typing import Any

from datasette.utils.asgi import Response

from harvester.definitions.labels import FORMATS
from harvester.site.database import Published
from harvester.site.drawing.drawing import Bytes, NotDrawn
from harvester.site.drawing.drawing_pool import Artist
from harvester.site.drawing.safe_html import HEADERS
from harvester.site.parts.takedowns import taken_down
from harvester.site.parts.visit import language_of, published
from parsers.formats.html.article_pages import page_of

FOR_EVER = {"cache-control": "public, max-age=31536000, immutable"}
SCALES = (0.6, 3.0)
DEFAULT_SCALE = 1.6
LARGEST_PAGE = 20_000
"""Points of a page's side, with room: a PDF page has 14,400 at most (ISO 32000, annex C)."""
ORIGINAL_HEADERS = FOR_EVER | {
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
}


class EvidencePages:
    """The three routes, with the process that draws and the folder that keeps what was drawn."""

    def __init__(self, artist: Artist, cache: Path) -> None:
        self.artist = artist
        self.cache = cache

    async def page(self, request: Any, datasette: Any) -> Response:
        """`/documents/<sha>/pages/<n>.png?s=&clip=`"""
        number = int(request.url_vars["page"])
        scale = _scale(request.args.get("s"))
        clip = _clip(request.args.get("clip"))
        sha = request.url_vars["sha"]
        kept = self.cache / sha[:2] / f"{sha}-{number}-{scale:g}-{_name(clip, request.args.get('member'))}.png"
        source = await self._source(request, published(datasette))
        if isinstance(source, Response):
            return source
        if not kept.exists():
            try:
                drawn = await self.artist.do("page_image", source, number, scale, clip)
            except NotDrawn as failure:
                return _grey_sheet(language_of(request)("此页无法绘出", "This page cannot be drawn"), str(failure))
            assert isinstance(drawn, bytes)
            _keep(kept, drawn)
            return Response(drawn, headers=FOR_EVER, content_type="image/png")
        return Response(kept.read_bytes(), headers=FOR_EVER, content_type="image/png")

    async def html(self, request: Any, datasette: Any) -> Response:
        """`/documents/<sha>/html?path=`: only ever shown in a sandboxed frame."""
        source = await self._source(request, published(datasette))
        if isinstance(source, Response):
            return source
        try:
            shown = await self.artist.do("archived_view", source, request.args.get("path"))
        except NotDrawn as failure:
            message = language_of(request)("此件无法显示，请下载原件。", "This document cannot be shown; download it.")
            shown = (
                f"<!doctype html><meta charset=utf-8><title>-</title><p>{message}</p><!-- {type(failure).__name__} -->"
            )
        return Response.html(str(shown), headers=HEADERS | {"cache-control": "public, max-age=86400"})

    async def original(self, request: Any, datasette: Any) -> Response:
        """`/documents/<sha>/original`: the archived bytes, as an attachment."""
        database = published(datasette)
        source = await self._source(request, database)
        if isinstance(source, Response):
            return source
        sha = request.url_vars["sha"]
        row = await database.read(lambda db: db.execute("select * from documents where sha256 = ?", (sha,)).fetchone())
        try:
            data = await self.artist.do("original", source)
        except NotDrawn as failure:
            return Response.text(f"not readable from the archive: {failure}", status=500)
        assert isinstance(data, bytes)
        name = f'attachment; filename="{sha[:12]}.{extension(row["media_type"] if row else "")}"'
        return Response(data, headers=ORIGINAL_HEADERS | {"content-disposition": name}, content_type=_type(row))

    async def _source(self, request: Any, database: Published) -> Bytes | Response:
        sha, data = request.url_vars["sha"], database.link.parent.parent
        entry = taken_down(data, "document", sha)
        if entry:
            return Response.text(f"taken down {entry.at}: {entry.reason}", status=410)
        further = page_of(request.args.get("path"))  # on a further page of the article, a document of its own
        row = await database.read(lambda db: _record(db, further or sha))
        if row is None:
            return Response.text("no such document in the archive", status=404)
        if further is not None and (entry := taken_down(data, "document", row["sha256"])):
            return Response.text(f"taken down {entry.at}: {entry.reason}", status=410)
        return Bytes(data / "warc", row["warc_file"], row["warc_offset"], request.args.get("member"))


def _record(db: sqlite3.Connection, sha: str) -> sqlite3.Row | None:
    """Where the document lies whose hash is, or begins with, `sha`."""
    row: sqlite3.Row | None = db.execute(
        "select sha256, warc_file, warc_offset from captures where sha256 >= ? and sha256 < ? and warc_file is not null"
        " and outcome in ('new', 'changed') order by fetched_at limit 1",
        (sha, f"{sha}g"),
    ).fetchone()
    return row


def extension(media_type: str) -> str:
    tail = media_type.rsplit("/", 1)[-1]
    known = {"plain": "txt", "msword": "doc", "vnd.ms-excel": "xls", "zip": "zip", "ofd": "ofd"}
    if "wordprocessingml" in tail:
        return "docx"
    return known.get(tail, tail if tail in FORMATS else "bin")


def _type(row: sqlite3.Row | None) -> str:
    """Never a type that a browser would open as a page."""
    given = row["media_type"] if row else ""
    return given if given and "html" not in given and "xml" not in given else "application/octet-stream"


def _scale(text: str | None) -> float:
    try:
        return min(max(float(text or DEFAULT_SCALE), SCALES[0]), SCALES[1])
    except ValueError:
        return DEFAULT_SCALE


def _clip(text: str | None) -> tuple[float, float, float, float] | None:
    try:
        x0, top, x1, bottom = (float(part) for part in (text or "").split(","))
    except ValueError:
        return None
    return (x0, top, x1, bottom) if 0 <= x0 < x1 < LARGEST_PAGE and 0 <= top < bottom < LARGEST_PAGE else None


def _name(clip: tuple[float, ...] | None, member: str | None) -> str:
    return hashlib.sha256(repr((clip, member)).encode()).hexdigest()[:10] if clip or member else "whole"


def _keep(file: Path, data: bytes) -> None:
    """Written beside and renamed: a reader never sees half an image."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as half:
        half.write(data)
    os.replace(half.name, file)


def _grey_sheet(title: str, reason: str) -> Response:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 595 842" width="595" height="842">'
        '<rect width="595" height="842" fill="#e9e5db"/>'
        '<g text-anchor="middle" fill="#4f4c45" font-family="sans-serif">'
        f'<text x="297" y="400" font-size="24">{escape(title)}</text>'
        f'<text x="297" y="440" font-size="13">{escape(reason[:80])}</text></g></svg>'
    )
    return Response(svg, headers={"cache-control": "public, max-age=60"}, content_type="image/svg+xml")
