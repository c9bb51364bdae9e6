"""Pictures of reports: PNG, JPEG, TIFF (with several pages), BMP, GIF, WebP.

A frame is a page. One pixel is 72 / dpi points; where the file states no resolution, a picture at least 1200 pixels
wide is taken for a scanned A4 sheet and a smaller one for a screenshot at 96 dpi.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator

from PIL import Image, ImageSequence, UnidentifiedImageError

from parsers.content import Content, Page, Unreadable
from parsers.formats.damage import refusing
from parsers.formats.paged.page_breaks import continued
from parsers.formats.pictures.loose_tables import SeenPage, blocks_of, with_loose_tables
from parsers.formats.pictures.read_image import read_drawn, resized

MOST_PIXELS = 120_000_000
MOST_FRAMES = 60
_LEAST_DPI, _MOST_DPI = 100, 1200
"""Dots an inch that a scanner or a fax makes; what else a file states is left over from a screen or a template."""
_SCANNED = 1200
"""Pixels of the shorter side from which on a picture of unknown resolution is an A4 sheet: 145 dots an inch."""
_A4_WIDTH, _SCREEN_DPI = 8.27, 96.0
"""Inches; dots an inch."""
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)


def recognise(data: bytes) -> str | None:
    """By the first bytes; of a bitmap the size in its header too, `BM` alone begins many texts."""
    for magic, media_type in _MAGIC:
        if data.startswith(magic):
            return media_type
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if (
        data[:2] == b"BM"
        and data[6:10] == b"\x00\x00\x00\x00"
        and int.from_bytes(data[14:18], "little") in (12, 40, 108, 124)
    ):
        return "image/bmp"
    return None


def read(data: bytes) -> Content:
    """Tables and text of every frame, by recognition."""
    pages, seen = seen_pages(data)
    content = Content(recognise(data) or "image", "ocr", tuple(continued(blocks_of(seen))), tuple(pages))
    return with_loose_tables(content, seen)


def seen_pages(data: bytes) -> tuple[list[Page], list[SeenPage]]:
    """Every frame as a page, and what is seen on it."""
    pages: list[Page] = []
    seen: list[SeenPage] = []
    for number, frame in enumerate(frames(data), 1):
        page = page_of(frame, number)
        pages.append(page)
        seen.extend(read_drawn(resized(frame, page), page))
    return pages, seen


def frames(data: bytes) -> Iterator[Image.Image]:
    """Every frame in colour; raises `Unreadable` (``corrupt``, ``too_large``)."""
    try:
        with (
            refusing("the picture cannot be decoded", UnidentifiedImageError, OSError, SyntaxError, struct.error),
            warnings.catch_warnings(),
        ):
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise Unreadable("too_large", f"the picture has {image.width} × {image.height} pixels")
                for i, frame in enumerate(ImageSequence.Iterator(image)):
                    if i >= MOST_FRAMES:
                        break
                    yield _on_white(frame)
    except Image.DecompressionBombError as error:
        raise Unreadable("too_large", "the picture has too many pixels") from error


def _on_white(frame: Image.Image) -> Image.Image:
    resolution = frame.info.get("dpi")
    if frame.mode in ("RGBA", "LA", "P", "PA"):
        clear = frame.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        paper.alpha_composite(clear)
        frame = paper
    plain = frame.convert("RGB")
    if resolution:
        plain.info["dpi"] = resolution
    return plain


def page_of(frame: Image.Image, number: int) -> Page:
    """The frame as a page in points."""
    stated = frame.info.get("dpi") or (0, 0)
    dpi = float(stated[0] or 0)
    if not _LEAST_DPI <= dpi <= _MOST_DPI:
        short = min(frame.size)
        dpi = short / _A4_WIDTH if short >= _SCANNED else _SCREEN_DPI
    return Page(number, round(frame.width * 72 / dpi, 2), round(frame.height * 72 / dpi, 2))
