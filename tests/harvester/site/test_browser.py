"""The site in a real browser: the acts a reader does, axe, and no sideways scroll at 1280 and 390 px."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.site_browser import browser, running

# A browser on a busy machine may be late once; twice is a fault.
pytestmark = [pytest.mark.browser, pytest.mark.flaky(reruns=1)]
__all__ = ["browser"]

WIDTHS = (1280, 390)
PAGES = {
    "home": "/",
    "home-en": "/en/",
    "coverage": "/coverage",
    "division": "/divisions/990101",
    "agencies": "/agencies",
    "agency": "/agencies/1",
    "report": "/reports/223",
    "report-html": "/reports/322?cell=requests.granted.total",
    "report-word": "/reports/523?cell=requests.granted.total",
    "report-en": "/en/reports/223",
    "compare": "/compare?a=1,2,6",
    "findings": "/findings",
    "indicators": "/indicators",
    "indicator": "/indicators/disclosure_rate",
    "search": "/search?q=复议",
    "dictionary": "/dictionary",
    "downloads": "/downloads",
    "method": "/method",
    "about": "/about",
    "api": "/api",
    "corrections": "/corrections",
    "not-found": "/nothing",
    "bad-query": "/archive?sql=selec",
    "entries": "/coverage?status=missing&kind=all",
    "entries-blocked": "/en/coverage?status=blocked&kind=all",
    "stock-tables": "/archive",
    "stock-table": "/archive/reports?year=2023",
    "stock-query": "/archive?sql=select+year,+count(*)+from+reports+group+by+1",
}


@pytest.fixture(scope="module")
def origin(archive: Path) -> Iterator[str]:
    yield from running(archive)


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    # The outline glides to its place; measured at once it would be on its way.
    size = {"width": 1280, "height": 900}
    context = browser.new_context(viewport=size, accept_downloads=True, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.slow
def test_a_reader_searches_opens_a_report_and_sees_a_number_on_the_original(page: Any, origin: str) -> None:
    page.goto(origin + "/")
    page.fill("input[name=q]", "复议")
    page.click("form.q button")
    assert page.locator("mark").first.inner_text() == "复议"
    page.goto(origin + "/reports/223")
    page.click("[id='requests.granted.total']")
    page.locator("#doc img").evaluate("image => image.decode()")
    # The outline glides to its place.
    page.locator(".hl").evaluate("outline => Promise.all(outline.getAnimations().map(one => one.finished))")
    box = page.locator(".hl").bounding_box()
    image = page.locator("#doc img").bounding_box()
    left, top, right, bottom = (
        float(v) for v in page.get_attribute("[id='requests.granted.total']", "data-b").split(",")
    )
    assert (box["x"] - image["x"]) / image["width"] == pytest.approx(left / 595.28, abs=0.01)
    assert (box["y"] - image["y"]) / image["height"] == pytest.approx(top / 841.89, abs=0.01)
    assert box["width"] / image["width"] == pytest.approx((right - left) / 595.28, abs=0.02)
    assert box["height"] / image["height"] == pytest.approx((bottom - top) / 841.89, abs=0.02)
    assert parse_qs(urlsplit(page.url).query)["cell"] == ["requests.granted.total"]
    page.keyboard.press("ArrowDown")
    assert page.locator("td.sel a").get_attribute("id") == "requests.partially_granted.total"


def test_a_reader_follows_a_failed_check(page: Any, origin: str) -> None:
    page.goto(origin + "/findings?code=T4-SUM")
    page.click("ul.finds a >> nth=0")
    assert page.locator("td.sel ins").inner_text() == "推算 11"
    assert "≠" in page.locator("ul.chk li.f").first.inner_text()
    page.click("ul.chk li.f a")
    assert page.locator("[data-say]").inner_text() == "0"
    page.locator(".hl").wait_for(state="visible", timeout=10_000)


def test_the_archived_web_page_outlines_the_cell_and_runs_nothing(page: Any, origin: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(origin + "/reports/322")
    page.click("[id='requests.requests_received.natural_person']")
    frame = page.frame_locator("iframe.src")
    printed = page.locator("[id='requests.requests_received.natural_person']").inner_text()
    assert frame.locator("#cell").inner_text() == printed
    assert page.title() != "hacked"
    assert [url for url in asked if not url.startswith(origin)] == []


def test_a_reader_compares_two_agencies(page: Any, origin: str) -> None:
    page.goto(origin + "/compare")
    page.fill("#cq", "青石")
    page.click("form.filters button")
    page.click("text=青石市人民政府 >> nth=0")
    page.fill("#cq", "云溪")
    page.click("form.filters button")
    page.click("text=云溪区人民政府 >> nth=0")
    assert page.locator("[aria-label='比较表'] tbody tr").count() == 2
    assert page.locator("svg.chart").count() == 2


def test_a_reader_downloads_a_csv_and_opens_it(page: Any, origin: str) -> None:
    page.goto(origin + "/downloads")
    page.select_option("#by", "2023")
    with page.expect_download() as waiting:
        page.click("#builder button >> nth=0")
    data = Path(waiting.value.path()).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert len(rows) == 6
    assert {row["year"] for row in rows} == {"2023"}
    assert "青石县人民政府" in {row["agency_name"] for row in rows}


def test_the_sheet_on_a_phone(browser: Any, origin: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(origin + "/reports/223")
    page.locator("[id='review_litigation.review.total']").tap()
    sheet = page.locator("#doc.sheet").bounding_box()
    assert sheet["y"] + sheet["height"] == pytest.approx(844, abs=2)
    page.locator(".hl").wait_for(state="visible", timeout=10_000)
    page.locator("[data-close]").tap()
    assert page.locator("#doc.sheet").count() == 0
    context.close()


def test_everything_works_without_script(browser: Any, origin: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(origin + "/reports/223")
    page.click("[id='requests.granted.total']")
    assert parse_qs(urlsplit(page.url).query)["cell"] == ["requests.granted.total"]
    assert page.locator("td.sel a").get_attribute("id") == "requests.granted.total"
    page.locator(".hl").wait_for(state="visible", timeout=10_000)
    context.close()


@pytest.fixture(scope="module")
def axe() -> str:
    """The source of axe-core."""
    pytest.importorskip("axe_playwright_python")
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_every_page_fits_runs_without_error_and_passes_axe(
    browser: Any, origin: str, axe: str, name: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(origin + PAGES[name], wait_until="networkidle")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert [error for error in errors if "404" not in error and "400" not in error] == []
    _keep(page, name, width)
    page.evaluate(axe)
    violations = page.evaluate("rules => axe.run(document, rules)", {"iframes": False})["violations"]
    assert [f"{v['id']}: {v['nodes'][0]['html'][:160]} ({len(v['nodes'])})" for v in violations] == []
    context.close()


def _keep(page: Any, name: str, width: int) -> None:
    """With SCREENSHOTS=folder every page is kept as a picture for people to look at."""
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
