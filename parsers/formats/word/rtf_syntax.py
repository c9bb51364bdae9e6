"""The syntax of RTF: control words, groups and bytes of text; the encodings of its fonts; pictures in hexadecimal."""

from __future__ import annotations

import binascii
import codecs
import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from parsers.formats.packages.runs import SYMBOLS
from parsers.formats.pictures.pasted import SMALLEST_BYTES, Picture

_TOKEN = re.compile(
    rb"\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})?[ ]?"
    rb"|\\(?P<symbol>[^a-zA-Z])"
    rb"|(?P<brace>[{}])"
    rb"|(?P<text>[^\\{}\r\n]+)"
    rb"|[\r\n]+|\\"
)


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is ``word``, ``symbol``, ``open``, ``close``, ``hex`` or ``text``; `raw` the bytes it stands for."""

    kind: str
    name: str = ""
    number: int | None = None
    raw: bytes = b""


_OPEN, _CLOSE = Token("open"), Token("close")


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens of a file; binary data after \\bin is passed over."""
    at = 0
    while match := _TOKEN.match(data, at):
        at = match.end()
        kind = match.lastgroup
        if kind == "text":
            yield Token("text", raw=match["text"])
        elif kind == "brace":
            yield _OPEN if match["brace"] == b"{" else _CLOSE
        elif kind == "hex":
            yield Token("hex", raw=bytes([int(match["hex"], 16)]))
        elif kind == "symbol":
            yield Token("symbol", match["symbol"].decode("latin-1"), raw=match["symbol"])
        elif kind is not None:
            number = int(match["number"]) if match["number"] else None
            name = match["word"].decode("ascii")
            if name == "bin" and number:
                at += max(0, number)
                continue
            yield Token("word", name, number)


_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "big5hkscs", 161: "cp1253",
    162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_CHINESE = 134
_SYMBOLS = 2


@dataclass(slots=True)
class Fonts:
    """Fonts by number with their character sets, and the document's own code page."""

    charsets: dict[int, int] = field(default_factory=dict)
    page: str = "cp1252"
    chosen: int = 0

    def is_symbols(self, font: int | None) -> bool:
        """Is it a font whose digits are pictures?"""
        return self.charsets.get(self.chosen if font is None else font) == _SYMBOLS

    def name(self, font: int | None, raw: bytes) -> None:
        """The name of a font in the font table: a known font of symbols is one, whatever its character set says."""
        if font is not None and raw.decode("latin-1").strip(" ;").lower() in SYMBOLS:
            self.charsets[font] = _SYMBOLS

    def set_page(self, number: int) -> None:
        """The code page \\ansicpg names."""
        try:
            self.page = codecs.lookup("gb18030" if number == 936 else f"cp{number}").name
        except LookupError:
            return

    def decode(self, raw: bytes, font: int | None) -> str:
        """Bytes in a font as text. Western fonts are often named for Chinese bytes, so those are tried as Chinese."""
        named = _CHARSETS.get(self.charsets.get(self.chosen if font is None else font, 1))
        chinese = "gb18030" if _CHINESE in self.charsets.values() else self.page
        for encoding in (named or chinese, self.page, "cp1252"):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                continue
        return raw.decode("gb18030", errors="replace")


_PICTURE_KINDS = frozenset({"pngblip", "jpegblip"})


@dataclass(slots=True)
class Pictures:
    """The pictures of one document that are large enough to be tables, as they are met."""

    found: list[Picture] = field(default_factory=list)
    _digits: bytearray = field(default_factory=bytearray)
    _is_known: bool = False

    def name_kind(self, word: str) -> None:
        """A control word within the group."""
        self._is_known |= word in _PICTURE_KINDS

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
