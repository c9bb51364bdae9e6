"""Archives of pictures: one document whose pages are files, not as many documents."""

from __future__ import annotations

import io
import zipfile

import pytest

from parsers.content import Page, Paragraph, Place
from parsers.extract import extract
from parsers.formats.containers import picture_pages
from parsers.formats.pictures import image
from parsers.formats.pictures.loose_tables import SeenPage
from parsers.locate import finder

JPEG = b"\xff\xd8\xff"


@pytest.fixture(autouse=True)
def _recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    """Recognition that reads the rest of the bytes as text."""

    def seen_pages(data: bytes) -> tuple[list[Page], list[SeenPage]]:
        seen = Paragraph(data.removeprefix(JPEG).decode(), Place(1, (0.0, 0.0, 9.0, 9.0)))
        return [Page(1, 100.0, 100.0)], [SeenPage(1, (seen,))]

    monkeypatch.setattr(image, "seen_pages", seen_pages)


def archive(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return buffer.getvalue()


def test_pages_stand_in_the_order_of_their_numbers() -> None:
    pages = [("p10.jpg", JPEG + b"ten"), ("p2.jpg", JPEG + b"two"), ("p1.jpg", JPEG + b"one")]
    content = picture_pages.read(pages, "application/zip")
    assert content.text.split() == ["one", "two", "ten"]
    assert [page.number for page in content.pages] == [1, 2, 3]


def test_an_archive_of_pictures_is_one_document() -> None:
    data = archive(**{"1.jpg": JPEG + b"one", "2.jpg": JPEG + b"two"})
    made = extract(data)
    assert not made.members
    assert len(made.pages) == 2
    assert finder(data)(Place(1, (0.0, 0.0, 9.0, 9.0), "1.jpg!")) is None


@pytest.mark.parametrize("others", [{}, {"2.txt": b"text"}])
def test_one_picture_and_a_mixture_are_documents_of_their_own(others: dict[str, bytes]) -> None:
    made = extract(archive(**{"1.jpg": JPEG + b"one"}, **others))
    assert [member.member for member in made.members] == ["1.jpg", *others]
