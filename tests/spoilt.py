"""Ways of spoiling a page, and the check that all its cells are read exactly, with the way back to each."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from parsers.charset import decode
from parsers.extract import extract
from parsers.formats.html import html
from tests.factory import html as pages
from tests.factory.compare import differences
from tests.factory.story import story
from tests.factory.truth import Truth, random_truth

CELL = re.compile(r"(<td[^>]*>)(.*?)</td>", re.S)
FORMS = ["gen2019", "gen2021"]
Change = Callable[[str], str]


def report_page(form: str) -> tuple[Truth, str]:
    random = Random(f"page {form}")
    truth = random_truth(random, form, "zeros")
    data = pages.render(story(truth, random, "plain"), random)
    return truth, re.sub(r"<meta[^>]*>", "", decode(data)[0])


def is_read_exactly(change: Change, form: str) -> None:
    truth, page = report_page(form)
    data = change(page).encode()
    extraction = extract(data)
    assert differences(truth, extraction) == []
    report = extraction.report
    assert report is not None
    assert (report.title, report.agency, report.year) == (truth.title, truth.agency, truth.year)
    assert report.readings_agree is not False
    assert report.method == "html"
    for cell in report.cells:
        if cell.place.path:
            assert html.locate(data, cell.place.path) == cell.raw
