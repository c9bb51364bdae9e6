"""One PDF page → `Sheet`, by pdfium's page objects and characters, and by what is to be seen of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from parsers.content import Box, Page
from parsers.formats.paged.drawing import MOST_OBJECTS, Matrix, mapped, times
from parsers.formats.paged.glyphs import Glyph
from parsers.formats.paged.lattice import Ruling
from parsers.formats.paged.page_ink import PageInk, page_ink
from parsers.formats.paged.raised import without_raised
from parsers.formats.paged.sheet import Sheet
from parsers.formats.pdf.doubts import doubts
from parsers.formats.pdf.glyphs import Glyphs, OddText, read_glyphs
from parsers.formats.pdf.objects import Objects, objects_of
from parsers.formats.pdf.plain import disputed, is_plain
from parsers.formats.pdf.seals import is_seal
from parsers.formats.pdf.sight import seen, sight_of
from parsers.formats.pdf.specimens import Specimens
from parsers.formats.pdf.stamps import without_stamps


def frame(page: pdfium.PdfPage) -> tuple[Matrix, float, float]:
    """Matrix from PDF user space to the page as shown (top-left origin), and the shown size in points."""
    x0, y0, x1, y1 = _visible_box(page)
    width, height = x1 - x0, y1 - y0
    match page.get_rotation():
        case 90:
            return (0, 1, 1, 0, -y0, -x0), height, width
        case 180:
            return (-1, 0, 0, 1, x1, -y0), width, height
        case 270:
            return (0, -1, -1, 0, y1, x1), height, width
        case _:
            return (1, 0, 0, -1, -x0, y1), width, height


def _visible_box(page: pdfium.PdfPage) -> Box:
    media = page.get_mediabox()
    crop = page.get_cropbox()
    box = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    return box if box[2] - box[0] > 1 and box[3] - box[1] > 1 else media


def sheet(page: pdfium.PdfPage, number: int, specimens: Specimens) -> Sheet:
    """All marks of a page. Text that nobody sees, and watermarks, are left out of its glyphs.

    It is drawn only where its own objects leave doubt of what is to be seen. `specimens` are those of its document.
    """
    shown, width, height = frame(page)
    marks = objects_of(page.raw, shown)
    sideways = marks.sideways
    for _ in range(sideways):
        shown, width, height = times(shown, (0, 1, -1, 0, height, 0)), height, width
    if sideways:
        marks = objects_of(page.raw, shown)
    upright = _upright(page, number, _Turned(shown, width, height, sideways), marks, specimens)
    return replace(upright.turned(-sideways), sideways=sideways)


def _upright(
    page: pdfium.PdfPage,
    number: int,
    turned: _Turned,
    marks: Objects,
    specimens: Specimens,
) -> Sheet:
    """The marks of a page turned so that its text is upright."""
    shown, width, height, quarters = turned
    notes = _notes(page, shown)
    found = read_glyphs(page, shown, OddText(marks.hidden, marks.slanted, marks.coloured))
    is_known = not (notes.boxes or quarters) and is_plain(found, marks, shown, (width, height))
    marks.horizontal.extend(notes.crossings)
    if is_known and specimens.are_true(page, found.digits.values()):
        glyphs = list(_on_the_page(found.plain, marks, (width, height)))
        looked = _Looked(without_raised(glyphs, _inks(glyphs, found)), 0, None)
    else:
        looked = _looked_at(page, found, marks, turned, notes.boxes)
    return Sheet(
        page=Page(number, round(width, 2), round(height, 2)),
        glyphs=tuple(looked.glyphs),
        horizontal=tuple(marks.horizontal),
        vertical=tuple(marks.vertical),
        fills=tuple(marks.fills),
        pictures=tuple(marks.pictures),
        hidden=found.unseen + looked.unseen,
        notes=() if marks.budget > 0 else (f"page {number}: more than {MOST_OBJECTS} objects, the rest not looked at",),
        ink=looked.ink,
    )


class _Turned(NamedTuple):
    """A page turned clockwise by quarters after it is shown: the matrix to it, and its size in points."""

    matrix: Matrix
    width: float
    height: float
    quarters: int


class _Looked(NamedTuple):
    """What is left of the glyphs after a look at the page, how many are not to be seen, and where it has ink."""

    glyphs: list[Glyph]
    unseen: int
    ink: PageInk | None


def _looked_at(page: pdfium.PdfPage, found: Glyphs, marks: Objects, turned: _Turned, notes: Sequence[Box]) -> _Looked:
    """The glyphs compared with the page as it is drawn; nothing is drawn for a page without any text."""
    if not (found.plain or found.coloured):
        return _Looked([], 0, None)
    size = (turned.width, turned.height)
    sight = sight_of(page, size, [digit.ink for digit in found.digits.values()], turned.quarters)
    glyphs = without_stamps(found.plain, found.coloured, marks.vertical, sight.shows) if found.coloured else found.plain
    glyphs = list(_on_the_page(glyphs, marks, size))
    inks = _inks(glyphs, found)
    lines = marks.horizontal
    doubtful = doubts(found, marks, disputed(found, marks, turned.matrix, notes))
    kept, boxes, unseen = seen(glyphs, inks, sight, lines, doubtful)
    gone = {glyph.box for one in (found.plain, *found.coloured.values()) for glyph in one} - {g.box for g in glyphs}
    seals = [box for box, image in zip(marks.pictures, marks.images, strict=True) if is_seal(page, image)]
    ink = page_ink(sight.grey, int(sight.scale), (*seals, *gone))
    return _Looked(without_raised(kept, boxes), unseen, ink)


def _inks(glyphs: Iterable[Glyph], found: Glyphs) -> list[Box | None]:
    digits = found.digits
    return [digits[glyph].ink if glyph in digits else None for glyph in glyphs]


def _on_the_page(glyphs: Iterable[Glyph], marks: Objects, size: tuple[float, float]) -> Iterator[Glyph]:
    left, right = _reach(marks.horizontal, size[0])
    return (g for g in glyphs if 2 * left < g.x0 + g.x1 < 2 * right and 0 < g.top + g.bottom < 2 * size[1])


class _Notes(NamedTuple):
    """What readers put on a page: the lines by which they cross out text, and where anything is drawn but links."""

    crossings: list[Ruling]
    boxes: list[Box]


def _notes(page: pdfium.PdfPage, shown: Matrix) -> _Notes:
    crossings: list[Ruling] = []
    boxes: list[Box] = []
    points, area = raw.FS_QUADPOINTSF(), raw.FS_RECTF()
    for i in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        note = raw.FPDFPage_GetAnnot(page.raw, i)
        kind = raw.FPDFAnnot_GetSubtype(note)
        if kind != raw.FPDF_ANNOT_LINK:
            raw.FPDFAnnot_GetRect(note, area)
            boxes.append(mapped((area.left, area.bottom, area.right, area.top), shown))
        if kind == raw.FPDF_ANNOT_STRIKEOUT:
            for j in range(raw.FPDFAnnot_CountAttachmentPoints(note)):
                raw.FPDFAnnot_GetAttachmentPoints(note, j, points)
                xs, ys = (points.x1, points.x2, points.x3, points.x4), (points.y1, points.y2, points.y3, points.y4)
                x0, top, x1, bottom = mapped((min(xs), min(ys), max(xs), max(ys)), shown)
                crossings.append(Ruling((top + bottom) / 2, x0, x1))
        raw.FPDFPage_CloseAnnot(note)
    return _Notes(crossings, boxes)


def _reach(horizontal: Iterable[Ruling], width: float) -> tuple[float, float]:
    """How far to either side glyphs are read: the page, and where its edge cuts a ruled table, all of that. Else the
    page's edge would cut digits off."""
    across = [line for line in horizontal if line.start < width and line.end > 0]
    return min([0.0, *(line.start for line in across)]), max([width, *(line.end for line in across)])
