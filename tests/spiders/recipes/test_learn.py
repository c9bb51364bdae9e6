"""A list seen once in a browser is asked for plainly from then on, whatever its interface is like."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from spiders.families.generic import Generic
from spiders.pages.fetch import Fetch
from spiders.pages.page import Page
from spiders.portal import Recipe
from spiders.recipes.learn import NotLearned, learn
from spiders.recipes.reading import declared, entries, following, request
from spiders.rendering.answers import Answers
from spiders.rendering.chromium import Browsers, missing
from spiders.rendering.renderer import Renderer
from spiders.rendering.sights import Rendering
from tests.portals.list_interfaces import INTERFACES, Interface, ListOf, jsonp, of_query, usual
from tests.portals.pagers import HOST, TITLES

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(missing() is not None, reason="needs Playwright and a Chromium (apt install chromium)"),
]
ARTICLE = Generic.article


@pytest.fixture
async def browsers() -> AsyncIterator[Browsers]:
    running = Browsers()
    yield running
    await running.close()


async def shown(browsers: Browsers, portal: ListOf, pages: int = 9) -> Rendering:
    page = await portal.ask(Fetch(f"{HOST}/"))
    assert page is not None
    eyes = Renderer(browsers, "test", portal.ask, lambda url: url.startswith(HOST), lambda at, url: None, Answers())
    return await eyes.show(page, pages)


async def replayed(portal: ListOf, recipe: Recipe) -> list[Page]:
    """All pages by the recipe alone."""
    pages, fetch = [], request(recipe, 1)
    while fetch is not None:
        page = await portal.ask(fetch)
        assert page is not None
        pages.append(page)
        fetch = following(recipe, page, ARTICLE)
    return pages


async def test_every_interface(browsers: Browsers) -> None:
    portals = {name: ListOf(interface) for name, interface in INTERFACES.items()} | {"jsonp": jsonp()}
    for name, portal in portals.items():
        rendering = await shown(browsers, portal)
        assert len(rendering.pages) == 3, name
        recipe = learn(rendering, ARTICLE)
        seen = [item for page in rendering.pages for item in page.links]
        pages = await replayed(portal, recipe)
        items = [item for page in pages for item in entries(recipe, page, ARTICLE)]
        assert [item.title for item in items] == TITLES, (name, recipe)
        assert [item.url for item in items] == [link.url for link in seen if link.title in TITLES], (name, recipe)
        assert [item.date for item in items] == [f"2023-01-{20 + n % 9:02d}" for n in range(12)], (name, recipe)
        assert declared(recipe, pages[0]).items == 12, (name, recipe)
        assert len(pages) == 3, name


async def test_a_token_stays_with_the_browser(browsers: Browsers) -> None:
    ask = "fetch('/api?page=' + n + '&sign=' + btoa('k' + n*n + 'x'))"
    rendering = await shown(browsers, ListOf(Interface(ask, of_query("page"), usual)))
    with pytest.raises(NotLearned, match="more than numbers"):
        learn(rendering, ARTICLE)
