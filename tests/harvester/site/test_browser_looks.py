"""What only the eye sees, held for every page: on paper nothing is cut off and no sheet is nearly empty; on a phone
tables stay tables and no cell hides a part of what it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.site_browser import browser, running

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.flaky(reruns=1)]
__all__ = ["browser"]

PRINTED = ("/", "/coverage", "/divisions/990000", "/agencies/1", "/reports/223", "/en/reports/223", "/compare?a=1,2,6",
           "/findings", "/downloads", "/method", "/indicators/disclosure_rate")  # fmt: skip
LEAST = 0.04
"""Part of its height that every sheet must fill: two lines or three."""
PAPER_WHITE = 250
"""Of 255: lighter is paper."""
MILLIMETRE = 96 / 25.4
PAPER = round((210 - 2 * 12) * MILLIMETRE)
"""CSS pixels between the margins of A4."""

CUT = """() => [...document.querySelectorAll('td, th')].filter(cell => {
  const box = cell.getBoundingClientRect();
  return [...cell.querySelectorAll('ins, a, small, b')].some(part => {
    const inner = part.getBoundingClientRect();
    return inner.width && (inner.right > box.right + 1 || part.scrollWidth > part.clientWidth + 1 && part.clientWidth);
  });
}).map(cell => cell.innerText.slice(0, 60))"""
WIDER = """paper => [...document.querySelectorAll('main table')]
  .filter(table => table.getBoundingClientRect().right > paper + 2)
  .map(table => table.className + ' ' + table.innerText.slice(0, 60))"""


@pytest.fixture(scope="module")
def origin(archive: Path) -> Iterator[str]:
    yield from running(archive)


@pytest.mark.parametrize("path", PRINTED)
def test_paper_holds_all_and_wastes_none(browser: Any, origin: str, path: str) -> None:
    page = browser.new_page(viewport={"width": PAPER, "height": 1000})
    page.goto(origin + path)
    page.emulate_media(media="print")
    assert page.evaluate(WIDER, PAPER) == []
    with pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True)) as printed:
        assert all(filled(sheet) >= LEAST for sheet in printed), [filled(sheet) for sheet in printed]
        assert "CC BY 4.0" in printed[0].get_textpage().get_text_bounded()
    page.close()


def filled(sheet: Any) -> float:
    """Part of a sheet's height between the first and the last ink on it."""
    drawn = sheet.render(scale=0.5, grayscale=True).to_pil()
    ink = drawn.point(lambda light: 0 if light > PAPER_WHITE else 255).getbbox()
    return (ink[3] - ink[1]) / drawn.height if ink else 0.0


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("width", [1280, 390])
def test_no_cell_hides_a_part_of_what_it_says(browser: Any, origin: str, width: int, language: str) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    for path in ("/reports/223", "/divisions/990101", "/agencies/1", "/compare?a=1,2,6"):
        page.goto(origin + language + path)
        assert page.evaluate(CUT) == [], path
    page.close()


def test_no_english_page_is_wider_than_a_phone(browser: Any, origin: str) -> None:
    """English words are longer: test_browser.py looks at the Chinese pages."""
    page = browser.new_page(viewport={"width": 390, "height": 900})
    wider = []
    for path in (
        *PRINTED,
        "/indicators",
        "/dictionary",
        "/api",
        "/about",
        "/corrections",
        "/agencies",
        "/search?q=复议",
    ):
        page.goto(f"{origin}/en{path.removeprefix('/en')}")
        if page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") > 0:
            wider.append(path)
    assert wider == []
    page.close()


def test_a_value_on_a_phone_is_the_value_alone(browser: Any, origin: str) -> None:
    """Datasette writes the column's name before it: `select 1` read 11."""
    page = browser.new_page(viewport={"width": 390, "height": 900})
    for path in ("/archive?sql=select+1", "/archive/reports", "/archive/reports/223"):
        page.goto(origin + path)
        said = page.evaluate(
            "[...document.querySelectorAll('td')].map(cell => getComputedStyle(cell, '::before').content)"
        )
        assert said
        assert set(said) == {"none"}
    page.close()
