"""OFD: what the factory writes is read back exactly, both ways; damaged files are refused."""

from __future__ import annotations

import io
import zipfile
from random import Random

import pytest

from parsers.content import Unreadable
from parsers.extract import extract
from parsers.formats.ofd import ofd
from parsers.formats.ofd.page import advances
from tests.factory import ofd as factory
from tests.factory.compare import differences
from tests.factory.story import story
from tests.factory.truth import random_truth


@pytest.mark.parametrize("style", factory.STYLES)
def test_reports_are_read_back_exactly(style: str) -> None:
    random = Random(style)
    truth = random_truth(random)
    extraction = extract(factory.render(story(truth, random), random, style))
    assert differences(truth, extraction) == []
    assert extraction.report is not None
    assert (extraction.media_type, extraction.report.method) == ("application/ofd", "ofd-ruled")
    assert extraction.report.readings_agree is not False


def test_cells_are_found_again_at_their_places() -> None:
    random = Random(1)
    data = factory.render(story(random_truth(random), random), random)
    for table in ofd.read(data).tables:
        for cell in table.cells:
            assert cell.place.page
            assert cell.place.box
            assert ofd.locate(data, cell.place.page, cell.place.box) == cell.text


def test_runs_of_equal_advances() -> None:
    assert advances("g 3 5 2.5", 9) == [5, 5, 5, 2.5]
    assert advances("g 9000000 5", 4) == [5] * 4
    assert advances("g", 4) == []
    assert advances(None, 4) == []


def test_the_title_of_the_document_is_kept() -> None:
    data = factory.package([], 210, 297)
    with pytest.raises(Unreadable, match="no pages"):
        ofd.read(data)
    random = Random(2)
    assert ofd.read(factory.render(story(random_truth(random), random), random)).meta == {"title": "年度报告"}


def test_other_packages_are_not_ours() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert ofd.recognise(buffer.getvalue()) is None
    assert ofd.recognise(b"%PDF-1.7") is None


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_truncated_packages_are_refused(share: float) -> None:
    random = Random(3)
    data = factory.render(story(random_truth(random), random), random)
    cut = data[: int(len(data) * share)]
    with pytest.raises(Unreadable) as caught:
        ofd.read(cut)
    assert caught.value.kind == "corrupt"


def test_a_document_that_is_not_there() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("OFD.xml", f'<ofd:OFD xmlns:ofd="{factory.NAMESPACE}"/>')
    assert ofd.recognise(buffer.getvalue()) == "application/ofd"
    with pytest.raises(Unreadable, match="names no document"):
        ofd.read(buffer.getvalue())
