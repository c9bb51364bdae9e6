"""The article that a portal carries as a string in a script or in the answer of an interface.

gkmlpt names it ``_CONFIG.DETAIL.content``; elsewhere it is known by the headings that it prints. It may be wrapped as
scripts unwrap it: in base64, percent or ``%u`` escapes, entities.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote, unquote_to_bytes

from parsers.charset import decode
from parsers.formats.html.raw_elements import raw_elements
from parsers.printed.report_signs import prints_report

EMBEDDED = "_CONFIG.DETAIL.content!"
"""Before the path of a place inside such an article."""

_DETAIL = re.compile(r"\bDETAIL[\"']?\s*[:=]")
_CONTENT = re.compile(r"[\"']?\bcontent[\"']?\s*:\s*(\"(?:[^\"\\]|\\.)*\")")
_LITERAL = re.compile(r"\"((?:[^\"\\]|\\.){400,})\"|'((?:[^'\\]|\\.){400,})'", re.S)
"""Strings long enough to hold a report."""
_BARE_QUOTE = re.compile(r'(?<!\\)"')
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/_-]|\s)+=*\s*")
_CODE_UNIT = re.compile(r"%u([0-9A-Fa-f]{4})")
_MOST_WRAPS = 2
"""Wrappings one within the other that are taken off: base64 of percent escapes."""


def embedded_article(text: str) -> str | None:
    """The article's HTML in a script, in JSON, or in the scripts of a page; None where there is none."""
    is_page = text.lstrip()[:1] == "<"
    scripts = (script for _, script in raw_elements(text, "script")) if is_page else iter([text])
    return next((article for script in scripts if (article := _detail(script) or _literal(script))), None)


def _detail(script: str) -> str | None:
    detail = _DETAIL.search(script)
    if detail is None:
        return None
    for found in _CONTENT.finditer(script, detail.end()):
        article = _decoded(found[1])
        if article is not None and "<" in article:
            return article
    return None


def _literal(script: str) -> str | None:
    """The longest string of HTML that prints headings of a report."""
    found = (_decoded(_quoted(*literal.groups())) for literal in _LITERAL.finditer(script))
    articles = [one for text in found if text is not None for one in _unwrapped(text, _MOST_WRAPS) if "<" in one]
    telling = [one for one in articles if prints_report(one)]
    return max(telling, key=len, default=None)


def string_of(literal: str) -> str | None:
    """What a string of JavaScript says, quotes included; None for one that is not understood."""
    body = literal[1:-1].replace("\\\n", "")
    return _decoded(_quoted(body, None) if literal[0] == '"' else _quoted(None, body))


def _quoted(double: str | None, single: str | None) -> str:
    """A string of JavaScript as JSON writes it."""
    if double is not None:
        return f'"{double}"'
    return '"' + _BARE_QUOTE.sub(r'\\"', (single or "").replace("\\'", "'")) + '"'


def _decoded(literal: str) -> str | None:
    try:
        article = json.loads(literal, strict=False)
    except ValueError:
        return None
    return article if isinstance(article, str) else None


def _unwrapped(text: str, wraps: int) -> Iterator[str]:
    """`text`, and what stands in it where it is wrapped."""
    yield text
    inner = _inside(text) if wraps and "<" not in text else None
    if inner is not None and inner != text:
        yield from _unwrapped(inner, wraps - 1)


def _inside(text: str) -> str | None:
    """What a text without markup wraps; None where it wraps nothing known."""
    if "&lt;" in text:
        return unescape(text)
    if "%3C" in text or "%3c" in text:
        units = _CODE_UNIT.search(text)
        return unquote(_CODE_UNIT.sub(_unit, text)) if units else decode(unquote_to_bytes(text))[0]
    if not _BASE64.fullmatch(text):
        return None
    bare = "".join(text.split()).rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return decode(b64decode(bare + "=" * (-len(bare) % 4), validate=True))[0]
    except NotBase64:
        return None


def _unit(escape: re.Match[str]) -> str:
    """A character as JavaScript's ``escape`` writes it."""
    return chr(int(escape[1], 16))
