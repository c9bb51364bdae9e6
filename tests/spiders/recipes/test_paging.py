"""What pages a list, told from the requests for its first pages; and paths into answers."""

from __future__ import annotations

import json

import pytest

from spiders.families.generic import Generic
from spiders.pages.entry import ListItem
from spiders.pages.fetch import Fetch
from spiders.recipes.answers import at, fragments_in, rows_in, value_of
from spiders.recipes.learn import sources_of
from spiders.recipes.paging import NotPaged, fill, template
from spiders.rendering.requests import Call
from tests.portals.pagers import answer

HOST = "http://h.example"


def paged(*urls: str) -> str:
    return template([Fetch(HOST + url) for url in urls]).url.removeprefix(HOST)


@pytest.mark.parametrize(
    ("urls", "made"),
    [
        (("/a?p=1", "/a?p=2"), "/a?p={1+1}"),
        (("/a?p=0&s=15", "/a?p=1&s=15"), "/a?p={0+1}&s=15"),
        (("/a?from=0&to=14", "/a?from=15&to=29"), "/a?from={0+15}&to={14+15}"),
        (("/a", "/a?p=2"), "/a?p={1+1}"),
        (("/a/index.html", "/a/index_2.html", "/a/index_3.html"), "/a/index_{1+1}.html"),
        (("/a?p=9&_=1674172800000", "/a?p=10&_=1674172800999"), "/a?p={9+1}&_=1674172800000"),
        (("/a?p=1&r=0.12345", "/a?p=2&r=0.9"), "/a?p={1+1}&r=0.12345"),
        (("/a?cat=2", "/a?cat=2&p=2"), "/a?cat=2&p={1+1}"),
        (("/a?p=12", "/a?p=11", "/a?p=10"), "/a?p={12-1}"),
    ],
)
def test_templates(urls: tuple[str, ...], made: str) -> None:
    assert paged(*urls) == made
    assert fill(made, len(urls)) == fill(made.replace("_=1674172800000", "_=1674172800000"), len(urls))
    if len(urls) > 1 and "_=" not in made and "r=" not in made:
        assert fill(made, 2) == urls[1]


@pytest.mark.parametrize(
    "urls",
    [("/a?p=1&s=abc", "/a?p=2&s=abd"), ("/a?p=1", "/a?p=1"), ("/a?p=1", "/a?p=2", "/a?p=7"), ("/a", "/b?q=x")],
)
def test_what_cannot_be_written_down_is_refused(urls: tuple[str, ...]) -> None:
    with pytest.raises(NotPaged):
        paged(*urls)


def test_bodies_are_compared_too() -> None:
    first, second = (Fetch(f"{HOST}/a", method="POST", data=b'{"page":%d,"size":20}' % n) for n in (1, 2))
    assert template([first, second]).body == '{"page":{1+1},"size":20}'


def test_paths_pass_through_lists_and_numbered_objects() -> None:
    value = {"a": [{"rows": [{"t": "x"}, {"t": "y"}]}, {"rows": {"t": "z"}}], "n": {"0": {"k": 1}, "1": {"k": 2}}}
    assert at(value, "a.rows.t") == ["x", "y", "z"]
    assert {rows.path: len(rows.items) for rows in rows_in(value)} == {"a": 2, "a.rows": 3, "n": 1, "n.*": 2}
    assert at(value, "n.*.k") == [1, 2]


def test_answers_of_every_make_are_values() -> None:
    for text in ('{"a": [1]}', "cb({'a': [1]});", "jQuery12_3({a: [1]})"):
        assert value_of(answer(Fetch(HOST), text)) == {"a": [1]}
    xml = answer(Fetch(HOST), "<?xml version='1.0'?><d><n>3</n><r><![CDATA[<li><a href='x'>y</a></li>]]></r></d>")
    assert value_of(xml) == {"d": {"n": "3", "r": "<li><a href='x'>y</a></li>"}}
    assert fragments_in(value_of(xml)) == {"d.r": "<li><a href='x'>y</a></li>"}
    assert value_of(answer(Fetch(HOST), "<li><a href='x'>y</a></li>")) is None
    assert value_of(answer(Fetch(HOST), "function a() { return 1 }")) is None


def test_answers_that_hold_the_list_together() -> None:
    """An endless list has asked for pages one and two before anybody has looked at it."""

    def call(number: int, names: str) -> Call:
        rows = [{"id": name, "title": f"{name}县2022年政府信息公开工作年度报告"} for name in names]
        return Call("data", answer(Fetch(f"{HOST}/api?page={number}"), json.dumps({"list": rows}), "application/json"))

    shown = [ListItem(f"{HOST}/{name}", f"{name}县2022年政府信息公开工作年度报告") for name in "甲乙丙丁"]
    calls = [call(1, "甲乙"), call(1, "甲乙"), call(2, "丙丁"), call(9, "戊")]
    sources = sources_of(calls, shown, HOST, Generic.article)
    assert [one.call.fetch.url[-1] for one in sources] == ["1", "2"]
    assert sources_of(calls[:1], shown, HOST, Generic.article) == ()
    whole = [*calls, call(3, "甲乙丙丁")]
    assert [one.call.fetch.url[-1] for one in sources_of(whole, shown, HOST, Generic.article)] == ["3"]
