"""Values of a followed script: JavaScript's own as Python's, elements of the page, and what cannot be known. Pure."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol
from urllib.parse import quote, unquote

from tree_sitter import Node


class Unknown:
    """What only a browser could tell. Nothing that is made of it is known either."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN = Unknown()

OWN_FORM = "form:"
"""What a `Ref` is called that means the form around the element at hand."""

LONGEST_TEXT = 1 << 20
"""Characters: a string that doubles itself stops here."""

LARGEST_NUMBER = 2**53
"""Beyond it JavaScript's numbers are not exact."""


@dataclass(frozen=True, slots=True)
class Element:
    """The element whose handler is followed: its attributes and its text."""

    attributes: Mapping[str, str]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Ref:
    """Some other element, by what the script calls it: ``#id``, ``.class``, a tag, or ``form:name``, ``form:0``.

    `part` is the field of a form.
    """

    name: str
    part: str = ""


@dataclass(slots=True)
class Scope:
    """Names and their values, with the scope around it."""

    names: dict[str, Any] = field(default_factory=dict)
    around: Scope | None = None

    def holder(self, name: str) -> Scope | None:
        """The innermost scope that has `name`."""
        scope: Scope | None = self
        while scope is not None and name not in scope.names:
            scope = scope.around
        return scope

    def outermost(self) -> Scope:
        """The page's own scope."""
        scope = self
        while scope.around is not None:
            scope = scope.around
        return scope


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the script with the scope it was made in."""

    parameters: tuple[str, ...]
    body: Node
    scope: Scope


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression; `everywhere` where it has the flag ``g``."""

    pattern: re.Pattern[str]
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """The parameters of an address: ``new URLSearchParams(location.search)``."""

    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that is under way: the functions in `then` get its answer."""

    then: list[Any]


class Teller(Protocol):
    """What calls need of the follower."""

    certain: bool
    this: Element | None

    def tell(self, effect: Effect) -> None:
        """Something that the script would do."""

    def call(self, function: Function, arguments: list[Any], this: Element | None = None) -> Any:
        """What a function of the script returns."""

    def follow_text(self, source: str) -> None:
        """Follow a text as a script."""

    def evaluated(self, source: str) -> Any:
        """The value of a text as an expression: ``eval('[…]')``."""

    def look_up(self, name: str) -> Any:
        """What the field that a selector means holds on the page; UNKNOWN where there is none."""


Kind = Literal["go", "frame", "write", "ask", "set", "submit", "bind", "call"]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a script would do.

    `kind`: go (the window moves or opens at `value`), frame (a frame shows `value`), write (`value` is HTML put into
    the page), ask (a request to `value`, `more` = method, data, headers, and the functions that get the answer), set
    (the field `more` becomes `value`), submit (the form `value`), bind (the function `more` handles clicks on the
    selector `value`), call (an unknown function with its name in `more` and its arguments in `value`). `certain`: no
    condition that cannot be known stands before it.
    """

    kind: Kind
    value: Any
    more: Any = None
    certain: bool = True
    left: Mapping[str, Any] = field(default_factory=dict, compare=False)
    """What the page's own variables are after the handler that does this, where it changes them."""


def in_words(value: Any) -> Any:
    """`value` as a script's string; UNKNOWN where it has none, or where that would be ``null`` or ``undefined``."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(int(value)) if math.isfinite(value) and value == int(value) else str(value)
    if isinstance(value, list):
        return joined([in_words(part) for part in value], ",")
    return UNKNOWN


def joined(parts: list[Any], mark: Any = "") -> Any:
    """Strings put together; UNKNOWN with an unknown part, or where a script makes more than any page needs."""
    if UNKNOWN in parts or not isinstance(mark, str) or sum(map(len, parts)) + len(mark) * len(parts) > LONGEST_TEXT:
        return UNKNOWN
    return mark.join(parts)


def exact(value: Any) -> Any:
    """A number that a script counts with exactly; UNKNOWN for any other."""
    return value if not isinstance(value, (int, float)) or abs(value) <= LARGEST_NUMBER else UNKNOWN


def truth(value: Any) -> bool | None:
    """Is it true for a script? None where that is unknown."""
    if value is UNKNOWN:
        return None
    return bool(value) or isinstance(value, (list, dict, Element, Ref, Function))


def number(value: Any) -> Any:
    """`value` as a number; UNKNOWN where it is none."""
    if isinstance(value, (bool, int, float)):
        return value
    found = re.match(r"\s*([-+]?\d+(?:\.\d+)?)\s*$", value) if isinstance(value, str) else None
    return UNKNOWN if found is None else float(found[1]) if "." in found[1] else int(found[1])


def _whole(value: Any, *_: Any) -> Any:
    found = re.match(r"\s*([-+]?\d+)", str(in_words(value)))
    return int(found[1]) if found else UNKNOWN


def _rounded(way: Callable[[float], int], value: Any) -> Any:
    return way(value) if isinstance(value, (int, float)) and math.isfinite(value) else UNKNOWN


def _least(way: Callable[..., Any], values: tuple[Any, ...]) -> Any:
    return way(values) if values and all(isinstance(value, (int, float)) for value in values) else UNKNOWN


def _parsed(value: Any) -> Any:
    try:
        return json.loads(value) if isinstance(value, str) else UNKNOWN
    except (ValueError, RecursionError):
        return UNKNOWN


def _stringified(value: Any) -> Any:
    """As browsers write it: without blanks, Chinese as it is. UNKNOWN with anything in it that is no plain value."""
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    except (TypeError, ValueError, RecursionError):
        return UNKNOWN


def _on_text(make: Callable[[str], str]) -> Callable[..., Any]:
    def made(value: Any, *_: Any) -> Any:
        text = in_words(value)
        return UNKNOWN if text is UNKNOWN else make(text)

    return made


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "encodeURIComponent": _on_text(lambda text: quote(text, safe="!'()*~")),
    "encodeURI": _on_text(lambda text: quote(text, safe="!'()*~;/?:@&=+$,#")),
    "decodeURIComponent": _on_text(unquote),
    "decodeURI": _on_text(unquote),
    "escape": _on_text(lambda text: "".join(c if c.isascii() else f"%u{ord(c):04X}" for c in text)),
    "unescape": _on_text(unquote),
    "String": _on_text(str),
    "Number": lambda value, *_: number(value),
    "parseInt": _whole,
    "JSON.parse": lambda value, *_: _parsed(value),
    "JSON.stringify": lambda value, *_: _stringified(value),
    "Math.min": lambda *values: _least(min, values),
    "Math.max": lambda *values: _least(max, values),
    "Math.ceil": lambda value, *_: _rounded(math.ceil, value),
    "Math.floor": lambda value, *_: _rounded(math.floor, value),
}
"""Functions every script has, as far as they are met in addresses."""


def _replace(text: str, old: Any = UNKNOWN, new: Any = UNKNOWN, *_: Any) -> Any:
    return text.replace(old, new, 1) if isinstance(old, str) and isinstance(new, str) else UNKNOWN


def _slice(text: Any, start: Any = 0, end: Any = None, *_: Any) -> Any:
    if not isinstance(start, int) or not (end is None or isinstance(end, int)):
        return UNKNOWN
    return text[start:end]


def _substring(text: str, start: Any = 0, end: Any = None, *_: Any) -> Any:
    if not isinstance(start, int) or not (end is None or isinstance(end, int)):
        return UNKNOWN
    first, last = sorted((max(0, start), len(text) if end is None else max(0, end)))
    return text[first:last]


def _substr(text: str, start: Any = 0, length: Any = None, *_: Any) -> Any:
    if not isinstance(start, int) or not (length is None or isinstance(length, int)):
        return UNKNOWN
    return text[start:][:length]


METHODS: dict[str, Callable[..., Any]] = {
    "toString": lambda text, *_: text,
    "trim": lambda text, *_: text.strip(),
    "toLowerCase": lambda text, *_: text.lower(),
    "toUpperCase": lambda text, *_: text.upper(),
    "split": lambda text, mark=UNKNOWN, *_: text.split(mark) if isinstance(mark, str) and mark else UNKNOWN,
    "indexOf": lambda text, part="", *_: text.find(part) if isinstance(part, str) else UNKNOWN,
    "lastIndexOf": lambda text, part="", *_: text.rfind(part) if isinstance(part, str) else UNKNOWN,
    "concat": lambda text, *more: joined([text, *map(in_words, more)]),
    "charAt": lambda text, at=0, *_: text[at : at + 1] if isinstance(at, int) and at >= 0 else UNKNOWN,
    "replace": _replace,
    "slice": _slice,
    "substring": _substring,
    "substr": _substr,
}
"""Methods of strings."""
