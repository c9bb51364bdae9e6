"""One page of a paged document as a PNG in 16 greys: a quarter of the bytes of full colour, and it prints well."""

from __future__ import annotations

import io

import pypdfium2
from PIL import Image

Box = tuple[float, float, float, float]

MOST_PIXELS = 12_000_000
GREYS = 16


def draw(data: bytes, page: int, scale: float, clip: Box | None = None) -> bytes:
    """`page` from 1; `scale` 1 is 72 dpi; `clip` in points from the top left. Pages too large are drawn smaller."""
    document = pypdfium2.PdfDocument(data)
    try:
        sheet = document[page - 1]
        width, height = sheet.get_size()
        if width * height * scale * scale > MOST_PIXELS:
            scale = float((MOST_PIXELS / (width * height)) ** 0.5)
        image = sheet.render(scale=scale, grayscale=True, crop=_margins(clip, width, height)).to_pil()
        return _png(image.convert("L"))
    finally:
        document.close()


def _margins(clip: Box | None, width: float, height: float) -> Box:
    """pdfium wants what to cut off: left, bottom, right, top."""
    if clip is None:
        return (0, 0, 0, 0)
    x0, top, x1, bottom = clip
    return (max(0, x0), max(0, height - bottom), max(0, width - x1), max(0, top))


def _png(image: Image.Image) -> bytes:
    step = 255 // (GREYS - 1)
    levels = Image.frombytes("P", image.size, image.point(lambda value: (value + step // 2) // step).tobytes())
    levels.putpalette([channel for level in range(GREYS) for channel in (level * step,) * 3])
    out = io.BytesIO()
    levels.save(out, "PNG", bits=4)
    return out.getvalue()
