from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.charset import _decoded, decode
from tests.site_browser import browser as browser

TEXT = "<p>2023年县科技局政府信息公开工作年度报告，收到的申请0件</p>"


@pytest.mark.parametrize("declared", [None, "utf-8", "gbk", "iso-8859-1", "nonsense", "base64"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "gbk", "gb18030", "utf-16-le", "utf-16-be"])
def test_bytes_win_over_the_header(encoding: str, declared: str | None) -> None:
    assert decode(TEXT.encode(encoding), declared)[0] == TEXT


@pytest.mark.parametrize(
    "meta",
    [
        '<meta charset="utf-8">',
        "<meta charset=gb2312>",
        "<meta httpequiv=Content-Type content='text/html; charset=gbk'>",
        '<meta http-equiv="Content-Type" content="text/html; charset=gb231">',
        "<?xml version='1.0' encoding='UTF-8'?>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_bytes_win_over_the_meta(encoding: str, meta: str) -> None:
    page = meta + TEXT
    assert decode(page.encode(encoding))[0] == page


def test_big5_mirror() -> None:
    text = "<meta charset=big5><p>2013年政府資訊公開工作年度報告，的確公開</p>"
    assert decode(text.encode("big5"))[0] == text


@pytest.mark.parametrize("encoding", ["hz", "utf-16-le", "utf-16-be"])
def test_text_without_markup(encoding: str) -> None:
    text = "县科技局关于年度政府信息公开的报告，收到的申请零件。" * 3
    assert decode(text.encode(encoding))[0] == text


def test_a_tilde_is_no_ideograph() -> None:
    text = "function(){ return ~{}.x; } // ~}"
    assert decode(text.encode()) == (text, "utf-8")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_mark(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), "gbk")[0] == TEXT


def test_rare_characters_of_gb18030() -> None:
    text = "䶮政府信息公开𠮷"
    assert decode(text.encode("gb18030"), "gb2312") == (text, "gb18030")


def test_body_cut_inside_a_character_stays_utf8() -> None:
    text, encoding = decode(TEXT.encode()[:-6])
    assert encoding == "utf-8"
    assert text.startswith("<p>2023年县科技局")


def test_one_bad_byte_does_not_turn_utf8_into_gbk() -> None:
    data = TEXT.encode()
    text, encoding = decode(data[:30] + b"\xff" + data[30:], "gbk")
    assert encoding == "utf-8"
    assert 1 <= text.count("\ufffd") <= 3


@given(st.binary(max_size=200), st.sampled_from([None, "gbk", "utf-16", "idna", "punycode", "rot13", ""]))
def test_never_raises(data: bytes, declared: str | None) -> None:
    text, encoding = decode(data, declared)
    assert isinstance(text, str)
    assert encoding


SEQUENCES = [bytes((lead, trail)) for lead in range(0x81, 0xFF) for trail in range(0x30, 0x100)]
BY_CHROMIUM_WRONG = {bytes.fromhex(code) for code in ("8862", "8864", "88a3", "88a5")}
"""Letters with two accents: this Chromium hands out half of them; the standard and Python agree."""


@pytest.mark.browser
@pytest.mark.parametrize(("label", "name"), [("gb18030", "gb18030"), ("gbk", "gb18030"), ("big5", "big5hkscs")])
def test_every_two_bytes_are_read_as_chromium_reads_them(browser: Any, label: str, name: str) -> None:
    page = browser.new_page()
    script = """([label, pairs]) => pairs.map(pair => new TextDecoder(label).decode(new Uint8Array(pair)))"""
    found = page.evaluate(script, [label, [list(pair) for pair in [*SEQUENCES, b"\x80", b"\xff"]]])
    page.close()
    ours = [_decoded(pair, name) for pair in [*SEQUENCES, b"\x80", b"\xff"]]
    unlike = {
        pair.hex(): (one, other)
        for pair, one, other in zip([*SEQUENCES, b"\x80", b"\xff"], ours, found, strict=True)
        if one != other and not (name == "big5hkscs" and pair in BY_CHROMIUM_WRONG)
    }
    assert unlike == {}


def test_a_wide_blank_beside_digits_is_blank() -> None:
    page = TEXT.encode("gbk").replace(b"0", b"\xa3\xa017\xa3\xa0")
    assert "的申请\u300017\u3000件" in decode(page)[0]


def test_the_euro_sign_of_windows_is_read() -> None:
    assert "€" in decode(TEXT.encode("gbk") + b"\x80")[0]
