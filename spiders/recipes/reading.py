"""Reading a list by its recipe: as a `Family`, so that the walk is the same as for any other list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from html import unescape
from typing import Any

from spiders.families.family import Family
from spiders.pages import listing, pager
from spiders.pages.entry import Declared, ListItem
from spiders.pages.fetch import Fetch, absolute
from spiders.pages.page import Page
from spiders.pages.texts import find_date, squeeze
from spiders.portal import Recipe
from spiders.recipes.answers import at, fragments_in, value_of
from spiders.recipes.paging import fill, is_paged
from spiders.words.numbers import largest

CARRIED = "recipe"
"""Marks a request made by a recipe, in `Fetch.carry`."""

CHINA = timezone(timedelta(hours=8))
MOST_ITEMS = 100_000
_TAG = re.compile(r"<[^>]*>")
_FIELD = re.compile(r"\{([^{}+]+)\}")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")


class ByRecipe(Family):
    """Asks for the list by its recipe; everything else of the page is read by the family it belongs to."""

    name = "recipe"

    def __init__(self, recipe: Recipe, base: Family) -> None:
        self.recipe = recipe
        self.base = base
        self.article = base.article  # type: ignore[misc]

    def list_requests(self, page: Page) -> tuple[Fetch, ...]:
        """Page one by the recipe, and whatever the family knows."""
        return (request(self.recipe, 1), *self.base.list_requests(page))

    def entries(self, page: Page) -> tuple[ListItem, ...]:
        """The rows of an answer."""
        return entries(self.recipe, page, self.article) if CARRIED in page.fetch.carry else self.base.entries(page)

    def declared_totals(self, page: Page) -> Declared:
        """What the answer says of the whole list."""
        return declared(self.recipe, page) if CARRIED in page.fetch.carry else self.base.declared_totals(page)

    def next_page(self, page: Page) -> Fetch | None:
        """The next number, until the total is reached or nothing comes."""
        if CARRIED not in page.fetch.carry:
            return self.base.next_page(page)
        return following(self.recipe, page, self.article)

    def fallback_request(self, fetch: Fetch) -> Fetch | None:
        """The family's."""
        return None if CARRIED in fetch.carry else self.base.fallback_request(fetch)

    def columns(self, page: Page) -> tuple[ListItem, ...]:
        """The family's."""
        return self.base.columns(page)

    def attachments(self, page: Page) -> tuple[ListItem, ...]:
        """The family's."""
        return self.base.attachments(page)

    def is_article(self, page: Page) -> bool:
        """The family's."""
        return self.base.is_article(page)


def request(recipe: Recipe, number: int, seen: int = 0) -> Fetch:
    """Logical page `number` of the list; `seen` items came on the pages before."""
    return Fetch(
        fill(recipe.url, number),
        method=recipe.method,
        data=fill(recipe.body, number).encode(),
        headers=recipe.headers,
        number=number,
        carry={CARRIED: str(seen)},
    )


def following(recipe: Recipe, page: Page, article: re.Pattern[str]) -> Fetch | None:
    """The request for the page after `page`; None after the last, or where the list has but one."""
    found = len(entries(recipe, page, article))
    seen = int(page.fetch.carry[CARRIED]) + found
    stated = declared(recipe, page)
    over = (stated.items is not None and seen >= stated.items) or (
        stated.items is None and stated.pages is not None and page.fetch.number >= stated.pages
    )
    if not found or over or seen > MOST_ITEMS or not (is_paged(recipe.url) or is_paged(recipe.body)):
        return None
    return request(recipe, page.fetch.number + 1, seen)


def entries(recipe: Recipe, page: Page, article: re.Pattern[str]) -> tuple[ListItem, ...]:
    """The items of one answer, addresses joined to the list's own."""
    if recipe.title:
        return tuple(item for row in at(value_of(page), recipe.rows) if (item := _item(recipe, row)))
    return listing.entries(as_html(recipe, page), article)


def as_html(recipe: Recipe, page: Page) -> Page:
    """An answer that is (or holds) a piece of HTML, as a page at the list's own address."""
    text = fragments_in(value_of(page)).get(recipe.rows, "") if recipe.rows else page.text
    return replace(page, url=recipe.list, rendered=text)


def declared(recipe: Recipe, page: Page) -> Declared:
    """The totals that an answer names; of a piece of HTML what is written in it."""
    value = value_of(page) if recipe.total or recipe.pages else None
    items, pages = number_at(value, recipe.total), number_at(value, recipe.pages)
    if not recipe.title and items is None and pages is None:
        return pager.declared_totals(as_html(recipe, page))
    return Declared(items, pages)


def number_at(value: Any, path: str) -> int | None:
    """The number at a path, written as a number or as text; None where there is none."""
    return largest(at(value, path)) if path else None


def text_of(value: Any) -> str:
    """A value as people see it: no markup, no entities."""
    return squeeze(unescape(_TAG.sub("", str(value)))) if value is not None else ""


def date_of(value: Any) -> str | None:
    """The day in a value: a date in words, or seconds or milliseconds since 1970 (told in China's time)."""
    text = str(value).strip()
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC).astimezone(CHINA).date().isoformat()
    return find_date(text)


def field(row: Mapping[str, Any], path: str) -> Any:
    """The first value of a row at a path."""
    return next((one for one in at(row, path) if one is not None), None)


def address_of(recipe_list: str, address: str, row: Mapping[str, Any]) -> str | None:
    """Where a row leads: by the field that holds it, or by the template that its fields fill."""
    if "{" not in address:
        value = field(row, address)
        return absolute(recipe_list, unescape(str(value))) if value else None
    values = {name: field(row, name) for name in _FIELD.findall(address)}
    if any(value in (None, "") for value in values.values()):
        return None
    return absolute(recipe_list, _FIELD.sub(lambda found: str(values[found[1]]), address))


def _item(recipe: Recipe, row: Any) -> ListItem | None:
    if not isinstance(row, Mapping):
        return None
    title, url = text_of(field(row, recipe.title)), address_of(recipe.list, recipe.address, row)
    if not title or url is None:
        return None
    return ListItem(url, title, date_of(field(row, recipe.date)) if recipe.date else None)
