"""OFD: what the factory writes is read back exactly, both ways; damaged files are refused."""

from __future__ import annotations

import io
import re
import zipfile
from random import Random

import pytest

from parsers.content import Unreadable
from parsers.extract import extract
from parsers.formats.ofd import ofd
from parsers.formats.ofd.page import advances
from parsers.formats.paged.glyphs import lines_of
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


def texts_of(*codes: str) -> list[str]:
    """The glyphs of text codes of a page, each a row of its own, as far as they can be read."""
    objects = "".join(
        f'<ofd:TextObject ID="0" Boundary="20 {20 + 10 * i} 100 5" Size="4">'
        f'<ofd:TextCode X="0" Y="4" {code}</ofd:TextCode></ofd:TextObject>'
        for i, code in enumerate(codes)
    )
    layer = f"<ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content>"
    page = f'<ofd:Page xmlns:ofd="{factory.NAMESPACE}">{layer}</ofd:Page>'
    (sheet, _), *_ = ofd.opened(factory.package([page], 210, 297))[1]
    return [line.text for line in lines_of(sheet.glyphs)]


@pytest.mark.parametrize(
    ("code", "read"),
    [
        ('DeltaX="2" DeltaY="0">1000', "1000"),  # the last step goes on
        ('DeltaX="2">1000', "1000"),
        ('DeltaX="g 2 2" DeltaY="g 3 0">1000', "1000"),
        ('DeltaX="g 3 2">1000', "1000"),
        ('DeltaX="2 4">件1000', "件1 0 0 0"),
        ('DeltaX="g 6 2.2">88.3456', "88.3456"),  # evenly spaced: one word
        ('DeltaX="4 4">20件', "20件"),
        ('DeltaX="4.5 4.5">100', "1 0 0"),  # too far apart for one
        (">1000", "1000"),
        ('DeltaX="">1000', "1000"),
        ('DeltaX="0.1">1000', "\ufffc"),  # piled up: nobody sees what it holds; equal ones are one
    ],
)
def test_steps_from_letter_to_letter(code: str, read: str) -> None:
    (text,) = texts_of(code)
    assert re.sub("\ufffc+", "\ufffc", text) == read


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


@pytest.mark.parametrize(
    ("look", "read"),
    [("", ["12"]), ('Alpha="90"', ["\ufffc\ufffc"]), ('Visible="false"', []), ('CTM="0.5 0 0 0.5 0 0"', ["12"])],
)
def test_a_unit_of_the_resources_is_drawn_where_it_is_put(look: str, read: list[str]) -> None:
    code = '<ofd:TextCode X="0" Y="4" DeltaX="2">12</ofd:TextCode>'
    text = f'<ofd:TextObject ID="8" Boundary="5 5 50 5" Size="4">{code}</ofd:TextObject>'
    unit = f'<ofd:CompositeGraphicUnit ID="7" Width="50" Height="9"><ofd:Content>{text}</ofd:Content>'
    used = f'<ofd:CompositeObject ID="9" ResourceID="7" Boundary="20 30 50 9" {look}/>'
    layer = f"<ofd:Content><ofd:Layer>{used}</ofd:Layer></ofd:Content>"
    page = f'<ofd:Page xmlns:ofd="{factory.NAMESPACE}">{layer}</ofd:Page>'
    data = factory.package([page], 210, 297, styles=f"{unit}</ofd:CompositeGraphicUnit>")
    (sheet, _), *_ = ofd.opened(data)[1]
    lines = [line for line in lines_of(sheet.glyphs) if line.box[1] > 50]
    assert [line.text for line in lines] == read
    assert all(20 * 72 / 25.4 <= line.box[0] < 27 * 72 / 25.4 for line in lines)
