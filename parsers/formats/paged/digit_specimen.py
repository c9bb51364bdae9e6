"""The ten digits in the standard fonts of PDF, drawn once: what a digit looks like."""

from __future__ import annotations

from functools import cache

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

_FONTS = ("Times-Roman", "Times-Bold", "Helvetica", "Helvetica-Bold", "Courier", "Courier-Bold")
_FIELD = 100  # points and pixels of a digit's field
_MIDDLE_GREY = 128  # of 255: darker is ink, as the letters are black on white


@cache
def specimen() -> dict[str, tuple[NDArray[np.uint8], ...]]:
    """Each digit in each font, dark on white, cut out closely."""
    document = pdfium.PdfDocument(_page())
    try:
        page = document[0]
        picture = np.array(page.render(scale=1.0).to_numpy()[:, :, 0], copy=True)
        page.close()
    finally:
        document.close()
    return {str(digit): tuple(_cut(picture, row, digit) for row in range(len(_FONTS))) for digit in range(10)}


def _cut(picture: NDArray[np.uint8], row: int, digit: int) -> NDArray[np.uint8]:
    top, left = _FIELD * row, _FIELD * digit
    field = picture[top : top + _FIELD, left : left + _FIELD]
    rows, columns = np.nonzero(field < _MIDDLE_GREY)
    return field[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def _page() -> bytes:
    """A PDF page with the ten digits in each font, one in each field."""
    high = _FIELD * len(_FONTS)
    text = " ".join(
        f"BT /F{row} 80 Tf {_FIELD * digit + 25} {high - _FIELD * row - 80} Td ({digit}) Tj ET"
        for row in range(len(_FONTS))
        for digit in range(10)
    )
    fonts = " ".join(f"/F{row} << /Type /Font /Subtype /Type1 /BaseFont /{name} >>" for row, name in enumerate(_FONTS))
    return (
        "%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n"
        "2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n"
        f"3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 {10 * _FIELD} {high}] /Contents 4 0 R"
        f" /Resources << /Font << {fonts} >> >> >> endobj\n"
        f"4 0 obj << /Length {len(text)} >> stream\n{text}\nendstream endobj\n"
        "trailer << /Root 1 0 R >>\n%%EOF\n"
    ).encode()
