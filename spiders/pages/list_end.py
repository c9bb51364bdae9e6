"""The end of a list: what on its last page says that there is more. Pure.

A list is complete only with proof. Whatever a visitor sees that promises a further page, and that the walk did not
follow, makes it short.
"""

from __future__ import annotations

import re

from lxml import html

from spiders.pages.controls import Control, controls, is_here
from spiders.pages.fetch import is_pressed
from spiders.pages.leads_to import leads_to
from spiders.pages.page import Page
from spiders.pages.texts import squeeze
from spiders.words.titles import judge

_TAB = re.compile(r"(?:^|[\s_-])tabs?(?:$|[\s_-]|list)", re.I)
_YEAR = re.compile(r"^20[0-3]\d\s*年?度?$")
_ANY_YEAR = re.compile(r"(?<!\d)20[0-3]\d(?!\d)")
_REPORTS = re.compile("年报|报告")
_SHORTEST, _LONGEST = 8, 80
"""Characters of a report's title."""
_SEVERAL = 2
"""One title is what the page itself is called."""
_NEAR = 4
"""Boxes around a title that may lead on for it."""
_ARGUMENT = re.compile(r"[(,]\s*['\"]?(?:Page\$)?(\d{1,4})['\"]?\s*(?=[,)])")


def signs_of_more(page: Page, pages: int | None, *, next_was_live: bool) -> tuple[str, ...]:
    """What `page` (logical number ``page.fetch.number``) shows of pages after it, in words for an event.

    `pages`: how many the list says it has. `next_was_live`: on the page before, the next control said what it does; one
    that says nothing any more is switched off.
    """
    at_end = pages is not None and page.fetch.number >= pages
    found = [_sign(page, control, at_end, next_was_live) for control in controls(page)]
    found += [f"a tab {year} that leads nowhere known" for year in _silent_years(page)]
    if len(silent := silent_titles(page)) >= _SEVERAL:
        found.append(f"{len(silent)} titles of reports that lead nowhere known")
    return tuple(dict.fromkeys(sign for sign in found if sign))


def _silent_years(page: Page) -> list[str]:
    """Tabs of years without an address, of which nothing on the page speaks: a script would show their list.

    On what one of them shows when it is pressed the others are those of the page where it was pressed.
    """
    if is_pressed(page.fetch.url) or (page.rendered is None and "<script" not in page.text.lower()):
        return []
    tabs: dict[html.HtmlElement, list[html.HtmlElement]] = {}
    for element in page.tree.iter("li", "a", "span", "div", "button", "p"):
        parent = element.getparent()
        if len(element) > 1 or (len(element) and len(element[0])):  # a box of boxes is no tab
            continue
        if parent is not None and _YEAR.match(squeeze("".join(element.itertext()))) and _is_tab(element, parent):
            tabs.setdefault(parent, []).append(element)
    if not tabs:
        return []
    items = [link for link in page.links if not _YEAR.match(link.title)]
    spoken = set(_ANY_YEAR.findall(" ".join(one.title for one in items)))
    spoken = spoken or {str(int(one.date[:4]) - 1) for one in items if one.date}
    silent = [one for row in tabs.values() if len(row) > 1 for one in row if not _leads_on(one, page)]
    years = [squeeze("".join(one.itertext()))[:4] for one in silent]
    return [year for year in years if year not in spoken]


def silent_titles(page: Page) -> list[str]:
    """Titles of agencies' reports on a page with scripts, of which neither they nor their rows lead anywhere."""
    if not page.is_html or (page.rendered is None and "<script" not in page.text.lower()):
        return []
    spoken = {squeeze(link.title) for link in page.links}
    silent = dict[str, None]()
    for element in page.tree.iter("a", "li", "td", "div", "span", "p", "dd", "b", "strong", "em"):
        title = squeeze(element.text or "")
        if title in spoken or not (_SHORTEST <= len(title) <= _LONGEST and _REPORTS.search(title)):
            continue
        told = judge(title)
        if told.kind == "report" and told.agency is not None and told.year is not None and not _in_a_row(element, page):
            silent[title] = None
    return list(silent)


def _in_a_row(element: html.HtmlElement, page: Page) -> bool:
    """Does anything lead on that the title stands in, or that stands in its row?"""
    for level, box in enumerate((element, *element.iterancestors())):
        if level > _NEAR or box.tag in ("body", "ul", "table", "tbody"):
            return False
        if leads_to(box, page.ground) is not None:
            return True
        if box.tag in ("li", "tr", "dd"):
            return any(leads_to(one, page.ground) is not None for one in box.iterdescendants("*"))
    return False


def _leads_on(element: html.HtmlElement, page: Page) -> bool:
    """Does it lead anywhere, or what it is written in?"""
    return any(leads_to(one, page.ground) is not None for one in (element, *element.iterchildren("*")))


def _is_tab(element: html.HtmlElement, parent: html.HtmlElement) -> bool:
    """Is it called a tab, or does it stand in what is called one?"""
    called = (one.get(name) or "" for one in (element, parent) for name in ("role", "class"))
    return bool(_TAB.search(" ".join(called)))


def is_live(page: Page, control: Control) -> bool:
    """Is anything written on the control that leads to another page than this one?"""
    if control.off or control.current:
        return False
    if control.way is not None:
        return not is_here(page, control)
    return bool(control.script) and page.fetch.number not in _numbers(control.script)


def _sign(page: Page, control: Control, at_end: bool, next_was_live: bool) -> str | None:
    if control.off or control.current:
        return None
    here = page.fetch.number
    if control.number is not None:
        return f"a page {control.number}" if control.number > here and _may_act(page, control) else None
    if control.means == "last":
        ahead = is_live(page, control) and not at_end and max(_numbers(control.script), default=here + 1) > here
        return f"a last page ({control.shown})" if ahead else None
    if at_end:
        return None
    if is_live(page, control):
        return f"a further page ({control.shown})"
    silent = not control.acts and _may_act(page, control) and not next_was_live
    return f"a control {control.shown} that nothing is written on" if silent else None


def _may_act(page: Page, control: Control) -> bool:
    """Can a script have given it something to do? Bare text on a page without scripts cannot do anything."""
    pressable = control.element.tag in ("a", "button", "input")
    return control.acts or pressable or page.asked_by is not None or "<script" in page.text.lower()


def _numbers(script: str) -> list[int]:
    return [int(found) for found in _ARGUMENT.findall(script)]
