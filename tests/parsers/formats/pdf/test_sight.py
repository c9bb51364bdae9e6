"""Digits are looked for in the page as it is drawn: what nobody sees, or sees crossed out, is no part of a number."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reportlab.lib.colors import Color, black, white
from reportlab.pdfgen.canvas import Canvas

from parsers.content import Cell
from parsers.formats.pdf import pdf
from tests.drawn_pdf import pdf_of, table

STRUCK = "4\u03367\u0336"


def cell_of(draw: Callable[[Canvas, float, float, str], None]) -> Cell:
    """The cell of 11 in which `draw` has put something more, numbers in a font that is part of no file but known."""

    def write(canvas: Canvas, middle: float, base: float, text: str) -> None:
        if not text.replace(".", "").isdigit():
            canvas.drawCentredString(middle, base, text)
            return
        canvas.setFont("Helvetica", 10)
        if text == "11":
            draw(canvas, middle, base, text)
        else:
            canvas.drawCentredString(middle, base, text)
        canvas.setFillColor(black)
        canvas.setFont("STSong-Light", 10)

    (found,) = pdf.read(pdf_of(lambda canvas: table(canvas, write=write))).tables
    return found.cells[6]


def plain(canvas: Canvas, middle: float, base: float, text: str) -> None:
    canvas.drawString(middle, base, text)


def white_before(canvas: Canvas, middle: float, base: float, text: str) -> None:
    canvas.setFillColor(white)
    canvas.drawString(middle - 11.12, base, "47")
    canvas.setFillColor(black)
    canvas.drawString(middle, base, text)


def covered(canvas: Canvas, middle: float, base: float, text: str) -> None:
    canvas.drawString(middle - 11.12, base, "47")
    canvas.setFillColor(white)
    canvas.rect(middle - 13, base - 2, 12.8, 11, stroke=0, fill=1)
    canvas.setFillColor(black)
    canvas.drawString(middle, base, text)


def clear(canvas: Canvas, middle: float, base: float, text: str) -> None:
    canvas.setFillColor(Color(0, 0, 0, alpha=0))
    canvas.drawString(middle - 11.12, base, "47")
    canvas.setFillColor(black)
    canvas.drawString(middle, base, text)


def clipped(canvas: Canvas, middle: float, base: float, text: str) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(10, 10, 5, 5)
    canvas.clipPath(path, stroke=0)
    canvas.drawString(middle - 11.12, base, "47")
    canvas.restoreState()
    canvas.drawString(middle, base, text)


def crossed_out(canvas: Canvas, middle: float, base: float, text: str) -> None:
    canvas.drawString(middle - 11.12, base, "47")
    canvas.setLineWidth(0.6)
    canvas.line(middle - 11.6, base + 3.4, middle - 0.2, base + 3.4)
    canvas.setLineWidth(1)
    canvas.drawString(middle, base, text)


def crossed_by_a_box(canvas: Canvas, middle: float, base: float, text: str) -> None:
    canvas.drawString(middle - 11.12, base, "47")
    canvas.rect(middle - 11.6, base + 3.1, 11.4, 0.6, stroke=0, fill=1)
    canvas.drawString(middle, base, text)


def white_line(canvas: Canvas, middle: float, base: float, text: str) -> None:
    """A line that nobody sees: it is drawn before the digits."""
    canvas.setStrokeColor(white)
    canvas.line(middle - 1, base + 3.4, middle + 12, base + 3.4)
    canvas.setStrokeColor(black)
    canvas.drawString(middle, base, text)


def footnote(canvas: Canvas, middle: float, base: float, text: str) -> None:
    canvas.drawString(middle, base, text)
    canvas.setFont("Helvetica", 6)
    canvas.drawString(middle + 11.2, base + 4, "3")


def index(canvas: Canvas, middle: float, base: float, text: str) -> None:
    canvas.drawString(middle, base, text)
    canvas.setFont("Helvetica", 6)
    canvas.drawString(middle + 11.2, base - 2, "3")


def lifted(canvas: Canvas, middle: float, base: float, text: str) -> None:
    canvas.drawString(middle, base, text)
    canvas.drawString(middle + 11.2, base + 3, "3")


def crooked(canvas: Canvas, middle: float, base: float, text: str) -> None:
    canvas.drawString(middle, base, "1")
    canvas.drawString(middle + 5.56, base + 0.6, "1")


@pytest.mark.parametrize(
    ("draw", "text"),
    [
        (plain, "11"),
        (white_before, "11"),
        (covered, "11"),
        (clear, "11"),
        (clipped, "11"),
        (crossed_out, f"{STRUCK}11"),
        (crossed_by_a_box, f"{STRUCK}11"),
        (white_line, "11"),
        (footnote, "11³"),
        (index, "11³"),
        (lifted, "11³"),
        (crooked, "11"),
    ],
)
def test_what_is_seen_of_a_number(draw: Callable[[Canvas, float, float, str], None], text: str) -> None:
    cell = cell_of(draw)
    assert cell.text == text
    assert cell.readable


def test_white_letters_on_a_dark_cell_are_seen() -> None:
    def draw(canvas: Canvas, middle: float, base: float, text: str) -> None:
        canvas.rect(middle - 50, base - 8, 100, 22, stroke=0, fill=1)
        canvas.setFillColor(white)
        canvas.drawString(middle, base, text)

    assert cell_of(draw).text == "11"


def test_a_number_that_is_drawn_and_no_text_is_no_blank() -> None:
    def draw(canvas: Canvas, middle: float, base: float, text: str) -> None:
        canvas.setLineWidth(1.5)
        canvas.line(middle, base, middle + 1, base + 8)
        canvas.line(middle + 5, base, middle + 6, base + 8)
        canvas.setLineWidth(1)

    cell = cell_of(draw)
    assert (cell.text, cell.readable) == ("", False)
