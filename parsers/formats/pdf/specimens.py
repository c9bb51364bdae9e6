"""One drawn digit of each kind that a document has: does a font show what it names?"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from parsers.content import Box
from parsers.formats.pdf.faces import FontDigit
from parsers.formats.pdf.glyphs import Digit
from parsers.formats.pdf.shapes import Edges, Grey, are_as_called

_HIGH = 28.0  # pixels of a drawn digit, as on a page that is looked at
_EDGE = 11.0  # pixels: the paper that is drawn around it


@dataclass(frozen=True, slots=True)
class Specimens:
    """Which kinds of digits were looked at in a document, and whether they look as they are called."""

    known: dict[FontDigit, bool] = field(default_factory=dict)

    def are_true(self, page: pdfium.PdfPage, digits: Iterable[Digit]) -> bool:
        """Does each digit of a page look as it is called? One of each kind is drawn, once a document."""
        new: dict[FontDigit, Box] = {}
        for digit in digits:
            if not self.known.get(digit.kind, digit.kind.is_known_again):
                return False
            if digit.kind not in self.known:
                new.setdefault(digit.kind, digit.ink)
        if new:
            names, stand_ins = [kind.digit for kind in new], [not kind.face.is_embedded for kind in new]
            self.known.update(zip(new, are_as_called(*_drawn(page, list(new.values())), names, stand_ins), strict=True))
        return all(self.known[kind] for kind in new)


def _drawn(page: pdfium.PdfPage, inks: Sequence[Box]) -> tuple[Grey, Edges]:
    """Digits with the paper around them, as a viewer shows them, side by side; and where the ink of each lies."""
    fields = [math.ceil((ink[2] - ink[0]) / (ink[3] - ink[1]) * _HIGH + 2 * _EDGE) for ink in inks]
    wide, high = sum(fields), math.ceil(_HIGH + 2 * _EDGE)
    bitmap = pdfium.PdfBitmap.new_native(wide, high, raw.FPDFBitmap_Gray)
    boxes: list[Box] = []
    try:
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, wide, high)
        left = 0.0
        for ink, width in zip(inks, fields, strict=True):
            scale = _HIGH / (ink[3] - ink[1])
            placing = raw.FS_MATRIX(scale, 0, 0, scale, left + _EDGE - ink[0] * scale, _EDGE - ink[1] * scale)
            field = raw.FS_RECTF(left, 0, left + width, high)
            raw.FPDF_RenderPageBitmapWithMatrix(bitmap, page, placing, field, raw.FPDF_ANNOT | raw.FPDF_GRAYSCALE)
            boxes.append((left + _EDGE, _EDGE, left + _EDGE + (ink[2] - ink[0]) * scale, _EDGE + _HIGH))
            left += width
        return np.array(bitmap.to_numpy(), copy=True).reshape(high, wide), np.array(boxes, dtype=np.float32)
    finally:
        bitmap.close()
