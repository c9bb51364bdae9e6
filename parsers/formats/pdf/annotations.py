"""What is laid over a page: the fields of a form, notes, stamps, lines. Where it can be made a part of the page, it is
read like the rest of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import ImageChops
from PIL.Image import Image

_SCALE = 1.5  # pixels a point: enough to see a digit more or less
_OTHER, _MOST = 64, 24  # levels of grey by which a pixel is another, and how many may be
_NEVER_DRAWN = (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP)
_EMPTY = 2  # bytes of an appearance that is none: the end of its text


def is_overlaid(page: pdfium.PdfPage) -> bool:
    """Is anything laid over a page, and does all of it say itself how it looks?"""
    own = list(_overlays(page))
    return bool(own) and all(own)


def _overlays(page: pdfium.PdfPage) -> Iterator[bool]:
    """Of each that may be drawn: has it an appearance of its own?"""
    for i in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        note = raw.FPDFPage_GetAnnot(page.raw, i)
        hidden = raw.FPDFAnnot_GetFlags(note) & (raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW)
        if not hidden and raw.FPDFAnnot_GetSubtype(note) not in _NEVER_DRAWN:
            yield raw.FPDFAnnot_GetAP(note, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0) > _EMPTY
        raw.FPDFPage_CloseAnnot(note)


@contextmanager
def merged(page: pdfium.PdfPage, spare: pdfium.PdfDocument, index: int) -> Iterator[pdfium.PdfPage]:
    """The page with all that is laid over it as a part of it, from a `spare` copy of its document; the page itself
    where the two do not look alike."""
    first = spare[index]
    try:
        done = raw.FPDFPage_Flatten(first.raw, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS
    finally:
        first.close()
    second = spare[index]
    try:
        yield second if done and _is_alike(_drawn(page), _drawn(second)) else page
    finally:
        second.close()


def _drawn(page: pdfium.PdfPage) -> Image:
    bitmap = page.render(scale=_SCALE, grayscale=True)
    try:
        picture: Image = bitmap.to_pil().convert("L")
    finally:
        bitmap.close()
    return picture


def _is_alike(one: Image, other: Image) -> bool:
    if one.size != other.size:
        return False
    return sum(ImageChops.difference(one, other).histogram()[_OTHER:]) <= _MOST
