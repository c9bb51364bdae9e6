"""Files that a page shows instead of linking: frames, viewers, objects, addresses that its script holds. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from lxml import html

from spiders.pages.file_addresses import ENDPOINT, EXTENSIONS, FILE, PICTURE
from spiders.pages.leads_to import LONGEST_IN_DATA, is_address
from spiders.pages.page import Page

_QUOTED_FILE = re.compile(rf"['\"|]([^'\"|<>\s]+?{EXTENSIONS}(?:\?[^'\"|\s]*)?)(?=['\"|])", re.I)
_NO_ARTICLE = re.compile(
    r"visitcount|login|share|foot|header|/top\.|banner|weather|count|baidu|chat|kefu|search|tree|menu|nav|comment", re.I
)
"""Frames that hold the site's own things and never the text of an article."""
_CALLED_A_FILE = re.compile(r"pdf|file|attach|annex|docum|down|preview|viewer|embed|fujian", re.I)
"""Names of variables, fields and functions whose address leads to a file though it has no ending."""
_BEFORE = 40
"""Characters before a text, in which it is said what it is."""
_NAMED = re.compile(r"(?:name|title|text|label|caption)\w*['\"]?\s*[:=]\s*$", re.I)
_NAME = re.compile(r"name|title|text|label|caption|标题|名称", re.I)
_CALLED_LIKE_AN_ADDRESS = re.compile(r"url|path|href|src|link|addr", re.I)
"""Names of fields: what is called by the first and not by the second is no address."""
_FILM = re.compile(r"\.(?:swf|mp[34]|flv|s?html?)$", re.I)
_SHELL_FRAMES = "//iframe|//frame|//embed|//object|//object/param[@name='src' or @name='url' or @name='movie']"
_MOST_VALUES = 20_000


def files_in_frames(page: Page) -> Iterator[tuple[html.HtmlElement | None, str]]:
    """Files shown in a frame, through a viewer, or by an object, with the element; None for one that a script made."""
    for element in page.tree.xpath(_SHELL_FRAMES):
        for source in _sources(element):
            url = page.join(source)
            if url is None:
                continue
            if behind := behind_viewer(page, source):
                yield element, behind
            elif _is_file(element, url):
                yield element, url
    for effect in page.program.effects:
        if effect.kind == "frame" and (url := page.join(str(effect.value))):
            behind = behind_viewer(page, str(effect.value))
            if behind or FILE.search(urlsplit(url).path):
                yield None, behind or url


def pages_in_frames(page: Page) -> Iterator[str]:
    """Addresses of frames that may hold the article's text."""
    sources = [source for element in page.tree.iter("iframe", "frame") for source in _sources(element)]
    sources += [str(effect.value) for effect in page.program.effects if effect.kind == "frame"]
    for source in dict.fromkeys(sources):
        url = page.join(source)
        path = urlsplit(url).path if url else ""
        is_other = FILE.search(path) or PICTURE.search(path) or _NO_ARTICLE.search(url or "")
        if url and not is_other and not behind_viewer(page, source):
            yield url


def has_frames(page: Page) -> bool:
    """Does the page show something in a frame that may be the article?"""
    return next(pages_in_frames(page), None) is not None or next(files_in_frames(page), None) is not None


def _is_file(element: html.HtmlElement, url: str) -> bool:
    """A file by its address, or an object without an ending; films are none."""
    if _FILM.search(urlsplit(url).path):
        return False
    return bool(FILE.search(urlsplit(url).path) or element.tag in ("embed", "object") or ENDPOINT.search(url))


def behind_viewer(page: Page, source: str) -> str | None:
    """The file that a viewer is told to show, in its query or behind the ``#``."""
    parts = urlsplit(source.strip())
    told = [value for _, value in parse_qsl(parts.query)]
    told += [value for _, value in parse_qsl(parts.fragment)] or [unquote(parts.fragment)]
    for value in told:
        if FILE.search(value.split("?")[0]) and ("/" in value or parts.path.lower().endswith(".html")):
            return page.join(value)
        if "/" in value and is_address(value) and "viewer" in parts.path.lower():
            return page.join(value)
    return None


def files_in_scripts(page: Page) -> Iterator[tuple[str, str]]:
    """(address, name) of files that the page's own script holds: given to a viewer, in variables and in data, else as
    texts in code that only runs when something is pressed."""
    if not page.is_html:
        return
    given = [
        (url, "")
        for effect in page.program.effects
        if effect.kind == "call"
        for text in effect.value
        if isinstance(text, str) and (url := _file(page, str(effect.more), text))
    ]
    known = [*given, *_in_data(page, "", dict(page.program.scope.names))]
    yield from known or _in_code(page)


def _in_code(page: Page) -> Iterator[tuple[str, str]]:
    for script in page.tree.xpath("//script[not(@src)]/text()"):
        if re.search(r"\b\w*(?:link|file|pdf|attach)\w*\s*[=(]", script, re.I):
            code = script.replace("|", "'|'")
            for found in _QUOTED_FILE.finditer(code):
                is_name = "/" not in found[1] and _NAMED.search(code, max(0, found.start() - _BEFORE), found.start())
                if not is_name and (url := page.join(found[1])):
                    yield url, ""


def _in_data(page: Page, name: str, data: Any) -> Iterator[tuple[str, str]]:
    """Files among the values of variables. An object that names a file and an address is one."""
    waiting: list[tuple[str, Any]] = [(name, data)]
    for _ in range(_MOST_VALUES):
        if not waiting:
            return
        called, value = waiting.pop()
        if isinstance(value, str):
            for part in value.split("|") if "|" in value else (value,):
                if url := _file(page, called, part):
                    yield url, ""
        elif isinstance(value, list):
            waiting.extend((called, part) for part in reversed(value))
        elif isinstance(value, dict):
            texts = {str(key): text.strip() for key, text in value.items() if isinstance(text, str)}
            shown = next((text for text in texts.values() if FILE.search(text) and "/" not in text), "")
            where = next((text for text in texts.values() if "/" in text and is_address(text)), "")
            if shown and where and (url := page.join(where)):
                yield url, shown
            else:
                waiting.extend(
                    (str(key), part) for key, part in reversed(value.items()) if not _is_only_named(key, value)
                )


def _is_only_named(key: Any, record: dict[Any, Any]) -> bool:
    """Is a value the name of a file whose address is made of something else: ``{name: '年报.pdf', fid: '5a0c'}``?"""
    return len(record) > 1 and bool(_NAME.search(str(key))) and not _CALLED_LIKE_AN_ADDRESS.search(str(key))


def _file(page: Page, called: str, text: str) -> str | None:
    """`text` as the address of a file, None for any other text."""
    text = text.strip()
    if len(text) > LONGEST_IN_DATA or PICTURE.search(text) or not (is_address(text) or FILE.search(text)):
        return None
    if behind := behind_viewer(page, text):
        return behind
    if FILE.search(text.split("#")[0]) or (_CALLED_A_FILE.search(called) and "/" in text and not _is_page(text)):
        return page.join(text)
    return None


def _is_page(text: str) -> bool:
    return bool(re.search(r"\.(?:s?html?|js|css)(?:[?#]|$)", text, re.I))


def _sources(element: html.HtmlElement) -> list[str]:
    """Addresses an element shows: lazy ones stand in attributes of any name."""
    named = [element.get(name) or "" for name in ("src", "data", "value")]
    lazy = [str(value) for name, value in element.attrib.items() if str(name).startswith("data-") and is_address(value)]
    return [source for source in (*named, *lazy) if source and source != "about:blank"]
