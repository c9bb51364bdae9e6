"""PDFs as real producers make them: each oddity on a small table, read back exactly or refused."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from reportlab.lib.colors import Color, black
from reportlab.pdfgen.canvas import Canvas

from parsers.content import Content, Unreadable
from parsers.formats.pdf import pdf
from tests.drawn_pdf import FONT, HEIGHT, ROWS, WIDTH, nothing, pdf_of, table


def texts(content: Content) -> list[list[str]]:
    """The cells of the first table, row by row."""
    return [[cell.text for cell in row] for row in content.tables[0].rows()]


EXACT = [list(row) for row in ROWS]


def _dashed(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    steps = max(int((abs(x1 - x0) + abs(y1 - y0)) / 4), 1)
    for i in range(steps):
        a, b = i / steps, (i + 0.6) / steps
        canvas.line(x0 + (x1 - x0) * a, y0 + (y1 - y0) * a, x0 + (x1 - x0) * b, y0 + (y1 - y0) * b)


def _filled(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    canvas.rect(x0, min(y0, y1), max(x1 - x0, 0.6), max(abs(y1 - y0), 0.6), stroke=0, fill=1)


def _double(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    canvas.line(x0, y0, x1, y1)
    off_x, off_y = (0, 1.5) if y0 == y1 else (1.5, 0)
    canvas.line(x0 + off_x, y0 + off_y, x1 + off_x, y1 + off_y)


def _in_pieces(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
    middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
    canvas.line(x0, y0, middle_x, middle_y)
    canvas.line(middle_x, middle_y, x1, y1)


def _bold(canvas: Canvas, middle: float, base: float, text: str) -> None:
    for off in (0.0, 0.25, 0.5):
        canvas.drawCentredString(middle + off, base, text)


def _letters(canvas: Canvas, middle: float, base: float, text: str) -> None:
    x = middle - canvas.stringWidth(text, FONT, 10) / 2
    for letter in text:
        canvas.drawString(x, base, letter)
        x += canvas.stringWidth(letter, FONT, 10)


@pytest.mark.parametrize("line", [_dashed, _filled, _double, _in_pieces])
def test_lines_of_every_kind(line: Callable[..., None]) -> None:
    assert texts(pdf.read(pdf_of(lambda canvas: table(canvas, line=line)))) == EXACT


@pytest.mark.parametrize("write", [_bold, _letters])
def test_letters_drawn_one_by_one_or_three_times(write: Callable[..., None]) -> None:
    content = pdf.read(pdf_of(lambda canvas: table(canvas, write=write)))
    assert texts(content) == EXACT, "bold drawn thrice is one letter, and 11 stays eleven"


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_turned_pages(turn: int, rotate: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(*{0: (0, 0), 90: (WIDTH, 0), 180: (WIDTH, HEIGHT), 270: (0, HEIGHT)}[turn])
        canvas.rotate(turn)
        table(canvas, top=500)

    data = pdf_of(draw)
    if rotate:
        data = data.replace(b"/Rotate 0", f"/Rotate {rotate}".encode())
    content = pdf.read(data)
    assert texts(content) == EXACT
    page = content.pages[0]
    assert (page.width, page.height) == ((WIDTH, HEIGHT) if rotate % 180 == 0 else (HEIGHT, WIDTH))
    for cell in content.tables[0].cells:
        assert cell.place.box is not None
        assert 0 <= cell.place.box[0] < cell.place.box[2] <= page.width
        assert 0 <= cell.place.box[1] < cell.place.box[3] <= page.height
        assert sorted((pdf.locate(data, 1, cell.place.box) or "").replace("\n", "")) == sorted(cell.text)


def test_page_box_away_from_the_origin() -> None:
    data = pdf_of(lambda canvas: table(canvas))
    moved = re.sub(rb"/MediaBox \[ 0 0 595 842 \]", b"/MediaBox [ 9 9 595 842 ]", data)
    assert moved != data
    content = pdf.read(moved)
    assert texts(content) == EXACT
    box = content.tables[0].place.box
    assert box is not None
    assert box[:2] == (51.0, 100.0)


def test_watermark_and_seal_over_the_numbers() -> None:
    def draw(canvas: Canvas) -> None:
        table(canvas)
        canvas.saveState()
        canvas.setFillColor(Color(0.8, 0.8, 0.8))
        canvas.translate(120, 600)
        canvas.rotate(35)
        canvas.setFont(FONT, 40)
        canvas.drawString(0, 0, "内部资料123")
        canvas.restoreState()
        canvas.setFillColor(Color(0.85, 0.85, 0.85))
        canvas.setFont(FONT, 60)
        canvas.drawString(100, 690, "草稿8")
        canvas.setStrokeColor(Color(1, 0, 0))
        canvas.circle(300, 700, 26, stroke=1, fill=0)

    assert texts(pdf.read(pdf_of(draw))) == EXACT


def test_letters_of_a_seal_over_the_numbers() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(Color(0.8, 0, 0))
        canvas.drawString(200, 790, "红头文件")
        canvas.setFillColor(black)
        table(canvas)
        canvas.setFillColor(Color(0.9, 0.1, 0.1))
        canvas.drawCentredString(280, 702, "人民政府办公室之印")
        canvas.drawCentredString(335, 630, "11")
        canvas.setFillColor(black)

    content = pdf.read(pdf_of(draw))
    assert texts(content) == EXACT, "a run over lines is a seal"
    assert "红头文件" in content.text
    assert "11" in content.text, "a red number over nothing stays"


def test_red_numbers_are_read() -> None:
    def write(canvas: Canvas, middle: float, base: float, text: str) -> None:
        canvas.setFillColor(Color(1, 0, 0) if text in {"5", "11"} else black)
        canvas.drawCentredString(middle, base, text)

    assert texts(pdf.read(pdf_of(lambda canvas: table(canvas, write=write)))) == EXACT


@pytest.mark.parametrize("alpha", [1.0, 0.2])
def test_numbers_of_a_watermark_are_no_numbers_of_the_table(alpha: float) -> None:
    def draw(canvas: Canvas) -> None:
        table(canvas)
        canvas.setFillColor(Color(0.8, 0.8, 0.8, alpha))
        for x in range(20, 560, 77):
            for y in range(20, 800, 31):
                canvas.drawString(x, y, "40 77")

    for row, printed in zip(pdf.read(pdf_of(draw)).tables[0].rows(), EXACT, strict=True):
        for cell, text in zip(row, printed, strict=True):
            assert cell.text == text or not cell.readable


def test_white_numbers_on_white_paper_are_not_printed() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(Color(1, 1, 1))
        canvas.rect(0, 0, WIDTH, HEIGHT, stroke=0, fill=1)
        canvas.setFillColor(Color(0.1, 0.2, 0.5))
        canvas.rect(60, 658, 440, 28, stroke=0, fill=1)
        canvas.setFillColor(black)
        table(canvas, ROWS[:2])
        canvas.setFillColor(Color(1, 1, 1))
        table(canvas, ROWS[2:], top=686)
        canvas.drawString(200, 696, "77")

    assert texts(pdf.read(pdf_of(draw))) == EXACT, "white on blue is printed, white on white is not"


def test_a_page_edge_through_a_table_cuts_no_digits_off() -> None:
    data = pdf_of(lambda canvas: table(canvas))
    cut = re.sub(rb"/MediaBox \[ 0 0 595 842 \]", b"/MediaBox [ 0 0 595 842 ] /CropBox [ 80 0 446 842 ]", data)
    assert texts(pdf.read(cut)) == EXACT


def test_shading_behind_words_cuts_no_cell() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(Color(1, 1, 0.6))
        canvas.rect(95, 716, 40, 12, stroke=0, fill=1)
        canvas.rect(60, 686, 440, 28, stroke=0, fill=1)
        canvas.setFillColor(black)
        table(canvas)

    assert texts(pdf.read(pdf_of(draw))) == EXACT


def test_cells_drawn_as_areas_only() -> None:
    def draw(canvas: Canvas) -> None:
        for i in range(3):
            for j in range(4):
                canvas.setFillColor(Color(0.9, 0.9, 0.9))
                canvas.rect(60 + 110 * j, 742 - 28 * (i + 1), 109, 27, stroke=0, fill=1)
        canvas.setFillColor(black)
        table(canvas, line=nothing)

    assert texts(pdf.read(pdf_of(draw))) == EXACT


def test_hidden_text_is_not_read() -> None:
    def draw(canvas: Canvas) -> None:
        table(canvas)
        hidden = canvas.beginText(80, 700)
        hidden.setFont(FONT, 10)
        hidden.setTextRenderMode(3)
        hidden.textOut("999")
        canvas.drawText(hidden)

    assert texts(pdf.read(pdf_of(draw))) == EXACT


def test_a_number_too_wide_for_its_cell_stays_whole() -> None:
    rows = (("名称", "甲", "乙", "丙"), ("款", "75394432.52", "3", "4"))
    content = pdf.read(pdf_of(lambda canvas: table(canvas, rows, width=46)))
    assert texts(content)[1] == ["款", "75394432.52", "3", "4"]


def test_a_table_over_a_page_break_goes_on() -> None:
    def draw(canvas: Canvas) -> None:
        table(canvas, top=100)
        canvas.showPage()
        canvas.setFont(FONT, 10)
        table(canvas, ROWS[1:], top=800)

    content = pdf.read(pdf_of(draw))
    assert [piece.continues for piece in content.tables] == [False, True]
    assert [cell.column for cell in content.tables[1].cells] == [0, 1, 2, 3] * 2


def test_a_blank_column_at_an_open_side_is_a_column() -> None:
    def line(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
        if 60 < x0 < 500 or x0 != x1:
            canvas.line(x0, y0, x1, y1)

    assert texts(pdf.read(pdf_of(lambda canvas: table(canvas, [["", "1", "2", ""]], line=line)))) == [
        ["", "1", "2", ""]
    ]


def test_without_lines_blanks_keep_their_column() -> None:
    content = pdf.read(pdf_of(lambda canvas: table(canvas, line=nothing)))
    assert content.method == "pdf-words"
    cells = {(cell.row, cell.column): cell.text for cell in content.tables[0].cells}
    assert [cells[2, column] for column in (1, 2, 3, 4)] == ["行政规范性文件", "", "5", "7730.28"]


def test_three_line_tables() -> None:
    def horizontal_only(canvas: Canvas, x0: float, y0: float, x1: float, y1: float) -> None:
        if y0 == y1:
            canvas.line(x0, y0, x1, y1)

    content = pdf.read(pdf_of(lambda canvas: table(canvas, line=horizontal_only)))
    assert [cell.text for cell in list(content.tables[0].rows())[1]] == ["规章", "0", "11", "4119"]


def test_password_is_named() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    locked = pdf_of(lambda canvas: table(canvas), encrypt=StandardEncryption("secret", ownerPassword="owner"))
    with pytest.raises(Unreadable) as caught:
        pdf.read(locked)
    assert caught.value.kind == "encrypted"
    opened = pdf_of(lambda canvas: table(canvas), encrypt=StandardEncryption("", ownerPassword="owner", canCopy=0))
    assert texts(pdf.read(opened)) == EXACT


@pytest.mark.parametrize("length", [9, 60, 400])
def test_truncated_files_are_corrupt(length: int) -> None:
    data = pdf_of(lambda canvas: table(canvas))[:length]
    assert pdf.recognise(data) == "application/pdf"
    with pytest.raises(Unreadable) as caught:
        pdf.read(data)
    assert caught.value.kind == "corrupt"


def test_a_page_tree_that_holds_itself_ends() -> None:
    data = pdf_of(lambda canvas: table(canvas))
    kids = re.search(rb"/Kids \[ (\d+ 0 R) \]", data)
    parent = re.search(rb"(\d+) 0 obj\s*<<[^>]*?/Count 1 /Kids", data)
    assert kids
    assert parent
    cyclic = data.replace(kids[0], b"/Kids [ " + parent[1] + b" 0 R ]")
    with pytest.raises(Unreadable) as caught:
        pdf.read(cyclic)
    assert caught.value.kind == "corrupt"


def test_kangxi_radicals_stay_as_printed() -> None:
    rows = (("⼀、⽂件", "甲", "乙", "丙"), ("⼆", "1", "2", "3"))
    read = texts(pdf.read(pdf_of(lambda canvas: table(canvas, rows))))
    assert read[1][1:] == ["1", "2", "3"]
