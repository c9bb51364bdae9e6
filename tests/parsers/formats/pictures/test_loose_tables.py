"""Tables of scanned pages without ruling lines."""

from __future__ import annotations

import math

import pytest

from parsers.content import Content, Paragraph, Place
from parsers.formats.paged.glyphs import Glyph
from parsers.formats.pictures import loose_words
from parsers.formats.pictures.cells import Written
from parsers.formats.pictures.loose_tables import SeenPage, with_loose_tables
from tests.parsers.formats.pictures.test_digit_shapes import DPI, paper

ROWS = (("规章", "3", "0", "12"), ("行政规范性文件", "7", "1", "40"), ("行政许可", "5", "6", "8"))


def letters() -> tuple[Glyph, ...]:
    found = []
    for row, texts in enumerate(ROWS):
        for left, text in zip((60, 200, 300, 400), texts, strict=True):
            found += [Glyph(one, left + 10 * i, 100 + 20 * row, left + 10 * i + 9, 110 + 20 * row)
                      for i, one in enumerate(text)]  # fmt: skip
    return tuple(found)


@pytest.mark.parametrize("degrees", [0.0, 1.4, 90.0, 180.0])
def test_tables_stand_where_the_page_shows_them(degrees: float) -> None:
    turn = math.radians(degrees)
    back = ((math.cos(turn), -math.sin(turn), 0.0), (math.sin(turn), math.cos(turn), 0.0))
    prose = Paragraph("规章 3 0 12", Place(2))
    page = SeenPage(2, (prose,), letters(), back, "1.png!")
    content = with_loose_tables(Content("image/png", "ocr", (Paragraph("年度报告", Place(1)), prose)), [page])
    assert content.method == "ocr-words"
    (table,) = content.tables
    assert content.text == "年度报告"
    assert [[cell.text for cell in row] for row in table.rows()] == [list(row) for row in ROWS]
    last = max(table.cells, key=lambda cell: (cell.row, cell.column)).place
    x, y = 405 * math.cos(turn) - 145 * math.sin(turn), 405 * math.sin(turn) + 145 * math.cos(turn)
    assert (last.page, last.path) == (2, "1.png!")
    assert last.box is not None
    assert math.hypot((last.box[0] + last.box[2]) / 2 - x, (last.box[1] + last.box[3]) / 2 - y) < 12
    if degrees < 45:  # the words of a page in line, though it lies askew
        assert len({round(word.y, 3) for word in content.words}) == len(ROWS)
    else:
        assert content.words == ()


def test_ruled_tables_are_not_doubted() -> None:
    content = Content("image/png", "ocr", ())
    assert with_loose_tables(content, [SeenPage(1, ())]) is content


def test_words_are_parted_and_lone_digits_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A found line holds two words and a number that is not believed; a digit beside it was found by no line."""
    picture = paper(60, 400)
    for x in (10, 34, 120, 200, 212, 300):
        picture[20:40, x : x + 8] = 0
    monkeypatch.setattr(loose_words, "read_lines", lambda crops, dpi: [
        Written(text, 0.9, text != "17") for text in ("规章", "5", "17", "8")[: len(crops)]
    ])  # fmt: skip
    found = loose_words.loose_letters(picture, [(5.0, 18.0, 230.0, 42.0)], 24.0, DPI)
    assert [one.text for one in found] == ["规", "章", "5", "\ufffc", "8"]
    assert all(one.bottom - one.top == 24 for one in found)
