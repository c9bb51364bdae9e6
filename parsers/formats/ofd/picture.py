"""An OFD page as a picture."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from parsers.content import Box, Unreadable
from parsers.formats.ofd.package import Package
from parsers.formats.ofd.page import DrawnPage
from parsers.formats.paged.sheet import Sheet
from parsers.formats.pictures import image

_LARGEST = 20_000
"""Pixels of a side of what is pasted; chosen: a larger picture is none of a page."""
_FONTS = (
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "C:/Windows/Fonts/simsun.ttc",
)


def ofd_picture(package: Package, sheet: Sheet, marks: DrawnPage, scale: float) -> Image.Image:
    """An OFD page drawn simply: pictures, lines, letters in one font. To look at, not to print."""
    picture = Image.new(
        "RGB", (max(round(sheet.page.width * scale), 1), max(round(sheet.page.height * scale), 1)), "white"
    )
    for box, resource in marks.images:
        _paste(picture, package.part(package.media.get(resource, "")), box, scale)
    draw = ImageDraw.Draw(picture)
    for at, start, end in sheet.horizontal:
        draw.line([(start * scale, at * scale), (end * scale, at * scale)], fill="black")
    for at, start, end in sheet.vertical:
        draw.line([(at * scale, start * scale), (at * scale, end * scale)], fill="black")
    for glyph in sheet.glyphs:
        draw.text(
            (glyph.x0 * scale, glyph.top * scale), glyph.text, "black", _font(round((glyph.bottom - glyph.top) * scale))
        )
    return picture


def _paste(picture: Image.Image, data: bytes | None, box: Box, scale: float) -> None:
    """A picture in its place; one in a coding that cannot be decoded (JBIG2) leaves its place empty."""
    size = (round((box[2] - box[0]) * scale), round((box[3] - box[1]) * scale))
    if data is None or min(size) < 1 or max(size) > _LARGEST:
        return
    try:
        frame = next(image.frames(data))
    except Unreadable:
        return
    picture.paste(frame.resize(size, Image.Resampling.LANCZOS), (round(box[0] * scale), round(box[1] * scale)))


@lru_cache(maxsize=64)
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    path = next((path for path in _FONTS if Path(path).is_file()), None)
    return ImageFont.truetype(path, max(size, 1)) if path else ImageFont.load_default()
