"""Small PDFs drawn by hand for tests: a table of text at given coordinates, with the oddities of real producers."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
WIDTH, HEIGHT = 595.0, 842.0
ROWS = (
    ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
    ("规章", "0", "11", "4119"),
    ("行政规范性文件", "", "5", "7730.28"),
)


def pdf_of(draw: Callable[[Canvas], None], size: tuple[float, float] = (WIDTH, HEIGHT), **options: object) -> bytes:
    """A PDF of what `draw` puts on its first page (and on others that it begins itself)."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=1, **options)
    canvas.setFont(FONT, 10)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def table(
    canvas: Canvas,
    rows: Sequence[Sequence[str]] = ROWS,
    *,
    x: float = 60,
    top: float = 742,
    width: float = 110,
    height: float = 28,
    line: Callable[[Canvas, float, float, float, float], None] | None = None,
    write: Callable[[Canvas, float, float, str], None] | None = None,
) -> None:
    """A ruled grid with centred text. `line` and `write` draw in other ways; `line=nothing` leaves lines out."""
    line = line or (lambda c, *ends: c.line(*ends))
    write = write or (lambda c, middle, base, text: c.drawCentredString(middle, base, text))
    bottom, right = top - height * len(rows), x + width * len(rows[0])
    for i in range(len(rows) + 1):
        line(canvas, x, top - height * i, right, top - height * i)
    for j in range(len(rows[0]) + 1):
        line(canvas, x + width * j, top, x + width * j, bottom)
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            write(canvas, x + width * (j + 0.5), top - height * (i + 0.5) - 3.5, text)


def nothing(canvas: Canvas, *ends: float) -> None:
    """A line that is not drawn."""
