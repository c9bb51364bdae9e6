"""Reports that stand in a string: of a page's script, of the answer of an interface."""

from __future__ import annotations

import json
from base64 import b64encode
from html import escape
from urllib.parse import quote

import pytest

from parsers.formats import recognise
from parsers.formats.html import answer, html
from parsers.lookalikes.judge import judge
from parsers.metadata.describe import Hints, describe

ROWS = "".join(
    f"<tr><td>{label}</td><td>{n}</td></tr>" for n, label in enumerate(["本年新收", "结转下年度继续办理"], 3)
)
ARTICLE = (
    f"<p>一、总体情况</p><p>{'主动公开政府信息。' * 60}</p><table>{ROWS}</table><p>五、存在的主要问题及改进情况</p>"
)


def texts(content: object) -> str:
    return getattr(content, "text", "")


@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_string_of_a_script(quote: str) -> None:
    literal = json.dumps(ARTICLE)[1:-1].replace("</", "<\\/").replace("<", "\\u003c")
    page = f"<!DOCTYPE html><h1>年报</h1><div id=zoom></div><script>var a = {quote}{literal}{quote};</script>".encode()
    content = html.read(page)
    assert "存在的主要问题" in texts(content)
    (cell,) = [one for table in content.tables for one in table.cells if one.text == "4"]
    assert html.locate(page, cell.place.path) == "4"
    second = html.second_reading(page)
    assert second is not None
    assert "4" in [one.text for table in second.tables for one in table.cells]


def test_a_string_of_an_answer() -> None:
    data = json.dumps({"code": 200, "data": {"title": "年报", "content": ARTICLE}}, ensure_ascii=False).encode()
    form = recognise(data)
    assert form is not None
    assert form.media_type == "application/json"
    content = answer.read(data)
    (cell,) = [one for table in content.tables for one in table.cells if one.text == "3"]
    assert answer.locate(data, cell.place.path) == "3"


def _escaped(text: str) -> str:
    """As JavaScript's ``escape``."""
    return "".join(f"%u{ord(one):04X}" if ord(one) > 0xFF else quote(one) for one in text)


WRAPPED = {
    "base64": lambda text: b64encode(text.encode()).decode(),
    "base64 of GBK": lambda text: b64encode(text.encode("gb18030")).decode(),
    "base64 of percent": lambda text: b64encode(quote(text).encode()).decode(),
    "percent": quote,
    "escape": _escaped,
    "entities": escape,
}


@pytest.mark.parametrize("how", WRAPPED)
def test_a_string_that_a_script_unwraps(how: str) -> None:
    wrapped = WRAPPED[how](ARTICLE)
    data = json.dumps({"data": {"CONTENT": wrapped}}).encode()
    assert recognise(data) is not None
    page = f"<!DOCTYPE html><div id=zoom></div><script>show({json.dumps(wrapped)})</script>".encode()
    for content, place in ((answer.read(data), answer.locate), (html.read(page), html.locate)):
        (cell,) = [one for table in content.tables for one in table.cells if one.text == "3"]
        assert place(data if place is answer.locate else page, cell.place.path) == "3"


@pytest.mark.parametrize("data", [b'{"code": 200, "data": []}', b'{"a": "<p>x</p>"}', b"[1, 2]"])
def test_other_answers_are_none_of_ours(data: bytes) -> None:
    assert answer.recognise(data) is None


def test_a_page_that_a_script_fills_is_no_placeholder() -> None:
    title = "<h1>青山县教育局2022年政府信息公开工作年度报告</h1>"
    for script, kind in (("var x = new XMLHttpRequest(); x.open('GET', '/a')", "shell"), ("var x = 1", "placeholder")):
        content = html.read(f"<!DOCTYPE html><body>{title}<script>{script}</script></body>".encode())
        assert kind in str(judge(content, set(), describe(content, Hints())))
