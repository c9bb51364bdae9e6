"""What is to be seen of a PDF page: each digit that the text names is looked for in the page as it is drawn.

A digit that leaves no ink is not printed: it is white on white, transparent, clipped, in a layer that is off, under a
box. One through which a line runs is crossed out. One whose ink does not look like the other digits of that name, nor
like that digit in any common font, may be covered, or its font may lie: it cannot be trusted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import cache
from math import ceil
from unicodedata import digit

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from parsers.content import Box
from parsers.formats.packages.text_effects import marked
from parsers.formats.paged.digit_specimen import specimen
from parsers.formats.paged.glyphs import DOUBTFUL, Glyph
from parsers.formats.paged.lattice import Ruling

Grey = NDArray[np.uint8]
Shapes = NDArray[np.float32]
"""The ink of digits in a fixed grid each, as vectors of mean 0 and length 1."""

_HEIGHT = 28.0  # pixels of a digit by which it is told surely
_SCALES = 3, 10  # pixels a point
_MOST_PIXELS = 30_000_000
_HIGH, _WIDE = 20, 14  # cells of a shape
_NOTHING, _FAINT = 20, 60  # levels of 255 between paper and ink: nobody sees it, not everybody does
_ALIKE = 0.78  # correlation of a digit with those of its name on the page
_SURE = 0.90  # with which it is that digit whatever else it resembles
_LEAST = 0.5  # with which it may be it at all
_CLEARLY, _MUCH = 0.80, 0.15  # correlation with another digit, and how much more than with its own
_MANY = 3  # digits of one name and size that can tell how it looks
_MARGIN = 0.12  # of the height of a digit: how far off its paper is looked at
_BESIDE = 0.03, 0.08  # likewise: the strip beside a digit that a line crossing it runs through
_EDGE = 0.05  # likewise: above and below that a line beside it underlines
_MIDDLE = 0.22  # of the height of a digit: a line nearer its head or foot does not cross it out
_ACROSS = 0.6  # of the width of a digit that a line has to run over
_SOLID = 0.85  # of the pixels in the row of a line that are ink


@dataclass(frozen=True, slots=True)
class Sight:
    """A page as it is drawn, in grey."""

    grey: Grey
    scale: int
    sideways: int = 0
    """Quarter turns clockwise that make its digits upright."""

    def patch(self, box: Box, margin: float = 0.0) -> Grey:
        """The pixels in a box (points), empty where it lies off the page."""
        x0, top, x1, bottom = (value * self.scale for value in box)
        pad = margin * self.scale
        rows = slice(max(int(top - pad), 0), max(int(np.ceil(bottom + pad)), 0))
        columns = slice(max(int(x0 - pad), 0), max(int(np.ceil(x1 + pad)), 0))
        return self.grey[rows, columns]

    def shows(self, box: Box) -> bool:
        """Is anything to be seen in a box?"""
        patch = self.patch(box)
        return patch.size > 0 and int(patch.max()) - int(patch.min()) >= _FAINT


def sight_of(page: pdfium.PdfPage, size: tuple[float, float], inks: Iterable[Box | None], sideways: int) -> Sight:
    """The page drawn as a viewer shows it, annotations and layers included, so large that its digits can be told."""
    heights = [ink[2] - ink[0] if sideways % 2 else ink[3] - ink[1] for ink in inks if ink is not None]
    wanted = _HEIGHT / max(float(np.median(heights)), 0.1) if heights else 0.0
    largest = int((_MOST_PIXELS / max(size[0] * size[1], 1.0)) ** 0.5)
    scale = max(min(max(ceil(wanted), _SCALES[0]), _SCALES[1], largest), 1)
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        drawn = np.array(bitmap.to_numpy(), copy=True)
    finally:
        bitmap.close()
    return Sight(drawn[:, :, 0] if drawn.ndim == 3 else drawn, scale, sideways)


def seen(
    glyphs: Sequence[Glyph],
    inks: Sequence[Box | None],
    sight: Sight,
    horizontal: Iterable[Ruling],
    stand_ins: Set[Glyph] = frozenset(),
) -> tuple[list[Glyph], list[Box | None], int]:
    """The glyphs that can be seen with the boxes of their ink, and how many digits cannot: struck ones with their
    strokes, those that cannot be trusted as doubtful. `stand_ins` are in a font that is not in the file: another one is
    drawn, in other widths, and their shapes tell only where they are clearly those of another digit."""
    digits = [i for i, ink in enumerate(inks) if ink is not None]
    names = [str(digit(glyphs[i].text)) for i in digits]
    shapes, contrasts = _shapes([_box(inks, i) for i in digits], sight)
    verdicts = _verdicts(names, [_box(inks, i) for i in digits], shapes)
    stands_in = np.array([glyphs[i] in stand_ins for i in digits], dtype=bool)
    verdicts = verdicts | (stands_in & ~_is_another(names, shapes))
    levels = sorted(horizontal)
    lines = np.array([line.at for line in levels])
    kept, boxes, unseen = [], [], 0
    crossed = _crossed([_box(inks, i) for i in digits], sight) & ~stands_in
    told = dict(zip(digits, zip(contrasts, verdicts & ~crossed, strict=True), strict=True))
    for i, glyph in enumerate(glyphs):
        contrast, trusted = told.get(i, (255, True))
        if contrast < _NOTHING:
            unseen += 1
            continue
        if i in told:
            box = _box(inks, i)
            if _is_struck(box, levels, lines, sight):
                glyph = glyph._replace(text=marked(glyph.text, "struck"))
            elif (contrast < _FAINT or not trusted) and not _in_words(glyphs, i):
                glyph = glyph._replace(text=DOUBTFUL)
        kept.append(glyph)
        boxes.append(inks[i])
    return kept, boxes, unseen


def _in_words(glyphs: Sequence[Glyph], i: int) -> bool:
    """Does a digit stand in a number that touches a Chinese character, as years and dates do? Titles are set in fonts
    of their own, with too few digits to tell what they look like."""
    for step in (-1, 1):
        at = i
        while 0 <= at + step < len(glyphs) and _touch(glyphs[at], glyphs[at + step]):
            at += step
            if not glyphs[at].text.isdecimal():
                if "\u4e00" <= glyphs[at].text <= "\u9fff":
                    return True
                break
    return False


def _touch(one: Glyph, other: Glyph) -> bool:
    high = one.bottom - one.top
    gap = max(other.x0 - one.x1, one.x0 - other.x1)
    return gap < 0.5 * high and abs((one.top + one.bottom) - (other.top + other.bottom)) < high


def _box(inks: Sequence[Box | None], i: int) -> Box:
    box = inks[i]
    assert box is not None
    return box


def _shapes(boxes: Sequence[Box], sight: Sight) -> tuple[Shapes, NDArray[np.float32]]:
    """The shapes of digits, and the levels between the paper and the ink of each."""
    edges = np.array(boxes, dtype=np.float32).reshape(-1, 4) * sight.scale
    grid = (_WIDE, _HIGH) if sight.sideways % 2 else (_HIGH, _WIDE)
    fields = np.rot90(_sampled(sight.grey, edges, grid), -sight.sideways, axes=(1, 2))
    least, most = fields.min(axis=(1, 2), initial=255), fields.max(axis=(1, 2), initial=0)
    light_on_dark = _around(sight.grey, edges) < (least + most) / 2
    return _normed(np.where(light_on_dark[:, None, None], 255 - fields, fields)), most - least


def _around(grey: Grey, edges: NDArray[np.float32]) -> NDArray[np.float32]:
    """The level of the paper around each box: the median of what lies just above and below."""
    margin = _MARGIN * (edges[:, 3] - edges[:, 1])
    above, below = edges.copy(), edges.copy()
    above[:, 1], above[:, 3] = edges[:, 1] - 2 * margin, edges[:, 1] - margin
    below[:, 1], below[:, 3] = edges[:, 3] + margin, edges[:, 3] + 2 * margin
    strips = [_sampled(grey, part, (1, _WIDE))[:, 0, :] for part in (above, below)]
    made: NDArray[np.float32] = np.median(np.concatenate(strips, axis=1), axis=1)
    return made


def _sampled(grey: Grey, edges: NDArray[np.float32], grid: tuple[int, int] = (_HIGH, _WIDE)) -> NDArray[np.float32]:
    """The pixels of boxes (x0, top, x1, bottom in pixels) in fixed grids, between pixels by their neighbours."""
    x0, top, x1, bottom = (edges[:, i : i + 1] for i in range(4))
    high, wide = grey.shape
    down, across = ((np.arange(count, dtype=np.float32) + 0.5) / count for count in grid)
    rows = np.clip(top + down * (bottom - top) - 0.5, 0, high - 1)
    columns = np.clip(x0 + across * (x1 - x0) - 0.5, 0, wide - 1)
    upper, left = rows.astype(np.intp), columns.astype(np.intp)
    lower, right = np.minimum(upper + 1, high - 1), np.minimum(left + 1, wide - 1)
    down, across = (rows - upper)[:, :, None], (columns - left)[:, None, :]

    def at(row: NDArray[np.intp], column: NDArray[np.intp]) -> NDArray[np.float32]:
        return grey[row[:, :, None], column[:, None, :]].astype(np.float32)

    above = at(upper, left) * (1 - across) + at(upper, right) * across
    below = at(lower, left) * (1 - across) + at(lower, right) * across
    made: NDArray[np.float32] = above * (1 - down) + below * down
    return made


def _normed(fields: NDArray[np.float32]) -> Shapes:
    vectors = -fields.reshape(len(fields), _HIGH * _WIDE)
    vectors = vectors - vectors.mean(axis=1, keepdims=True)
    made: Shapes = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    return made


def _crossed(boxes: Sequence[Box], sight: Sight) -> NDArray[np.bool_]:
    """Does something run on either side of a digit, at about the same height, where digits leave paper?"""
    edges = np.array(boxes, dtype=np.float32).reshape(-1, 4) * sight.scale
    if sight.sideways or not len(edges):
        return np.zeros(len(edges), dtype=bool)
    high = edges[:, 3] - edges[:, 1]
    paper = _around(sight.grey, edges)
    inked = []
    for near, far in ((edges[:, 0] - _BESIDE[1] * high, edges[:, 0] - _BESIDE[0] * high),
                      (edges[:, 2] + _BESIDE[0] * high, edges[:, 2] + _BESIDE[1] * high)):  # fmt: skip
        strip = np.stack([near, edges[:, 1] + _EDGE * high, far, edges[:, 3] - _EDGE * high], axis=1)
        apart = np.abs(_sampled(sight.grey, strip, (_HIGH, 3)) - paper[:, None, None]).min(axis=2)
        inked.append((apart > _FAINT).sum(axis=1))
    left, right = inked
    made: NDArray[np.bool_] = (left > 0) & (right > 0) & (left < _HIGH // 2) & (right < _HIGH // 2)
    return made


def _verdicts(texts: Sequence[str], boxes: Sequence[Box], shapes: Shapes) -> NDArray[np.bool_]:
    """Is each digit what it is called? By the others of its name and size on the page, and by common fonts."""
    groups: dict[tuple[str, int], list[int]] = {}
    for i, (text, box) in enumerate(zip(texts, boxes, strict=True)):
        groups.setdefault((text, round(box[3] - box[1])), []).append(i)
    names = np.array(texts)
    verdicts = [True] * len(texts)
    for (text, _), members in groups.items():
        own = shapes[members]
        likes = own if len(members) >= _MANY else shapes[names == text]
        usual = np.median(likes, axis=0) if len(likes) >= _MANY else None
        lies = usual is not None and len(members) >= _MANY and not _is_named(usual, text)
        alike = own @ usual / max(float(np.linalg.norm(usual)), 1e-6) > _ALIKE if usual is not None else None
        for at, i in enumerate(members):
            is_alike = alike is not None and bool(alike[at])
            verdicts[i] = not lies and (is_alike or _is_named(own[at], text, len(members) < _MANY))
    return np.array(verdicts, dtype=bool)


def _is_another(texts: Sequence[str], shapes: Shapes) -> NDArray[np.bool_]:
    """Is each shape clearly that of another digit than the one it is called?"""
    names, known = _fonts()
    scores = shapes @ known.T
    own = np.where(names[None, :] == np.array(texts, dtype=names.dtype)[:, None], scores, -1.0).max(axis=1, initial=-1)
    other = np.where(names[None, :] != np.array(texts, dtype=names.dtype)[:, None], scores, -1.0).max(
        axis=1, initial=-1
    )
    made: NDArray[np.bool_] = (other > _CLEARLY) & (other > own + _MUCH)
    return made


def _is_named(shape: NDArray[np.float32], text: str, is_lenient: bool = True) -> bool:
    """Does it look like that digit in a common font, or, for a lenient look, more like it than like any other?"""
    names, known = _fonts()
    scores = known @ (shape / max(float(np.linalg.norm(shape)), 1e-6))
    best = {name: float(scores[names == name].max()) for name in map(str, range(10))}
    own = best.pop(text)
    return own > _SURE or (is_lenient and own > max(best.values()) and own > _LEAST)


@cache
def _fonts() -> tuple[NDArray[np.str_], Shapes]:
    """The shapes of the ten digits in common fonts, and their names."""
    names = [(name, patch) for name, patches in specimen().items() for patch in patches]
    fields = [_sampled(patch, np.array([[0, 0, *patch.shape[::-1]]], np.float32)) for _, patch in names]
    return np.array([name for name, _ in names]), _normed(np.concatenate(fields))


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
    dark = np.abs(patch - paper) > 0.4 * max(paper - ink, 1)
    return bool(dark.mean(axis=1).max() >= _SOLID)
