"""The portal's own search, asked for the reports' title. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import html

from spiders.pages.fetch import Fetch
from spiders.pages.forms import fields_of, form_request
from spiders.pages.page import Page

WORDS = "政府信息公开工作年度报告"
"""What is asked for: the title that the regulations give the report."""
_SEARCH = re.compile(r"search|so\b|query|sousuo|jsearch|全文|搜索|检索|站内", re.I)
_NO_SEARCH = re.compile(r"login|password|email|mail|phone|mobile|captcha|yzm|验证码|登录|注册|留言", re.I)
_MOST = 2


def searches(page: Page) -> tuple[Fetch, ...]:
    """Requests that search the portal for the reports, by the forms of `page` that look like a search."""
    return tuple(_asked(page))[:_MOST]


def _asked(page: Page) -> Iterator[Fetch]:
    for form in page.tree.iter("form"):
        box = _box(form)
        if box is None:
            continue
        filled = fields_of(form) | {str(box.get("name")): WORDS}
        request = form_request(form, filled, page.ground)
        if request is not None:
            yield replace(request, found_by="search")


def _box(form: html.HtmlElement) -> html.HtmlElement | None:
    """The one field for words of a form that searches, None where it is no such form."""
    shown = html.tostring(form, encoding="unicode")
    if not _SEARCH.search(shown) or _NO_SEARCH.search(shown):
        return None
    boxes = [one for one in form.iter("input") if (one.get("type") or "text").lower() in ("text", "search")]
    named = [one for one in boxes if one.get("name")]
    return named[0] if len(named) == 1 else None
