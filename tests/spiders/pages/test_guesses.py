"""Guesses at the next page: what a script says, what the address counts, what lies beside it."""

from __future__ import annotations

import pytest

from spiders.pages.entry import ListItem
from spiders.pages.fetch import Fetch
from spiders.pages.guesses import guesses, is_same_shape
from spiders.pages.page import Page

HOST = "http://www.example.gov.cn"


def page(path: str, body: str = "", number: int = 1) -> Page:
    return Page(Fetch(HOST + path, number=number), HOST + path, 200, "text/html", f"<html>{body}</html>".encode())


@pytest.mark.parametrize(
    ("path", "number", "expected"),
    [
        ("/nb/", 2, "/nb/index_1.html"),
        ("/nb/", 2, "/nb/index_2.html"),
        ("/nb/list.shtml", 3, "/nb/list_3.shtml"),
        ("/nb/index.html", 3, "/nb/3.html"),
        ("/nb/1.html", 3, "/nb/3.html"),
        ("/class/9/1", 2, "/class/9/2"),
        ("/list.jsp?cid=1019&page=1", 4, "/list.jsp?cid=1019&page=4"),
        ("/list.aspx?cid=9", 2, "/list.aspx?cid=9&page=2"),
    ],
)
def test_where_a_further_page_may_be(path: str, number: int, expected: str) -> None:
    assert HOST + expected in [way.url for _, way in guesses(page(path), number)]


def test_what_a_script_says_comes_first() -> None:
    first = page("/content/column/6795", "<script>$('#p').page({href: '/content/column/6795?pageIndex='})</script>")
    assert guesses(first, 2)[0][1].url == f"{HOST}/content/column/6795?pageIndex=2"


def test_a_rule_that_has_led_on_is_kept() -> None:
    (rule, _), *_ = [one for one in guesses(page("/nb/"), 2) if one[1].url.endswith("index_2.html")]
    assert [way.url for _, way in guesses(page("/nb/"), 3, rule)] == [f"{HOST}/nb/index_3.html"]


def test_every_guess_is_a_probe() -> None:
    assert all(way.probe and way.number == 2 for _, way in guesses(page("/nb/"), 2))


def test_items_of_one_shape() -> None:
    reports = [ListItem(f"{HOST}/art/{number}.html", "") for number in (1, 2)]
    assert is_same_shape(reports[:1], reports[1:])
    assert not is_same_shape(reports, [ListItem(f"{HOST}/news/view?id=3", "")])
