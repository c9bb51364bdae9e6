"""Pictures of pages: reports that were scanned or photographed into an article. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from spiders.pages import filenames
from spiders.pages.article_body import belongs
from spiders.pages.file_addresses import PICTURE
from spiders.pages.page import Page
from spiders.words.numbers import whole

MOST_PICTURES = 40
LEAST_WIDTH = 100
"""Pixels: what is narrower is an icon."""
_DRAWN = re.compile(r"icon|filetype|logo|qrcode|ewm|erweima|blank|spacer|loading", re.I)
"""Addresses of what is drawn beside a text."""
_OF_THE_SITE = re.compile(r"/images?/|/static/|/css/|/skins?/|/themes?/", re.I)
"""Folders of the site's design: they count where the article's own part of the page is not known."""


def of_pages(page: Page, body: html.HtmlElement | None) -> Iterator[tuple[str, str]]:
    """(address, name) of the pictures in the article's body, or outside the site's frame where no body is known.

    None where the article prints a table: its pictures are decoration then.
    """
    root = page.tree if body is None else body
    if root.xpath(".//table[count(.//tr) > 1 or ancestor::table]") if body is None else body.xpath(".//table"):
        return
    met: set[str] = set()
    for image in root.iter("img"):
        url = _address(page, image)
        if url is None or url in met or not _may_be_a_page(image, url, body):
            continue
        if len(met) >= MOST_PICTURES:
            return
        met.add(url)
        yield url, image.get("title") or image.get("alt") or filenames.from_url(url)


def _may_be_a_page(image: html.HtmlElement, url: str, body: html.HtmlElement | None) -> bool:
    """Is it a picture of the article itself, as large as something that is read?"""
    is_of_the_site = body is None and _OF_THE_SITE.search(url) is not None
    return not is_of_the_site and belongs(image, body) and not _is_small(image) and not _is_button(image)


def _is_button(image: html.HtmlElement) -> bool:
    """Does it lead to another page? A picture of a page leads to itself, larger, if anywhere."""
    if image.get("usemap"):
        return True
    link = next(image.iterancestors("a"), None)
    address = "" if link is None else (link.get("href") or "").strip()
    return bool(address) and not address.startswith(("#", "javascript:")) and PICTURE.search(address) is None


def _address(page: Page, image: html.HtmlElement) -> str | None:
    """Where the picture really is: lazy pages show a placeholder until it is scrolled to."""
    told = [str(value) for name, value in image.attrib.items() if name not in ("src", "alt", "title", "class", "style")]
    for source in (*told, image.get("src") or ""):
        if PICTURE.search(source) and not _DRAWN.search(source):
            return page.join(source)
    return None


def _is_small(image: html.HtmlElement) -> bool:
    width = whole((image.get("width") or "").strip().removesuffix("px"))
    return width is not None and width < LEAST_WIDTH
