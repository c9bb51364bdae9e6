"""Declarations of style sheets and style attributes: shorthands taken apart, values read, unknown ones dropped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import tinycss2

from parsers.formats.html.style.keywords import ident
from parsers.formats.html.style.lengths import Length, Token
from parsers.formats.html.style.values import PARSERS, colour, size
from parsers.formats.packages.colours import TRANSPARENT

WIDE = frozenset(("inherit", "initial", "unset", "revert", "revert-layer"))
"""Keywords that every property takes."""

_ALIASES = {
    f"-webkit-{name}": name
    for name in (
        "transform filter clip-path mask mask-image text-fill-color text-security font-feature-settings order "
        "flex-direction flex-wrap flex-flow animation animation-name background-clip opacity box-shadow "
        "text-decoration text-decoration-line text-stroke"
    ).split()
} | {
    "inset-inline-start": "left", "inset-inline-end": "right", "inset-block-start": "top", "inset-block-end": "bottom",
    "margin-inline-start": "margin-left", "margin-inline-end": "margin-right", "margin-block-start": "margin-top",
    "margin-block-end": "margin-bottom", "inline-size": "width", "block-size": "height", "max-inline-size": "max-width",
    "max-block-size": "max-height", "overflow-inline": "overflow-x", "overflow-block": "overflow-y", "font-stretch": "",
    "-webkit-margin-start": "margin-left", "-webkit-margin-end": "margin-right",
}  # fmt: skip
_SIDES = ("top", "right", "bottom", "left")
_LONGEST = 200
"""Declarations of one block that are read."""

Found = tuple[str, object]


@dataclass(frozen=True, slots=True)
class Declaration:
    """`value` as `PARSERS` read it, or a word of `WIDE`; `tokens` where a variable has to be put in first."""

    name: str
    value: object = None
    important: bool = False
    tokens: tuple[Token, ...] = ()


@lru_cache(maxsize=2048)
def of_attribute(style: str) -> tuple[Declaration, ...]:
    """Those of a style attribute. What is nested beyond all bounds may say anything: such text cannot be read."""
    try:
        return of_block(tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True))
    except RecursionError:
        return (Declaration("text-security", "disc", important=True),)


def of_block(nodes: Iterable[Token]) -> tuple[Declaration, ...]:
    """Those that can change what is read, in order, longhands only. Custom properties keep their tokens."""
    found: list[Declaration] = []
    for node in nodes:
        if node.type == "declaration":
            found += of_property(node.name, node.value, node.important)
        if len(found) > _LONGEST:
            break
    return tuple(found)


def of_property(name: str, tokens: Sequence[Token], important: bool = False) -> Iterator[Declaration]:
    """One declaration as longhands. Nothing for a property that changes nothing, or a value no browser takes."""
    if name.startswith("--"):
        yield Declaration(name, None, important, tuple(tokens))
        return
    name = name.lower()
    name = _ALIASES.get(name, name)
    if name not in PARSERS and name not in _SHORTHANDS:
        return
    if has_variable(tokens):
        yield Declaration(name, None, important, tuple(tokens))
        return
    for longhand, value in longhands(name, tokens):
        yield Declaration(longhand, value, important)


def longhands(name: str, tokens: Sequence[Token]) -> list[Found]:
    """The longhands of a property with their values; empty where a browser would ignore the declaration."""
    solid = [token for token in tokens if token.type not in ("whitespace", "comment")]
    word = ident(solid)
    if word in WIDE:
        return [(longhand, word) for longhand in names_of(name)]
    if name in _SHORTHANDS:
        return list(_SHORTHANDS[name][1](solid))
    value = PARSERS[name](solid) if solid else None
    return [] if value is None else [(name, value)]


def names_of(name: str) -> tuple[str, ...]:
    """The longhands that a property sets."""
    return _SHORTHANDS[name][0] if name in _SHORTHANDS else (name,)


def has_variable(tokens: Iterable[Token]) -> bool:
    """Does a value use `var()`?"""
    for token in tokens:
        if token.type == "function" and (token.lower_name == "var" or has_variable(token.arguments)):
            return True
        if token.type in ("() block", "[] block", "{} block") and has_variable(token.content):
            return True
    return False


def _background(tokens: Sequence[Token]) -> Iterator[Found]:
    found: object = TRANSPARENT
    image = "none"
    clip = "border-box"
    for token in tokens:
        value = colour([token])
        if token.type == "url" or (token.type == "function" and value is None):
            image = "set"
        elif value is not None:
            found = value
        elif token.type == "ident" and token.lower_value == "text":
            clip = "text"
    yield from (("background-color", found), ("background-image", image), ("background-clip", clip))


def _font(tokens: Sequence[Token]) -> Iterator[Found]:
    if ident(tokens) in ("caption", "icon", "menu", "message-box", "small-caption", "status-bar"):
        yield from (("font-size", Length(pixels=13.33)), ("font-family", "system-ui"))
        return
    for index, token in enumerate(tokens):
        value = size([token])
        if value is None or (token.type == "number" and token.value):
            continue
        rest = list(tokens[index + 1 :])
        if rest and rest[0].type == "literal" and rest[0].value == "/":
            rest = rest[2:]
        family = PARSERS["font-family"](rest)
        if family:
            yield from (("font-size", value), ("font-family", family))
        return


def _decoration(tokens: Sequence[Token]) -> Iterator[Found]:
    lines = frozenset(("underline", "overline", "line-through", "blink"))
    words = frozenset(token.lower_value for token in tokens if token.type == "ident")
    yield "text-decoration-line", words & lines


def _overflow(tokens: Sequence[Token]) -> Iterator[Found]:
    values = [PARSERS["overflow-x"]([token]) for token in tokens]
    if values and len(values) <= 2 and all(values):
        yield from (("overflow-x", values[0]), ("overflow-y", values[-1]))


def _four(names: Sequence[str]) -> Callable[[Sequence[Token]], Iterator[Found]]:
    """Top, right, bottom, left as one to four values."""

    def expand(tokens: Sequence[Token]) -> Iterator[Found]:
        values = [PARSERS[names[0]]([token]) for token in tokens]
        if not values or len(values) > len(_SIDES) or any(value is None for value in values):
            return
        for index, name in enumerate(names):
            yield name, values[index if index < len(values) else index - 2 if 0 <= index - 2 < len(values) else 0]

    return expand


def _pair(*names: str) -> Callable[[Sequence[Token]], Iterator[Found]]:
    """Start and end as one or two values."""

    def expand(tokens: Sequence[Token]) -> Iterator[Found]:
        values = [PARSERS[names[0]]([token]) for token in tokens]
        if values and len(values) <= 2 and all(value is not None for value in values):
            yield from ((names[0], values[0]), (names[1], values[-1]))

    return expand


def _is_nothing(token: Token) -> bool:
    return (token.type == "ident" and token.lower_value in ("none", "hidden", "transparent", "initial")) or (
        token.type in ("number", "dimension", "percentage") and not token.value
    )


def _padding(tokens: Sequence[Token]) -> Iterator[Found]:
    yield "padding", "none" if all(map(_is_nothing, tokens)) else "set"


def _border(tokens: Sequence[Token]) -> Iterator[Found]:
    yield "border-style", "none" if any(map(_is_nothing, tokens)) else "set"


def _flow(tokens: Sequence[Token]) -> Iterator[Found]:
    for name in ("flex-direction", "flex-wrap"):
        value = next((found for token in tokens if (found := PARSERS[name]([token]))), None)
        yield name, value or {"flex-direction": "row", "flex-wrap": "nowrap"}[name]


def _animation(tokens: Sequence[Token]) -> Iterator[Found]:
    yield "animation-name", "none" if ident(tokens) == "none" or not tokens else "set"


def _mask(tokens: Sequence[Token]) -> Iterator[Found]:
    yield "mask-image", "set" if any(token.type in ("url", "function") for token in tokens) else "none"


def _variant(tokens: Sequence[Token]) -> Iterator[Found]:
    words = [token.lower_value for token in tokens if token.type == "ident"]
    yield "font-variant-position", next((word for word in words if word in ("super", "sub")), "normal")


def _all(_: Sequence[Token]) -> Iterator[Found]:
    yield from ()


_EVERY = tuple(name for name in PARSERS if name not in ("direction", "unicode-bidi"))
_SHORTHANDS: Mapping[str, tuple[tuple[str, ...], Callable[[Sequence[Token]], Iterable[Found]]]] = {
    "all": (_EVERY, _all),
    "animation": (("animation-name",), _animation),
    "background": (("background-color", "background-image", "background-clip"), _background),
    "border": (("border-style",), _border),
    "flex-flow": (("flex-direction", "flex-wrap"), _flow),
    "font": (("font-size", "font-family"), _font),
    "font-variant": (("font-variant-position",), _variant),
    "inset": (_SIDES, _four(_SIDES)),
    "inset-block": (("top", "bottom"), _pair("top", "bottom")),
    "inset-inline": (("left", "right"), _pair("left", "right")),
    "margin": (tuple(f"margin-{side}" for side in _SIDES), _four([f"margin-{side}" for side in _SIDES])),
    "margin-block": (("margin-top", "margin-bottom"), _pair("margin-top", "margin-bottom")),
    "margin-inline": (("margin-left", "margin-right"), _pair("margin-left", "margin-right")),
    "mask": (("mask-image",), _mask),
    "overflow": (("overflow-x", "overflow-y"), _overflow),
    "text-decoration": (("text-decoration-line",), _decoration),
    **{f"border-{side}": (("border-style",), _border) for side in _SIDES},
    **{f"padding-{side}": (("padding",), _padding) for side in (*_SIDES, "inline", "block")},
    "padding": (("padding",), _padding),
}  # fmt: skip
