"""Evidence in a real browser: pages of mixed sizes, Back, two cells, the keyboard, the first tap on a phone."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.site_browser import browser, running

# A browser on a busy machine may be late once; twice is a fault.
pytestmark = [pytest.mark.browser, pytest.mark.flaky(reruns=1)]
__all__ = ["browser"]

REPORT = "/reports/223"
FIRST, OTHER = "requests.granted.total", "review_litigation.review.total"
SIZES = {1: (595.0, 842.0), 2: (842.0, 595.0), 3: (420.0, 595.0)}
"""Points: portrait, landscape, small."""


@pytest.fixture(scope="module")
def mixed(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive with report 223 on pages of three sizes, a cell on each."""
    folder = tmp_path_factory.mktemp("mixed-sizes")
    shutil.copytree(archive, folder, dirs_exist_ok=True, symlinks=True)
    with closing(sqlite3.connect((folder / "site" / "archive.db").resolve())) as db:
        (edition, sha) = db.execute("select id, sha256 from editions where report_id = 223 and is_current").fetchone()
        db.execute("delete from document_pages where sha256 = ?", (sha,))
        for page, (width, height) in SIZES.items():
            db.execute("insert into document_pages values (?, ?, ?, ?)", (sha, page, width, height))
            row = ("requests_received", "granted", "partially_granted")[page - 1]
            db.execute(
                "update cells set page = ?, x0 = 100, top = 200, x1 = 140, bottom = 220 where edition_id = ?"
                " and row_id = ?",
                (page, edition, row),
            )
        db.commit()
    return folder


@pytest.fixture(scope="module")
def origin(mixed: Path) -> Iterator[str]:
    yield from running(mixed)


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def outline(page: Any) -> tuple[float, float, float, float]:
    """Left, top, width, height of the outline in percent of the page."""
    style = page.locator(".hl").evaluate("one => [one.style.left, one.style.top, one.style.width, one.style.height]")
    left, top, width, height = (float(text.removesuffix("%")) for text in style)
    return left, top, width, height


@pytest.mark.slow
def test_the_outline_is_drawn_by_the_size_of_its_own_page(page: Any, origin: str) -> None:
    for scripted in (True, False):
        for number, row in enumerate(("requests_received", "granted", "partially_granted"), 1):
            cell = f"requests.{row}.total"
            if scripted:
                page.goto(origin + REPORT)
                page.click(f"[id='{cell}']")
            else:
                page.goto(f"{origin}{REPORT}?cell={cell}")
            width, height = SIZES[number]
            wanted = (100 / width * 100, 200 / height * 100, 40 / width * 100, 20 / height * 100)
            assert outline(page) == pytest.approx(wanted, abs=0.02), (number, scripted)
            assert page.locator("[data-pg]").inner_text() == str(number)


def test_back_leads_to_the_page_before_the_report(page: Any, origin: str) -> None:
    page.goto(origin + "/agencies/3")
    page.goto(origin + "/reports/322")
    for row in ("granted", "partially_granted", "requests_received"):
        page.click(f"[id='requests.{row}.natural_person']")
        page.frame_locator("iframe.src").locator("#cell").wait_for(timeout=10_000)
    page.go_back()
    assert urlsplit(page.url).path == "/agencies/3"


def test_two_cells_after_each_other_and_their_citation(page: Any, origin: str) -> None:
    page.goto(origin + "/reports/222")
    page.click(f"[id='{FIRST}']")
    first = outline(page)
    page.click(f"[id='{OTHER}']")
    assert outline(page) != first
    assert page.locator("td.sel a").get_attribute("id") == OTHER
    page.locator("[data-cite]", has_text="行政复议").first.wait_for(timeout=10_000)
    page.wait_for_function(f"document.querySelector('[data-cite] a').href.includes('{OTHER}')")
    page.reload()
    assert parse_qs(urlsplit(page.url).query)["cell"] == [OTHER]
    assert page.locator("td.sel a").get_attribute("id") == OTHER


def test_the_keyboard_walks_over_headings_and_leaves_a_table_with_one_tab(page: Any, origin: str) -> None:
    page.goto(origin + "/reports/222")
    page.focus("[id='proactive_disclosure.normative_documents.issued']")
    for wanted in ("licences.decisions", "penalties.decisions", "coercive_measures.decisions"):
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.id") == f"proactive_disclosure.{wanted}"
        assert page.locator("td.sel a").get_attribute("id") == f"proactive_disclosure.{wanted}"
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "proactive_disclosure.penalties.decisions"
    stops = page.evaluate(
        "[...document.querySelectorAll('.form')].map(t => t.querySelectorAll('td a[tabindex=\"0\"]').length)"
    )
    assert set(stops) == {1}


@pytest.mark.parametrize("cell", [FIRST, OTHER, "proactive_disclosure.rules.issued"])
def test_the_first_tap_on_a_phone_shows_the_number_with_its_row(browser: Any, origin: str, cell: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(origin + "/reports/222")
    page.locator(f"[id='{cell}']").tap()
    page.locator(".hl").wait_for(state="visible", timeout=10_000)
    sheet, number = page.locator("#doc.sheet").bounding_box(), page.locator(f"[id='{cell}']").bounding_box()
    assert number["y"] >= 0
    assert number["y"] + number["height"] <= sheet["y"]
    view, box = page.locator(".view").bounding_box(), page.locator(".hl").bounding_box()
    assert view["y"] <= box["y"] + box["height"] / 2 <= view["y"] + view["height"]
    context.close()


@pytest.mark.slow
def test_the_menu_fits_a_phone_in_both_languages(browser: Any, origin: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    for path in ("/", "/en/"):
        page.goto(origin + path)
        for link in page.locator("nav.main a").all():
            box = link.bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 390
    context.close()
