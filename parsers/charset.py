"""Bytes of a page into text, whatever its header and its meta claim.

Portals declare UTF-8 and send GBK, or the reverse, or misspell the meta. What is declared is therefore a hint; the
bytes decide. Order: BOM, UTF-16 by its zero bytes, strict UTF-8, then every declared encoding, gb18030, Big5 and
UTF-16, of which the one wins that leaves no U+FFFD and shows most of the characters every such page contains.
"""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META_WINDOW = 4096
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "hz": "gb18030", "big5": "big5hkscs", "ascii": "utf-8"}
_OF_PAGES = ("gb", "big5", "hz", "utf-8", "utf-16", "ascii", "iso8859", "cp", "euc", "shift_jis", "koi8")
"""Codecs a page may name; Python knows others (idna, unicode_escape) that only rewrite text."""
_TELLING = "的政府信息公开開資訊年度"
_BEYOND_DOUBT = 20
"""So many telling characters and nothing undecodable: no need to try the next encoding."""
_FEWEST_BYTES, _BYTES_PER_ZERO, _ONE_SIDED = 4, 10, 8
"""UTF-16 without a mark: at least so many bytes, one in ten is zero, and on one side eight times as many; chosen."""
BEYOND_ASCII = 0x80
_LAST_LEAD = 0xFE
"""The last first byte of a pair in GB 18030."""
TORN_TAIL = 4
"""A body cut by the wire may end inside a character: that many last bytes do not speak against an encoding."""


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """The text of `data` and the name of the encoding it was read with. Never raises: what fits none is U+FFFD.

    `declared` is the charset of the HTTP header, where there was one.
    """
    return _decoded_again(data, declared) if len(data) <= _REMEMBERED else _decode(data, declared)


_REMEMBERED = 4_000_000
"""Bytes of a page whose text is kept for the second reading, which asks for it right after the first."""


def _decode(data: bytes, declared: str | None) -> tuple[str, str]:
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data.decode(name, "replace").removeprefix("\ufeff"), name
    wide = _zero_bytes(data)
    if wide:
        return data.decode(wide, "replace"), wide
    try:
        return _unescaped(data.decode("utf-8"), data)
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and len(data) - error.start < TORN_TAIL:
            return data.decode("utf-8", "replace"), "utf-8"
    return _best(data, declared)


_decoded_again = lru_cache(maxsize=1)(_decode)


def _unescaped(text: str, data: bytes) -> tuple[str, str]:
    """Seven-bit text may be HZ, which writes ideographs between ``~{`` and ``~}``."""
    if "~{" in text and "~}" in text and text.isascii():
        ideographs = data.decode("hz", "replace")
        if _likeness(ideographs) > 0:
            return ideographs, "hz"
    return text, "utf-8"


def _zero_bytes(data: bytes) -> str | None:
    """UTF-16 without a BOM: ASCII mark-up leaves every second byte zero."""
    head = data[:_META_WINDOW]
    if len(head) < _FEWEST_BYTES or head.count(0) * _BYTES_PER_ZERO < len(head):
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if min(even, odd) * _ONE_SIDED > max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _best(data: bytes, declared: str | None) -> tuple[str, str]:
    best: tuple[str, str] | None = None
    best_score = 0
    for name in _candidates(data, declared):
        text = _decoded(data, name)
        score = _likeness(text)
        if score >= _BEYOND_DOUBT and "\ufffd" not in text:
            return text, name
        if best is None or score > best_score:
            best, best_score = (text, name), score
    assert best is not None  # gb18030 is always a candidate
    return best


def _decoded(data: bytes, name: str) -> str:
    """Bytes in an encoding as browsers read them."""
    if name == "gb18030":
        text = data.decode(name, _HANDLER)
        return text.translate(_gb_otherwise()) if _GB_PRIVATE.search(text) else text
    return _big5(data) if name == "big5hkscs" else data.decode(name, "replace")


def _one_sign(error: UnicodeError) -> tuple[str, int]:
    """What a browser gives for bytes that GB18030 does not know: € for a lone 0x80, else one U+FFFD. A byte that goes
    on with ASCII costs only itself."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    data, at = error.object, error.start
    if data[at] == 0x80:
        return "€", at + 1
    if error.reason.startswith("incomplete"):
        return "\ufffd", error.end
    is_pair = data[at] <= _LAST_LEAD and at + 1 < len(data) and data[at + 1] >= BEYOND_ASCII
    return "\ufffd", at + 2 if is_pair else at + 1


_HANDLER = "disclosure-browsers"
codecs.register_error(_HANDLER, _one_sign)


def _big5(data: bytes) -> str:
    """Big5 with the characters that only browsers' table has."""
    otherwise = _table("big5")
    return "".join(otherwise.get(piece) or _big5_piece(piece) for piece in _BIG5_PIECE.findall(data))


def _big5_piece(piece: bytes) -> str:
    """One pair, or plain ASCII; of a pair that is none the second byte still counts where it is ASCII."""
    text = piece.decode("big5hkscs", "replace")
    if "\ufffd" not in text:
        return text
    return "\ufffd" + (chr(piece[1]) if len(piece) > 1 and piece[1] < BEYOND_ASCII else "")


@cache
def _table(name: str) -> dict[bytes, str]:
    text: str = tomllib.loads(files("parsers").joinpath("browser_characters.toml").read_text("utf-8"))[name]
    words = [word for word in re.split("[ \n]+", text) if word]
    return {bytes.fromhex(code): character for code, character in zip(words[::2], words[1::2], strict=True)}


_BIG5_PIECE = re.compile(rb"[\x00-\x7f]+|[\x81-\xfe][\x80-\xff]|[\x81-\xfe][\x40-\x7e]|.", re.DOTALL)
_GB_PRIVATE = re.compile("[\ue000-\uf8ff]")
"""Among these are the characters to which browsers give another meaning than Python."""


@cache
def _gb_otherwise() -> dict[int, str]:
    return {ord(pair.decode("gb18030")): character for pair, character in _table("gb18030").items()}


def _candidates(data: bytes, declared: str | None) -> Iterator[str]:
    names = [declared or ""]
    names += [match.decode("ascii", "ignore") for match in _CHARSET.findall(data[:_META_WINDOW])]
    known = [name for name in map(_known, names) if name]
    yield from dict.fromkeys([*known, "gb18030", "big5hkscs", "utf-8", "utf-16-le", "utf-16-be"])


def _known(name: str) -> str | None:
    """The codec a charset name stands for, widened to the superset that browsers use; None for an unknown name."""
    try:
        codec = codecs.lookup(name.strip().lower())
    except (LookupError, ValueError):
        return None
    return _SUPERSETS.get(codec.name, codec.name) if codec.name.startswith(_OF_PAGES) else None


def _likeness(text: str) -> int:
    """Telling characters found, less two for each character that could not be decoded."""
    return sum(map(text.count, _TELLING)) - 2 * text.count("\ufffd")
