"""What was answered in a visit, for the plain reading and the browser's alike: one request for one address."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import urldefrag

from spiders.pages.fetch import Fetch
from spiders.pages.page import Page
from spiders.pages.soft_errors import is_busy

MOST_BYTES = 64 << 20
"""Answers of one visit that are remembered."""

Key = tuple[str, str, bytes]


class Answers:
    """What was answered in this visit, by either way of reading; the oldest go first when it is too much.

    One request is method, address and body: a script's headers are those that its page gives it, whoever asks.
    """

    def __init__(self, most: int = MOST_BYTES) -> None:
        self.most = most
        self._held: OrderedDict[Key, Page] = OrderedDict()
        self._bytes = 0

    def get(self, fetch: Fetch) -> Page | None:
        """The answer of the same request in this visit."""
        return self._held.get(key_of(fetch))

    def put(self, page: Page) -> None:
        """Remember the newest answer, under the address that was asked and the one that answered.

        One of a bad moment is none: whoever needs it asks anew.
        """
        if page.status >= HTTPStatus.INTERNAL_SERVER_ERROR or is_busy(page.sent_text):
            self._drop(key_of(page.fetch))
            return
        page = replace(page)  # without its tree and all else that is worked out of it: many times its bytes
        for key in {
            key_of(page.fetch),
            *([("GET", urldefrag(page.url).url, b"")] if page.fetch.method == "GET" else ()),
        }:
            self._drop(key)
            self._held[key] = page
            self._bytes += len(page.body)
        while self._bytes > self.most and len(self._held) > 1:
            self._bytes -= len(self._held.popitem(last=False)[1].body)

    def forget(self, fetch: Fetch) -> None:
        """Ask anew next time."""
        self._drop(key_of(fetch))

    def _drop(self, key: Key) -> None:
        if old := self._held.pop(key, None):
            self._bytes -= len(old.body)


def key_of(fetch: Fetch) -> Key:
    """What makes two requests one."""
    return fetch.method, urldefrag(fetch.url).url, fetch.body
