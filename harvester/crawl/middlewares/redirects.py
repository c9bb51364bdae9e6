"""Redirects: at most five, within the portal, and never twice to the same page (twice to itself for a cookie)."""

from __future__ import annotations

from urllib.parse import urljoin

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.http import Response
from w3lib.url import safe_url_string

from harvester.crawl.middlewares.visiting import visiting
from spiders.walk.events import Refused

_STATUSES = frozenset({301, 302, 303, 307, 308})
TO_ITSELF = 2
"""A host that sets a cookie and asks again is answered twice."""


class Redirects(RedirectMiddleware):
    """Scrapy's, with our limits; each hop is judged by robots, hosts and budget like a first request."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """The next request, or the answer. Raises Refused for loops and for ways off the portal."""
        location = response.headers.get("Location")
        if response.status not in _STATUSES or location is None:
            return response
        target = urljoin(request.url, safe_url_string(location))
        spider = visiting(self.crawler)
        spider.let_in(target, request.url)
        if not spider.owns(target):
            spider.off_host(request.meta["fetch"].url, target)
            raise Refused("off_host", f"redirected to {target}", transient=False)
        been = [*request.meta.get("redirect_urls", []), request.url]
        to_itself = target == request.url and "Set-Cookie" in response.headers
        if been.count(target) >= (TO_ITSELF if to_itself else 1) or len(been) > self.max_redirect_times:
            raise Refused("redirect_loop", " → ".join([*been, target]), transient=False)
        return super().process_response(request, response)
