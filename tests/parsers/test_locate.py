"""parsers.locate: the printed text at the place of a cell, in every format."""

from __future__ import annotations

from importlib import import_module
from random import Random

import pytest

from parsers.content import Place, Unreadable
from parsers.extract import extract
from parsers.locate import finder, member
from tests.factory import docx
from tests.factory.archives import zipped
from tests.factory.story import story
from tests.factory.truth import random_truth

FORMATS = ("html", "mht", "docx", "rtf", "xlsx", "pdf", "ofd", "text")


def document(name: str) -> bytes:
    random = Random(7)
    data: bytes = import_module(f"tests.factory.{name}").render(story(random_truth(random), random), random)
    return data


@pytest.mark.parametrize("name", FORMATS)
def test_every_cell_is_found_at_its_place(name: str) -> None:
    data = document(name)
    report = extract(data).report
    assert report is not None
    find = finder(data)
    for cell in report.cells:
        if cell.state not in {"missing", "unreadable"}:
            assert "".join(cell.raw.split()) in "".join((find(cell.place) or "").split()), cell.key


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("docx", Place(path="table[9]/row[1]/cell[1]")),
        ("docx", Place()),
        ("docx", Place(1, (0.0, 0.0, 1.0, 1.0), "image1.png!")),
        ("pdf", Place(path="line 3")),
    ],
)
def test_a_place_that_is_not_there_gives_nothing(name: str, place: Place) -> None:
    assert finder(document(name))(place) is None


def test_documents_inside_containers() -> None:
    data = docx.render(story(random_truth(Random(1)), Random(1)), Random(1))
    packed = zipped({"外.zip": zipped({"年报/a.docx": data}), "b.txt": b"1"})
    assert member(packed, "外.zip!年报/a.docx") == data
    assert member(data, None) == data
    for path in ("外.zip!c.docx", "d.docx"):
        with pytest.raises(Unreadable):
            member(packed, path)


def test_what_is_no_document_has_no_places() -> None:
    for data in (b"\x00\x01\x02", zipped({"a.txt": b"1"})):
        with pytest.raises(Unreadable):
            finder(data)
