"""What is laid over a page is read as what it shows: the fields of a form, notes, lines through numbers."""

from __future__ import annotations

import pytest

from parsers.formats.pdf import pdf
from tests.raw_pdf import Extra, form, pdf_with

AREA = "[285 690 385 712]"  # the inside of the middle cell, which `number` stands in
WRITTEN = "BT 0 g /F1 12 Tf 320 696 Td (37) Tj ET"


def middle(number: str, kind: str, drawn: str | None, flags: int = 4) -> tuple[str, bool]:
    """The middle cell of the table with one annotation over it."""
    is_field = kind == "Widget"
    look = "" if drawn is None else "/AP << /N 12 0 R >>"
    field = "/FT /Tx /T (a) /V (999) /DA (/F1 12 Tf 0 g)" if is_field else ""
    entries = f"<< /Type /Annot /Subtype /{kind} /Rect {AREA} /F {flags} {look} {field} >>"
    look_of = form(drawn or "").replace(b"/BBox [0 0 595 842]", f"/BBox {AREA}".encode())
    catalogue = "/AcroForm << /Fields [10 0 R] /DR << /Font << /F1 4 0 R >> >> >>" if is_field else ""
    extra = Extra(page="/Annots [10 0 R]", objects={10: entries.encode(), 12: look_of}, catalogue=catalogue)
    (found,) = pdf.read(pdf_with(extra, number)).tables
    cell = next(cell for cell in found.cells if (cell.row, cell.column) == (1, 2))
    return cell.text, cell.readable


@pytest.mark.parametrize("kind", ["Widget", "FreeText", "Stamp"])
def test_a_number_written_over_a_cell_is_read_as_shown(kind: str) -> None:
    """Of a field what its look shows, whatever value it has besides."""
    assert middle("", kind, WRITTEN) == ("37", True)


def test_what_is_hidden_is_not_read() -> None:
    assert middle("", "FreeText", WRITTEN, flags=2) == ("", True)
    assert middle("11", "FreeText", WRITTEN, flags=2) == ("11", True)


def test_a_cover_and_the_line_of_a_pen() -> None:
    assert middle("11", "Square", "1 g 285 690 100 22 re f")[0] == ""
    assert middle("11", "Ink", "1 0 0 RG 2 w 300 700 m 370 700 l S")[0] == "1\u03361\u0336"


def test_what_says_not_how_it_looks_is_never_another_number() -> None:
    text, readable = middle("", "Widget", None)
    assert not readable or text in ("", "999")
    assert middle("11", "Square", None)[0] in ("11", "\ufffc\ufffc", "")
