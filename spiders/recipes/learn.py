"""Learning a recipe: which of a page's requests brought the items shown, where they stand in it, and how it pages.

Pure: what the browser saw goes in, a recipe comes out. Whether it holds is for the walk to try.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from spiders.pages import listing
from spiders.pages.entry import ListItem
from spiders.pages.fetch import Fetch, route, seen_key
from spiders.pages.texts import squeeze
from spiders.portal import Recipe
from spiders.recipes.answers import Rows, fragments_in, leaves, rows_in, value_of
from spiders.recipes.paging import NotPaged, template
from spiders.recipes.reading import address_of, as_html, date_of, field, number_at, text_of
from spiders.rendering.requests import Call
from spiders.rendering.sights import Rendering

LEAST_SHARE = 0.6
"""Of the items shown, that an answer must hold to be their source; a box of latest news beside them has fewer."""
LEAST_CUT = 8
"""Characters that must agree where the page shows a title cut short."""
_TOTAL = re.compile(r"total|count|allrow|rows?num|records?|hits|sum|num|found", re.I)
_PAGES = re.compile(r"page", re.I)
_SIZE = re.compile(r"size|limit|perpage|page(?:no|num|index)$|current|start|offset|^(?:rows|page|p)$", re.I)
_DATE = re.compile(r"date|time|day|rq|sj|pub", re.I)
_NUMBER = re.compile(r"\d+")
_NOT_KEPT = frozenset({"accept", "origin"})


@dataclass(frozen=True, slots=True)
class Source:
    """Where items came from: the request, the path of its rows (or of its HTML), the title's name, keys of items."""

    call: Call
    rows: str
    title: str
    found: frozenset[str]

    @property
    def kind(self) -> tuple[str, ...]:
        """Equal for requests that differ in numbers only."""
        fetch = self.call.fetch
        return self.call.kind, fetch.method, _NUMBER.sub("#", fetch.url), self.rows, self.title


class NotLearned(Exception):
    """Nothing that the page asked for can be asked for plainly; the message says why."""


def learn(rendering: Rendering, article: re.Pattern[str]) -> Recipe:
    """The recipe of a rendered list. Raises NotLearned, whose message is for people."""
    shown = [listing.entries(page, article) for page in rendering.pages]
    if not shown or not shown[0]:
        raise NotLearned("the browser shows no items")
    sources = sources_of(rendering.sights[0].calls, shown[0], rendering.pages[0].url, article)
    if not sources:
        raise NotLearned("no answer holds the items shown")
    first = sources[0]
    items = [item for item in shown[0] if item.key in first.found]
    recipe = _described(first, items, rendering, article)
    requests = [*(one.call.fetch for one in sources), *_later(first, rendering, shown, article)]
    if len(requests) == 1 and len(rendering.sights) > 1 and not _holds_all(first, shown):
        raise NotLearned("what page two is loaded from was not seen")
    try:
        paged = template(requests)
    except NotPaged as why:
        raise NotLearned(str(why)) from why
    except UnicodeDecodeError as why:
        raise NotLearned("the request is no text") from why
    return replace(recipe, url=paged.url, body=paged.body)


def sources_of(
    calls: Iterable[Call], shown: Sequence[ListItem], url: str, article: re.Pattern[str]
) -> tuple[Source, ...]:
    """The requests of one kind whose answers together hold most of the items shown, in the order in which they were
    made: an endless list has asked for several pages before it is looked at. Empty where none hold enough."""
    kinds: dict[tuple[str, ...], list[Source]] = {}
    for call in calls:
        for source in _sources(call, shown, url, article):
            kinds.setdefault(source.kind, []).append(source)
    told = [_needed(alike) for alike in kinds.values()]
    best = max(told, key=lambda one: (_together(one), -len(one)), default=[])
    return tuple(best) if best and _together(best) >= LEAST_SHARE * len(shown) else ()


def _needed(alike: list[Source]) -> list[Source]:
    """One answer that holds all that any holds, else those that bring something new, as they came."""
    whole = frozenset[str]().union(*(one.found for one in alike))
    for one in alike:
        if one.found == whole:
            return [one]
    found, held = [], frozenset[str]()
    for one in alike:
        if one.found - held:
            found.append(one)
            held |= one.found
    return found


def _together(sources: Sequence[Source]) -> int:
    return len(frozenset[str]().union(*(one.found for one in sources)))


def _sources(call: Call, shown: Sequence[ListItem], url: str, article: re.Pattern[str]) -> Iterable[Source]:
    value = value_of(call.page)
    for rows in rows_in(value):
        for name in _names(rows):
            said = [text_of(field(row, name)) for row in rows.items]
            found = frozenset(item.key for item in shown if any(same_title(item.title, one) for one in said))
            if found:
                yield Source(call, rows.path, name, found)
    pieces = fragments_in(value) if value is not None else {"": call.page.text} if call.kind == "data" else {}
    for path in pieces:
        page = as_html(Recipe(url, "", rows=path), call.page)
        keys = {item.key for item in listing.entries(page, article)}
        if found := frozenset(item.key for item in shown if item.key in keys):
            yield Source(call, path, "", found)


def same_title(shown: str, told: str) -> bool:
    """Is it one title, whatever spaces and however short the page cuts it?"""
    first, second = "".join(shown.split()), "".join(told.split())
    cut = re.sub(r"(?:…|\.{2,})$", "", first)
    return first == second or (cut != first and len(cut) >= LEAST_CUT and second.startswith(cut))


def _described(source: Source, shown: Sequence[ListItem], rendering: Rendering, article: re.Pattern[str]) -> Recipe:
    """The recipe of page one, without its paging."""
    fetch = source.call.fetch
    first = rendering.pages[0]
    recipe = Recipe(
        first.fetch.url if route(first.fetch.url) else first.url,
        fetch.url,
        fetch.method,
        headers=_kept(fetch),
        rows=source.rows,
        title=source.title,
    )
    value = value_of(source.call.page)
    if source.title:
        pairs = _pairs(source, value, shown)
        recipe = replace(recipe, address=_address(pairs, recipe.list), date=_date(pairs))
    total, pages = _totals(value, source, rendering, len(listing.entries(rendering.pages[0], article)))
    return replace(recipe, total=total, pages=pages)


def _pairs(source: Source, value: Any, shown: Sequence[ListItem]) -> list[tuple[Mapping[str, Any], ListItem]]:
    """Rows with the items that show them."""
    rows = next((rows.items for rows in rows_in(value) if rows.path == source.rows), ())
    found = []
    for item in shown:
        row = next((row for row in rows if same_title(item.title, text_of(field(row, source.title)))), None)
        if row is not None:
            found.append((row, item))
    return found


def _address(pairs: Sequence[tuple[Mapping[str, Any], ListItem]], url: str) -> str:
    """The field that holds the address, or a template of it. Raises NotLearned."""
    row, item = pairs[0]
    plain = [(name, str(value)) for name, value in leaves(row) if isinstance(value, (str, int)) and str(value).strip()]
    candidates = [name for name, _ in plain] + [_templated(item.url, plain, pairs)]
    for address in candidates:
        if address and all(_leads(address, row, url) == seen_key(item.url) for row, item in pairs):
            return address
    raise NotLearned("where an item leads does not stand in the answer")


def _leads(address: str, row: Mapping[str, Any], url: str) -> str | None:
    found = address_of(url, address, row)
    return seen_key(found) if found else None


def _templated(
    url: str, plain: Sequence[tuple[str, str]], pairs: Sequence[tuple[Mapping[str, Any], ListItem]]
) -> str | None:
    """`url` with the values of a row, longest first, written as their names; only what differs from row to row."""
    made = url
    for name, value in sorted(plain, key=lambda one: -len(one[1])):
        if len({str(field(row, name)) for row, _ in pairs}) == 1 and len(pairs) > 1:
            continue
        whole = rf"(?<![0-9A-Za-z{{]){re.escape(value)}(?![0-9A-Za-z}}])"
        made = re.sub(whole, lambda _, name=name: f"{{{name}}}", made)  # type: ignore[misc]
    return made if made != url else None


def _date(pairs: Sequence[tuple[Mapping[str, Any], ListItem]]) -> str:
    """The field whose day is the one shown; where none is shown, one that is called a date and is one."""
    names = [name for name, value in leaves(pairs[0][0]) if date_of(value)]
    dated = [(row, item.date) for row, item in pairs if item.date]
    for name in names:
        if dated and all(date_of(field(row, name)) == day for row, day in dated):
            return name
    called = [name for name in names if _DATE.search(name)]
    return called[0] if called and not dated else ""


def _totals(value: Any, source: Source, rendering: Rendering, on_page_one: int) -> tuple[str, str]:
    """Paths of the total of items and of pages. What was counted to the end must agree with them."""
    numbers = {
        path: number
        for path, one in leaves(value)
        if not (source.rows and path.startswith(f"{source.rows}."))
        and (number := number_at({"n": one}, "n")) is not None
        and not isinstance(one, bool)
    }
    named = {path: number for path, number in numbers.items() if not _SIZE.search(_last(path))}
    rows = on_page_one or 1
    seen_pages = len(rendering.sights) if rendering.ended else None
    pages = [
        path
        for path, number in named.items()
        if _PAGES.search(_last(path))
        and _TOTAL.search(_last(path) + "count" * ("pages" in path))
        and (number == seen_pages if seen_pages else number >= len(rendering.sights))
    ]
    items = [
        path
        for path, number in named.items()
        if path not in pages and _TOTAL.search(_named(path)) and _is_total(number, rows, rendering)
    ]
    return next(iter(items), ""), next(iter(pages), "")


def _named(path: str) -> str:
    """The last two names of a path: the number itself is sometimes called ``value``."""
    return ".".join(path.split(".")[-2:])


def _last(path: str) -> str:
    return path.rpartition(".")[2]


def _is_total(number: int, rows: int, rendering: Rendering) -> bool:
    """May `number` count all items? At least those of page one; at most so many as the pages seen can hold."""
    pages = len(rendering.sights)
    if rendering.ended:
        return rows * (pages - 1) < number <= rows * pages if pages > 1 else number == rows
    return number >= rows * pages


def _later(
    first: Source, rendering: Rendering, shown: Sequence[Sequence[ListItem]], article: re.Pattern[str]
) -> list[Fetch]:
    """The requests that brought pages two, three …, as far as they were seen one after another."""
    found = []
    for sight, items in zip(rendering.sights[1:], shown[1:], strict=False):
        fresh = [item for item in items if item.key not in {one.key for one in shown[0]}]  # "more" keeps what was there
        alike = [call for call in sight.calls if call.kind == first.call.kind]
        sources = sources_of(alike, fresh or items, sight.page.url, article)
        if not sources or (sources[0].rows, sources[0].title) != (first.rows, first.title):
            break
        found += [one.call.fetch for one in sources]
    return found


def _holds_all(first: Source, shown: Sequence[Sequence[ListItem]]) -> bool:
    """Was everything in the first answer, and only shown in pages?"""
    rows = next((rows.items for rows in rows_in(value_of(first.call.page)) if rows.path == first.rows), ())
    told = [text_of(field(row, first.title)) for row in rows] if first.title else []
    return all(any(same_title(item.title, one) for one in told) for page in shown for item in page)


def _names(rows: Rows) -> list[str]:
    """Names of the text fields of rows that may be a title."""
    texts = [(name, value) for row in rows.items[:3] for name, value in leaves(row)]
    return list(dict.fromkeys(name for name, value in texts if isinstance(value, str) and len(squeeze(value)) > 1))


def _kept(fetch: Fetch) -> tuple[tuple[str, str], ...]:
    """Headers that the request needs: its kind, and whatever its script has set."""
    return tuple((name, value) for name, value in fetch.headers if name not in _NOT_KEPT)
