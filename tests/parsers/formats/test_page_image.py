"""Pages as pictures for the site."""

from __future__ import annotations

import io
from random import Random

import pytest
from PIL import Image

from parsers.content import Unreadable
from parsers.formats.page_image import render_page
from tests.drawn_pdf import pdf_of, table
from tests.factory import ofd
from tests.factory.story import story
from tests.factory.truth import random_truth


def _picture(png: bytes) -> Image.Image:
    with Image.open(io.BytesIO(png)) as image:
        image.load()
        return image.copy()


def _documents() -> list[tuple[bytes, str]]:
    random = Random(5)
    drawn = pdf_of(lambda canvas: table(canvas))
    page = io.BytesIO()
    _picture(render_page(drawn, "application/pdf", 1, 2.0, grey=False)).save(page, "PNG", dpi=(144, 144))
    written = ofd.render(story(random_truth(random), random), random)
    return [(drawn, "application/pdf"), (page.getvalue(), "image/png"), (written, "application/ofd")]


def test_pages_have_their_size_and_ink() -> None:
    for data, media_type in _documents():
        picture = _picture(render_page(data, media_type, 1, 1.5))
        assert picture.mode == "P"
        assert (
            len(set(picture.get_flattened_data() if hasattr(picture, "get_flattened_data") else picture.getdata()))
            <= 16
        )
        assert abs(picture.width - 1.5 * 595) < 3
        low, high = picture.convert("L").getextrema()
        assert low < 40
        assert high > 250


def test_a_clip_is_that_part_of_the_page() -> None:
    for data, media_type in _documents():
        picture = _picture(render_page(data, media_type, 1, 2.0, clip=(50, 90, 250, 190)))
        assert picture.size == (400, 200)


def test_a_clip_shows_the_same_as_the_page() -> None:
    data = pdf_of(lambda canvas: table(canvas))
    whole = _picture(render_page(data, "application/pdf", 1, 2.0)).convert("L").crop((100, 180, 500, 380))
    part = _picture(render_page(data, "application/pdf", 1, 2.0, clip=(50, 90, 250, 190))).convert("L")
    assert whole.tobytes() == part.tobytes()


@pytest.mark.parametrize("page", [0, 2, -1])
def test_pages_that_do_not_exist(page: int) -> None:
    for data, media_type in _documents():
        if media_type == "application/ofd" and page == 2:
            continue
        with pytest.raises(Unreadable):
            render_page(data, media_type, page, 1.0)


def test_absurd_scales_are_bounded() -> None:
    for data, media_type in _documents():
        picture = _picture(render_page(data, media_type, 1, 500.0))
        assert picture.width * picture.height < 13_000_000


def test_other_formats_have_no_pages() -> None:
    with pytest.raises(Unreadable, match="no pages"):
        render_page(b"<html>", "text/html", 1, 1.0)
