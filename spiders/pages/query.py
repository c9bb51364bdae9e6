"""Queries by selectors and a button: unit × year, asked for by the page's own script. Pure.

``单位 <select id=unit> 年份 <select id=year> <input type=button onclick="query()">``: every choice of the selectors
is a report's own address, which no link and no option holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import product
from typing import Any

from lxml import html

from spiders.pages.entry import ListItem
from spiders.pages.fetch import Fetch
from spiders.pages.ground import matching
from spiders.pages.leads_to import as_element, way_of_effects
from spiders.pages.page import Page
from spiders.pages.texts import squeeze
from spiders.words.agencies import is_agency
from spiders.words.menus import year_folder

_MOST = 600
"""Choices of one page that are asked for: sixty units of ten years."""
_MOST_SELECTORS = 3


def queried(page: Page) -> tuple[ListItem, ...]:
    """The reports of a page of annual reports that are had by its selectors and a button."""
    if not page.is_html or "年报" not in page.text or "<select" not in page.text.lower():
        return ()
    selectors = list(page.tree.iter("select"))
    if not 0 < len(selectors) <= _MOST_SELECTORS or not any(_of_years(one) for one in selectors):
        return ()
    for button in page.tree.xpath("//button|//input[@type='button' or @type='submit']|//a[@onclick]|//*[@onclick]"):
        found = {item.key: item for item in _pressed(button, selectors, page)}
        if len(found) > 1:
            return tuple(found.values())
    return ()


def _pressed(button: html.HtmlElement, selectors: list[html.HtmlElement], page: Page) -> Iterator[ListItem]:
    """What the button asks for with each choice."""
    code = button.get("onclick") or ""
    functions = page.ground.bound.get(button, [])
    if not code and not functions:
        return
    choices = [list(_options(selector)) for selector in selectors]
    program, element = page.program, as_element(button)
    held = program.look_up
    try:
        for number, chosen in enumerate(product(*choices)):
            if number >= _MOST:
                return
            values = {selector: value for selector, (_, value) in zip(selectors, chosen, strict=True)}
            program.look_up = partial(_looked_up, page, values, held)
            told = program.handler(code, element) if code else program.click(functions[0], element)
            if (way := way_of_effects(told, button, page.ground)) is not None:
                yield _item(way, "".join(text for text, _ in chosen))
    finally:
        program.look_up = held


def _item(way: Fetch, title: str) -> ListItem:
    year = re.search(r"20[0-3]\d", title)
    plain = way.method == "GET"
    return ListItem(
        way.url if plain else way.address,
        title,
        kind="report",
        year=int(year[0]) if year else None,
        fetch=None if plain else replace(way, role="page"),
    )


def _options(selector: html.HtmlElement) -> Iterator[tuple[str, str]]:
    for option in selector.iter("option"):
        text, value = squeeze("".join(option.itertext())), (option.get("value") or "").strip()
        if value and (year_folder(text) or is_agency(text) or not text.startswith(("请选择", "全部", "-"))):
            yield text, value


def _of_years(selector: html.HtmlElement) -> bool:
    return any(year_folder(text) for text, _ in _options(selector))


def _looked_up(page: Page, values: Mapping[html.HtmlElement, str], held: Callable[[str], Any], selector: str) -> Any:
    """What a field holds with these choices made."""
    chosen = next((values[element] for element in matching(page.tree, selector) if element in values), None)
    return held(selector) if chosen is None else chosen
