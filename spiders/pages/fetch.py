"""Fetch: one request the walk wants made, and the key under which an address counts as seen."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlencode, urljoin, urlsplit, urlunsplit

from archive.capture import Role

_PAGE_ONE = re.compile(r"/(?:index|index_0|default)\.(?:s?html?|jsp|php|aspx?)$", re.I)
_SLASHES = re.compile(r"/{2,}")
_FROM_ROOT = re.compile(r"/(?![/.])(?:[^./\\]|\.(?!\.?(?:/|$))|/(?!\.))*$")
_SESSION = re.compile(
    r";jsessionid=[^/?#]*"
    r"|(?<=[?&])(?:[jp](?:hp)?sess(?:ion)?id|aspsessionid\w*|session_?id|(?:sid|session)(?==[0-9A-Za-z]{16}))=[^&#]*&?",
    re.I,
)
"""A visit's own number in an address: another one on every visit, and the same page without it."""
FORM = "application/x-www-form-urlencoded"
_SPACES = re.compile(r"[\t\r\n]+")


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

    @property
    def body(self) -> bytes:
        """The form or the data as it is sent, empty for GET."""
        return urlencode(self.form).encode() if self.form else self.data

    @property
    def sent_headers(self) -> dict[str, str]:
        """Headers beside those that every request has."""
        return ({"Content-Type": FORM} if self.form else {}) | dict(self.headers)

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
    """One key for http and https, www and bare host, doubled slashes, names of a page one, any order of parameters."""
    parts = urlsplit(url)
    host = parts.netloc.lower().removeprefix("www.").rstrip(".").removesuffix(":80").removesuffix(":443")
    path = _PAGE_ONE.sub("/", _SLASHES.sub("/", parts.path or "/"))
    if not parts.query:
        return f"{host}{path}"
    return f"{host}{path}?{'&'.join(sorted(parts.query.split('&'))) if '&' in parts.query else parts.query}"


def absolute(base: str, href: str) -> str | None:
    """`href` as found on the page `base`; None for what is not a web address."""
    href = _SPACES.sub("", href.strip())
    if _SESSION.search(href):
        href = _SESSION.sub("", href).rstrip("?&")
    if not href or href.startswith(("#", "javascript:", "mailto:", "tel:", "data:", "about:")):
        return None
    if _FROM_ROOT.match(href):
        return _origin(base) + href.partition("#")[0]
    try:
        if urlsplit(base).path == "":
            base += "/"
        parts = urlsplit(urljoin(base, href))
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    host = parts.netloc.replace(".:", ":").rstrip(".")
    return urlunsplit((parts.scheme, host, parts.path or "/", parts.query, ""))


@lru_cache(maxsize=1024)
def _origin(url: str) -> str:
    """Scheme and host. Most links of a page are written from the root: this is the short way for them."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.replace('.:', ':').rstrip('.')}"


def host_of(url: str) -> str:
    """Host with its port where one is written, in lower case, as `portal.hosts` lists it."""
    return urlsplit(url).netloc.lower().rpartition("@")[2].removesuffix(":80").removesuffix(":443")
