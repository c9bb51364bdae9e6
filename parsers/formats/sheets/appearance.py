"""How text looks in a cell: crossed out, raised, in the colour of its paper. What nobody sees is not printed.

Colours are RRGGBB in hexadecimals. A run in the very colour of its paper is not there; one in nearly that colour may
be seen on one screen and not on another: the cell is not readable then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from parsers.formats.packages.text_effects import Manner, marked

BLACK, WHITE = "000000", "FFFFFF"
_SAME, _NEAR = 10, 48
"""Levels of 255 by which the most different channel of two colours differs at most: nobody sees it, few people do."""

_SPECK, _TINY = 2.0, 4.0
"""Points: letters up to the first are specks on paper; up to the second some people read them."""


@dataclass(frozen=True, slots=True)
class Font:
    """What of a font decides whether and how a run is read. `size` is in points, 0 where it is not known."""

    colour: str = BLACK
    struck: bool = False
    raised: bool = False
    hidden: bool = False
    size: float = 0.0


PLAIN = Font()


class TextRun(NamedTuple):
    """Text in one font."""

    text: str
    font: Font


def is_plain(font: Font) -> bool:
    """Is text in this font on white paper seen as it is stored?"""
    return _seen(font, WHITE) == (None, True)


def printed(runs: Iterable[TextRun], paper: str | None) -> tuple[str, bool]:
    """The text that runs print on paper of a colour (None: not known), and whether that can be told at all.

    Raised is what stands higher than something else: a cell whose whole text is raised prints that text.
    """
    seen = [(text, *_seen(font, paper)) for text, font in runs if text]
    all_raised = all(manner in {"raised", "hidden"} or not text.strip() for text, manner, _ in seen)
    texts = (marked(text, None if all_raised and manner == "raised" else manner) for text, manner, _ in seen)
    return "".join(texts), all(sure or not text.strip() for text, _, sure in seen)


def _seen(font: Font, paper: str | None) -> tuple[Manner | None, bool]:
    """How text in a font is to be taken, and whether that can be told."""
    if font.hidden or 0 < font.size <= _SPECK:
        return "hidden", True
    manner: Manner | None = "struck" if font.struck else "raised" if font.raised else None
    if paper is None:
        return manner, font.colour == BLACK
    apart = _distance(font.colour, paper)
    if apart <= _SAME:
        return "hidden", True
    return manner, apart > _NEAR and not 0 < font.size <= _TINY


def _distance(one: str, other: str) -> int:
    return max(abs(int(one[i : i + 2], 16) - int(other[i : i + 2], 16)) for i in (0, 2, 4))


def tinted(colour: str, tint: float) -> str:
    """A colour made darker (tint below 0) or lighter, as ECMA-376 18.8.19 has it: by its luminance."""
    from colorsys import hls_to_rgb, rgb_to_hls

    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    hue, light, saturation = rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    channels = hls_to_rgb(hue, min(max(light, 0.0), 1.0), saturation)
    return "".join(f"{round(channel * 255):02X}" for channel in channels)
