"""Block pages: recognised, recorded with hash and status, never stored, never got around.

A list or an article that shows one ends the visit. On a file or on what a script asks for, a challenge guards that kind
of address only: it is left alone after two hits, the rest of the visit goes on. A second kind ends the visit.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from harvester.crawl.middlewares.visiting import visiting
from spiders.pages.challenges import recognise
from spiders.pages.fetch import host_of
from spiders.walk.events import Refused, Stopped

HITS = 2
"""Challenges after which a kind of address is left alone."""
_KINDS = ("attachment", "script")


class Challenges:
    """Counts challenges by kind of address."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.hits: defaultdict[str, Counter[str]] = defaultdict(Counter)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's constructor."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Refuses a kind of address that is guarded."""
        role = request.meta["fetch"].role
        if self._hits(request)[role] >= HITS:
            raise Refused("challenge", f"{role}s are guarded here: left alone")

    def process_response(self, request: Request, response: Response) -> Response:
        """Raises Refused for a challenge that guards one kind of address, Stopped for one that guards the portal."""
        headers = {
            name.decode("latin-1").lower(): b"\n".join(values).decode("latin-1")
            for name, values in response.headers.items()
        }
        kind = recognise(response.status, headers, response.body)
        if kind is None:
            return response
        spider = visiting(self.crawler)
        digest = hashlib.sha256(response.body).hexdigest()
        spider.event("challenge", request.url, f"{kind}: status {response.status}, sha256 {digest}")
        role = request.meta["fetch"].role
        hits = self._hits(request)
        hits[role] += 1
        if role in _KINDS and len(+hits) == 1:
            raise Refused("challenge", kind)
        raise Stopped("challenge", kind)

    def _hits(self, request: Request) -> Counter[str]:
        """By kind of address: of a sub-host its own, of all other hosts the portal's."""
        return self.hits[host_of(request.url) if visiting(self.crawler).guests.has(request.url) else ""]
