"""What we take for hidden, Chromium hides: the picture of a page stays the same whatever the hidden digit is."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image, ImageChops

from tests.parsers.formats.html.style.cells import page
from tests.parsers.formats.html.style.test_seen import HIDDEN, SHOWN
from tests.site_browser import browser as browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SPECK = 24
"""Of 256 shades of grey: what a letter of one pixel or of the ground's own colour may leave at its edges."""


@pytest.fixture(scope="module")
def look(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 400, "height": 200})
    opened = context.new_page()

    def picture(data: bytes) -> Image.Image:
        opened.set_content(data.decode(), wait_until="load")
        return Image.open(io.BytesIO(opened.screenshot())).convert("L")

    yield picture
    context.close()


@pytest.mark.parametrize("style", HIDDEN)
def test_hidden_text_leaves_the_picture_as_it_is(look: Any, style: str) -> None:
    inner = HIDDEN[style]
    one, other = (look(page(text, f".q{{{style}}}")) for text in (inner, inner.replace("7", "0")))
    assert ImageChops.difference(one, other).getextrema()[1] <= SPECK


@pytest.mark.parametrize("style", SHOWN)
def test_text_that_is_seen_is_in_the_picture(look: Any, style: str) -> None:
    one, other = (look(page(f"<span class=q>{number}</span>", f".q{{{style}}}")) for number in (731, 138))
    assert ImageChops.difference(one, other).getextrema()[1] > 4 * SPECK
