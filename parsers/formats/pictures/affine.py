"""Where a straightened page puts what the picture shows elsewhere. Free of numpy: every reading imports it."""

from __future__ import annotations

from parsers.content import Box

Affine = tuple[tuple[float, float, float], tuple[float, float, float]]
"""The first two rows of the matrix of an affine map: (x, y) → (a x + b y + c, d x + e y + f)."""


def mapped(matrix: Affine, box: Box) -> Box:
    """The box around where a matrix puts this box."""
    corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    (a, b, c), (d, e, f) = matrix
    xs, ys = [a * x + b * y + c for x, y in corners], [d * x + e * y + f for x, y in corners]
    return (min(xs), min(ys), max(xs), max(ys))
