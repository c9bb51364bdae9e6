"""Pictures in RTF: a group that names its kind and holds the file in hexadecimal."""

from __future__ import annotations

import binascii
import contextlib
from dataclasses import dataclass, field

from parsers.formats.word.pictures import SMALLEST_BYTES, Picture

KINDS = frozenset({"pngblip", "jpegblip"})


@dataclass(slots=True)
class Pictures:
    """The pictures of one document that are large enough to be tables, as they are met."""

    found: list[Picture] = field(default_factory=list)
    _digits: bytearray = field(default_factory=bytearray)
    _is_known: bool = False

    def name_kind(self, word: str) -> None:
        """A control word within the group."""
        self._is_known |= word in KINDS

    def take(self, digits: bytes) -> None:
        """Hexadecimal digits, in pieces."""
        self._digits += digits

    def end(self) -> None:
        """The end of the group. A picture of another kind, or one that is damaged, is left out."""
        digits, is_known = bytes(self._digits).replace(b" ", b""), self._is_known
        self._digits.clear()
        self._is_known = False
        if not is_known or len(digits) < 2 * SMALLEST_BYTES:
            return
        with contextlib.suppress(binascii.Error):
            picture = binascii.unhexlify(digits[: len(digits) // 2 * 2])
            self.found.append((f"picture[{len(self.found) + 1}]", picture))
