"""A page as a picture, for people to look at: PDF, images and OFD, as PNG in 16 greys or in colour."""

from __future__ import annotations

import io
import math
from itertools import islice

import pypdfium2 as pdfium
from PIL import Image

from parsers.content import Box, Unreadable
from parsers.formats.ofd import ofd
from parsers.formats.ofd.picture import ofd_picture
from parsers.formats.paged.sheet import Sheet
from parsers.formats.pdf import pdf
from parsers.formats.pdf.file import opened as opened_pdf
from parsers.formats.pdf.file import sheets
from parsers.formats.pictures import image

MOST_PIXELS = 12_000_000


def render_page(
    data: bytes, media_type: str, page: int, scale: float, clip: Box | None = None, grey: bool = True
) -> bytes:
    """PNG of a page (from 1) or of a part of it (`clip`, points from the top left) at `scale` pixels a point.

    Raises `Unreadable`: ``unsupported`` for other formats and pages that do not exist.
    """
    if media_type == pdf.MEDIA_TYPE:
        picture = _pdf_picture(data, page, scale, clip)
    elif media_type == ofd.MEDIA_TYPE:
        picture = _clipped(_ofd_page(data, page, scale), clip, scale)
    elif media_type.startswith("image/"):
        picture = _clipped(_frame(data, page, scale), clip, scale)
    else:
        raise Unreadable("unsupported", f"{media_type} has no pages to show")
    return _png(picture, grey)


def page_sheets(data: bytes, media_type: str) -> tuple[Sheet, ...]:
    """What is drawn on each page of a PDF or OFD: glyphs and lines; nothing for other formats."""
    if media_type == pdf.MEDIA_TYPE:
        return sheets(data)[0]
    return tuple(sheet for sheet, _ in ofd.opened(data)[1]) if media_type == ofd.MEDIA_TYPE else ()


def _bounded(scale: float, width: float, height: float) -> float:
    return min(scale, math.sqrt(MOST_PIXELS / max(width * height, 1.0)))


def _pdf_picture(data: bytes, number: int, scale: float, clip: Box | None) -> Image.Image:
    with opened_pdf(data) as document:
        if not 1 <= number <= len(document):
            raise Unreadable("unsupported", f"the document has no page {number}")
        try:
            page = document[number - 1]
        except pdfium.PdfiumError as error:
            raise Unreadable("corrupt", f"page {number} cannot be read") from error
        try:
            width, height = page.get_size()
            x0, top, x1, bottom = clip or (0.0, 0.0, width, height)
            crop = (max(x0, 0.0), max(height - bottom, 0.0), max(width - x1, 0.0), max(top, 0.0))
            bitmap = page.render(scale=_bounded(scale, width, height), crop=crop)
            picture: Image.Image = bitmap.to_pil().convert("RGB")
            bitmap.close()
            return picture
        finally:
            page.close()


def _frame(data: bytes, number: int, scale: float) -> Image.Image:
    frame = next(islice(image.frames(data), number - 1, None), None) if number > 0 else None
    if frame is None:
        raise Unreadable("unsupported", f"the picture has no page {number}")
    page = image.page_of(frame, number)
    scale = _bounded(scale, page.width, page.height)
    size = (max(round(page.width * scale), 1), max(round(page.height * scale), 1))
    return frame.resize(size, Image.Resampling.LANCZOS)


def _ofd_page(data: bytes, number: int, scale: float) -> Image.Image:
    package, pages = ofd.opened(data)
    found = next(((sheet, marks) for sheet, marks in pages if sheet.page.number == number), None)
    if found is None:
        raise Unreadable("unsupported", f"the document has no page {number}")
    sheet, marks = found
    return ofd_picture(package, sheet, marks, _bounded(scale, sheet.page.width, sheet.page.height))


def _clipped(picture: Image.Image, clip: Box | None, scale: float) -> Image.Image:
    if clip is None:
        return picture
    x0, top, x1, bottom = (round(value * scale) for value in clip)
    return picture.crop((max(x0, 0), max(top, 0), min(max(x1, 1), picture.width), min(max(bottom, 1), picture.height)))


def _png(picture: Image.Image, grey: bool) -> bytes:
    buffer = io.BytesIO()
    if grey:
        levels = picture.convert("L").point(lambda value: (value + 8) // 17)
        sixteen = Image.frombytes("P", levels.size, levels.tobytes())
        sixteen.putpalette([channel for i in range(16) for channel in (i * 17,) * 3])
        sixteen.save(buffer, "PNG", bits=4)
    else:
        picture.save(buffer, "PNG")
    return buffer.getvalue()
