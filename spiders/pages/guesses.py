"""Guesses at the next page of a list that says it has one and does not say where. Pure.

Tried only then, each a probe; the walk believes one when what it brings is new and of the same shape as page one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit

from spiders.pages.entry import ListItem
from spiders.pages.fetch import Fetch
from spiders.pages.page import Page

MOST_GUESSES = 6
"""Probes that one list may cost before it is called short."""

_PREFIX = re.compile(r"""["']([^"'<>\s]{1,200}(?:[?&][\w.]+=|[\w/][_/-]))["']""")
"""A text in a script to which a number is added: ``'/column/6795?pageIndex='``, ``'index_'``."""
_LAST_NUMBER = re.compile(r"(?<=[_/.\-])(\d{1,4})(?=(?:\.\w+)?/?$)")
_FILE = re.compile(r"([^/]*?)(\.(?:s?html?|jhtml|jspx?|aspx?|php|do|action))$", re.I)
_DYNAMIC = re.compile(r"\.(?:jspx?|aspx?|php|do|action)$", re.I)
_PARAMETERS = ("page", "pageNo", "pageIndex", "pageNum", "p")
_DIGITS = re.compile(r"\d+")


def guesses(first: Page, number: int, rule: int | None = None) -> list[tuple[int, Fetch]]:
    """Addresses that page `number` of the list of `first` may have, likeliest first, each with the number of its rule.

    `rule`: only that one, which has already led to a page of this list.
    """
    found: dict[str, tuple[int, Fetch]] = {}
    for at, address in _addresses(first, number):
        url = first.join(address)
        if url is not None and (rule is None or at == rule):
            way = Fetch(url, number=number, carry=first.fetch.carry, probe=True)
            found.setdefault(way.key, (at, way))
    found.pop(first.fetch.key, None)
    return list(found.values())[:MOST_GUESSES]


def is_same_shape(before: Iterable[ListItem], after: Iterable[ListItem]) -> bool:
    """Do the items of two pages stand at addresses of one shape (numbers apart)?"""
    return bool({_shape(entry) for entry in before} & {_shape(entry) for entry in after})


def _shape(entry: ListItem) -> str:
    return _DIGITS.sub("#", entry.key)


def _addresses(page: Page, number: int) -> Iterator[tuple[int, str]]:
    """(rule, address). Rules stay the same from page to page: what a script says, what the address itself counts."""
    parts, here = urlsplit(page.fetch.url), page.fetch.number
    query = parse_qsl(parts.query, keep_blank_values=True)
    for at, prefix in enumerate(_prefixes(page)):
        named = _FILE.search(parts.path)
        yield 100 + at, f"{prefix}{number}" if "=" in prefix else f"{prefix}{number}{named[2] if named else '.html'}"
    for at, (name, value) in enumerate(query):
        if value == str(here):
            counted = [*query[:at], (name, str(number)), *query[at + 1 :]]
            yield at, parts._replace(query=urlencode(counted)).geturl()
    last = _LAST_NUMBER.search(parts.path)
    if last and int(last[1]) in (here, here - 1):
        path = f"{parts.path[: last.start()]}{int(last[1]) + number - here}{parts.path[last.end() :]}"
        yield 20, parts._replace(path=path).geturl()
        return
    yield from _beside(parts.path, number)
    if query or _DYNAMIC.search(parts.path):
        for at, name in enumerate(_PARAMETERS):
            yield 40 + at, parts._replace(query=urlencode([*query, (name, str(number))])).geturl()


def _beside(path: str, number: int) -> Iterator[tuple[int, str]]:
    """``index_1.html`` counted from 0, ``index_2.html`` from 1, ``2.html``, beside a file or in a folder."""
    named = _FILE.search(path)
    if named is None and not path.endswith("/"):
        return
    folder = path[: path.rindex("/") + 1]
    name, ending = (named[1], named[2]) if named else ("index", ".html")
    if named is not None and _DYNAMIC.search(ending):
        return
    yield 30, f"{folder}{name}_{number - 1}{ending}"
    yield 31, f"{folder}{name}_{number}{ending}"
    yield 32, f"{folder}{number}{ending}"
    yield 33, f"{folder}{name}-{number}{ending}"


def _prefixes(page: Page) -> list[str]:
    """Texts of the page's scripts that want a number and lead into this very list."""
    own = urlsplit(page.url).path
    folder = own[: own.rindex("/") + 1] if "/" in own else "/"
    found = []
    for source in page.program.sources:
        for match in _PREFIX.finditer(source):
            url = page.join(match[1])
            path = urlsplit(url).path if url else ""
            if path and (path == own or (path.startswith(folder) and folder != "/")):
                found.append(match[1])
    return list(dict.fromkeys(found))
