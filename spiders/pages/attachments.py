"""Attachments: what a reader of an article can open from it, in the order a reader would look for it. Pure.

Everything that leads to a file, whatever it is made of (spiders/pages/leads_to.py): anchors, buttons, rows, calls of
any function with an address or a file's name; frames, viewers and embedded objects; addresses that the page's script
holds; addresses printed as text; pictures of pages. The site's own downloads (apps, viewers, application forms) stay
where they are. What may be a page on the way to the file, or hold the text in a frame, is found by `pages_on_the_way`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from lxml import html

from spiders.pages import embedded, filenames, pictures
from spiders.pages.article_body import belongs, body_of, stands_in
from spiders.pages.fetch import Fetch, seen_key
from spiders.pages.file_addresses import ENDPOINT, EXTENSIONS, FILE, PICTURE, is_named_like_a_file
from spiders.pages.leads_to import candidates, leads_to
from spiders.pages.page import Page
from spiders.pages.texts import squeeze


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file's absolute `url`, its `name` as the page gives it, and `via`: how it was found.

    `via`: anchor, endpoint, frame, script, text, image; page for what may be a page on the way. `fetch` is set where a
    plain GET is not enough.
    """

    url: str
    name: str
    via: str
    fetch: Fetch | None = None


ORDER = ("anchor", "endpoint", "frame", "script", "text", "image", "page")
_TEXT_FILE = re.compile(rf"https?://[^\s<>\"'，。；（）\u4e00-\u9fff]+?{EXTENSIONS}(?![\w])", re.I)
_NOT_OURS = re.compile(
    r"申请表|申请书|客户端|浏览器|阅读器|播放器|插件|使用(?:帮助|说明|手册)|操作手册|流程图|控件|无障碍|\.apk|\.exe|\bapp\b",
    re.I,
)
_OPENS = re.compile(r"附件|下载|全文|原文|原件|正文|查看|浏览|阅读|打开|点击|预览|年报|年度报告|PDF|Word|\bdown", re.I)
"""What a link is called that leads to the text of a report, or to a page with it."""
_NO_DOCUMENT = re.compile(r"打印|关闭|收藏|分享|返回|首页|上一|下一|字体|纠错|收听|朗读|^[大中小]$")
_PROMISES = re.compile(
    r"(?:详见|见|请看|下载|查看|点击|阅读)(?:以下|下方|此处|本?文?)?附件|附件\s*\d*\s*[:：]|点击(?:此处|这里)?(?:下载|查看|阅读)"
)
_TEXT_IN_SCRIPT = re.compile(r"总体情况|本年新收|主动公开政府信息|\\u603b\\u4f53\\u60c5\\u51b5")
MOST_WAYS = 5
"""Pages that are looked at for one article whose text is not on it."""


def find(page: Page) -> tuple[Attachment, ...]:
    """The files of the article `page`, each once, in the order of the module's docstring.

    Where a page holds neither file nor table, the pictures of its body are taken: the report was scanned into them.
    """
    body = body_of(page.tree)
    found: dict[str, Attachment] = {}
    for one in (*_clicked(page, body), *_embedded(page, body), *_texts(page, body)):
        if seen_key(one.url) != seen_key(page.url) and not _NOT_OURS.search(one.name):
            found.setdefault(one.fetch.key if one.fetch else seen_key(one.url), one)
    if not found:
        found = {url: Attachment(url, name, "image") for url, name in pictures.of_pages(page, body)}
    return tuple(sorted(found.values(), key=lambda one: ORDER.index(one.via)))


def pages_on_the_way(page: Page) -> tuple[Attachment, ...]:
    """Pages that may hold what the article `page` lacks: its frames, and what its body links to as the text."""
    body = body_of(page.tree)
    found = {url: Attachment(url, page.title, "page") for url in embedded.pages_in_frames(page)}
    for element in candidates(page.tree, page.ground):
        name = _title(element)
        if not belongs(element, body) or not _OPENS.search(name) or _NO_DOCUMENT.search(name):
            continue
        if not (body is None or stands_in(element, body) or is_named_like_a_file(element)):
            continue
        way = leads_to(element, page.ground)
        if way is not None and way.key != page.fetch.key and seen_key(way.url) != seen_key(page.url):
            found.setdefault(way.url, Attachment(way.url, name, "page", way if way.method != "GET" else None))
    return tuple(found.values())[:MOST_WAYS]


def unread_signs(page: Page) -> str | None:
    """What on an article without text says that there is something to read, None where nothing does."""
    body = body_of(page.tree)
    shown = squeeze("".join((body if body is not None else page.tree).itertext()))
    signs = {
        "a frame": bool(embedded.has_frames(page)),
        "words about a file": bool(_PROMISES.search(shown)),
        "a picture": body is not None and body.find(".//img") is not None,
        "a text in a script": any(_TEXT_IN_SCRIPT.search(source) for source in page.program.sources),
    }
    return ", ".join(sign for sign, seen in signs.items() if seen) or None


def _clicked(page: Page, body: html.HtmlElement | None) -> Iterator[Attachment]:
    """What is clicked, and whatever carries a file's address in any of its attributes."""
    for element in candidates(page.tree, page.ground):
        if element.tag in ("option", "link", "param") or not _may_be_a_file(element) or not belongs(element, body):
            continue
        way = leads_to(element, page.ground)
        if way is None or PICTURE.search(urlsplit(way.url).path):
            continue
        url = embedded.behind_viewer(page, way.url) or way.url
        name, plain = _name(element, url), way.method == "GET"
        if not (_leads_to_a_file(url) or is_named_like_a_file(element)):
            if plain and way.url == page.join(element.get("href") or ""):
                continue
            if not stands_in(element, body) or _NO_DOCUMENT.search(name) or not _OPENS.search(name):
                continue
        yield Attachment(url, name, _via(element, page, url), None if plain else way)


def _via(element: html.HtmlElement, page: Page, url: str) -> str:
    linked = page.join(element.get("href") or element.get("oldsrc") or "")
    if linked != url:
        return "script"
    return "anchor" if FILE.search(urlsplit(url).path) else "endpoint"


def _may_be_a_file(element: html.HtmlElement) -> bool:
    """A cheap look: most links of a page are plain ones of its menus."""
    attributes = element.attrib
    if any(name.startswith("on") for name in attributes) or not attributes.get("href"):
        return True
    href = attributes["href"]
    return (
        href.lstrip().lower().startswith(("javascript:", "#"))
        or _leads_to_a_file(href)
        or is_named_like_a_file(element)
    )


@lru_cache(maxsize=20_000)
def _leads_to_a_file(href: str) -> bool:
    """Remembered: every page of a site has the same hundred links in its frame, and perhaps one file."""
    return bool(FILE.search(unquote(href)) or ENDPOINT.search(href))


def _embedded(page: Page, body: html.HtmlElement | None) -> Iterator[Attachment]:
    for element, url in embedded.files_in_frames(page):
        if element is None or belongs(element, body):
            yield Attachment(url, filenames.from_url(url), "frame")
    for url, name in embedded.files_in_scripts(page):
        yield Attachment(url, filenames.best(name, filenames.from_url(url)), "script")


def _texts(page: Page, body: html.HtmlElement | None) -> Iterator[Attachment]:
    if body is None:
        return
    for address in _TEXT_FILE.findall(" ".join(body.itertext())):
        if url := page.join(address):
            yield Attachment(url, filenames.from_url(url), "text")


def _title(element: html.HtmlElement) -> str:
    return squeeze("".join(element.itertext()) or element.get("title") or element.get("value") or "")


def _name(element: html.HtmlElement, url: str) -> str:
    return filenames.best(
        element.get("download") or "", _title(element), element.get("title") or "", filenames.from_url(url)
    )
