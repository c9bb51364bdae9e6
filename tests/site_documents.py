"""Documents for the site's test archive: one report as PDF, HTML, Word or text, with the place of every cell known."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from html import escape
from typing import Any

from docx import Document
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from harvester.definitions import gloss

Key = tuple[str, str, str]
Place = tuple[int | None, float | None, float | None, float | None, float | None, str | None]
"""page, x0, top, x1, bottom, path."""

FONT = "STSong-Light"
ROW = 22.0
LEFT = 60.0


@dataclass
class Drawn:
    """Bytes of a document and where each cell stands in it."""

    data: bytes
    media_type: str
    places: dict[Key, Place] = field(default_factory=dict)
    labels: dict[Key, str] = field(default_factory=dict)
    pages: list[tuple[float, float]] = field(default_factory=list)


def lines(form: str, printed: dict[Key, str]) -> list[tuple[str, list[tuple[Key, str]]]]:
    """(row label, cells) of the three tables, one line of the document each."""
    found: list[tuple[str, list[tuple[Key, str]]]] = []
    for block in gloss.proactive_blocks(form):
        keys = [("proactive_disclosure", block.id, column.id) for column in block.columns]
        found.append((block.zh, [(key, printed[key]) for key in keys]))
    for row in gloss.request_rows(form):
        keys = [("requests", row.id, column) for column in gloss.request_columns()]
        found.append((row.zh, [(key, printed[key]) for key in keys]))
    for id_, label in gloss.review_rows().items():
        keys = [("review_litigation", id_, column) for column in gloss.review_columns()]
        found.append((label.zh, [(key, printed[key]) for key in keys]))
    return found


def draw_pdf(title: str, form: str, printed: dict[Key, str], text: list[tuple[int, str, str]]) -> Drawn:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)
    width, height = A4
    drawn = Drawn(b"", "application/pdf", pages=[(width, height)])
    canvas.setFont(FONT, 16)
    canvas.drawCentredString(width / 2, height - 70, title[:34])
    top, page = 110.0, 1
    canvas.setFont(FONT, 10)
    for label, cells in lines(form, printed):
        if top > height - 80:
            canvas.showPage()
            canvas.setFont(FONT, 10)
            page, top = page + 1, 60.0
            drawn.pages.append((width, height))
        _box(canvas, LEFT, top, 200, label[:19], height)
        for n, (key, raw) in enumerate(cells):
            x0 = LEFT + 200 + n * 39
            _box(canvas, x0, top, 39, raw, height)
            drawn.places[key] = (page, x0, top, x0 + 39, top + ROW, None)
            drawn.labels[key] = label
        top += ROW
    canvas.showPage()
    canvas.save()
    drawn.data = buffer.getvalue()
    return drawn


def _box(canvas: Canvas, x: float, top: float, width: float, text: str, height: float) -> None:
    canvas.rect(x, height - top - ROW, width, ROW)
    canvas.drawString(x + 4, height - top - ROW + 7, text)


def draw_html(title: str, form: str, printed: dict[Key, str], text: list[tuple[int, str, str]]) -> Drawn:
    drawn = Drawn(b"", "text/html")
    rows = []
    for n, (label, cells) in enumerate(lines(form, printed), start=1):
        for m, (key, _) in enumerate(cells, start=2):
            drawn.places[key] = (None, None, None, None, None, f"/html/body/table/tr[{n}]/td[{m}]")
            drawn.labels[key] = label
        rows.append(f"<tr><td>{escape(label)}</td>{''.join(f'<td>{escape(raw)}</td>' for _, raw in cells)}</tr>")
    prose = "".join(f"<h2>{heading}</h2><p>{escape(body)}</p>" for _, heading, body in text)
    hostile = "<script>document.title='hacked'</script><img src='http://127.0.0.1:9/x.png' onerror='alert(1)'>"
    page = f"<html><body><h1>{escape(title)}</h1>{hostile}{prose}<table>{''.join(rows)}</table></body></html>"
    drawn.data = page.encode()
    return drawn


def draw_text(title: str, form: str, printed: dict[Key, str], text: list[tuple[int, str, str]]) -> Drawn:
    drawn = Drawn(b"", "text/plain")
    written = [title, *(f"{heading}\n{body}" for _, heading, body in text)]
    number = sum(part.count("\n") + 1 for part in written)
    for label, cells in lines(form, printed):
        number += 1
        written.append(label + " " + " ".join(raw or "　" for _, raw in cells))
        for key, _ in cells:
            drawn.places[key] = (None, None, None, None, None, f"line {number}")
            drawn.labels[key] = label
    drawn.data = "\n".join(written).encode()
    return drawn


def draw_docx(title: str, form: str, printed: dict[Key, str], text: list[tuple[int, str, str]]) -> Drawn:
    drawn = Drawn(b"", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    document: Any = Document()
    document.add_heading(title)
    for _, heading, body in text:
        document.add_paragraph(heading)
        document.add_paragraph(body)
    rows = lines(form, printed)
    table = document.add_table(rows=len(rows), cols=8)
    for n, ((label, cells), row) in enumerate(zip(rows, table.rows, strict=True)):
        slots = row.cells  # table.cell() goes over the whole table each time
        slots[0].text = label
        for m, (key, raw) in enumerate(cells, start=1):
            slots[m].text = raw
            drawn.places[key] = (None, None, None, None, None, f"table[1]/row[{n + 1}]/cell[{m + 1}]")
            drawn.labels[key] = label
    buffer = io.BytesIO()
    document.save(buffer)
    drawn.data = buffer.getvalue()
    return drawn
