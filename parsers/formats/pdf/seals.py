"""Which pictures of a page are seals or nothing at all: ink of theirs in a blank cell is no number."""

from __future__ import annotations

from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from numpy.typing import NDArray

from parsers.formats.paged.page_ink import DARK

_WHITE = 255
_RED = 40  # levels of 255 by which red stands out in the ink of seals
_MOSTLY = 0.8  # of the ink


def is_seal(page: pdfium.PdfPage, picture: Any) -> bool:
    """Is the ink of a picture red, or is there none that is as dark as print? False where it cannot be told."""
    drawn = raw.FPDFImageObj_GetRenderedBitmap(page.pdf.raw, page.raw, picture)
    if not drawn:
        return False
    return _is_red(_on_paper(pdfium.PdfBitmap.from_raw(drawn).to_numpy()))  # freed with the last view of its pixels


def _on_paper(pixels: NDArray[np.uint8]) -> NDArray[np.int16]:
    """Blue, green and red of a picture laid on white."""
    if pixels.ndim == 2 or pixels.shape[2] == 1:
        return np.repeat(pixels.reshape(*pixels.shape[:2], 1), 3, axis=2).astype(np.int16)
    colours = pixels[:, :, :3].astype(np.int16)
    if pixels.shape[2] == 3:
        return colours
    cover = pixels[:, :, 3:].astype(np.int16)
    made: NDArray[np.int16] = 255 - (255 - colours) * cover // 255
    return made


def _is_red(colours: NDArray[np.int16]) -> bool:
    ink = colours.min(axis=2) < _WHITE - DARK
    red = colours[:, :, 2] - colours[:, :, :2].max(axis=2) > _RED
    return bool(np.count_nonzero(ink & red) >= _MOSTLY * np.count_nonzero(ink))
