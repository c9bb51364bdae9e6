"""Answers of interfaces whose parts are of another kind than the family knows: read as far as they go, no crash."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from spiders.families.family import family
from spiders.pages.fetch import Fetch
from spiders.pages.page import Page

ROW = {"title": "某局2022年政府信息公开工作年度报告", "url": "/nb/1.html", "date": "2023-01-20"}
ANSWERS: dict[str, Any] = {
    "gkmlpt": {"articles": [ROW], "classify": {"post_count": 3}, "total": 3},
    "ucap": {"data": {"results": [ROW], "total": 3}},
    "jpaas": {"data": {"html": "<ul><li><a href='/art/2023/1/20/art_1_2.html'>某局年报</a></li></ul>"}},
    "trs": {"docs": [{"chnldocurl": "/t20230120_1.html", "doctitle": "某局年报"}]},
    "lonsun": {"data": [ROW]},
    "hanweb": {"list": [ROW]},
}
KINDS: tuple[Any, ...] = ("2972", 7, None, [], ["x", None, 3], {}, {"x": [1]}, True)


def odd(value: Any) -> Iterator[Any]:
    """`value` with one of its parts of another kind, each in turn."""
    yield from KINDS
    for key in value if isinstance(value, dict) else ():
        yield from ({**value, key: changed} for changed in odd(value[key]))
    for changed in odd(value[0]) if isinstance(value, list) else ():
        yield [changed, *value[1:]]


def page_of(answer: Any) -> Page:
    url = "http://a.gov.cn/gkmlpt/api/all/1/search?page=1"
    return Page(Fetch(url), url, 200, "application/json", json.dumps(answer, ensure_ascii=False).encode())


@pytest.mark.parametrize("name", ANSWERS)
def test_no_answer_is_too_odd(name: str) -> None:
    reader = family(name)
    for answer in odd(ANSWERS[name]):
        page = page_of(answer)
        reader.list_requests(page), reader.entries(page), reader.declared_totals(page)
        reader.next_page(page), reader.columns(page), reader.is_article(page)


def test_a_category_that_is_a_number() -> None:
    page = page_of({"articles": [ROW], "classify": "2972", "total": 3})
    assert family("gkmlpt").declared_totals(page).items == 3
    assert len(family("gkmlpt").entries(page)) == 1


def test_a_fragment_that_says_its_size_in_words() -> None:
    shown = "<ul><li><a href='/art/2023/1/20/art_1_2.html'>某市2022年政府信息公开工作年度报告</a></li></ul>"
    page = page_of({"data": {"html": f"{shown}<div class='pagination'>共2条 1/2页 <a data-no='2'>下一页</a></div>"}})
    following = family("jpaas").next_page(page)
    assert family("jpaas").declared_totals(page).items == 2
    assert following is not None
    assert "paramJson" in following.url
