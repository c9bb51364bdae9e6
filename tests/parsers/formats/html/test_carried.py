"""parsers.formats.html.carried: a page whose report is a file in one of its scripts."""

from __future__ import annotations

import base64

import pytest

from parsers.extract import extract
from parsers.formats import recognise
from tests.drawn_pdf import pdf_of

HEAD = "<!DOCTYPE html><meta charset=utf-8><title>2023年年报</title><body><h1>青石县2023年政府信息公开工作年度报告</h1>"


def page(coded: str, behind: str = "") -> bytes:
    return f'{HEAD}<div id="box"></div><script>var pdfData = "{coded}";show(pdfData)</script>{behind}'.encode()


def coded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def test_the_file_is_a_member_of_the_page() -> None:
    found = extract(page(coded(pdf_of(lambda canvas: canvas.drawString(50, 50, "x" * 400)))))
    assert [(one.member, one.media_type) for one in found.members] == [("file[1]", "application/pdf")]


@pytest.mark.parametrize("text", ["JVBERi0" + "A" * 2_000, "UEsDB" + "A" * 2_001])
def test_a_file_that_cannot_be_read_is_no_empty_page(text: str) -> None:
    found = extract(page(text))
    assert found.rejected is None
    assert found.error is not None
    assert found.error.kind == "corrupt"


def test_a_page_with_a_table_and_one_with_a_small_string_are_pages() -> None:
    for data in (page("JVBERi0" + "A" * 2_000, "<table><tr><td>1</td></tr></table>"), page("JVBERi0AAAA")):
        form = recognise(data)
        assert form is not None
        assert form.name == "html"
