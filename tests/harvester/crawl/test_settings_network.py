"""A harvest talks to nobody but its portals."""

from __future__ import annotations

import socket

import pytest
from scrapy.downloadermiddlewares import cookies

from harvester import settings


def test_the_list_of_public_suffixes_is_not_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("asked the network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert cookies._split_domain("www.jiaxiang.gov.cn").suffix == "gov.cn"


def test_the_settings_use_our_cookies() -> None:
    named = settings.DOWNLOADER_MIDDLEWARES
    assert named["harvester.crawl.middlewares.cookies.Cookies"] == 700
    assert named["scrapy.downloadermiddlewares.cookies.CookiesMiddleware"] is None
