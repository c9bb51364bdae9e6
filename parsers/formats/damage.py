"""What libraries raise on damaged files, told apart from errors of our own code.

A library that is fed damaged bytes runs into whatever its code does not expect: IndexError, TypeError, RecursionError.
The same error out of our own code says nothing about the document: it has to pass, and is reported as `crashed`.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from parsers.content import Unreadable

ACCIDENTS = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    RecursionError,
    NotImplementedError,
    EOFError,
)
"""What a library's code runs into on bytes that it did not expect."""

OWN_ERROR = "an error of this program at"
"""How messages and notes on errors of our own begin; tests look for it."""

_OURS = "parsers"
_LOG = logging.getLogger(__name__)


@contextmanager
def refusing(message: str, *known: type[Exception], kind: str = "corrupt") -> Iterator[None]:
    """`Unreadable` for the `known` errors of a library and for accidents in its code; our own errors pass."""
    try:
        yield
    except known as error:
        raise Unreadable(kind, message) from error
    except ACCIDENTS as error:
        if is_ours(error):
            raise
        raise Unreadable(kind, message) from error


def is_ours(error: BaseException) -> bool:
    """Did the error arise in our own code, and not in that of a library called by it?"""
    return place_of(error)[0].partition(".")[0] == _OURS


def own_error(error: Exception) -> str:
    """An error of our own in words for the record: where it arose. What Python says of it goes to the log."""
    _LOG.debug("an error of this program", exc_info=error)
    return "{} {}:{}".format(OWN_ERROR, *place_of(error))


def place_of(error: BaseException) -> tuple[str, int]:
    """Module and line where an error arose."""
    *_, (frame, line) = traceback.walk_tb(error.__traceback__)
    return str(frame.f_globals.get("__name__", "")), line
