"""Hanweb's xxgk columns: a search form (``/module/xxgk/search.jsp``) that answers with a table, page by page. Pure."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit

from spiders.pages.fetch import Fetch, absolute
from spiders.pages.page import Page

_SEARCH = re.compile(r"[\"'(]([^\"'()\s]*module/xxgk/search\.jsp[^\"'()\s]*)")
_TREE = re.compile(r"(?:tree|search)\.jsp\?[^\"'\s]*\barea=([\w-]+)")
_VALUE = re.compile(r"['\"]?\b(infotypeId|jdid|area|divid|standardXxgk|isAllList)['\"]?\s*[=:]\s*['\"]([^'\"]*)['\"]")
_COLUMN = re.compile(r"/col/col(\d+)")
_DEFAULTS = {
    "infotypeId": "",
    "jdid": "",
    "area": "",
    "divid": "",
    "vc_title": "",
    "vc_number": "",
    "sortfield": ",createdatetime:0,orderid:0",
    "fbtime": "-1",
    "texttype": "",
    "standardXxgk": "1",
    "isAllList": "1",
}


def search(page: Page) -> Fetch | None:
    """The first page of the search that stands behind a column, or the page after an answer of it."""
    if page.fetch.carry.get("search"):
        return _next(page)
    found = _SEARCH.search(page.text)
    if found is None:
        return None
    url = absolute(page.url, unescape(found[1]))
    column = _COLUMN.search(page.url)
    form = _form(page, url or "")
    return _fetch(url, form, 1, column[1] if column else "") if url and form["area"] else None


def _next(page: Page) -> Fetch | None:
    if not re.search(r"下一?页|共\s*\d+\s*页", page.text):
        return None
    return _fetch(page.fetch.carry["search"], dict(page.fetch.form), page.fetch.number + 1, page.fetch.carry["column"])


def _fetch(url: str, form: dict[str, str], number: int, column: str) -> Fetch:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True)) | {"currpage": str(number)}
    address = parts._replace(query=urlencode(query)).geturl()
    carry = {"search": url, "column": column}
    return Fetch(address, method="POST", form=tuple(form.items()), number=number, carry=carry)


def _form(page: Page, url: str) -> dict[str, str]:
    """Hidden inputs over script values over the query of the page's own address over the defaults."""
    own = dict(parse_qsl(urlsplit(page.url).query)) | dict(parse_qsl(urlsplit(url).query))
    form = _DEFAULTS | {"area": own.get("vc_xxgkarea", own.get("area", "")), "infotypeId": own.get("number", "")}
    if not form["area"] and (tree := _TREE.search(page.text)):
        form["area"] = tree[1]
    form |= {name: own[name] for name in _DEFAULTS if own.get(name)}
    form |= {name: value for name, value in _VALUE.findall(page.text) if value}
    hidden = {tag.get("name"): tag.get("value") or "" for tag in page.tree.iter("input") if tag.get("name") in form}
    return form | {name: value for name, value in hidden.items() if value}
