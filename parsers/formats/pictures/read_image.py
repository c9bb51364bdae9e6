"""The door to recognition: what is asked of it, and what is said where it is not installed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from parsers.content import Box, Page, Unreadable
from parsers.formats.paged.layout import Block

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 200.0
MOST_PIXELS = 14_000_000  # of one page as it is looked at
NEEDED = "the pages are pictures: recognition is not installed (`harvester doctor` says how)"


def read_image(image: Image, page: Page, regions: Sequence[Box] = ()) -> list[Block]:
    """Blocks of a picture of a whole page; with `regions` (in the page's points) only of what stands in them.

    Raises `Unreadable` (``needs_ocr``) where the recognition is not installed.
    """
    if not all(find_spec(name) for name in ("rapidocr", "onnxruntime", "cv2")):
        raise Unreadable("needs_ocr", NEEDED)
    import numpy

    from parsers.formats.pictures.page import read_picture

    picture = numpy.asarray(image.convert("RGB"))[:, :, ::-1]
    if regions:
        scale = picture.shape[1] / page.width
        masked = numpy.full_like(picture, 255)
        for x0, top, x1, bottom in regions:
            rows, columns = (
                slice(max(int(top * scale), 0), int(bottom * scale)),
                slice(max(int(x0 * scale), 0), int(x1 * scale)),
            )
            masked[rows, columns] = picture[rows, columns]
        picture = masked
    return read_picture(numpy.ascontiguousarray(picture), page)


def reading_scale(width: float, height: float) -> float:
    """Pixels a point at which a page of this size (points) is looked at."""
    return min(DPI / 72, math.sqrt(MOST_PIXELS / max(width * height, 1.0)))
