"""Every rule of the crawl takes time in proportion to the page: measured, on shapes made against such rules.

The time of ten times the page is compared, at 5 and 50 KB for every shape, at 100 KB and 1 MB for the worst, in CPU
seconds of one process. A straight line gives ten, the square a hundred. What takes next to nothing is not
compared.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest

from spiders.families import fingerprint
from spiders.families.family import NAMES, Family, family
from spiders.pages import (
    article_pages,
    attachments,
    challenges,
    controls,
    embedded,
    headings,
    list_end,
    listing,
    nodes,
    own_name,
    pager,
    query,
    redirect_pages,
    search_form,
    selectors,
    shown,
    site_map,
    soft_errors,
)
from spiders.pages.fetch import Fetch
from spiders.pages.page import Page
from tests.hostile_shapes import SHAPES

URL = "http://www.a.example/col/list.html"
ARTICLE = re.compile(r"/art/|\.html$")
STEEPEST = 35.0
"""Times as long for ten times the page. Ten is a straight line; a loaded machine and caches blur it."""
NOTHING = 0.15
"""CPU seconds below which a time says nothing."""
LONGEST = 8.0
"""CPU seconds of one rule on a million bytes."""
WORST = (
    "comments that never end",
    "tags that never end",
    "anchors never closed",
    "boxes in boxes",
    "one long address",
    "attributes",
    "options",
    "the word that begins a total",
    "digits",
    "open lists of data",
    "texts that double",
    "anchors",
)
QUESTIONS = ("list_requests", "entries", "declared_totals", "next_page", "columns", "attachments", "is_article")

Step = Callable[[Page], object]
STEPS: dict[str, Step] = {
    "challenges": lambda page: challenges.recognise(200, {}, page.body),
    "text": lambda page: page.text,
    "parsed": lambda page: page._sent,
    "scripts": lambda page: page.program.effects,
    "tree": lambda page: page.tree,
    "title": lambda page: page.title,
    "json": lambda page: page.json,
    "bound": lambda page: page.ground.bound,
    "links": lambda page: page.links,
    "soft errors": lambda page: soft_errors.recognise(page.text),
    "placeholder": lambda page: soft_errors.placeholder(page.text),
    "totals": pager.declared_totals,
    "controls": controls.controls,
    "next page": pager.next_page,
    "entries": lambda page: listing.entries(page, ARTICLE),
    "columns": lambda page: listing.columns(page, ARTICLE),
    "a report": listing.is_report_page,
    "attachments": attachments.find,
    "pages on the way": attachments.pages_on_the_way,
    "unread signs": attachments.unread_signs,
    "files in frames": lambda page: list(embedded.files_in_frames(page)),
    "files in scripts": lambda page: list(embedded.files_in_scripts(page)),
    "headings": lambda page: list(headings.sections(page)),
    "nodes": nodes.offered,
    "requests of scripts": nodes.requests_of_scripts,
    "own names": lambda page: list(own_name.own_names(page)),
    "query": query.queried,
    "hop": redirect_pages.hop,
    "frames": redirect_pages.all_frames,
    "searches": search_form.searches,
    "choices": lambda page: list(selectors.choices(page)),
    "requests at load": shown.requests_at_load,
    "items": shown.items,
    "site map": site_map.listed_pages,
    "parts": article_pages.parts,
    "published": article_pages.published,
    "signs of more": lambda page: list_end.signs_of_more(page, None, next_was_live=False),
    "families": lambda page: fingerprint.families(page.text, page.url),
    "shell": lambda page: fingerprint.is_shell(page.text),
}


def asked(question: str, of: Family) -> Step:
    return lambda page: getattr(of, question)(page)


for name in NAMES:
    if name != "auto":
        for question in QUESTIONS:
            if getattr(type(family(name)), question) is not getattr(Family, question):
                STEPS[f"{name}: {question}"] = asked(question, family(name))


def seconds(shape: str, size: int) -> dict[str, float]:
    """CPU seconds of each step on one page, in the order of `STEPS`: what a step has made, the next finds made."""
    page = Page(Fetch(URL), URL, 200, "text/html", SHAPES[shape](size).encode())
    taken = {}
    for step, judge in STEPS.items():
        began = time.process_time()
        judge(page)
        taken[step] = time.process_time() - began
    return taken


def steep(shape: str, size: int, floor: float) -> dict[str, tuple[float, float]]:
    """Steps that took far more than ten times as long for ten times the page, whose time is above `floor`."""
    few, many = seconds(shape, size), seconds(shape, 10 * size)
    least = floor / STEEPEST
    return {
        step: (few[step], many[step])
        for step in STEPS
        if many[step] > LONGEST or (many[step] > floor and many[step] > STEEPEST * max(few[step], least))
    }


def always_steep(shape: str, size: int, floor: float) -> set[str]:
    """Measured again where the first time says so: the machine has other work."""
    found = set(steep(shape, size, floor))
    return found & set(steep(shape, size, floor)) if found else found


@pytest.mark.parametrize("shape", SHAPES)
def test_no_rule_takes_the_square_of_a_page(shape: str) -> None:
    assert always_steep(shape, 5_000, NOTHING) == set()


@pytest.mark.slow
@pytest.mark.parametrize("shape", WORST)
def test_nor_of_a_large_one(shape: str) -> None:
    """250 KB beside 25 KB: a step that takes the square is a hundred times as long, and seconds by then."""
    assert always_steep(shape, 25_000, 0.5) == set()
