"""The values that one element has of itself."""

from __future__ import annotations

from collections.abc import Mapping

from parsers.formats.html.style.declarations import WIDE


class Own:
    """The values of one element, with the keywords that every property takes looked through."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self.values = values

    def get(self, name: str) -> object:
        """The value, None where there is none or it says to inherit."""
        value = self.values.get(name)
        return None if isinstance(value, str) and value in WIDE else value

    def says(self, name: str, *words: str) -> bool:
        return self.values.get(name) in words

    def has(self, name: str) -> bool:
        """Is there a value that is not ``none``, ``normal`` or ``auto``?"""
        return self.values.get(name) == "set"
