"""Which encoding a run of RTF bytes is in: that of its font's character set, else the document's code page."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field

CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "big5hkscs", 161: "cp1253",
    162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_CHINESE = 134


@dataclass(slots=True)
class Fonts:
    """Fonts by number with their character sets, and the document's own code page."""

    charsets: dict[int, int] = field(default_factory=dict)
    page: str = "cp1252"
    chosen: int = 0

    def set_page(self, number: int) -> None:
        """The code page \\ansicpg names."""
        try:
            self.page = codecs.lookup("gb18030" if number == 936 else f"cp{number}").name
        except LookupError:
            return

    def decode(self, raw: bytes, font: int | None) -> str:
        """Bytes in a font as text. Western fonts are often named for Chinese bytes, so those are tried as Chinese."""
        named = CHARSETS.get(self.charsets.get(self.chosen if font is None else font, 1))
        chinese = "gb18030" if _CHINESE in self.charsets.values() else self.page
        for encoding in (named or chinese, self.page, "cp1252"):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                continue
        return raw.decode("gb18030", errors="replace")
