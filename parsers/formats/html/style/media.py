"""Which rules hold on the screen of a person at a desk: media queries and `@supports`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import tinycss2

from parsers.formats.html.style.declarations import names_of, of_property
from parsers.formats.html.style.lengths import Token, length
from parsers.formats.html.style.values import PARSERS

Judge = Callable[[Sequence[Token]], bool]

WIDTH, HEIGHT = 1440.0, 900.0
"""Pixels of the window a page is read in: a usual desk, so that what is for phones or for walls does not hold."""

_MEASURES = {"width": WIDTH, "height": HEIGHT, "device-width": WIDTH, "device-height": HEIGHT}
_KEYWORDS = {
    "orientation": ("landscape",), "hover": ("hover",), "any-hover": ("hover",), "pointer": ("fine",),
    "any-pointer": ("fine",), "prefers-color-scheme": ("light",), "prefers-reduced-motion": ("no-preference",),
    "prefers-contrast": ("no-preference",), "prefers-reduced-transparency": ("no-preference",),
    "scripting": ("enabled",), "update": ("fast",), "display-mode": ("browser",), "color-gamut": ("srgb",),
    "overflow-block": ("scroll",), "overflow-inline": ("scroll",), "dynamic-range": ("standard",),
}  # fmt: skip
_NUMBERS = {"color": 8.0, "color-index": 0.0, "monochrome": 0.0, "grid": 0.0, "resolution": 96.0, "aspect-ratio": 1.6}
_NUMBERS["device-aspect-ratio"] = _NUMBERS["aspect-ratio"]
_RESOLUTION = {"dpi": 1.0, "dppx": 96.0, "x": 96.0, "dpcm": 2.54}
_TYPES = {"all": True, "screen": True}
_SHORTEST_DECLARATION = 3
"""Tokens: a name, a colon, a value."""
_EVERYWHERE = frozenset(("color", "display", "font", "margin", "padding", "border", "width", "height", "position"))
"""A few properties that every browser knows, beside those that are followed here."""
_KNOWN_PREFIXES = ("grid", "flex", "align", "justify", "gap", "border", "background", "object", "aspect", "text")


def holds(query: Sequence[Token] | str) -> bool:
    """A list of media queries: does one of them hold? An empty one does."""
    tokens: Sequence[Token] = tinycss2.parse_component_value_list(query) if isinstance(query, str) else query
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        elif token.type not in ("whitespace", "comment"):
            parts[-1].append(token)
    return any(map(_query, parts)) if any(parts) else True


def _query(tokens: list[Token]) -> bool:
    """One query: [not | only] type [and condition]*, or a condition alone."""
    if not tokens:
        return False
    first = _word(tokens[0])
    negated = first == "not" and len(tokens) > 1 and tokens[1].type == "ident"
    rest = tokens[1:] if negated or first == "only" else tokens
    if rest and rest[0].type == "ident" and _word(rest[0]) not in ("not", "and", "or"):
        result = _TYPES.get(_word(rest[0]), False)
        rest = rest[1:]
        if rest:
            result = _word(rest[0]) == "and" and _condition(rest[1:], _feature) and result
    else:
        result = _condition(rest, _feature)
    return not result if negated else result


def _condition(tokens: Sequence[Token], judge: Judge) -> bool:
    """Parts in brackets joined by `and` or `or`, each perhaps negated."""
    results: list[bool] = []
    joins: set[str] = set()
    negated = False
    for token in tokens:
        word = _word(token)
        if word == "not":
            negated = not negated
        elif word in ("and", "or"):
            joins.add(word)
        else:
            results.append(_inner(token, judge) != negated)
            negated = False
    if not results or len(joins) > 1:
        return False
    return any(results) if "or" in joins else all(results)


def _inner(token: Token, judge: Judge) -> bool:
    if token.type == "function":
        return bool(token.lower_name == "selector")  # every selector that can be followed here is known to browsers
    if token.type != "() block":
        return False
    solid = [part for part in token.content if part.type not in ("whitespace", "comment")]
    if solid and (solid[0].type == "() block" or _word(solid[0]) == "not" or solid[0].type == "function"):
        return _condition(solid, judge)
    return judge(solid)


def _feature(tokens: Sequence[Token]) -> bool:
    """A feature in brackets: bare, with a value, or as a range."""
    name = _word(tokens[0]) if tokens else ""
    if len(tokens) == 1:
        return name in _MEASURES or name in _KEYWORDS or bool(_NUMBERS.get(name))
    if name and tokens[1].type == "literal" and tokens[1].value == ":":
        return _compared(name, tokens[2:])
    return _range(tokens)


def _compared(name: str, tokens: Sequence[Token]) -> bool:
    bare = name.removeprefix("-webkit-").removeprefix("min-").removeprefix("max-")
    if bare in _KEYWORDS:
        return len(tokens) == 1 and _word(tokens[0]) in _KEYWORDS[bare]
    if bare.endswith("device-pixel-ratio"):
        bare, name = "resolution", name.removeprefix("-webkit-").replace("device-pixel-ratio", "resolution")
        wanted = float(tokens[0].value) * 96 if tokens and tokens[0].type == "number" else None
    else:
        wanted = _value(tokens)
    actual = _MEASURES.get(bare, _NUMBERS.get(bare))
    if wanted is None or actual is None:
        return False
    if name.startswith("min-"):
        return actual >= wanted
    return actual <= wanted if name.startswith("max-") else actual == wanted


def _range(tokens: Sequence[Token]) -> bool:
    """``width >= 600px`` and ``400px < width < 900px``."""
    sides: list[list[Token]] = [[]]
    signs: list[str] = []
    for token in tokens:
        if token.type == "literal" and token.value in ("<", ">", "="):
            if sides[-1] or not signs:
                signs.append(token.value)
                sides.append([])
            else:
                signs[-1] += token.value
        elif token.type == "literal" and token.value in ("<=", ">="):
            signs.append(token.value)
            sides.append([])
        else:
            sides[-1].append(token)
    values = [_side(side) for side in sides]
    if not signs or any(value is None for value in values):
        return False
    pairs = zip(values, signs, values[1:], strict=False)
    return all(_holds(left, sign, right) for left, sign, right in pairs if left is not None and right is not None)


def _side(tokens: Sequence[Token]) -> float | None:
    name = _word(tokens[0]) if len(tokens) == 1 else ""
    return _MEASURES.get(name, _NUMBERS.get(name)) if name else _value(tokens)


def _holds(left: float, sign: str, right: float) -> bool:
    if sign.startswith("<"):
        return left < right or (sign == "<=" and left == right)
    if sign.startswith(">"):
        return left > right or (sign == ">=" and left == right)
    return left == right


def _value(tokens: Sequence[Token]) -> float | None:
    if len(tokens) == 3 and tokens[1].type == "literal" and tokens[1].value == "/":
        return float(tokens[0].value) / float(tokens[2].value) if tokens[2].value else None
    if len(tokens) != 1:
        return None
    token = tokens[0]
    if token.type == "number":
        return float(token.value)
    if token.type == "dimension" and token.lower_unit in _RESOLUTION:
        return float(token.value) * _RESOLUTION[token.lower_unit]
    found = length(token)
    return found.at(16.0) if found is not None else None


def _word(token: Token) -> str:
    return str(token.lower_value) if token.type == "ident" else ""


def supports(tokens: Sequence[Token]) -> bool:
    """A condition of `@supports` or `@import`: does a browser of today know the declaration?"""
    return _condition([token for token in tokens if token.type not in ("whitespace", "comment")], _declaration)


def _declaration(tokens: Sequence[Token]) -> bool:
    name = _word(tokens[0]) if tokens else ""
    if len(tokens) < _SHORTEST_DECLARATION or not (tokens[1].type == "literal" and tokens[1].value == ":"):
        return False
    if name.startswith("--"):
        return True
    if name in PARSERS:
        return any(True for _ in of_property(name, tokens[2:]))
    return name in _EVERYWHERE or name.startswith(_KNOWN_PREFIXES) or len(names_of(name)) > 1
