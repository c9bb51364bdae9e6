"""What a page calls itself: its title, its tags, the last part of 当前位置. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spiders.pages.page import Page
from spiders.pages.texts import squeeze
from spiders.words.menus import is_annual

_PLACE = re.compile(r"^(?:您|你)?(?:现在|当前|所在|目前)?(?:的)?(?:所在)?(?:位置|栏目)\s*(?:是|为)?\s*[:：]?")
_CRUMBS = re.compile(r"crumb|position|location|weizhi|dqwz|curr?ent|\bpath\b|\bwz\b|\bnav-?path", re.I)
_STEP = re.compile(r"\s*(?:>+|＞|»|›|→|/|\||-)\s*")
_PARTS = re.compile(r"[-_|—–－>\s]+")
_LONGEST = 120


def names_annual(page: Page) -> bool:
    """Does the page say of itself that it is a column of annual reports?"""
    return page.is_html and any(map(is_annual, own_names(page)))


def own_names(page: Page) -> Iterator[str]:
    """The names that a page gives itself: the first part of its title, its column tag, the end of its breadcrumbs."""
    if title := next(filter(None, _PARTS.split(page.title)), ""):
        yield title
    for tag in page.tree.iter("meta"):
        if (tag.get("name") or "").lower() == "columnname" and tag.get("content"):
            yield squeeze(tag.get("content") or "")
    for element in page.tree.iter("div", "p", "span", "ul", "ol", "td", "nav", "section"):
        marks = f"{element.get('class') or ''} {element.get('id') or ''}"
        if not _CRUMBS.search(marks) and not (element.text or "").lstrip().startswith(
            ("当前", "您", "你", "所在", "现在")
        ):
            continue
        shown = squeeze(" > ".join(text.strip() for text in element.itertext() if text.strip()))
        if len(shown) <= _LONGEST and (steps := [step for step in _STEP.split(_PLACE.sub("", shown)) if step]):
            yield steps[-1]
