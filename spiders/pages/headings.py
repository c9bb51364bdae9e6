"""What stands under a heading that names annual reports: years and agencies that do not say so themselves.

``<h3>政府信息公开年报</h3><ul><li><a>2022年</a>…``: the heading leads nowhere, the links say only a year. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import html

from spiders.pages.leads_to import candidates, leads_to
from spiders.pages.links import Link, read_links
from spiders.pages.page import Page
from spiders.pages.texts import squeeze
from spiders.words.menus import is_annual

_LONGEST = 30
"""Characters of a heading."""
_MOST = 20
"""Headings of one page that are looked under: each looks through what follows it."""
_FURTHEST = 300
"""Elements behind a heading that may stand under it."""
_CLIMBS = 3
"""Boxes a heading may stand in alone, away from its list."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the links under it."""

    heading: str
    links: tuple[Link, ...]


def sections(page: Page) -> Iterator[Section]:
    """The sections of `page` whose heading names annual reports and leads nowhere itself."""
    if "年报" not in page.text and "年度" not in page.text:
        return
    named = (one for one in page.tree.iter() if (text := _own_text(one)) and is_annual(text))
    for element in islice(named, _MOST):
        text = _own_text(element)
        if _leads(element, page):
            continue
        found = _under(element, page)
        if found:
            yield Section(text, found)


def _own_text(element: html.HtmlElement) -> str:
    """The text of an element that holds nothing but a few words, empty for any other."""
    if not isinstance(element.tag, str) or element.tag in ("title", "script", "style", "option", "meta", "head"):
        return ""
    if not (element.text or "").strip() or len(element) > 2:
        return ""
    text = squeeze("".join(element.itertext()))
    return text if len(text) <= _LONGEST else ""


def _leads(element: html.HtmlElement, page: Page) -> bool:
    around = (element, *element.iterancestors("a", "option"), *element.iter("a"))
    return any(leads_to(one, page.ground) is not None for one in around)


def _under(heading: html.HtmlElement, page: Page) -> tuple[Link, ...]:
    """The links between a heading and the next one of its kind; the first box that has some."""
    element = heading
    for _ in range(_CLIMBS):
        found: list[Link] = []
        for after in islice(element.itersiblings(), _FURTHEST):
            if not isinstance(after.tag, str):
                continue
            if _is_such(after, element) and not any(True for _ in candidates(after, page.ground)):
                break
            found += read_links(after, page.ground)
        if found:
            return tuple(found)
        parent = element.getparent()
        if parent is None or parent.tag in ("body", "html"):
            return ()
        element = parent
    return ()


def _is_such(one: html.HtmlElement, other: html.HtmlElement) -> bool:
    return bool(one.tag == other.tag and one.get("class") == other.get("class"))
