"""The door to recognition: what is asked of it, and what is said where it is not installed."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from PIL.Image import Resampling

from parsers.content import Box, Page, Unreadable

if TYPE_CHECKING:
    from PIL.Image import Image

    from parsers.formats.pictures.loose_tables import SeenPage

DPI = 200.0
_SHORT = 8.27 * DPI  # pixels of the shorter side of A4
_USUAL = 27.0  # pixels of a letter at that resolution
_LOWEST, _HIGHEST = 20.0, 38.0  # of letters that are read as well
_WORTH = 0.1  # of the scale: smaller changes are not worth drawing again
_NEAR = 0.8, 1.25  # times as large: near enough to be taken as it is
MOST_PIXELS = 14_000_000  # of one page as it is looked at
NEEDED = "the pages are pictures: recognition is not installed (`harvester doctor` says how)"


def read_drawn(draw: Callable[[float], Image], page: Page, regions: Sequence[Box] = ()) -> list[SeenPage]:
    """What a whole page shows that `draw` gives as a picture at a scale (pixels a point); with `regions` (in the page's
    points) only of what stands in them.

    The points of a scanned page say little: scanners and converters write what they like. The page is drawn as if it
    were A4, and again where its letters turn out larger or smaller than they are at 200 dots an inch.
    Raises `Unreadable` (``needs_ocr``) where the recognition is not installed.
    """
    if not all(find_spec(name) for name in ("rapidocr", "onnxruntime", "cv2")):
        raise Unreadable("needs_ocr", NEEDED)
    from parsers.formats.pictures.letter_height import letter_height
    from parsers.formats.pictures.page import read_picture

    scale = reading_scale(page.width, page.height)
    picture = _picture(draw(scale), page, regions)
    height = letter_height(picture)
    if height is not None and not _LOWEST <= height <= _HIGHEST:
        wanted = min(scale * _USUAL / height, math.sqrt(MOST_PIXELS / max(page.width * page.height, 1.0)))
        if abs(wanted - scale) > _WORTH * scale:
            picture = _picture(draw(wanted), page, regions)
    return read_picture(picture, page)


def resized(image: Image, page: Page) -> Callable[[float], Image]:
    """How a picture of a page is drawn at a scale."""

    def draw(scale: float) -> Image:
        size = (max(round(page.width * scale), 1), max(round(page.height * scale), 1))
        return image if _NEAR[0] < size[0] / image.width < _NEAR[1] else image.resize(size, Resampling.LANCZOS)

    return draw


def _picture(image: Image, page: Page, regions: Sequence[Box]) -> Any:
    """The picture as the engine wants it, white outside the regions."""
    import numpy

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
    return numpy.ascontiguousarray(picture)


def reading_scale(width: float, height: float) -> float:
    """Pixels a point at which a page of this size (points) is looked at first: as if its shorter side were A4's."""
    return min(_SHORT / max(min(width, height), 1.0), math.sqrt(MOST_PIXELS / max(width * height, 1.0)))
