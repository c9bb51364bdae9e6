"""The shapes of drawn digits: how they look among each other, and beside those of common fonts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from parsers.content import Box
from parsers.formats.paged.digit_specimen import specimen

Grey = NDArray[np.uint8]
Edges = NDArray[np.float32]
"""Boxes in pixels: x0, top, x1, bottom each."""

Shapes = NDArray[np.float32]
"""The ink of digits in a fixed grid each, as vectors of mean 0 and length 1."""

HIGH, WIDE = 20, 14  # cells of a shape
FAINT = 60  # levels of 255 between paper and ink: not everybody sees it
_ALIKE = 0.78  # correlation of a digit with those of its name on the page
_SURE = 0.90  # with which it is that digit whatever else it resembles
_LEAST = 0.5  # with which it may be it at all
_CLEARLY, _MUCH = 0.80, 0.15  # correlation with another digit, and how much more than with its own
_MANY = 3  # digits of one name and size that can tell how it looks
_NO_LENGTH = 1e-6  # of a vector: nothing is divided by less
_MARGIN = 0.12  # of the height of a digit: how far off its paper is looked at


def are_as_called(grey: Grey, edges: Edges, names: Sequence[str], are_stand_ins: Sequence[bool]) -> list[bool]:
    """Which digits leave clear ink and look like what they are called? One in a font that is not in the file is drawn
    in another one: it must not clearly look like another digit."""
    shapes, contrasts = shapes_of(grey, edges)
    others = are_others(names, shapes)
    return [
        bool(contrasts[i] >= FAINT and (not others[i] if is_stand_in else _is_named(shapes[i], names[i])))
        for i, is_stand_in in enumerate(are_stand_ins)
    ]


def shapes_of(grey: Grey, edges: Edges) -> tuple[Shapes, NDArray[np.float32]]:
    """The shapes of digits, and the levels between the paper and the ink of each."""
    fields = sampled(grey, edges)
    least, most = fields.min(axis=(1, 2), initial=255), fields.max(axis=(1, 2), initial=0)
    light_on_dark = paper_around(grey, edges) < (least + most) / 2
    return _normed(np.where(light_on_dark[:, None, None], 255 - fields, fields)), most - least


def paper_around(grey: Grey, edges: Edges) -> NDArray[np.float32]:
    """The level of the paper around each box: the median of what lies just above and below."""
    margin = _MARGIN * (edges[:, 3] - edges[:, 1])
    above, below = edges.copy(), edges.copy()
    above[:, 1], above[:, 3] = edges[:, 1] - 2 * margin, edges[:, 1] - margin
    below[:, 1], below[:, 3] = edges[:, 3] + margin, edges[:, 3] + 2 * margin
    strips = [sampled(grey, part, (1, WIDE))[:, 0, :] for part in (above, below)]
    made: NDArray[np.float32] = np.median(np.concatenate(strips, axis=1), axis=1)
    return made


def sampled(grey: Grey, edges: Edges, grid: tuple[int, int] = (HIGH, WIDE)) -> NDArray[np.float32]:
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
    vectors = -fields.reshape(len(fields), HIGH * WIDE)
    vectors = vectors - vectors.mean(axis=1, keepdims=True)
    made: Shapes = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    return made


def verdicts(texts: Sequence[str], boxes: Sequence[Box], shapes: Shapes) -> NDArray[np.bool_]:
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
        alike = own @ usual / max(float(np.linalg.norm(usual)), _NO_LENGTH) > _ALIKE if usual is not None else None
        for at, i in enumerate(members):
            is_alike = alike is not None and bool(alike[at])
            verdicts[i] = not lies and (is_alike or _is_named(own[at], text, len(members) < _MANY))
    return np.array(verdicts, dtype=bool)


def look_as_others(
    names: Sequence[str], boxes: Sequence[Box], shapes: Shapes, disputed: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Which digits look just like those of their name and size over which nothing is drawn?"""
    made = np.zeros(len(names), dtype=bool)
    sizes = [(name, round(box[3] - box[1])) for name, box in zip(names, boxes, strict=True)]
    for i in np.flatnonzero(disputed):
        others = [j for j, size in enumerate(sizes) if size == sizes[i] and not disputed[j]]
        if others:
            usual = np.median(shapes[others], axis=0)
            made[i] = shapes[i] @ usual > _SURE * float(np.linalg.norm(usual))
    return made


def are_named(names: Sequence[str], shapes: Shapes) -> NDArray[np.bool_]:
    """Does each shape surely look like the digit it is called?"""
    made: NDArray[np.bool_] = np.array(
        [_is_named(shape, name, is_lenient=False) for shape, name in zip(shapes, names, strict=True)], dtype=bool
    )
    return made


def are_others(texts: Sequence[str], shapes: Shapes) -> NDArray[np.bool_]:
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
    fields = [sampled(patch, np.array([[0, 0, *patch.shape[::-1]]], np.float32)) for _, patch in names]
    return np.array([name for name, _ in names]), _normed(np.concatenate(fields))
