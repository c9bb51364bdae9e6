"""Fetch: one request the walk wants made, and the key under which an address counts as seen."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from ada_url import join_url

from archive.capture import Role
from parsers.charset import BEYOND_ASCII

_PAGE_ONE = re.compile(r"/(?:index|index_0|index_1|default|main|home)\.(?:s?html?|jsp|php|aspx?)$", re.I)
_SLASHES = re.compile(r"/{2,}")
_SESSION = re.compile(
    r";jsessionid=[^/?#]*"
    r"|(?<=[?&])(?:[jp](?:hp)?sess(?:ion)?id|aspsessionid\w*|session_?id|(?:sid|session)(?==[0-9A-Za-z]{16}))=[^&#]*&?",
    re.I,
)
"""A visit's own number in an address: another one on every visit, and the same page without it."""
FORM = "application/x-www-form-urlencoded"
_IGNORED = re.compile(r"[\t\r\n]+")
"""What browsers leave out of an address wherever it stands."""
_EDGES = "".join(map(chr, range(0x21)))
"""And what they leave out at its ends: control characters and blanks."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_WEB = ("http:", "https:")
_ROUTE = re.compile(r"!?/.|press:")
"""How a fragment begins that names a place of its own: of a page of one script (``#/list/31``), or what is pressed."""
PRESS = "press:"
"""Before the words of a control: the page as it is once that was pressed (spiders/rendering/leads.js)."""
_ESCAPED = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_IN_UTF8 = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "ascii", "hz")
"""Charsets of pages whose forms and links are sent in UTF-8 all the same (WHATWG, "get an output encoding")."""


@dataclass(frozen=True, slots=True)
class Fetch:
    """One request. `number` is the logical page of a list (from 1); `carry` is what a family wants back with the page.

    A `probe` may well not be there: that it is missing is no trouble. `data` is a body that is no form (JSON), with
    `headers` as a script would set them.
    """

    url: str
    role: Role = "list"
    method: str = "GET"
    form: tuple[tuple[str, str], ...] = ()
    number: int = 1
    carry: Mapping[str, str] = field(default_factory=dict)
    probe: bool = False
    data: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    found_on: str = ""
    """The page that leads here, sent as Referer."""
    found_by: str = "link"
    """What led here: link, map, option, script, data, browser, search …; for the record."""
    charset: str = "utf-8"
    """In which a form's values are sent: that of the page with the form."""

    @property
    def body(self) -> bytes:
        """The form or the data as it is sent, empty for GET."""
        charset = "utf-8" if self.charset in _IN_UTF8 else self.charset
        return urlencode(self.form, encoding=charset, errors="xmlcharrefreplace").encode() if self.form else self.data

    @property
    def sent_headers(self) -> dict[str, str]:
        """Headers beside those that every request has."""
        given = {"Content-Type": FORM} if self.form else {}
        return given | ({"Referer": referer} if (referer := self._referer()) else {}) | dict(self.headers)

    def _referer(self) -> str:
        """The page that led here as browsers tell it (strict-origin-when-cross-origin): whole only to its own site."""
        if not self.found_on or (self.found_on.startswith("https:") and self.url.startswith("http:")):
            return ""
        of_page, here = urlsplit(self.found_on), urlsplit(self.url)
        same = (of_page.scheme, of_page.netloc) == (here.scheme, here.netloc)
        return self.found_on.partition("#")[0] if same else f"{of_page.scheme}://{of_page.netloc}/"

    @property
    def address(self) -> str:
        """The URL under which the answer is remembered: a form is written into the query, as web archives do."""
        if self.method == "GET":
            return self.url
        joiner = "&" if "?" in self.url else "?"
        return f"{self.url}{joiner}__wb_method={self.method}&{self._written()}"

    def _written(self) -> str:
        """The body as a part of a query; what is no form is written as web archives write it."""
        kind = self.sent_headers.get("Content-Type") or self.sent_headers.get("content-type") or FORM
        if kind.startswith(FORM) and self.body.isascii():
            return self.body.decode()
        return f"__wb_post_data={b64encode(self.body).decode()}"

    @property
    def key(self) -> str:
        """Equal for addresses that mean the same page."""
        return seen_key(self.address)


def seen_key(url: str) -> str:
    """One key for http and https, www and bare host, doubled slashes, any order of parameters, ``%7E`` and ``~``.

    ``/`` and ``/index.html`` are two: whether they are one page their bytes must tell.
    """
    if "#" in url and (place := route(url)):
        return f"{seen_key(url.partition('#')[0])}#{place}"
    parts = urlsplit(url)
    host = parts.netloc.lower().removeprefix("www.").removesuffix(":80").removesuffix(":443")
    path, query = _SLASHES.sub("/", parts.path or "/"), parts.query
    if "%" in url:
        path, query = _ESCAPED.sub(_plain, path), _ESCAPED.sub(_plain, query)
    if not query:
        return f"{host}{path}"
    return f"{host}{path}?{'&'.join(sorted(query.split('&'))) if '&' in query else query}"


def route(url: str) -> str:
    """The fragment of `url` where it names a place of its own, which only a browser can show; else empty."""
    fragment = url.partition("#")[2]
    return fragment if _ROUTE.match(fragment) else ""


def is_pressed(url: str) -> bool:
    """Is the place one that only pressing something on the page shows?"""
    return f"#{PRESS}" in url


def alike(url: str) -> str:
    """Equal for addresses that are one page if their bytes agree: ``/nb/``, ``/nb``, ``/nb/index.html``."""
    return _PAGE_ONE.sub("/", seen_key(url)).rstrip("/")


def _plain(escape: re.Match[str]) -> str:
    """A character that needs no escape without it, any other escape in capitals (RFC 3986, 6.2.2)."""
    value = int(escape[1], 16)
    return chr(value) if value in _UNRESERVED else f"%{escape[1].upper()}"


def absolute(base: str, href: str, charset: str = "utf-8") -> str | None:
    """`href` as found on the page `base`, by the rules of browsers (WHATWG); None for what is not a web address.

    `charset` is the page's: what is not ASCII in a query is sent in it. Numbers of visits are left out, fragments too
    where they name no place of their own.
    """
    href = _IGNORED.sub("", href.strip(_EDGES))
    place = route(href) if "#" in href else ""
    href = href.partition("#")[0] or (base.partition("#")[0] if place else "")
    if not href or (_SCHEME.match(href) and not href.lower().startswith(_WEB)):
        return None
    if _SESSION.search(href):
        href = _SESSION.sub("", href).rstrip("?&")
    if not href.isascii():
        href = _queried(href, charset)
    try:
        found = join_url(base, f"{href}#{place}" if place else href)
    except ValueError:
        return None
    if not place:
        found = found.partition("#")[0]
    host, slash, rest = found.partition("://")[2].partition("/")
    if not found.startswith(("http://", "https://")) or not host:
        return None
    tidied = host.rpartition("@")[2].replace(".:", ":").rstrip(".")
    return found if tidied == host else f"{found.partition('://')[0]}://{tidied}{slash}{rest}"


def _queried(href: str, charset: str) -> str:
    """What is not ASCII in the query, in the page's charset; the path is the library's matter, always UTF-8."""
    path, mark, query = href.partition("?")
    if query.isascii() or charset in _IN_UTF8:
        return href
    sent = query.encode(charset, "xmlcharrefreplace")
    return path + mark + "".join(chr(byte) if byte < BEYOND_ASCII else f"%{byte:02X}" for byte in sent)


def host_of(url: str) -> str:
    """Host with its port where one is written, in lower case, as `portal.hosts` lists it."""
    return urlsplit(url).netloc.lower().rpartition("@")[2].removesuffix(":80").removesuffix(":443")
