"""Values that are one keyword."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from parsers.formats.html.style.lengths import Token

Parser = Callable[[Sequence[Token]], object | None]


def ident(tokens: Sequence[Token]) -> str | None:
    """The only keyword of a value, lower case."""
    return tokens[0].lower_value if len(tokens) == 1 and tokens[0].type == "ident" else None


def one_of(*allowed: str) -> Parser:
    """A keyword out of a few."""
    return lambda tokens: word if (word := ident(tokens)) in allowed else None
