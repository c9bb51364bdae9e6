"""An article that is cut into pages, and the day it says it was published. Pure."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from spiders.pages.controls import controls, is_here
from spiders.pages.entry import ListItem
from spiders.pages.page import Page
from spiders.pages.texts import DATE, find_date
from spiders.words.numbers import whole

_LONG_ARTICLE = re.compile(r"createPageHTML\(\s*(\d+)\s*,\s*\d+\s*,\s*['\"](t\d[\w]*)['\"]\s*,\s*['\"](\w+)['\"]")
MOST_PARTS = 60
"""Pages of the longest article."""
_PAGE_DIGITS = 3
"""Of the number of a page; a longer number names another article."""
_ENDING = re.compile(r"(?:[_\-.]\d{1,3})?(?:\.\w{2,5})?/?$")
_PUBLISHED = re.compile(
    rf"(?:发布|发文|公开|公布|更新|成文|生成)(?:日期|时间)\s*(?:[:：]|</?\w+[^>]*>|\s|&nbsp;)*({DATE.pattern})"
)
_META = re.compile(r"^(?:pub(?:lish)?_?(?:date|time)|article:published_time)$", re.I)


def parts(page: Page) -> tuple[ListItem, ...]:
    """The further pages of the article: all where its script counts them, else the next one."""
    counted = [
        ListItem(url, page.title, kind="part")
        for count, name, extension in _LONG_ARTICLE.findall(page.text)
        for index in range(1, min(whole(count) or MOST_PARTS, MOST_PARTS))
        if (url := page.join(f"{name}_{index}.{extension}"))
    ]
    return tuple(counted) or _next_part(page)


def published(page: Page) -> str | None:
    """The day printed beside 发布日期, or kept for machines; None where the page says none."""
    tags = [tag for tag in page.tree.iter("meta") if _META.match(tag.get("name") or tag.get("property") or "")]
    told = [str(tag.get("content") or "") for tag in tags]
    found = next((day for text in told if (day := find_date(text))), None)
    if found is not None:
        return found
    beside = _PUBLISHED.search(page.text)
    return find_date(beside[1]) if beside else None


def _next_part(page: Page) -> tuple[ListItem, ...]:
    """The next page by its control, where that leads to a page of the same article."""
    for control in controls(page):
        if control.off or control.way is None or is_here(page, control):
            continue
        ahead = control.means == "next" or control.number == page.fetch.number + 1
        if ahead and _is_same_article(page.url, control.way.url):
            return (ListItem(control.way.url, page.title, kind="part", fetch=control.way),)
    return ()


def _is_same_article(first: str, second: str) -> bool:
    """``t1.html`` and ``t1_2.html``; ``show.jsp?id=5`` and ``show.jsp?id=5&page=2``."""
    one, other = urlsplit(first), urlsplit(second)
    if one.path == other.path:
        asked, further = dict(parse_qsl(one.query)), dict(parse_qsl(other.query))
        changed = {name for name in asked.keys() | further.keys() if asked.get(name) != further.get(name)}
        return len(changed) == 1 and len(further.get(next(iter(changed)), "")) <= _PAGE_DIGITS
    stem, further_stem = (_ENDING.sub("", path) for path in (one.path, other.path))
    return bool(stem) and (stem == further_stem or re.sub(r"\.\w{2,5}$", "", one.path) == further_stem)
