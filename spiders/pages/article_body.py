"""The part of a page that is the article, and what of the rest belongs to the site. Pure."""

from __future__ import annotations

import re

from lxml import html

_BODIES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("tag", re.compile(r"^ucapcontent$")),
    ("id", re.compile(r"^(?:UCAP-CONTENT|zoom|zoomcon)$")),
    ("id", re.compile(r"^vsb_content")),
    ("class", re.compile(r"v_news_content|TRS_Editor|trs_editor_view|TRS_UEDITOR|j-fontContent|bt_content")),
    ("id", re.compile(r"^ivs_content$")),
    ("class", re.compile(r"article[-_]content|pages_content")),
    ("id", re.compile(r"^(?:content|article|fontzoom|Zoom)$")),
    ("tag", re.compile(r"^article$")),
)
"""Containers of articles, the most telling first."""
_CHROME = re.compile(
    r"(?:^|[\s_-])(?:header|footer|foot|nav|navs?bar|menu|side(?:bar)?|aside|links?|friend|share|related|recommend|hot|banner"
    r"|top|bottom|copyright|crumb|breadcrumb|toolbar|bsbox)(?:$|[\s_-]|\d)",
    re.I,
)


def body_of(tree: html.HtmlElement) -> html.HtmlElement | None:
    """The element that holds the article, None where none of the known containers is there."""
    best, found = len(_BODIES), None
    for element in tree.xpath("//*[@id or @class] | //ucapcontent | //article"):
        rank = _rank(element, best)
        if rank < best and (len(element) or (element.text or "").strip()):
            best, found = rank, element
    return found


def belongs(element: html.HtmlElement, body: html.HtmlElement | None) -> bool:
    """Is the element part of the article: in its body, or beside it and not in the site's frame?"""
    for ancestor in (element, *element.iterancestors()):
        if ancestor is body:
            return True
        if ancestor.tag in ("header", "footer", "nav", "aside"):
            return False
        if ancestor.tag not in ("body", "html") and _CHROME.search(
            f"{ancestor.get('id') or ''} {ancestor.get('class') or ''}"
        ):
            return False
    return True


def stands_in(element: html.HtmlElement, body: html.HtmlElement | None) -> bool:
    """Is the element in the body itself, where one is known?"""
    return body is not None and any(ancestor is body for ancestor in element.iterancestors())


def _rank(element: html.HtmlElement, best: int) -> int:
    """Which of the containers before number `best` the element is."""
    marks = {"tag": element.tag, "id": element.get("id") or "", "class": element.get("class") or ""}
    for rank, (mark, pattern) in enumerate(_BODIES[:best]):
        if marks[mark] and pattern.search(marks[mark]):
            return rank
    return len(_BODIES)
