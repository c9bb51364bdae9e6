"""Hanweb's selector of annual reports: agencies × years from options and links of ``xxgkAnnualReport.jsp``. Pure."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlencode, urlsplit

from spiders.pages.entry import ListItem
from spiders.pages.fetch import Fetch, absolute
from spiders.pages.page import Page
from spiders.pages.texts import squeeze
from spiders.words.numbers import whole

_ENDPOINT = re.compile(r"(?<![\w/.:-])[\w/.:-]{0,300}xxgkAnnualReport\.jsp", re.I)
_AREA = re.compile(r"^[0-9A-Z]{15,18}(?:-[A-Z]{1,3})?$|^\d{9,15}$")
_YEAR = re.compile(r"^(20[0-3]\d)(?:年度?)?$")
_CALLED = re.compile(r"['\"]([0-9A-Z]{15,18}(?:-[A-Z]{1,3})?|\d{9,15})['\"]")


def choices(page: Page) -> tuple[ListItem, ...]:
    """Every agency and year that the page offers; an agency without years leads to its own page of years."""
    endpoint = _ENDPOINT.search(page.text) or _ENDPOINT.search(page.url)
    if endpoint is None or not page.is_html:
        return ()
    linked = _linked(page)
    areas, years = _areas(page), _years(page)
    asked = parse_qs(urlsplit(page.url).query)
    if not areas and "area" in asked and years:
        areas = {asked["area"][0]: ""}
    made: dict[str, ListItem] = {}
    for area, agency in areas.items():
        for year in (*years,) or (None,):
            entry = _entry(page, endpoint[0], area, agency, year)
            if entry is not None:
                made[entry.key] = entry
    return tuple((made | {entry.key: entry for entry in linked}).values())


def _entry(page: Page, endpoint: str, area: str, agency: str, year: int | None) -> ListItem | None:
    query = {"area": area} | ({"fbtime": year} if year else {})
    url = absolute(page.url, f"{endpoint}?{urlencode(query)}")
    if url is None:
        return None
    if year is None:
        return ListItem(url, agency, kind="column", agency=agency or None)
    title = f"{agency}{year}年政府信息公开工作年度报告"
    return ListItem(url, title, kind="report", year=year, agency=agency or None, fetch=Fetch(url, "page", probe=True))


def _linked(page: Page) -> list[ListItem]:
    """Links that name agency and year outright."""
    found = []
    for link in page.links:
        query = parse_qs(urlsplit(link.url).query)
        year = whole(query.get("fbtime", [""])[0])
        if "xxgkannualreport" in link.url.lower() and year is not None:
            found.append(ListItem(link.url, link.title, link.date, "report", year, fetch=Fetch(link.url, "page")))
    return found


def _areas(page: Page) -> dict[str, str]:
    """Codes and names of agencies: options, links with ``area=``, calls with a code."""
    areas: dict[str, str] = {}
    for option in page.tree.iter("option"):
        value = (option.get("value") or "").strip()
        if _AREA.match(value):
            areas[value] = squeeze("".join(option.itertext()))
    for anchor in page.tree.iter("a", "li"):
        for source in (anchor.get("href") or "", anchor.get("onclick") or "", anchor.get("data-area") or ""):
            code = parse_qs(urlsplit(source).query).get("area", [""])[0] or _first(_CALLED, source) or source
            if _AREA.match(code):
                areas.setdefault(code, squeeze("".join(anchor.itertext())))
    return {code: "" if _YEAR.match(name) else name for code, name in areas.items()}


def _years(page: Page) -> list[int]:
    """Years offered by options and by short links."""
    texts = [squeeze("".join(node.itertext())) for node in page.tree.iter("option", "a", "li")]
    texts += [node.get("value") or "" for node in page.tree.iter("option")]
    return sorted({int(found[1]) for text in texts if (found := _YEAR.match(text))}, reverse=True)


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.search(text)
    return found[1] if found else None
