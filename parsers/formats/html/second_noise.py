"""What of a page's source is never printed, taken out in one pass: remarks, scripts, style sheets, templates."""

from __future__ import annotations

import re

_START = re.compile(r"<(?:!--|!\[(?:if|endif)|(?:[sS][cC]|[sS][tT][yY]|[tT][eE][mM]|[nN][oO][sS])[a-zA-Z]+)")
"""How all of it begins, and some tags that are none."""
_REMARK = "!--"
_CONDITION = "!["
_CONDITION_TAG = re.compile(r"<!\[(?:if[^<>]*|endif\]|endif[^<>]*)>", re.IGNORECASE)
_ENDS = {name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("script", "style", "template", "noscript")} | {
    _REMARK: re.compile("-->")
}


def without_noise(text: str) -> str:
    """The source without it. What is begun and never ended stays, as does everything behind it; each kind of end is
    looked for in vain only once, so that a page of nothing but beginnings costs its own length."""
    pieces: list[str] = []
    endless: set[str] = set()
    at = 0
    start = _START.search(text)
    while start is not None:
        end = _end(text, start, endless)
        if end is not None:
            pieces.append(text[at : start.start()])
            at = end
        start = _START.search(text, start.end() if end is None else end)
    return "".join(pieces) + text[at:] if pieces else text


def _end(text: str, start: re.Match[str], endless: set[str]) -> int | None:
    """Where what begins there ends."""
    name = start[0][1:].lower()
    if name.startswith(_CONDITION):
        found = _CONDITION_TAG.match(text, start.start())
        return found.end() if found else None
    if name not in _ENDS or name in endless:
        return None
    found = _ENDS[name].search(text, start.end())
    if found is None:
        endless.add(name)
        return None
    return found.end()
