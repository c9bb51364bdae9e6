"""Literals in scripts of pages."""

from __future__ import annotations

import pytest

from spiders.pages.script_values import NotLiteral, concatenated, literal, value_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{SID: '755041', TREE: [{id: 1, children: []}, ]}", {"SID": "755041", "TREE": [{"id": 1, "children": []}]}),
        ("'it\\'s \"x\"'", "it's \"x\""),
        (r'"\u003Cp\u003E年报\u003C\/p\u003E\n"', "<p>年报</p>\n"),
        ("[true, false, null, undefined, -1, 2.5]", [True, False, None, None, -1, 2.5]),
        ("{'a-b': {c: {}}}", {"a-b": {"c": {}}}),
    ],
)  # fmt: skip
def test_literals(text: str, value: object) -> None:
    assert literal(text) == value


def test_a_value_by_its_name_skips_code_of_the_same_name() -> None:
    text = "var SID = getSid(); window._CONFIG = {MYSID: 1, SID: '7', TREE: [{\"id\": 2}]};"
    assert value_of(text, "SID") == "7"
    assert value_of(text, "TREE") == [{"id": 2}]
    assert value_of(text, "NONE") is None


def test_comments_and_texts_that_a_script_parses() -> None:
    assert literal("[{id: 1}, // the first\n /* then */ {id: 2},]") == [{"id": 1}, {"id": 2}]
    assert value_of("TREE: JSON.parse('[{\"id\": 3}]'), SID: '7'", "TREE") == [{"id": 3}]
    assert value_of("url: 'http://a.cn/x', SID: '7'", "SID") == "7"


def test_a_string_with_what_is_added_to_it() -> None:
    text = "var id = '42', size = 15; load('/list?id=' + id + '&size=' + size + '&page=' + page);"
    assert concatenated(text, text.index("'/list")) == "/list?id=42&size=15&page="


@pytest.mark.parametrize("text", ["", "f(x)", "{a 1}", "{a: b}", "[1", "{a: [}"])
def test_code_is_no_literal(text: str) -> None:
    with pytest.raises(NotLiteral):
        literal(text)


@pytest.mark.parametrize("remark", ["/**/", "/* x ", "//", "// x\n", " "])
def test_remarks_before_what_is_no_value_are_passed_once(remark: str) -> None:
    """Each way of cutting them into remarks would be tried otherwise: twice as many with each."""
    with pytest.raises(NotLiteral):
        literal(remark * 2_000 + "@")
