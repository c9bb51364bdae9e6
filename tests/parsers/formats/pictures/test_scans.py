"""Scans: the factory's reports as crooked, noisy pictures with seals. Never a wrong number; hardly one unread."""

from __future__ import annotations

import io
from random import Random

import pytest
from PIL import Image, ImageChops, ImageDraw

from parsers.content import Table, Unreadable
from parsers.extract import extract
from parsers.formats.page_image import render_page
from parsers.formats.pdf import pdf
from parsers.formats.pictures import image
from parsers.formats.pictures import read_image as scan
from tests.drawn_pdf import ROWS, pdf_of, table
from tests.factory import pdf as factory
from tests.factory.compare import wrong_numbers
from tests.factory.story import story
from tests.factory.truth import random_truth

pytestmark = pytest.mark.ocr
DPI = 200


@pytest.fixture(autouse=True)
def _recognition() -> None:
    pytest.importorskip("rapidocr")


def photographed(data: bytes, page: int = 1, angle: float = 0.0, quality: int = 60, seal: bool = False) -> Image.Image:
    """A page of a PDF as a scanner would give it."""
    png = render_page(data, "application/pdf", page, DPI / 72, grey=False)
    with Image.open(io.BytesIO(png)) as opened:
        picture = opened.convert("RGB")
    if seal:
        middle, across = picture.height // 3, picture.width * 2 // 3
        box = (across - 130, middle - 130, across + 130, middle + 130)
        ink = Image.new("RGB", picture.size, "white")
        ImageDraw.Draw(ink).ellipse(box, outline=(225, 50, 50), width=10)
        picture = ImageChops.multiply(picture, ink)
    picture = picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor="white", expand=abs(angle) > 20)
    noise = Image.frombytes("L", picture.size, Random(page).randbytes(picture.width * picture.height))
    noisy = Image.blend(picture, noise.convert("RGB"), 0.06)
    buffer = io.BytesIO()
    noisy.save(buffer, "JPEG", quality=quality)
    return Image.open(io.BytesIO(buffer.getvalue())).copy()


def saved(pictures: list[Image.Image], format_: str) -> bytes:
    buffer = io.BytesIO()
    first, *rest = [picture.copy() for picture in pictures]
    options = {"resolution": DPI} if format_ == "PDF" else {"dpi": (DPI, DPI)}
    more = {"save_all": True, "append_images": rest} if rest else {}
    first.save(buffer, format_, **options, **more)
    return buffer.getvalue()


def texts(table_: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table_.rows()]


@pytest.mark.parametrize("angle", [0.0, 1.4, -0.7, 90.0, 180.0, 270.0])
def test_a_small_table_at_any_angle(angle: float) -> None:
    data = pdf_of(lambda canvas: table(canvas))
    content = image.read(saved([photographed(data, angle=angle, seal=True)], "PNG"))
    assert content.method == "ocr"
    assert texts(content.tables[0]) == [list(row) for row in ROWS]
    assert all(cell.readable and cell.confidence and cell.confidence > 0.8 for cell in content.tables[0].cells)
    page = content.pages[0]
    for cell in content.tables[0].cells:
        assert cell.place.box is not None
        assert -2 <= cell.place.box[0] < cell.place.box[2] <= page.width + 2
        assert -2 <= cell.place.box[1] < cell.place.box[3] <= page.height + 2


def test_grey_and_uneven_paper() -> None:
    page = photographed(pdf_of(lambda canvas: table(canvas)), angle=0.6, seal=True)
    shade = Image.linear_gradient("L").point(lambda level: 190 + level // 6).resize(page.size)
    (found,) = image.read(saved([ImageChops.multiply(page, shade.convert("RGB"))], "PNG")).tables
    assert texts(found) == [list(row) for row in ROWS]
    assert all(cell.readable for cell in found.cells)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_a_scanned_report_gives_no_wrong_number(seed: int) -> None:
    random = Random(seed)
    truth = random_truth(random)
    printed = factory.render(story(truth, random), random, "embedded")
    count = len(pdf.read(printed).pages)
    angle = 0.9 if seed == 1 else -1.2
    scan = saved([photographed(printed, page, angle, seal=True) for page in range(1, count + 1)], "PDF")
    extraction = extract(scan)
    assert wrong_numbers(truth, extraction) == []
    assert extraction.report is not None
    assert extraction.report.method == "ocr"
    read = {cell.key: cell.value for cell in extraction.report.cells}
    numbers = {key: cell.value for key, cell in truth.cells.items() if cell.value is not None}
    assert sum(read.get(key) == value for key, value in numbers.items()) >= 0.95 * len(numbers)


def test_specks_and_bits_of_lines_are_no_text() -> None:
    rows = (("甲", "乙", "丙"), ("", "", "7"))
    picture = photographed(pdf_of(lambda canvas: table(canvas, rows)))
    draw = ImageDraw.Draw(picture)
    for x, y in ((240, 380), (300, 390), (480, 372), (560, 395)):
        draw.ellipse((x, y, x + 3, y + 3), fill="black")
    (found,) = image.read(saved([picture], "PNG")).tables
    assert texts(found)[1] == ["", "", "7"]


def test_strokes_at_a_border_are_no_digits() -> None:
    """What a line left beside a 9, and the arc of a grey seal through a blank cell: unreadable, never 91 and 1."""
    rows = (("甲", "乙", "丙"), ("9", "", "7"))
    picture = photographed(pdf_of(lambda canvas: table(canvas, rows)))
    scale = DPI / 72
    top = (842 - 742 + 28) * scale
    draw = ImageDraw.Draw(picture)
    draw.line([((60 + 110) * scale - 8, top + 25), ((60 + 110) * scale - 8, top + 50)], fill="black", width=4)
    draw.line([((60 + 165) * scale, top - 2), ((60 + 165) * scale + 3, top + 40)], fill="black", width=4)
    (found,) = image.read(saved([picture], "PNG")).tables
    nine, blank, seven = list(found.rows())[1]
    assert seven.text == "7"
    assert seven.readable
    assert not nine.readable or nine.text == "9"
    assert not blank.readable or not blank.text.strip().isdigit()


@pytest.mark.slow
def test_several_pages_of_one_picture() -> None:
    page = photographed(pdf_of(lambda canvas: table(canvas)))
    content = image.read(saved([page, page], "TIFF"))
    assert [table_.place.page for table_ in content.tables] == [1, 2]


def test_letters_without_meaning_are_looked_at() -> None:
    """A font whose codes name private characters reads as rubbish; the page is recognised instead."""
    data = pdf_of(lambda canvas: table(canvas))
    (sheet,) = pdf.sheets(data)[0]
    from dataclasses import replace

    from parsers.formats.paged.picture_regions import regions

    rubbish = replace(sheet, glyphs=tuple(glyph._replace(text="\ue0a1") for glyph in sheet.glyphs))
    assert regions(rubbish) == [(0.0, 0.0, sheet.page.width, sheet.page.height)]
    assert regions(sheet) == []


def test_damaged_pictures_are_refused() -> None:
    whole = saved([photographed(pdf_of(lambda canvas: table(canvas)))], "PNG")
    for data in (whole[:40], whole[: len(whole) // 2], b"GIF89a\x00", b"\xff\xd8\xff\xe0"):
        with pytest.raises(Unreadable) as caught:
            image.read(data)
        assert caught.value.kind == "corrupt"


def test_without_the_engine_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    data = saved([photographed(pdf_of(lambda canvas: table(canvas)))], "PDF")
    monkeypatch.setattr(scan, "find_spec", lambda name: None)
    error = extract(data).error
    assert error is not None
    assert error.kind == "needs_ocr"
    assert "harvester doctor" in error.message
