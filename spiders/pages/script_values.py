"""Script: values in a page as JavaScript literals (``window._CONFIG = {SID: '755041', TREE: [...]}``). Pure."""

from __future__ import annotations

import json
import re
from typing import Any

_TOKEN = re.compile(
    r"""(?>(?:\s|//[^\n]*|/\*.*?\*/)*)(?:(?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?P<word>[A-Za-z_$][\w$]*)|(?P<number>-?\d+(?:\.\d+)?)
    |(?P<mark>[{}\[\]:,]))""",
    re.X | re.S,
)
_PARSED = re.compile(r"\s*JSON\.parse\(\s*(?=['\"])")
_PLUS = re.compile(r"\s*\+\s*")
_WORDS = {"true": True, "false": False, "null": None, "undefined": None}


class NotLiteral(ValueError):
    """What stands there is code, not a value."""


def value_of(text: str, name: str) -> Any:
    """The literal given to `name` in ``name = …`` or ``name: …``; None where there is none. Strings are unescaped."""
    for found in re.finditer(rf"(?<![\w$]){re.escape(name)}['\"]?\s*[:=](?!=)", text):
        try:
            return literal(text, found.end())
        except NotLiteral:
            continue
    return None


def records(data: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """The objects that an answer lists under a name; none where something else stands there."""
    held = data.get(name)
    return [one for one in held if isinstance(one, dict)] if isinstance(held, list) else []


def literal(text: str, start: int = 0) -> Any:
    """The JavaScript literal that begins at `start`. Raises NotLiteral."""
    value, _ = _value(text, start)
    return value


def concatenated(text: str, start: int, unknown: str = "") -> str:
    """The string that begins at `start`, with what is added to it: ``'/a?id=' + id + '&n=' + n``.

    Names stand for what the script gives them elsewhere, for `unknown` where it gives them nothing plain.
    """
    parts, at = [], start
    while True:
        token, at = _token(text, at)
        if token[0] in "\"'":
            parts.append(_string(token))
        else:
            value = value_of(text, token) if token.isidentifier() else token
            parts.append(str(value) if isinstance(value, (str, int)) else unknown)
        plus = _PLUS.match(text, at)
        if plus is None:
            return "".join(parts)
        at = plus.end()


def _value(text: str, at: int) -> tuple[Any, int]:
    if parsed := _PARSED.match(text, at):
        token, at = _token(text, parsed.end())
        return literal(_string(token)), at + 1
    token, at = _token(text, at)
    if token == "{":
        return _object(text, at)
    if token == "[":
        return _array(text, at)
    return _scalar(token), at


def _object(text: str, at: int) -> tuple[dict[str, Any], int]:
    found: dict[str, Any] = {}
    while True:
        token, at = _token(text, at)
        if token == "}":
            return found, at
        if token == ",":
            continue
        key = _string(token) if token[0] in "\"'" else token
        colon, at = _token(text, at)
        if colon != ":":
            raise NotLiteral(colon)
        found[key], at = _value(text, at)


def _array(text: str, at: int) -> tuple[list[Any], int]:
    found: list[Any] = []
    while True:
        token, after = _token(text, at)
        if token == "]":
            return found, after
        if token == ",":
            at = after
            continue
        value, at = _value(text, at)
        found.append(value)


def _scalar(token: str) -> Any:
    if token[0] in "\"'":
        return _string(token)
    if token in _WORDS:
        return _WORDS[token]
    if re.fullmatch(r"-?\d+", token):
        return int(token)
    if re.fullmatch(r"-?\d+\.\d+", token):
        return float(token)
    raise NotLiteral(token)


def _string(token: str) -> str:
    """A quoted string with its escapes undone (``\\u003C`` in the bodies of articles)."""
    inner = token[1:-1].replace("\\'", "'").replace("\\/", "/")
    if token[0] == "'":
        inner = re.sub(r'(?<!\\)"', r"\"", inner)
    try:
        unescaped = json.loads(f'"{inner}"', strict=False)
    except ValueError:
        return inner
    return str(unescaped)


def _token(text: str, at: int) -> tuple[str, int]:
    found = _TOKEN.match(text, at)
    if found is None:
        raise NotLiteral(text[at : at + 20])
    return found[found.lastgroup or 0], found.end()
