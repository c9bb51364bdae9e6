"""What transforms do to a box: shift it, shrink it to nothing, turn or mirror its letters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from parsers.formats.html.style.lengths import Length, Token, degrees, length, number

_QUARTER_TURN, _HALF_TURN, _WHOLE_TURN = 90, 180, 360
"""Degrees."""
_SHRUNK = 0.1
"""Scale below which letters are gone."""
_UPRIGHT = 30.0
"""Degrees that letters may be turned and still be read as they stand."""
_EDGE_ON = 3.0
"""Degrees around a right angle in which a card turned towards its edge shows nothing."""
_SHEARED = 0.5
"""Sum of the two slanting parts of a matrix from which on letters are turned or lean too far (a turn of 15 degrees)."""
_LINE_HEIGHT = 1.2
_BOX_WIDTH = 2.0
"""Heights of a letter that the box of a number is wide, for shifts in percent of the box itself."""
_MATRIX = 6
"""Numbers of a flat matrix."""


@dataclass(slots=True)
class Transformed:
    """A box whose letters are `font` pixels high, after its transforms: pixels across and down, scales, degrees."""

    font: float
    across: float = 0.0
    down: float = 0.0
    scale_x: float = 1.0
    scale_y: float = 1.0
    turned: float = 0.0
    garbled: bool = False

    @classmethod
    def by(cls, values: Mapping[str, object], font: float) -> Transformed:
        """By the properties `translate`, `scale`, `rotate`, then by the functions of `transform`."""
        box = cls(font)
        moves, scales, angle = values.get("translate"), values.get("scale"), values.get("rotate")
        if isinstance(moves, tuple):
            box.shift(*moves)
        if isinstance(scales, tuple):
            box.scale_x, box.scale_y = scales
        if isinstance(angle, float):
            box.turned = angle
        for name, arguments in _functions(values):
            if name not in _HARMLESS:
                step = _STEPS.get(name)
                box.garbled |= step is None
                if step is not None:
                    step(box, arguments)
        return box

    @property
    def vanishes(self) -> bool:
        return min(abs(self.scale_x), abs(self.scale_y)) < _SHRUNK

    @property
    def reads_otherwise(self) -> bool:
        is_turned = _UPRIGHT < abs(self.turned) % _WHOLE_TURN < _WHOLE_TURN - _UPRIGHT
        is_mirrored = self.scale_x < 0 or self.scale_y < 0
        return self.garbled or is_turned or is_mirrored

    def shift(self, across: Length | None, down: Length | None) -> None:
        self.across += self._pixels(across, _BOX_WIDTH)
        self.down += self._pixels(down, _LINE_HEIGHT)

    def _pixels(self, move: Length | None, box: float) -> float:
        """Pixels of a shift whose percentages are of the box itself, `box` heights of a letter large."""
        return (move.at(self.font, box * self.font) or 0.0) if move is not None else 0.0


def _translate(box: Transformed, arguments: Sequence[Token]) -> None:
    box.shift(_length(arguments, 0), _length(arguments, 1))


def _translate_x(box: Transformed, arguments: Sequence[Token]) -> None:
    box.shift(_length(arguments, 0), None)


def _translate_y(box: Transformed, arguments: Sequence[Token]) -> None:
    box.shift(None, _length(arguments, 0))


def _scale(box: Transformed, arguments: Sequence[Token]) -> None:
    first = _factor(arguments, 0, 1.0)
    box.scale_x *= first
    box.scale_y *= _factor(arguments, 1, first)


def _scale_x(box: Transformed, arguments: Sequence[Token]) -> None:
    box.scale_x *= _factor(arguments, 0, 1.0)


def _scale_y(box: Transformed, arguments: Sequence[Token]) -> None:
    box.scale_y *= _factor(arguments, 0, 1.0)


def _rotate(box: Transformed, arguments: Sequence[Token]) -> None:
    box.turned += _angle(arguments)


def _turn_away(box: Transformed, arguments: Sequence[Token]) -> None:
    """Like a card about its own axis: on edge nothing is seen, from behind it is mirrored."""
    angle = abs(_angle(arguments))
    if abs(angle % _HALF_TURN - _QUARTER_TURN) < _EDGE_ON:
        box.scale_x = 0.0
    box.garbled |= _QUARTER_TURN < angle % _WHOLE_TURN < _WHOLE_TURN - _QUARTER_TURN


def _matrix(box: Transformed, arguments: Sequence[Token]) -> None:
    parts = [number(token) or 0.0 for token in arguments]
    if len(parts) != _MATRIX:
        return
    wide, slant, lean, high, across, down = parts
    box.across, box.down = box.across + across, box.down + down
    box.scale_x, box.scale_y = box.scale_x * wide, box.scale_y * high
    box.garbled |= abs(slant) + abs(lean) > _SHEARED


_STEPS: Mapping[str, Callable[[Transformed, Sequence[Token]], None]] = {
    "translate": _translate,
    "translate3d": _translate,
    "translatex": _translate_x,
    "translatey": _translate_y,
    "scale": _scale,
    "scale3d": _scale,
    "scalex": _scale_x,
    "scaley": _scale_y,
    "rotate": _rotate,
    "rotatez": _rotate,
    "rotatex": _turn_away,
    "rotatey": _turn_away,
    "matrix": _matrix,
}
"""What each function does; one that is in neither table may do anything."""

_HARMLESS = ("perspective", "skew", "skewx", "skewy", "scalez", "translatez")
"""Towards the reader or away, nothing is seen of a move; leaning letters are read."""


def _functions(values: Mapping[str, object]) -> list[tuple[str, list[Token]]]:
    """The functions of `transform`, in order."""
    transform = values.get("transform")
    if not isinstance(transform, tuple):
        return []
    unwanted = ("whitespace", "comment", "literal")
    return [
        (str(token.lower_name), [one for one in token.arguments if one.type not in unwanted]) for token in transform
    ]


def _length(arguments: Sequence[Token], at: int) -> Length | None:
    return length(arguments[at]) if at < len(arguments) else None


def _factor(arguments: Sequence[Token], at: int, otherwise: float) -> float:
    found = number(arguments[at]) if at < len(arguments) else None
    return otherwise if found is None else found


def _angle(arguments: Sequence[Token]) -> float:
    return (degrees(arguments[0]) if arguments else 0.0) or 0.0
