"""Block pages: recognised, recorded with hash and status, never stored, never got around.

A list or an article that shows one ends the visit. On a file or on what a script asks for, a challenge guards that kind
of address only (its host and the first folders of its path): it is left alone after two hits, the rest of the visit
goes on. A second kind ends the visit. Files that are plainly refused (403), one after another, are left alone alike.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from http import HTTPStatus
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from harvester.crawl.middlewares.visiting import visiting
from spiders.pages.challenges import recognise
from spiders.pages.fetch import host_of
from spiders.walk.events import Refused, Stopped

HITS = 2
"""Challenges, or refusals without an answer between them, after which a kind of address is left alone."""
_ROLES = ("attachment", "script")
_FOLDERS = 2
"""Folders of a path that tell the kind: deeper ones are years, agencies, articles."""
_ID = re.compile(r"[0-9a-f]{16,}|\d+", re.I)


class Challenges:
    """Counts challenges by host (the portal's own are one) and kind of address, and refusals by kind."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.hits: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.refusals: defaultdict[str, Counter[str]] = defaultdict(Counter)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's constructor."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Refuses a kind of address that is guarded."""
        if request.meta["fetch"].role not in _ROLES:
            return
        host, kind = self._host(request), kind_of(request.url)
        if self.hits[host][kind] >= HITS:
            raise Refused("challenge", f"{kind} is guarded here: left alone")
        if self.refusals[host][kind] >= HITS:
            raise Refused("http_error", f"{kind} is refused here: left alone")

    def process_response(self, request: Request, response: Response) -> Response:
        """Raises Refused for a challenge that guards one kind of address, Stopped for one that guards the portal."""
        headers = {
            name.decode("latin-1").lower(): b"\n".join(values).decode("latin-1")
            for name, values in response.headers.items()
        }
        sign = recognise(response.status, headers, response.body)
        host, kind = self._host(request), kind_of(request.url)
        if sign is None:
            self._count_refusal(request, response, host, kind)
            return response
        spider = visiting(self.crawler)
        digest = hashlib.sha256(response.body).hexdigest()
        spider.event("challenge", request.url, f"{sign}: status {response.status}, sha256 {digest}")
        hits = self.hits[host]
        hits[kind] += 1
        if request.meta["fetch"].role in _ROLES and len(+hits) == 1:
            raise Refused("challenge", sign)
        raise Stopped("challenge", sign)

    def _count_refusal(self, request: Request, response: Response, host: str, kind: str) -> None:
        """One file may be withdrawn: only refusals that follow one another speak of their kind."""
        if request.meta["fetch"].role != "attachment":
            return
        self.refusals[host][kind] = self.refusals[host][kind] + 1 if response.status == HTTPStatus.FORBIDDEN else 0

    def _host(self, request: Request) -> str:
        """A sub-host's name, nothing for all other hosts of the portal."""
        return host_of(request.url) if visiting(self.crawler).guests.has(request.url) else ""


def kind_of(url: str) -> str:
    """The kind of an address: the first folders of its path, ids left out; ``/files/``, ``/c#/#/``, ``/load.jsp``."""
    *folders, name = _ID.sub("#", urlsplit(url).path.lstrip("/")).split("/")
    return "/" + "".join(f"{folder}/" for folder in folders[:_FOLDERS]) + ("" if folders else name)
