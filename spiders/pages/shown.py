"""Lists that a page's own script asks for and draws: which requests, and what the page makes of their answers. Pure.

The script is followed, never run (spiders/scripts): the function that gets the answer writes its HTML, which is read
like any other page. An answer that nothing is known to wait for is read as data.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from spiders.pages.entry import Declared, ListItem
from spiders.pages.fetch import Fetch, host_of
from spiders.pages.leads_to import request_of
from spiders.pages.nodes import nodes
from spiders.pages.page import Page
from spiders.pages.texts import find_date
from spiders.words.numbers import largest, whole
from spiders.words.titles import judge

MOST_REQUESTS = 4
"""Requests of one page that may hold its list."""
MOST_VALUES = 200
"""Values of an answer that are looked at for an empty list."""

_NO_LIST = re.compile(r"visit|count|hits?\b|click|login|user|log\b|weather|token|captcha|stat(?:s|istics)?\b", re.I)
_TOTAL = re.compile(
    r"[\"'](?:total(?:Count|Elements|Num|Record\w*|Row\w*|Size)?|count|recordCount|allRow|rowCount)[\"']\s*:\s*[\"']?(\d{1,6})\b",
    re.I,
)
_TOTAL_TAG = re.compile(r"<total_?records?>\s*(\d{1,6})", re.I)
_PAGES = re.compile(r"[\"'](?:total_?Pages?|pages|page_?Count|allPages?)[\"']\s*:\s*[\"']?(\d{1,4})\b", re.I)
_MARKUP = re.compile(r"<(?:li|tr|a|div|dd|p)\b", re.I)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.S)
_PAGE_NAME = re.compile(r"page(?!.*size)|^p(?:n|no|num|index)?$|^cur|index$|^no$", re.I)
_FROM_NAME = re.compile(r"start|offset|begin|from|skip", re.I)
_SIZE_NAME = re.compile(r"size|rows|limit|per|count|end", re.I)


def requests_at_load(page: Page) -> tuple[Fetch, ...]:
    """The requests that the page makes by itself and that may bring its list."""
    if not page.is_html or page.rendered is not None or not any("(" in source for source in page.program.sources):
        return ()
    asks = (effect for effect in page.program.effects if effect.kind == "ask")
    made = (request_of(effect, page.ground) for effect in asks)
    own = (one for one in made if one is not None and host_of(one.url) == host_of(page.url))
    wanted = {one.key: one for one in own if not _NO_LIST.search(urlsplit(one.url).path)}
    return tuple(wanted.values())[:MOST_REQUESTS]


def may_be_an_empty_list(page: Page) -> bool:
    """May an answer without items be a list in a bad moment? A counter, a word or ``{}`` is none."""
    data = page.json
    if data is None:
        return page.is_html or not page.text.strip()
    waiting = [data]
    for _ in range(MOST_VALUES):
        if not waiting:
            return False
        value = waiting.pop()
        if value is None or value == []:
            return True
        waiting.extend(value if isinstance(value, list) else value.values() if isinstance(value, dict) else ())
    return True


def as_shown(answer: Page, asked_by: Page) -> Page:
    """A piece of `asked_by` as its script shows it."""
    root = asked_by
    while root.asked_by is not None and asked_by.is_piece:
        root = root.asked_by
    data = answer.json if answer.json is not None else answer.text
    shown = root.program.answered(answer.fetch.url, data) if root.program.waiting else None
    if not shown and answer.json is not None:
        shown = "".join(_fragments(answer.json))
    if not shown and not answer.is_html:
        shown = "".join(_CDATA.findall(answer.text))
    return replace(answer, asked_by=root, rendered=shown if shown and _MARKUP.search(shown) else None)


def items(page: Page) -> tuple[ListItem, ...]:
    """The items of an answer that is data, whatever its fields are called."""
    found: dict[str, ListItem] = {}
    for node in nodes(page.json):
        texts = [text for text in node.fields.values() if isinstance(text, str)]
        title = max((node.name, *texts), key=lambda text: (judge(text).kind == "report", text == node.name))
        day = next((day for text in texts if text != title and (day := find_date(text))), None)
        url = next((url for address in node.addresses if (url := page.join(address))), None)
        if url is not None:
            item = ListItem(url, title, day)
            found.setdefault(item.key, item)
    return tuple(found.values())


def declared(page: Page) -> Declared:
    """What an answer says of the whole list."""
    text = page.sent_text
    counted = [number for pattern in (_TOTAL, _TOTAL_TAG) for number in pattern.findall(text)]
    return Declared(largest(counted), largest(_PAGES.findall(text)))


def numbered(page: Page, came: int) -> Fetch | None:
    """The request for the answer after `page`, by the parameter that counts pages, or items (`came` on this page)."""
    fetch = page.fetch
    if fetch.data:
        return _with_data(fetch, came)
    if fetch.form:
        further = _counted([(name, value) for name, value in fetch.form], fetch.number, came)
        return None if further is None else _next(replace(fetch, form=tuple(further)))
    parts = urlsplit(fetch.url)
    further = _counted(parse_qsl(parts.query, keep_blank_values=True), fetch.number, came)
    return None if further is None else _next(replace(fetch, url=parts._replace(query=urlencode(further)).geturl()))


def _next(fetch: Fetch) -> Fetch:
    return replace(fetch, number=fetch.number + 1, probe=True)


def _with_data(fetch: Fetch, came: int) -> Fetch | None:
    try:
        data = json.loads(fetch.data)
    except ValueError:
        return None
    plain = [(name, str(value)) for name, value in data.items()] if isinstance(data, dict) else []
    further = _counted(plain, fetch.number, came)
    if further is None:
        return None
    changed = {
        name: type(data[name])(value) for (name, value), (_, old) in zip(further, plain, strict=True) if value != old
    }
    return _next(replace(fetch, data=json.dumps(data | changed, ensure_ascii=False).encode()))


def _counted(pairs: list[tuple[str, str]], number: int, came: int) -> list[tuple[str, str]] | None:
    """The parameters with the one that counts moved on; None where none of them does."""
    for at, (name, value) in enumerate(pairs):
        if _PAGE_NAME.search(name) and not _SIZE_NAME.search(name) and value in (str(number), str(number - 1)):
            return [*pairs[:at], (name, str(int(value) + 1)), *pairs[at + 1 :]]
    for at, (name, value) in enumerate(pairs):
        if _FROM_NAME.search(name) and (first := whole(value)) is not None and came:
            moved = [*pairs[:at], (name, str(first + came)), *pairs[at + 1 :]]
            return [(one, _moved_end(one, held, came)) for one, held in moved]
    return None


def _moved_end(name: str, value: str, came: int) -> str:
    last = whole(value) if name.lower().startswith("end") else None
    return value if last is None else str(last + came)


def _fragments(data: Any) -> Iterator[str]:
    """Pieces of HTML in an answer."""
    waiting = [data]
    for _ in range(10_000):
        if not waiting:
            return
        value = waiting.pop()
        if isinstance(value, str):
            if _MARKUP.search(value):
                yield "".join(_CDATA.findall(value)) or value
        elif isinstance(value, (list, dict)):
            waiting.extend(reversed(list(value.values()) if isinstance(value, dict) else value))
