"""Attachments: the files that belong to an article, in the order a reader would look for them. Pure.

Anchors by extension, then download endpoints, frames and embedded viewers, addresses in scripts and attributes, and
addresses printed as text. The site's own downloads (apps, viewers, application forms) stay where they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

from lxml import html

from spiders.pages import filenames
from spiders.pages.fetch import absolute, seen_key

if TYPE_CHECKING:
    from spiders.pages.page import Page


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file's absolute `url`, its `name` as the page gives it, and `via`: how it was found.

    `via`: anchor, endpoint, frame, script, text or image.
    """

    url: str
    name: str
    via: str


_EXTENSIONS = r"\.(?:pdf|docx?|docm|dot|wps|wpt|rtf|xlsx?|et|csv|ofd|ceb|zip|rar|7z|mht|mhtml|tiff?|txt)"
_FILE = re.compile(rf"{_EXTENSIONS}(?:$|[?#&])", re.I)
_QUOTED_FILE = re.compile(rf"['\"|]([^'\"|<>\s]+?{_EXTENSIONS}(?:\?[^'\"|\s]*)?)(?=['\"|])", re.I)
_TEXT_FILE = re.compile(rf"https?://[^\s<>\"'，。；（）\u4e00-\u9fff]+?{_EXTENSIONS}(?![\w])", re.I)
_ENDPOINT = re.compile(
    r"downfile\.jsp|download\.jsp|DownloadAttachUrl|/download/|downloadfile|filedownload|file/down|/attachments?/|/attach/"
    r"|/resources/public/|/[PW]0\d{12,}|virtual_attach_file|AnnualReport/download|down(?:load)?\.(?:do|action|aspx|php|asp)",
    re.I,
)
_CARRYING = ("onclick", "oldsrc", "data-url", "data-src", "data-href", "appendix")
_CARRIERS = "|".join(f"//@{name}/.." for name in _CARRYING)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|bmp|webp)(?:$|[?#])", re.I)
_VIEWER = ("file", "url", "src", "path", "pdf", "fileurl", "pdfurl")
_NOT_OURS = re.compile(
    r"申请表|申请书|客户端|浏览器|阅读器|播放器|插件|使用(?:帮助|说明|手册)|操作手册|流程图|控件|无障碍|\.apk|\.exe|\bapp\b",
    re.I,
)
_CHROME = re.compile(
    r"(?:^|[\s_-])(?:header|footer|foot|nav|navs?bar|menu|side(?:bar)?|aside|links?|friend|share|related|recommend|hot|banner"
    r"|top|bottom|copyright|crumb|breadcrumb|toolbar|bsbox)(?:$|[\s_-]|\d)",
    re.I,
)
_BODIES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("tag", re.compile(r"^ucapcontent$")),
    ("id", re.compile(r"^(?:UCAP-CONTENT|zoom|zoomcon)$")),
    ("id", re.compile(r"^vsb_content")),
    ("class", re.compile(r"v_news_content|TRS_Editor|trs_editor_view|TRS_UEDITOR|j-fontContent|bt_content")),
    ("id", re.compile(r"^ivs_content$")),
    ("class", re.compile(r"article[-_]content|pages_content")),
    ("id", re.compile(r"^(?:content|article|fontzoom|Zoom)$")),
    ("tag", re.compile(r"^article$")),
)
"""Containers of articles, the most telling first."""
_MAX_PICTURES = 40


def find(page: Page) -> tuple[Attachment, ...]:
    """The files of the article `page`, each once, in the order of the module's docstring.

    Where a page holds neither file nor table, the pictures of its body are taken: the report was scanned into them.
    """
    body = _body(page.tree)
    found: dict[str, Attachment] = {}
    for one in (*_anchors(page, body), *_frames(page), *_scripts(page, body), *_texts(page, body)):
        if seen_key(one.url) != seen_key(page.url) and not _NOT_OURS.search(one.name):
            found.setdefault(seen_key(one.url), one)
    if not found and body is not None and not body.xpath(".//table"):
        found = {one.url: one for one in _pictures(page, body)}
    order = ("anchor", "endpoint", "frame", "script", "text", "image")
    return tuple(sorted(found.values(), key=lambda one: order.index(one.via)))


def _body(tree: html.HtmlElement) -> html.HtmlElement | None:
    """The element that holds the article, None where none of the known containers is there."""
    best, found = len(_BODIES), None
    for element in tree.xpath("//*[@id or @class] | //ucapcontent | //article"):
        rank = _rank(element, best)
        if rank < best and (len(element) or (element.text or "").strip()):
            best, found = rank, element
    return found


def _rank(element: html.HtmlElement, best: int) -> int:
    """Which of the containers before number `best` the element is."""
    marks = {"tag": element.tag, "id": element.get("id") or "", "class": element.get("class") or ""}
    for rank, (mark, pattern) in enumerate(_BODIES[:best]):
        if marks[mark] and pattern.search(marks[mark]):
            return rank
    return len(_BODIES)


def _anchors(page: Page, body: html.HtmlElement | None) -> Iterator[Attachment]:
    for anchor in page.tree.iter("a"):
        href = anchor.get("href") or anchor.get("oldsrc") or ""
        if not (_leads_to_a_file(href) or _named_like_a_file(anchor)):
            continue
        url = absolute(page.base, href)
        if url is None or not _belongs(anchor, body) or _PICTURE.search(urlsplit(url).path):
            continue
        yield Attachment(url, _name(anchor, url), "anchor" if _FILE.search(urlsplit(url).path) else "endpoint")


@lru_cache(maxsize=20_000)
def _leads_to_a_file(href: str) -> bool:
    """Remembered: every page of a site has the same hundred links in its frame, and perhaps one file."""
    return bool(_FILE.search(unquote(href)) or _ENDPOINT.search(href))


def _named_like_a_file(anchor: html.HtmlElement) -> bool:
    shown = "".join(anchor.itertext()) if len(anchor) else anchor.text or ""
    named = anchor.get("download")
    return bool((named and _FILE.search(named)) or ("." in shown and _FILE.search(shown.strip())))


def _frames(page: Page) -> Iterator[Attachment]:
    """Files shown in a frame, directly or through a viewer (``viewer.html?file=…``)."""
    for element in page.tree.xpath("//iframe|//embed|//object|//object/param[@name='src' or @name='url']"):
        source = element.get("src") or element.get("data") or element.get("value") or ""
        for candidate in (*_shown_by_viewer(source), source):
            url = absolute(page.base, candidate)
            if url and (_FILE.search(urlsplit(url).path) or (candidate != source and _ENDPOINT.search(url))):
                yield Attachment(url, filenames.from_url(url), "frame")
                break


def _shown_by_viewer(source: str) -> list[str]:
    return [value for key, value in parse_qsl(urlsplit(source).query) if key.lower() in _VIEWER and "/" in value]


def _scripts(page: Page, body: html.HtmlElement | None) -> Iterator[Attachment]:
    """Files in attributes (``onclick``, ``OLDSRC``, ``data-…``) and in the one script known to list them."""
    for element in page.tree.xpath(_CARRIERS):
        if not _belongs(element, body):
            continue
        values = [element.get(key) or "" for key in _CARRYING]
        for address in _QUOTED_FILE.findall(" ".join(f"'{value}' {value}" for value in values if value)):
            if url := absolute(page.base, address):
                yield Attachment(url, _name(element, url), "script")
    listed = "appLinkStr" in page.text or "showVsbpdfIframe" in page.text
    for script in page.tree.xpath("//script/text()") if listed else ():
        for address in _QUOTED_FILE.findall(_only_listings(script).replace("|", "'|'")):
            if url := absolute(page.base, address):
                yield Attachment(url, filenames.from_url(url), "script")


def _only_listings(script: str) -> str:
    found = re.findall(r"appLinkStr\s*=\s*(['\"].*?['\"])\s*;?|showVsbpdfIframe\(\s*(['\"][^'\"]+['\"])", script)
    return " ".join(listing or shown for listing, shown in found)


def _texts(page: Page, body: html.HtmlElement | None) -> Iterator[Attachment]:
    if body is None:
        return
    for address in _TEXT_FILE.findall(" ".join(body.itertext())):
        if url := absolute(page.base, address):
            yield Attachment(url, filenames.from_url(url), "text")


def _pictures(page: Page, body: html.HtmlElement) -> Iterator[Attachment]:
    for image in body.xpath(".//img")[:_MAX_PICTURES]:
        url = absolute(page.base, image.get("oldsrc") or image.get("src") or "")
        small = (image.get("width") or "999").rstrip("px").isdigit() and int(
            (image.get("width") or "999").rstrip("px")
        ) < 100
        if (
            url
            and _PICTURE.search(url)
            and not small
            and not re.search(r"icon|filetype|logo|qrcode|/images?/", url, re.I)
        ):
            yield Attachment(url, image.get("title") or image.get("alt") or filenames.from_url(url), "image")


def _belongs(element: html.HtmlElement, body: html.HtmlElement | None) -> bool:
    """Is the element part of the article: in its body, or beside it and not in the site's frame?"""
    for ancestor in element.iterancestors():
        if ancestor is body:
            return True
        if ancestor.tag in ("header", "footer", "nav", "aside"):
            return False
        if ancestor.tag not in ("body", "html") and _CHROME.search(
            f"{ancestor.get('id') or ''} {ancestor.get('class') or ''}"
        ):
            return False
    return True


def _name(element: html.HtmlElement, url: str) -> str:
    shown = re.sub(r"\s+", " ", "".join(element.itertext())).strip()
    return filenames.best(element.get("download") or "", shown, element.get("title") or "", filenames.from_url(url))
