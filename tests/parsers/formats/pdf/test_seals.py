"""Pictures in cells without text: a number is not lost as a blank, a seal makes no number."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from parsers.content import Table
from parsers.formats.pdf import pdf
from tests.drawn_pdf import pdf_of, table

IN_CELL = (215.0, 660.0, 20.0, 16.0)  # x, y, width, height: the blank cell of the last row
OVER_CELLS = (150.0, 600.0, 160.0, 140.0)


def picture(ink: str, *, clear: bool = True) -> Image.Image:
    made = Image.new("RGBA", (80, 64), (255, 255, 255, 0 if clear else 255))
    ImageDraw.Draw(made).ellipse((20, 4, 60, 60), outline=ink, width=8)
    return made


def blank_cell(data: bytes) -> bool:
    """Is the cell without text read as a blank, not as something unreadable?"""
    (made,) = (block for block in pdf.read(data).blocks if isinstance(block, Table))
    (cell,) = (cell for cell in made.cells if (cell.row, cell.column) == (2, 1))
    assert not cell.text
    return cell.readable


@pytest.mark.parametrize("clear", [True, False])
@pytest.mark.parametrize(
    ("ink", "where", "is_blank"),
    [
        ("black", IN_CELL, False),
        ("black", OVER_CELLS, False),
        ("red", OVER_CELLS, True),
        ("#ffe0e0", OVER_CELLS, True),
    ],
)
def test_dark_ink_of_a_picture_is_no_blank(
    ink: str, where: tuple[float, float, float, float], is_blank: bool, clear: bool
) -> None:
    def draw(canvas: Canvas) -> None:
        if not clear:
            canvas.drawImage(ImageReader(picture(ink, clear=False).convert("RGB")), *where)
        table(canvas)
        if clear:
            canvas.drawImage(ImageReader(picture(ink)), *where, mask="auto")

    assert blank_cell(pdf_of(draw)) is is_blank


def test_a_picture_without_ink_is_nothing() -> None:
    empty = io.BytesIO()
    Image.new("L", (8, 8), 255).save(empty, "PNG")

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(empty), *IN_CELL)
        table(canvas)

    assert blank_cell(pdf_of(draw))
