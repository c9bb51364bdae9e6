"""What the downloader gives, as the walk reads it."""

from __future__ import annotations

from scrapy.http import Response

from spiders.pages.fetch import Fetch
from spiders.pages.page import Page


def page_of(fetch: Fetch, response: Response) -> Page:
    """The answer to `fetch`, with what is to be archived of it."""
    assert response.request is not None
    return Page(
        fetch,
        response.url,
        response.status,
        (response.headers.get("Content-Type") or b"").decode("latin-1"),
        response.body,
        unchanged="unchanged" in response.flags,
        exchange=response.request.meta.get("exchange"),
        redirected_from=next(iter(response.request.meta.get("redirect_urls", ())), None),
    )
