"""Pages that are nothing but pictures in their own source."""

from __future__ import annotations

import base64

import pytest

from parsers.content import Page, Paragraph, Place, Unreadable
from parsers.formats.html import html
from parsers.formats.pictures import image
from parsers.formats.pictures.loose_tables import SeenPage
from parsers.formats.pictures.pasted import SMALLEST_BYTES

LARGE, SMALL = b"\xff\xd8\xff" + b"0" * SMALLEST_BYTES, b"\xff\xd8\xff"


@pytest.fixture(autouse=True)
def _recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    """Recognition that says how many bytes it was given."""

    def seen_pages(data: bytes) -> tuple[list[Page], list[SeenPage]]:
        if data.startswith(b"?"):
            raise Unreadable("corrupt", "the picture cannot be decoded")
        seen = Paragraph(f"{len(data)}。", Place(1, (0.0, 0.0, 9.0, 9.0)))
        return [Page(1, 100.0, 100.0)], [SeenPage(1, (seen,))]

    monkeypatch.setattr(image, "seen_pages", seen_pages)


def picture(data: bytes, attributes: str = "") -> str:
    return f'<img src="data:image/jpeg;base64,{base64.b64encode(data).decode()}" {attributes}>'


def page(*pictures: str) -> bytes:
    return f"<html><body><h1>清源县农业农村局2024年年度报告</h1><p>{''.join(pictures)}</p></body></html>".encode()


def test_large_pictures_are_pages_in_their_order() -> None:
    content = html.read(page(picture(LARGE), picture(SMALL), picture(LARGE + b"0"), picture(LARGE, "hidden")))
    title, *seen = content.blocks
    assert [block.text for block in seen if isinstance(block, Paragraph)] == [f"{len(LARGE)}。", f"{len(LARGE) + 1}。"]
    assert [block.place.page for block in seen] == [1, 2]
    assert content.method == "html+ocr"
    assert html.finder(page(picture(LARGE)))(seen[0].place) is None
    assert html.finder(page(picture(LARGE)))(title.place) == "清源县农业农村局2024年年度报告"


def test_a_table_of_the_page_itself_is_enough() -> None:
    rows = "<tr>" + "<td>1</td>" * 10 + "</tr>"
    assert html.read(page(picture(LARGE), f"<table>{rows * 4}</table>")).method == "html"


def test_a_picture_that_cannot_be_read_is_told() -> None:
    assert "picture[1]: corrupt: the picture cannot be decoded" in html.read(page(picture(b"?" * len(LARGE)))).unread
