"""PDFs of which a page is lost: the rest is read, and the loss is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

import pytest

from parsers.extract import extract
from parsers.formats.pdf.file import with_trailer
from parsers.report import Attribution
from tests.factory import pdf
from tests.factory.compare import wrong_numbers
from tests.factory.story import story
from tests.factory.truth import Truth, random_truth


@pytest.fixture(scope="module")
def report() -> tuple[Truth, bytes]:
    random = Random(1)
    truth = random_truth(random)
    return truth, pdf.render(story(truth, random), random, "small_pages")


def _without_page(data: bytes) -> bytes:
    kids = re.search(rb"/Kids \[ ([^\]]*)\]", data)
    assert kids
    third = re.findall(rb"(\d+) 0 R", kids[1])[2]
    return data.replace(b"\n" + third + b" 0 obj", b"\n99 0 obx", 1)


def _without_content(data: bytes) -> bytes:
    start = [match.end() for match in re.finditer(rb"stream\n", data)][4] + 20
    return data[:start] + b"\0" * 30 + data[start + 30 :]


@pytest.mark.parametrize("damage", [_without_page, _without_content])
def test_a_lost_page_is_a_finding(report: tuple[Truth, bytes], damage: Callable[[bytes], bytes]) -> None:
    truth, data = report
    extraction = extract(damage(data))
    assert extraction.report is not None
    (finding,) = [finding for finding in extraction.report.findings if finding.code == "PAGE-UNREAD"]
    assert "page 3" in finding.message
    assert (finding.severity, finding.attribution) == ("warning", Attribution.EXTRACTION)
    assert wrong_numbers(truth, extraction) == []
    assert sum(cell.state == "missing" for cell in extraction.report.cells) > 20


def test_a_whole_document_has_no_such_finding(report: tuple[Truth, bytes]) -> None:
    found = extract(report[1]).report
    assert found is not None
    assert "PAGE-UNREAD" not in {finding.code for finding in found.findings}


def test_a_file_without_its_end_is_read(report: tuple[Truth, bytes]) -> None:
    """Cut within the table of objects, as a broken transfer leaves it; a trailer that is there is believed."""
    truth, data = report
    extraction = extract(data[: data.rindex(b"\nxref") + 40])
    assert extraction.report is not None
    assert wrong_numbers(truth, extraction) == []
    assert sum(cell.value is not None for cell in extraction.report.cells) > 100
    assert [finding.code for finding in extraction.report.findings].count("PAGE-UNREAD") == 1
    assert with_trailer(data) is None
    assert with_trailer(b"%PDF-1.4\n" + b"1 0 obj << " * 200_000) is None
