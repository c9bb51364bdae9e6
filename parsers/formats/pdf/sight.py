"""What is to be seen of a PDF page: each digit that the text names is looked for in the page as it is drawn.

A digit that leaves no ink is not printed: it is white on white, transparent, clipped, in a layer that is off, under a
box. One through which a line runs is crossed out. One whose ink does not look like the other digits of that name, nor
like that digit in any common font, may be covered, or its font may lie: it cannot be trusted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple
from unicodedata import digit

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from parsers.content import Box
from parsers.formats.packages.text_effects import marked
from parsers.formats.paged.glyphs import DOUBTFUL, Glyph
from parsers.formats.paged.in_words import in_words
from parsers.formats.paged.lattice import Ruling
from parsers.formats.pdf.shapes import (
    FAINT,
    HIGH,
    Edges,
    Grey,
    are_named,
    are_others,
    look_as_others,
    paper_around,
    sampled,
    shapes_of,
    verdicts,
)

_HEIGHT = 28.0  # pixels of a digit by which it is told surely
_SCALES = 3, 10  # pixels a point
_MOST_PIXELS = 30_000_000
_NOTHING = 20  # levels of 255 between paper and ink: nobody sees it
_TINY, _SMALLEST = 0.25, 2.0  # of the height of the page's digits, and points: nobody sees what is lower than both
_BESIDE = 0.03, 0.08  # likewise: the strip beside a digit that a line crossing it runs through
_EDGE = 0.05  # likewise: above and below that a line beside it underlines
_MIDDLE = 0.22  # of the height of a digit: a line nearer its head or foot does not cross it out
_ACROSS = 0.6  # of the width of a digit that a line has to run over
_INKED = 0.4  # of the way from paper to ink, from which on a pixel of a line is drawn; chosen
_SOLID = 0.85  # of the pixels in the row of a line that are ink


class Doubts(NamedTuple):
    """Digits in fonts that are not in the file; those over which something is drawn, or that may be cut off; those
    that have to prove what they are: mirrored, or on dark ground; and those that nobody reads: turned, or slivers."""

    stand_ins: Set[Glyph] = frozenset()
    disputed: Set[Glyph] = frozenset()
    unproven: Set[Glyph] = frozenset()
    crooked: Set[Glyph] = frozenset()


NO_DOUBTS = Doubts()


@dataclass(frozen=True, slots=True)
class Sight:
    """A page as it is drawn, in grey."""

    grey: Grey
    scale: float
    """Pixels a point."""

    def patch(self, box: Box, margin: float = 0.0) -> Grey:
        """The pixels in a box (points), empty where it lies off the page."""
        x0, top, x1, bottom = (value * self.scale for value in box)
        pad = margin * self.scale
        rows = slice(max(int(top - pad), 0), max(int(np.ceil(bottom + pad)), 0))
        columns = slice(max(int(x0 - pad), 0), max(int(np.ceil(x1 + pad)), 0))
        return self.grey[rows, columns]

    def edges(self, boxes: Sequence[Box]) -> Edges:
        """Boxes (points) in pixels."""
        return np.array(boxes, dtype=np.float32).reshape(-1, 4) * np.float32(self.scale)

    def shows(self, box: Box) -> bool:
        """Is anything to be seen in a box?"""
        patch = self.patch(box)
        return patch.size > 0 and int(patch.max()) - int(patch.min()) >= FAINT


def sight_of(page: pdfium.PdfPage, size: tuple[float, float], inks: Iterable[Box], quarters: int = 0) -> Sight:
    """The page drawn as a viewer shows it, annotations and layers included, so large that its digits can be told, and
    turned clockwise by quarters: so their ink is given, and the size."""
    heights = [ink[3] - ink[1] for ink in inks]
    wanted = _HEIGHT / max(float(np.median(heights)), 0.1) if heights else 0.0
    largest = int((_MOST_PIXELS / max(size[0] * size[1], 1.0)) ** 0.5)
    scale = max(min(max(ceil(wanted), _SCALES[0]), _SCALES[1], largest), 1)
    bitmap = page.render(scale=scale, grayscale=True, rotation=90 * quarters)
    try:
        drawn = np.array(bitmap.to_numpy(), copy=True)
    finally:
        bitmap.close()
    return Sight(drawn[:, :, 0] if drawn.ndim == 3 else drawn, scale)


def seen(
    glyphs: Sequence[Glyph],
    inks: Sequence[Box | None],
    sight: Sight,
    horizontal: Iterable[Ruling],
    doubtful: Doubts = NO_DOUBTS,
) -> tuple[list[Glyph], list[Box | None], int]:
    """The glyphs that can be seen with the boxes of their ink, and how many digits cannot: struck ones with their
    strokes, those that cannot be trusted as doubtful. Of a font that is not in the file another one is drawn, in other
    widths: shapes tell only where they are clearly those of another digit. Digits with something over them in such a
    font, and those that have to prove what they are in any, have to look as the others do, or surely like what they
    are called."""
    digits = [i for i, ink in enumerate(inks) if ink is not None]
    names = [str(digit(glyphs[i].text)) for i in digits]
    own = [_box(inks, i) for i in digits]
    shapes, contrasts = shapes_of(sight.grey, sight.edges(own))
    trust = verdicts(names, own, shapes)
    stands_in, disputed, unproven, crooked = (
        np.array([glyphs[i] in those for i in digits], dtype=bool) for those in doubtful
    )
    may_lie = disputed | unproven
    proven = ~may_lie | are_named(names, shapes) | look_as_others(names, own, shapes, may_lie)
    trust = np.where(stands_in, ~are_others(names, shapes) & proven, trust) & (~unproven | proven) & ~crooked
    levels = sorted(horizontal)
    lines = np.array([line.at for line in levels])
    kept, boxes, unseen = [], [], 0
    tiny = min(_TINY * float(np.median([_height(_box(inks, i)) for i in digits])), _SMALLEST) if digits else 0.0
    crossed = _crossed(own, sight) & ~stands_in
    told = dict(zip(digits, zip(contrasts, trust & ~crossed, strict=True), strict=True))
    for i, glyph in enumerate(glyphs):
        contrast, trusted = told.get(i, (255, True))
        if contrast < _NOTHING or (i in told and _height(_box(inks, i)) < tiny):
            unseen += 1
            continue
        if i in told:
            box = _box(inks, i)
            if _is_struck(box, levels, lines, sight):
                glyph = glyph._replace(text=marked(glyph.text, "struck"))
            elif (contrast < FAINT or not trusted) and not in_words(glyphs, i):
                glyph = glyph._replace(text=DOUBTFUL)
        kept.append(glyph)
        boxes.append(inks[i])
    return kept, boxes, unseen


def _height(box: Box) -> float:
    return box[3] - box[1]


def _box(inks: Sequence[Box | None], i: int) -> Box:
    box = inks[i]
    assert box is not None
    return box


def _crossed(boxes: Sequence[Box], sight: Sight) -> NDArray[np.bool_]:
    """Does something run on either side of a digit, at about the same height, where digits leave paper?"""
    edges = sight.edges(boxes)
    if not len(edges):
        return np.zeros(len(edges), dtype=bool)
    high = edges[:, 3] - edges[:, 1]
    paper = paper_around(sight.grey, edges)
    inked = []
    for near, far in ((edges[:, 0] - _BESIDE[1] * high, edges[:, 0] - _BESIDE[0] * high),
                      (edges[:, 2] + _BESIDE[0] * high, edges[:, 2] + _BESIDE[1] * high)):  # fmt: skip
        strip = np.stack([near, edges[:, 1] + _EDGE * high, far, edges[:, 3] - _EDGE * high], axis=1, dtype=np.float32)
        apart = np.abs(sampled(sight.grey, strip, (HIGH, 3)) - paper[:, None, None]).min(axis=2)
        inked.append((apart > FAINT).sum(axis=1))
    left, right = inked
    made: NDArray[np.bool_] = (left > 0) & (right > 0) & (left < HIGH // 2) & (right < HIGH // 2)
    return made


def _is_struck(box: Box, levels: Sequence[Ruling], lines: NDArray[np.float64], sight: Sight) -> bool:
    """Does a drawn line run through the middle of a digit, and can it be seen?"""
    x0, top, x1, bottom = box
    high = bottom - top
    first = int(np.searchsorted(lines, top + _MIDDLE * high)) if len(lines) else 0
    for line in levels[first:]:
        if line.at > bottom - _MIDDLE * high:
            return False
        if min(line.end, x1) - max(line.start, x0) >= _ACROSS * (x1 - x0) and _is_drawn(line, box, sight):
            return True
    return False


def _is_drawn(line: Ruling, box: Box, sight: Sight) -> bool:
    patch = sight.patch((max(box[0], line.start), line.at - 0.5, min(box[2], line.end), line.at + 0.5)).astype(np.int16)
    around = sight.patch(box, margin=0.5)
    if patch.size == 0:
        return False
    paper, ink = int(around.max()), int(around.min())
    if abs(int(np.median(patch)) - paper) < abs(int(np.median(patch)) - ink):
        return False
    dark = np.abs(patch - paper) > _INKED * max(paper - ink, 1)
    return bool(dark.mean(axis=1).max() >= _SOLID)
