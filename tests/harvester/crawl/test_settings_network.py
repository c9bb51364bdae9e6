"""A harvest talks to nobody but its portals."""

from __future__ import annotations

import inspect
import socket

import pytest
from scrapy.core.downloader import Downloader, Slot
from scrapy.downloadermiddlewares import cookies
from scrapy.extensions.throttle import AutoThrottle
from scrapy.utils.ssl import _make_ssl_context

from harvester import settings
from harvester.crawl.middlewares.cookies import Cookies


def test_the_list_of_public_suffixes_is_not_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("asked the network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert issubclass(Cookies, cookies.CookiesMiddleware), "importing it puts our list in place"
    assert cookies._split_domain("www.jiaxiang.gov.cn").suffix == "gov.cn"


def test_the_settings_use_our_cookies() -> None:
    named = settings.DOWNLOADER_MIDDLEWARES
    assert named["harvester.crawl.middlewares.cookies.Cookies"] == 700
    assert named["scrapy.downloadermiddlewares.cookies.CookiesMiddleware"] is None


def test_what_we_use_of_scrapy_without_its_promise_is_still_there() -> None:
    """Private names: a new Scrapy that drops one must fail here, not slow a crawl down or speed it up in silence."""
    assert callable(cookies._split_domain)
    assert callable(_make_ssl_context)
    assert "self._delay" in inspect.getsource(Downloader)
    assert "mindelay" in inspect.getsource(AutoThrottle)
    assert all(f"self.{name}" in inspect.getsource(Slot) for name in ("delay", "lastseen"))
