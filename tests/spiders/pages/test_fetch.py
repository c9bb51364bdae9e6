"""Addresses: joined as browsers do, and equal where they mean the same page."""

from __future__ import annotations

from urllib.parse import urldefrag, urljoin

import pytest

from spiders.addresses import is_unsafe, is_unsafe_literal
from spiders.pages.fetch import Fetch, absolute, host_of, seen_key

BASE = "http://www.example.gov.cn/zwgk/nb/index.html"


@pytest.mark.parametrize(
    "href",
    [
        "/a/b.html",
        "/a/../b",
        "/a/./b",
        "//other.cn/x",
        "/",
        "/a?x=1#f",
        "../x",
        "./202101/t1.html",
        "x.html",
        "/a.b/c?e=../f",
    ],
)
def test_joined_as_browsers_do(href: str) -> None:
    assert absolute(BASE, href) == urldefrag(urljoin(BASE, href)).url


@pytest.mark.parametrize(
    "href", ["", "#top", "javascript:void(0)", "mailto:a@b.cn", "tel:12345", "data:,x", "http://[::1"]
)
def test_what_is_no_web_address(href: str) -> None:
    assert absolute(BASE, href) is None


def test_a_relative_address_on_a_bare_host() -> None:
    assert absolute("http://fzggw.nx.gov.cn", "./x/y.html") == "http://fzggw.nx.gov.cn/x/y.html"
    assert absolute(BASE, "http://fzggw.nx.gov.cn./x/") == "http://fzggw.nx.gov.cn/x/"


@pytest.mark.parametrize(
    "same",
    [
        "https://www.example.gov.cn/nb/",
        "http://example.gov.cn/nb/",
        "http://example.gov.cn//nb/",
        "http://example.gov.cn/n%62/",
        "http://example.gov.cn:80/nb/",
    ],
)
def test_one_page_one_key(same: str) -> None:
    assert seen_key(same) == seen_key("http://www.example.gov.cn/nb/")


@pytest.mark.parametrize("other", ["index.html", "index_0.shtml", "?a=1", "%2F"])
def test_what_may_be_another_page(other: str) -> None:
    assert seen_key(f"http://www.example.gov.cn/nb/{other}") != seen_key("http://www.example.gov.cn/nb/")


@pytest.mark.parametrize(
    ("href", "found"),
    [
        ("..\\gk\\nb.html", "http://www.example.gov.cn/zwgk/gk/nb.html"),
        ("\t/a b/\n年报.html ", "http://www.example.gov.cn/a%20b/%E5%B9%B4%E6%8A%A5.html"),
        ("http:\\\\www.example.gov.cn\\x", "http://www.example.gov.cn/x"),
        ("HTTP://WWW.Example.GOV.cn:80/X", "http://www.example.gov.cn/X"),
        ("http://user@www.example.gov.cn/x", "http://www.example.gov.cn/x"),
        ("/x.html#part", "http://www.example.gov.cn/x.html"),
        ("?名=年报", "http://www.example.gov.cn/zwgk/nb/index.html?%E5%90%8D=%E5%B9%B4%E6%8A%A5"),
    ],
)
def test_the_rules_of_browsers(href: str, found: str) -> None:
    assert absolute(BASE, href) == found


def test_a_gbk_page_sends_gbk() -> None:
    assert absolute(BASE, "/年.jsp?k=年报", "gb18030") == "http://www.example.gov.cn/%E5%B9%B4.jsp?k=%C4%EA%B1%A8"
    assert Fetch("http://x.cn/", method="POST", form=(("k", "年报"),), charset="gb18030").body == b"k=%C4%EA%B1%A8"


def test_a_form_is_part_of_the_address() -> None:
    first = Fetch("http://x.cn/s.jsp?p=1", method="POST", form=(("area", "1"),))
    second = Fetch("http://x.cn/s.jsp?p=1", method="POST", form=(("area", "2"),))
    assert first.address == "http://x.cn/s.jsp?p=1&__wb_method=POST&area=1"
    assert first.key != second.key


def test_hosts_keep_their_port() -> None:
    assert host_of("http://127.0.0.1:8001/x") == "127.0.0.1:8001"
    assert host_of("https://user@Example.gov.cn:443/") == "example.gov.cn"


@pytest.mark.parametrize(
    ("address", "simulated", "unsafe"),
    [
        ("127.0.0.1", False, True),
        ("127.0.0.1", True, False),
        ("::1", False, True),
        ("::ffff:127.0.0.1", False, True),
        ("10.1.2.3", True, True),
        ("192.168.1.1", False, True),
        ("169.254.169.254", True, True),
        ("fe80::1%eth0", False, True),
        ("100.64.0.1", False, True),
        ("0.0.0.0", False, True),
        ("224.0.0.1", False, True),
        ("64:ff9b::7f00:1", True, True),
        ("64:ff9b::a9fe:a9fe", False, True),
        ("2002:7f00:1::", False, True),
        ("::7f00:1", False, True),
        ("fec0::1", False, True),
        ("2001:0:7f00:1::", False, True),
        ("61.135.169.125", False, False),
        ("240e::1", False, False),
    ],
)
def test_addresses_inside_private_networks(address: str, simulated: bool, unsafe: bool) -> None:
    assert is_unsafe(address, simulated=simulated) is unsafe


def test_names_and_literals() -> None:
    assert is_unsafe_literal("http://localhost:99/", simulated=False)
    assert is_unsafe_literal("http://[::1]/", simulated=False)
    assert not is_unsafe_literal("http://www.example.gov.cn/", simulated=False)
