"""How an object of an OFD page is drawn: its colour, how opaque it is, and to what it is cut."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from parsers.content import Box
from parsers.formats.ofd.package import numbers
from parsers.formats.packages.xml_tree import Element, attribute, child, local
from parsers.formats.paged.drawing import Matrix, mapped

_DEEPEST = 8  # styles that name others
_OFF = ("false", "0")
_BLACK = 0.0
_BOX = 6  # commands of a path that is a box: a start, four sides, a close
_EVERYWHERE: Box = (-1e9, -1e9, 1e9, 1e9)


class ObjectLook(NamedTuple):
    """The grey of an object (255 is white, None one that cannot be told), its alpha up to 255, and its clip in points
    (None: cut to a shape that is no box)."""

    grey: float | None
    alpha: float
    clip: Box | None


def look_of(item: Element, styles: Mapping[str, Element], layer: str, kind: str, outer: Matrix) -> ObjectLook:
    """The look of an object's ``FillColor`` or ``StrokeColor``: its own, that of its style, or that of its layer."""
    colour = next(
        (found for source in _sources(item, styles, layer) if (found := child(source, kind)) is not None), None
    )
    alpha = (numbers(attribute(item, "Alpha")) or [255.0])[0]
    if colour is not None:
        alpha *= (numbers(attribute(colour, "Alpha")) or [255.0])[0] / 255
    if kind == "FillColor" and (attribute(item, "Fill") or "true").lower() in _OFF and local(item) == "TextObject":
        alpha = alpha if (attribute(item, "Stroke") or "false").lower() not in _OFF else 0.0
    is_unsaid = kind == "FillColor" and local(item) == "PathObject"  # transparent by the standard, black in viewers
    grey = _grey(attribute(colour, "Value")) if colour is not None else None if is_unsaid else _BLACK
    return ObjectLook(grey, alpha, _clip(item, outer))


def _sources(item: Element, styles: Mapping[str, Element], layer: str) -> Iterator[Element]:
    yield item
    for name in (attribute(item, "DrawParam") or "", layer):
        for _ in range(_DEEPEST):
            style = styles.get(name)
            if style is None:
                break
            yield style
            name = attribute(style, "Relative") or ""


def _grey(value: str | None) -> float | None:
    words = (value or "").split()
    parts = numbers(" ".join(str(int(w[1:], 16)) if _is_hex(w) else w for w in words))
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 4:
        parts = [(255 - part) * (255 - parts[3]) / 255 for part in parts[:3]]
    return 0.299 * parts[0] + 0.587 * parts[1] + 0.114 * parts[2] if len(parts) == 3 else None


def _is_hex(word: str) -> bool:
    return word.startswith("#") and word[1:] != "" and all(letter in "0123456789abcdefABCDEF" for letter in word[1:])


def _clip(item: Element, outer: Matrix) -> Box | None:
    """The box to which an object is cut, on the page."""
    clips = child(item, "Clips")
    boundary = numbers(attribute(item, "Boundary"))
    if clips is None or len(boundary) != 4:
        return _EVERYWHERE
    box = _EVERYWHERE
    for clip in clips:
        areas = [area for area in clip if local(area) == "Area"]
        path = child(areas[0], "Path") if len(areas) == 1 else None
        own = numbers(attribute(path, "Boundary"))
        data = child(path, "AbbreviatedData") if path is not None else None
        corners = [word for word in ((data.text if data is not None else None) or "").split() if word.isalpha()]
        if len(own) != 4 or attribute(areas[0], "CTM") or set(corners) - set("SMLC") or len(corners) > _BOX:
            return None
        left, top = boundary[0] + own[0], boundary[1] + own[1]
        x0, y0, x1, y1 = mapped((left, top, left + own[2], top + own[3]), outer)
        box = (max(box[0], x0), max(box[1], y0), min(box[2], x1), min(box[3], y1))
    return box
