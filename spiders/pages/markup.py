"""Markup taken away from a page's text, in one pass: each character is looked at once, whatever is left open. Pure."""

from __future__ import annotations

import re

MOST_TAGS = 60_000
"""Tags of a page that are looked at: ten thousand rows of a list. What stands behind is not known."""

_MOST_ATTRIBUTES = 1000
"""Of one tag. The parser compares each with all before it: a hundred thousand take it minutes."""

_WHOLE_TAG = re.compile(r"<[a-z](?>[^\"'<>]+|\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))*+>?", re.I)
_VALUE = re.compile(r"\"[^\"]*+\"?|'[^']*+'?")

_MARKUP = re.compile(
    r"<script\b.*?(?:</script>|\Z)|<style\b.*?(?:</style>|\Z)|<!--(?:>|.*?(?:-->|\Z))|<[^<>]*>?", re.S | re.I
)
_TAG = re.compile(r"<[^<>]*>?")
_CLICKABLE = re.compile(r"<a\b[^<>]*>[^<]*(?:<(?!/?a\b)[^<]*)*(?:</a\s*>)?|<(?:option|select)\b[^<>]*>[^<]*", re.I)
_TITLE = re.compile(r"<title[^<>]*>(.*?)(?:</title|\Z)", re.S | re.I)
_ANCHOR = re.compile(r"<a\s[^<>]*href", re.I)


def without_markup(text: str, instead: str = "") -> str:
    """What is written between tags; scripts, styles and comments go as a whole, to the end where they never end."""
    return _MARKUP.sub(instead, text)


def without_tags(text: str, instead: str = "") -> str:
    """`text` of a script or a value, in which only tags are taken away."""
    return _TAG.sub(instead, text)


def without_links(text: str) -> str:
    """The page without what is clicked and what is chosen from: anchors with their text, options."""
    return _CLICKABLE.sub(" ", text)


def has_links(text: str) -> bool:
    """Is there anything that `without_links` takes away?"""
    return _CLICKABLE.search(text) is not None


def title_in(text: str) -> str:
    """What the first <title> holds."""
    found = _TITLE.search(text)
    return found[1] if found else ""


def anchors(text: str, most: int) -> int:
    """How many anchors with an address there are; counting ends behind `most`."""
    count = 0
    for _ in _ANCHOR.finditer(text):
        count += 1
        if count > most:
            break
    return count


def within_limits(text: str) -> str:
    """As much of a page as is looked at: no tag with attributes without number, no tags without number."""
    if len(text) > 2 * _MOST_ATTRIBUTES:
        text = _WHOLE_TAG.sub(_unless_crowded, text)
    if text.count("<") <= MOST_TAGS:
        return text
    at = -1
    for _ in range(MOST_TAGS + 1):
        at = text.find("<", at + 1)
    return text[:at]


def _unless_crowded(tag: re.Match[str]) -> str:
    long = tag.end() - tag.start() > 2 * _MOST_ATTRIBUTES
    crowded = long and len(_VALUE.sub("", tag[0]).split()) > _MOST_ATTRIBUTES
    return "" if crowded else tag[0]
