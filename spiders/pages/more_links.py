"""更多: a link that says nothing of its own is called by the heading of its box. Pure.

``<h3>政府信息公开年报<a href="/nb/">更多</a></h3>``, or beside the heading, in its cell, at the end of the box.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

_MORE = re.compile(r"^[<>«»›\s+＋\[【]*(?:(?:查看|点击|浏览)?更多(?:信息|内容)?|more)[<>«»›.…\s+＋\]】]*$", re.I)
_CALLED_MORE = re.compile(r"\bmore|more\b", re.I)
_CLIMBS = 3
"""Boxes between the link and what holds its heading."""
_LONGEST = 30
"""Characters of a heading."""
_SHORTEST = 2
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6 dt th caption legend strong b".split())
_LISTS = frozenset("ul ol dl table tbody li dd tr script style".split())
_MARKS = ("tit", "head", "name", "hd", "tt", "bt", "lm", "label")
"""Parts of class names that boxes with a heading have."""


def says_more(link: html.HtmlElement, title: str) -> bool:
    """Does the link say 更多 and nothing else, by its text or, without one, by what it is called?"""
    if title:
        return bool(_MORE.match(title))
    return link.tag == "a" and bool(_CALLED_MORE.search(f"{link.get('class') or ''} {link.get('id') or ''}"))


def heading_over(link: html.HtmlElement) -> str:
    """The heading of the box that `link` stands in; empty where there is none, or more than one may be meant."""
    node = link
    for _ in range(_CLIMBS):
        parent = node.getparent()
        if parent is None or parent.tag in ("body", "html"):
            return ""
        if (own := _own_words(parent, node)) and len(own) <= _LONGEST:
            return own if len(own) >= _SHORTEST else ""
        found = [text for one in parent if one is not node and (text := _heading(one))]
        if found:
            return found[0] if len(found) == 1 else ""
        if len(parent) and any(one is not node and one.tag in ("li", "tr", "dd") for one in parent):
            return ""  # an item among items, no box
        node = parent
    return ""


def _own_words(holder: html.HtmlElement, link: html.HtmlElement) -> str:
    """What stands in `holder` beside the link itself: nothing where it holds lists or boxes with text."""
    texts = [holder.text or ""]
    for one in holder:
        if one is not link and _is_plain(one):
            texts.append("".join(one.itertext()))
        texts.append(one.tail or "")
    return _squeezed(" ".join(texts)) if holder.tag not in ("ul", "ol", "table", "tbody") else ""


def _is_plain(element: html.HtmlElement) -> bool:
    """A piece of text: no box, no list, and nothing that leads elsewhere."""
    if not isinstance(element.tag, str) or element.tag in _LISTS or element.tag in ("div", "a"):
        return False
    return element.find(".//a") is None


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _heading(element: html.HtmlElement) -> str:
    """The text of an element that is a heading, or a short box called like one."""
    for one in _outermost_first(element):
        marks = f"{one.get('class') or ''} {one.get('id') or ''}".lower()
        if one.tag in _HEADINGS or any(mark in marks for mark in _MARKS):
            text = _squeezed("".join(one.itertext()))
            if _SHORTEST <= len(text) <= _LONGEST:
                return text
    return ""


def _outermost_first(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """`element` and, where it is no list, what stands in it."""
    if not isinstance(element.tag, str) or element.tag in _LISTS:
        return
    yield element
    for one in element:
        if isinstance(one.tag, str) and one.tag not in _LISTS:
            yield one
