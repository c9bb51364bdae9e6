"""Choices: pages of lists that are reached by a selector and by no link: years, agencies, levels. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode

from lxml import html

from parsers.printed.agency_words import is_group
from spiders.pages.fetch import absolute
from spiders.pages.links import Link
from spiders.pages.page import Page
from spiders.pages.texts import squeeze
from spiders.words.agencies import is_agency
from spiders.words.menus import year_folder

_ADDRESS = re.compile(r"^(?:https?:)?/|^\?[\w.-]+=|^[\w./-]+(?:/|\.(?:s?html?|jsp|aspx?|php|do)(?:\?.*)?)$")
_BUILT = re.compile(
    r"location(?:\.href)?\s*=\s*'([^']*)'\s*\+\s*(?:this\.value|this\.options\[[^\]]*\]\.value)(?:\s*\+\s*'([^']*)')?"
)
"""``onchange="location.href='/nb/' + this.value + '.html'"``."""


def choices(page: Page) -> Iterator[Link]:
    """Options of the selectors of `page` as links: values that are addresses, and what a form or a script makes."""
    for select in page.tree.iter("select"):
        for option in select.iter("option"):
            title, value = squeeze("".join(option.itertext())), (option.get("value") or "").strip()
            address = value if _ADDRESS.search(value) else _made(select, title, value)
            url = absolute(page.base, address) if address else None
            if url is not None:
                yield Link(url, title, None, -1, 0, means="option")


def _made(select: html.HtmlElement, title: str, value: str) -> str | None:
    """The address of an option that names a year, an agency or a level; None for any other option."""
    if not value or not (year_folder(title) or is_agency(title) or is_group(title)):
        return None
    built = _BUILT.search((select.get("onchange") or "").replace('"', "'"))
    if built:
        return f"{built[1]}{value}{built[2] or ''}"
    form = next(select.iterancestors("form"), None)
    if form is None or not select.get("name") or (form.get("method") or "get").lower() != "get":
        return None
    return f"{form.get('action') or ''}?{urlencode(_fields(form) | {select.get('name'): value})}"


def _fields(form: html.HtmlElement) -> dict[str, str]:
    """What the form sends as it stands: hidden fields and what its selectors show."""
    fields = {
        field.get("name"): field.get("value") or ""
        for field in form.iter("input")
        if field.get("name") and (field.get("type") or "").lower() == "hidden"
    }
    for select in form.iter("select"):
        options = list(select.iter("option"))
        chosen = next((option for option in options if option.get("selected") is not None), *options[:1] or (None,))
        if select.get("name") and chosen is not None:
            fields[select.get("name")] = chosen.get("value") or ""
    return fields
