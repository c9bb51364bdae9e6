"""Hostile and odd documents from the portal to the reader's browser: nothing runs, nothing leaves, every cell shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harvester.sample.server import Answer, Server, SimulatedSite
from harvester.site.drawing.safe_html import HEADERS
from tests.portals.simulator import serving
from tests.running import harvester, rows
from tests.site_browser import browser, running
from tests.site_hostile import BODIES, FORMATS, HEADS, YEARS, portal

pytestmark = [pytest.mark.browser, pytest.mark.flaky(reruns=1)]
__all__ = ["browser"]


@pytest.fixture(scope="module")
def outside() -> Iterator[Server]:
    """A host of somebody else's that remembers who asked it."""
    with Server(SimulatedSite(missing=Answer(b"canary", headers=(("Access-Control-Allow-Origin", "*"),)))) as server:
        yield server


@pytest.fixture(scope="module")
def canary(outside: Server) -> SimulatedSite:
    return outside.site


@pytest.fixture(scope="module")
def address(outside: Server) -> str:
    return outside.url.rstrip("/")


@pytest.fixture(scope="module")
def data(address: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the real command makes of the portal."""
    folder = tmp_path_factory.mktemp("hostile")
    made = portal(address)
    with serving(made) as server:
        registry = folder / "portals.toml"
        registry.write_text(made.registry(server), "utf-8")
        done = harvester("run", "--portals", registry, "--data", folder / "data")
    assert done.returncode == 0, done.stderr[-2000:]
    return folder / "data"


@pytest.fixture(scope="module")
def origin(data: Path) -> Iterator[str]:
    yield from running(data)


def test_the_canary_hears_an_unguarded_page(browser: Any, canary: SimulatedSite, address: str) -> None:
    """What the other tests rely on: the same markup, shown without the site, does ask outside."""
    page = browser.new_page()
    page.set_content("".join([*HEADS.values(), *BODIES.values()]).replace("CANARY", address), wait_until="load")
    page.wait_for_timeout(300)
    page.close()
    assert len({asked.path for asked in canary.log}) > 8


@pytest.mark.slow
def test_every_report_was_read(data: Path) -> None:
    assert rows(data, "SELECT count(*) FROM reports") == [(2 * len(YEARS),)]


def visited(data: Path) -> Iterator[str]:
    """Every page that shows something of the documents."""
    yield from (
        "/",
        "/agencies/1",
        "/search?q=财政局",
        "/search?q=onerror",
        "/findings",
        "/coverage",
        "/en",
        "/archive/reports",
    )
    for report, sha in rows(data, "SELECT report_id, sha256 FROM editions"):
        yield f"/reports/{report}?cell=requests.granted.total"
        yield f"/documents/{sha}"
        yield f"/documents/{sha}/html"


def test_nothing_runs_and_nothing_leaves(browser: Any, origin: str, data: Path, canary: SimulatedSite) -> None:
    canary.log.clear()
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    asked, dialogs = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for path in visited(data):
        page.goto(origin + path, wait_until="load")
        for frame in page.frames:
            assert frame.evaluate("typeof hacked") == "undefined", path
        assert page.title() != "hacked"
        assert page.url.startswith(origin), path
        assert not page.locator("main img[onerror], main script").count()
    context.close()
    assert [url for url in asked if not url.startswith(origin)] == []
    assert dialogs == []
    assert [one.path for one in canary.log] == []


def test_no_link_of_an_archived_page_leads_anywhere(browser: Any, origin: str, data: Path) -> None:
    page = browser.new_page()
    for (sha,) in rows(data, "SELECT sha256 FROM editions WHERE format = 'html'"):
        answer = page.goto(f"{origin}/documents/{sha}/html")
        assert answer.headers["content-security-policy"] == HEADERS["content-security-policy"]
        assert page.locator("[href], [src], [action], [ping], [srcset], [style*=url], [style*=position]").count() == 0
    page.close()


@pytest.mark.slow
@pytest.mark.parametrize("extension", FORMATS)
def test_a_number_is_shown_where_it_stands_in_every_format(
    browser: Any, origin: str, data: Path, extension: str
) -> None:
    (found,) = rows(data, f"SELECT report_id, sha256 FROM editions WHERE url LIKE '%.{extension}'")
    page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page.goto(f"{origin}/reports/{found[0]}")
    for name in ("granted.total", "requests_received.natural_person", "disposed_total.total"):
        cell = page.locator(f"[id='requests.{name}']")
        cell.click()
        if cell.get_attribute("data-b"):
            page.locator("#doc img").evaluate("image => image.decode()")
            assert "display: none" not in (page.locator(".hl").get_attribute("style") or "")
            box, image = page.locator(".hl").bounding_box(), page.locator("#doc img").bounding_box()
            for at, size in (("x", "width"), ("y", "height")):
                assert image[at] <= box[at] < box[at] + box[size] <= image[at] + image[size]
        else:
            frame = page.frame_locator("iframe.src")
            frame.locator("#cell").wait_for(timeout=10_000)
            # A cell of a plain text is known by its line: the whole line is outlined.
            assert cell.inner_text() in frame.locator(".hl-cell").all_inner_texts()
    page.close()
