"""Text from outside on its way to a terminal or a log: what a terminal would obey is shown instead.

Titles, addresses, headers and file names come from portals; an escape sequence in one could clear the screen, write its
own line into a log, or turn a number round.
"""

from __future__ import annotations

_KEPT = "\n\t"
_CONTROLS = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in _KEPT},
    0x7F: "\u2421",
    **dict.fromkeys((*range(128, 160), *range(8234, 8239), *range(8294, 8298)), "�"),
    **dict.fromkeys((8206, 8207, 1564, 8232, 8233), "�"),
    **dict.fromkeys(range(55296, 57344), "�"),
}
"""Control characters of both sets, what turns the direction of writing, and what no encoding can write."""


def printable(text: str) -> str:
    """`text` as it may be shown: lines and tabs stay, every other control character becomes a visible sign."""
    return text.translate(_CONTROLS)


def printable_json(text: str) -> str:
    """JSON that any terminal may show: the same characters as escapes, so that the value stays what it is."""
    return "".join(f"\\u{ord(one):04x}" if ord(one) in _CONTROLS else one for one in text)
