"""Page: an answer the walk reads: its text, its tree, its links with the date that stands beside them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from lxml import etree, html

from archive.capture import Capture, Role
from archive.warc import Exchange
from parsers import charset
from spiders.pages.fetch import Fetch, absolute
from spiders.pages.table_links import SILENT, heads

DATE = re.compile(r"(20\d\d|19\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})")
_CALLED = re.compile(
    r"""(?:goto|goUrl|window\.open|openUrl|location(?:\.href)?\s*=|location\.replace|toUrl|openLink)\s*\(?\s*['"]([^'"]+)['"]"""
)
_DOCUMENTS = (
    b"%PDF",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\xff\xd8\xff",
    b"\x89PNG",
)
_SHORT = 512
_ROWS = frozenset({"li", "tr", "dd", "dt", "dl", "p"})
_LISTS = frozenset({"ul", "ol", "table", "tbody", "dl"})
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
_SPACE = re.compile(r"\s+")
_LINKS = "//*[self::a or self::area or @onclick]"
_ADDRESS = re.compile(r"[/?]|\.\w{2,5}$")


@dataclass(frozen=True, slots=True)
class Link:
    """An anchor: absolute `url`, its text or longer ``title``, the date in its row, `group` = which list it is in."""

    url: str
    title: str
    date: str | None
    group: int
    position: int


@dataclass
class Page:
    """An answer. `url`: where it came from after redirects; `unchanged`: the archive already holds these bytes."""

    fetch: Fetch
    url: str
    status: int
    content_type: str
    body: bytes
    unchanged: bool = False
    exchange: Exchange | None = None
    redirected_from: str | None = None
    rendered: str | None = None

    @cached_property
    def text(self) -> str:
        """The body decoded: declared and real charsets often disagree, the decoder looks at both.

        Where a browser had to run the page's scripts, what it made of it (the archive keeps the body).
        """
        if self.rendered is not None:
            return self.rendered
        declared = _CHARSET.search(self.content_type)
        return charset.decode(self.body, declared[1] if declared else None)[0]

    @cached_property
    def tree(self) -> html.HtmlElement:
        """The parsed page; an empty document for an empty body."""
        source = self.text.replace("\x00", "").strip() or "<html></html>"
        source = re.sub(r"^<\?xml[^>]*\?>", "", source) or "<html></html>"
        try:
            return html.document_fromstring(source)
        except (etree.ParserError, ValueError):
            return html.document_fromstring("<html></html>")

    @cached_property
    def base(self) -> str:
        """The address relative links are joined to."""
        for href in self.tree.xpath("//base/@href"):
            if found := absolute(self.url, href):
                return found
        return self.url

    @cached_property
    def title(self) -> str:
        """The text of <title>, empty where there is none."""
        return squeeze(" ".join(self.tree.xpath("//title//text()")[:3]))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every link of the page in document order."""
        return tuple(read_links(self.tree, self.base))

    @cached_property
    def json(self) -> Any:
        """The body as JSON (a JSONP wrapper removed), None where it is not."""
        text = self.text.strip().lstrip("\ufeff")
        if text[:1] not in ("{", "["):
            text = text[text.find("(") + 1 : text.rfind(")")]
        try:
            return json.loads(text)
        except ValueError:
            return None

    def capture(self, role: Role, outcome: str | None = None, **told: str | None) -> Capture:
        """This answer as something to keep; `told` is what its list said of it."""
        assert self.exchange is not None
        return Capture(
            url=self.fetch.address,
            role=role,
            exchange=self.exchange,
            body=self.body,
            media_type=self.content_type.split(";")[0].strip().lower() or None,
            outcome=outcome or ("unchanged" if self.unchanged else None),
            redirected_from=self.redirected_from,
            **told,
        )

    @property
    def is_html(self) -> bool:
        """True when the bytes look like a web page, whatever the header says."""
        head = self.body[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        return (
            head.startswith(b"<")
            and not head.startswith(b"<?mso")
            and (b"<html" in head or b"<!doctype" in head or b"<" in head)
        )

    @property
    def is_text(self) -> bool:
        """A web page, or so short and so little like a document that only words can be meant."""
        return self.is_html or (len(self.body) < _SHORT and not self.body.startswith(_DOCUMENTS))


def read_links(tree: html.HtmlElement, base: str) -> Iterator[Link]:
    """Links of `tree`: anchors, and whatever can be clicked where a listed call (``goto('…')``) carries an address."""
    groups: dict[Any, int] = {}
    dates: dict[Any, str | None] = {}
    for position, anchor in enumerate(tree.xpath(_LINKS)):
        url = address_of(anchor, base)
        if url is None:
            continue
        row, holder = _surroundings(anchor)
        group = groups.setdefault(holder, len(groups))
        if row not in dates:
            dates[row] = _date(row)
        title = _title(anchor)
        yield Link(url, heads(anchor) or title if SILENT.match(title) else title, dates[row], group, position)


def squeeze(text: str) -> str:
    """Runs of white space as one blank."""
    return _SPACE.sub(" ", text.replace("\u3000", " ").replace("\xa0", " ")).strip()


def find_date(text: str) -> str | None:
    """The first date in `text` as YYYY-MM-DD; split lines and dots are tolerated, days that no month has are none."""
    for found in DATE.finditer(text):
        with suppress(ValueError):
            return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    return None


def address_of(anchor: html.HtmlElement, base: str) -> str | None:
    """Where an element leads: by its ``href``, or by a listed call in it or in its ``onclick``."""
    href = anchor.get("href") or ""
    if found := absolute(base, href):
        return found
    for script in (href, anchor.get("onclick") or ""):
        called = _CALLED.search(script)
        if called and _ADDRESS.search(called[1]):  # goto('2') names a page, not where it is
            return absolute(base, called[1])
    return None


def _surroundings(anchor: html.HtmlElement) -> tuple[html.HtmlElement, Any]:
    """The row an anchor stands in and the list that holds the row."""
    row = anchor
    node = anchor.getparent()
    while node is not None and node.tag not in _LISTS:
        if node.tag in _ROWS and row is anchor:
            row = node
        node = node.getparent()
    if row is anchor and (parent := anchor.getparent()) is not None and len(parent.findall(".//a")) == 1:
        row = parent
    return row, node if node is not None else anchor.getroottree().getroot()


def _title(anchor: html.HtmlElement) -> str:
    """The text, or the ``title`` where it says more; a button's value, a picture's ``alt``."""
    shown = squeeze("".join(anchor.itertext()))
    given = squeeze(anchor.get("title") or "")
    if not shown and not given:
        return squeeze(anchor.get("value") or " ".join(anchor.xpath(".//img/@alt")[:1]))
    cut = shown.endswith(("…", ".."))
    return given if len(given) > len(shown) or (given and cut) else shown


def _date(row: html.HtmlElement) -> str | None:
    text = " ".join(row.itertext())
    return find_date(text) if len(text) < 600 else None
