"""Every way in which a digit may be in the file and not in the number, before it and behind it: the number is read as
printed or not at all, and the page is drawn to find out. A plain page is not drawn."""

from __future__ import annotations

from itertools import pairwise

import pytest

from parsers.content import Cell
from parsers.formats.pdf import page as pdf_page
from parsers.formats.pdf import pdf
from parsers.formats.pdf.file import sheets
from tests.raw_pdf import CELL, FIRST_FREE, Extra, embedded, form, pdf_with, shown, stream

X, Y = CELL
WIDE = 5.56  # of a digit of ten points
BEFORE, BEHIND = X - 2 * WIDE, X + 2 * WIDE


def box(x: float, colour: str = "1 g") -> str:
    return f"q {colour} {x - 0.5} {Y - 2} 12 12 re f Q"


def states(**named: str) -> str:
    return "/ExtGState << " + " ".join(f"/{name} << {entries} >>" for name, entries in named.items()) + " >>"


def image(x: float, y: float, wide: float, high: float) -> str:
    return f"q {wide} 0 0 {high} {x} {y} cm /Im Do Q"


PICTURE = {FIRST_FREE: stream(b"\x00", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8"
                              " /ColorSpace /DeviceGray")}  # fmt: skip
WHITE = {FIRST_FREE: PICTURE[FIRST_FREE].replace(b"\x00", b"\xff")}
WITH_IMAGE = "/XObject << /Im 10 0 R >>"


def note(kind: str, x: float, entries: str, drawing: str) -> Extra:
    """A note over two digits, drawn by its own appearance."""
    area = f"[{x} {Y - 1} {x + 2 * WIDE} {Y + 8}]"
    points = f"[{x} {Y + 8} {x + 2 * WIDE} {Y + 8} {x} {Y - 1} {x + 2 * WIDE} {Y - 1}]"
    return Extra(
        after=shown("47", x, Y),
        page="/Annots [10 0 R]",
        objects={
            10: f"<< /Type /Annot /Subtype /{kind} /Rect {area} /QuadPoints {points} /F 4 {entries}"
            f" /AP << /N 11 0 R >> >>".encode(),
            11: stream(drawing, f"/Type /XObject /Subtype /Form /BBox {area}"),
        },
    )


def effects(x: float) -> dict[str, Extra]:
    """What stands as 47 at `x` and is not read there."""
    digits = shown("47", x, Y)
    across = f"{x - 0.5} {Y + 3.4} m {x + 2 * WIDE + 0.4} {Y + 3.4} l S"
    cover = f"{x - 0.5} {Y - 2} 12 12 re"
    layers = "/OCProperties << /OCGs [10 0 R] /D << /OFF [10 0 R] /Order [10 0 R] >> >>"
    layer = {10: b"<< /Type /OCG /Name (off) >>"}
    return {
        "white box over it": Extra(after=f"{digits} {box(x)}"),
        "white curve over it": Extra(after=f"{digits} q 1 g {x - 1} {Y - 2} m {x - 3} {Y + 20} {x + 14} {Y + 20}"
                                     f" {x + 13} {Y - 2} c f Q"),
        "wide white line over it": Extra(after=f"{digits} q 1 G 14 w {x - 1} {Y + 4} m {x + 12} {Y + 4} l S Q"),
        "white box in two paths": Extra(after=f"{digits} q 1 g {cover} 60 100 5 5 re f Q"),
        "white text": Extra(after=f"q 1 g {digits} Q"),
        "white in RGB": Extra(after=f"q 1 1 1 rg {digits} Q"),
        "white in CMYK": Extra(after=f"q 0 0 0 0 k {digits} Q"),
        "grey on grey": Extra(after=f"{box(x, '0.4 g')} q 0.4 g {digits} Q"),
        "black on black": Extra(after=f"{box(x, '0 g')} {digits}"),
        "struck by a path": Extra(after=f"{digits} {across}"),
        "struck by a thin box": Extra(after=f"{digits} {x - 0.5} {Y + 3} 12 0.7 re f"),
        "struck slantwise": Extra(after=f"{digits} {x - 0.5} {Y + 1} m {x + 11.5} {Y + 6} l S"),
        "struck by a picture": Extra(after=f"{digits} {image(x - 0.5, Y + 3, 12.2, 0.8)}", objects=PICTURE,
                                     resources=WITH_IMAGE),
        "under a picture": Extra(after=f"{digits} {image(x - 0.5, Y - 2, 12, 12)}", objects=WHITE,
                                 resources=WITH_IMAGE),
        "struck out by a note": note("StrikeOut", x, "/C [1 0 0]", f"1 0 0 RG {across}"),
        "struck by ink": note("Ink", x, "/C [0 0 0]", across),
        "covered by a note": note("Square", x, "/IC [1 1 1]", f"1 g {cover} f"),
        "covered by free text": note("FreeText", x, "/DA (/F1 10 Tf)", f"1 g {cover} f"),
        "redacted": note("Redact", x, "/IC [0 0 0]", f"0 g {cover} f"),
        "clipped away": Extra(after=f"q 10 10 5 5 re W n {digits} Q"),
        "clipped to a sliver": Extra(after=f"q {x} {Y - 1} 11 1.2 re W n {digits} Q"),
        "clipped by a triangle": Extra(after=f"q 0 0 m 5 5 l 9 0 l h W n {digits} Q"),
        "clipped by text": Extra(after=f"q BT /F1 4 Tf 7 Tr 20 20 Td (.) Tj ET {digits} Q"),
        "in a layer that is off": Extra(after=f"/OC /Off BDC {digits} EMC", catalogue=layers, objects=layer,
                                        resources="/Properties << /Off 10 0 R >>"),
        "in a form of a layer": Extra(after="/Fm Do", catalogue=layers, resources="/XObject << /Fm 12 0 R >>",
                                      objects={**layer, 12: form(digits, "/OC 10 0 R")}),
        "not drawn": Extra(after=f"q BT /F1 10 Tf 3 Tr {x} {Y} Td (47) Tj ET Q"),
        "drawn as a clip": Extra(after=f"q BT /F1 10 Tf 7 Tr {x} {Y} Td (47) Tj ET Q"),
        "a hundredth of a point": Extra(after=f"q BT /F1 0.01 Tf {x} {Y} Td (47) Tj ET Q"),
        "tiny": Extra(after=shown("47", x + 5, Y, size=1)),
        "narrow to nothing": Extra(after=f"q BT /F1 10 Tf 0.01 Tz {x} {Y} Td (47) Tj ET Q"),
        "raised": Extra(after=shown("47", x + 2 * WIDE - 6.4 if x < X else x + 0.5, Y + 4, size=5.5)),
        "lowered": Extra(after=shown("47", x + 2 * WIDE - 6.4 if x < X else x + 0.5, Y - 2, size=5.5)),
        "small on the same line": Extra(after=shown("47", x + 2 * WIDE - 6.4 if x < X else x + 0.5, Y, size=5.5)),
        "mirrored": Extra(after=f"q BT /F1 10 Tf -1 0 0 1 {x + 2 * WIDE} {Y} Tm (47) Tj ET Q"),
        "upside down": Extra(after=f"q BT /F1 10 Tf 1 0 0 -1 {x} {Y + 7.2} Tm (47) Tj ET Q"),
        "turned": Extra(after=f"q BT /F1 10 Tf 0 1 -1 0 {x + 8} {Y - 2} Tm (08) Tj ET Q"),
        "turned over": Extra(after=f"q BT /F1 10 Tf -1 0 0 -1 {x + 2 * WIDE} {Y + 7.2} Tm (06) Tj ET Q"),
        "a tenth as wide": Extra(after=f"q BT /F1 10 Tf 10 Tz {x + 5} {Y} Td (47) Tj ET Q"),
        "on a dark spot": Extra(after=f"q 0 g {x + 1} {Y - 2} 7 8 re f Q {digits}"),
        "transparent": Extra(after=f"q /Gs gs {digits} Q", resources=states(Gs="/ca 0")),
        "nearly transparent": Extra(after=f"q /Gs gs {digits} Q", resources=states(Gs="/ca 0.04")),
        "behind a mask": Extra(
            after=f"q /Gs gs {digits} Q", resources=states(Gs="/SMask << /S /Luminosity /G 12 0 R >>"),
            objects={11: form(""), 12: form("0 g 0 0 595 842 re f",
                                            "/Group << /S /Transparency /CS /DeviceGray >>")}),
        "lightened away": Extra(after=f"q /Gs gs {digits} {box(x)} Q", resources=states(Gs="/BM /Screen")),
        "covered in a form": Extra(after=f"{digits} /Fm Do", resources="/XObject << /Fm 12 0 R >>",
                                   objects={11: form(box(x)), 12: form("/Inner Do")}),
        "in a form and clipped": Extra(after="/Fm Do", resources="/XObject << /Fm 12 0 R >>",
                                       objects={12: form(digits).replace(b"[0 0 595 842]", b"[0 0 20 20]")}),
        "filled with a white pattern": Extra(
            after=f"q /Pattern cs /P1 scn {digits} Q", resources="/Pattern << /P1 12 0 R >>",
            objects={12: stream("1 g 0 0 9 9 re f", "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1"
                                " /BBox [0 0 9 9] /XStep 9 /YStep 9 /Resources << >>")}),
        "under a shading": Extra(
            after=f"{digits} q {cover} W n /Sh sh Q", resources="/Shading << /Sh 12 0 R >>",
            objects={12: b"<< /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 9 0] /Extend [true true] /Function"
                     b" << /FunctionType 2 /Domain [0 1] /C0 [1] /C1 [1] /N 1 >> >>"}),
        "under a white letter": Extra(after=f"{digits} q 1 g {shown('#', x - 1, Y - 3, size=30)} Q"),
        "other words given": Extra(after=f"/Span << /ActualText (47) >> BDC {shown('x', x, Y)} EMC"),
        "off the page": Extra(after=shown("47", x, Y + 900)),
        "drawn without ink": Extra(after=f"/F2 10 Tf {shown('47', x, Y, 'F2')}", objects={
            20: b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 10 10] /FontMatrix [0.1 0 0 0.1 0 0] /FirstChar 52"
            b" /LastChar 55 /Widths [5.56 5.56 5.56 5.56] /CharProcs << /four 21 0 R /seven 21 0 R >> /Resources << >>"
            b" /Encoding << /Type /Encoding /Differences [52 /four 55 /seven] >> >>",
            21: stream("5.56 0 d0"),
        }),
    }  # fmt: skip


def middle(data: bytes) -> Cell:
    tables = pdf.read(data).tables
    assert len(tables) == 1
    return next(cell for cell in tables[0].cells if cell.row == 1 and cell.column == 2)


def read_of(cell: Cell) -> str:
    """The digits that are read as a number: neither raised nor crossed out ones."""
    text = cell.text + " "
    return "".join(a for a, b in pairwise(text) if a.isdecimal() and b != "\u0336")


@pytest.mark.parametrize("name", sorted(effects(BEFORE)))
@pytest.mark.parametrize("at", [BEFORE, BEHIND])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_what_is_no_part_of_a_number_is_not_read(name: str, at: float, turn: int) -> None:
    extra = effects(at)[name]
    cell = middle(_turned(extra, turn))
    assert not cell.readable or read_of(cell) == "11", cell.text


def _turned(extra: Extra, turn: int) -> bytes:
    data = pdf_with(extra)
    return data.replace(b"/Type /Page /Parent", f"/Rotate {turn} /Type /Page /Parent".encode()) if turn else data


@pytest.fixture
def drawings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One entry for each page that is drawn whole."""
    made: list[int] = []
    original = pdf_page.sight_of

    def spy(*arguments: object) -> object:
        made.append(1)
        return original(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(pdf_page, "sight_of", spy)
    sheets.cache_clear()
    return made


UNSEEN = {"off the page", "not drawn", "raised", "lowered", "small on the same line"}
"""What needs no drawing: it stands elsewhere, is of another height, or is known not to be drawn."""


@pytest.mark.parametrize("name", sorted({*effects(BEFORE)} - UNSEEN))
def test_a_page_with_an_effect_is_drawn(name: str, drawings: list[int]) -> None:
    pdf.read(pdf_with(effects(BEFORE)[name]))
    assert drawings


HONEST = "10 beginbfchar " + " ".join(f"<{0x30 + i:02X}> <{0x30 + i:04X}>" for i in range(10)) + " endbfchar"
PLAIN = {
    "a table": Extra(),
    "light cells": Extra(before="q 0.9 g 280 688 110 24 re f Q"),
    "a clip as large as the cell": Extra(after=f"q 281 687 108 26 re W n {shown('3', X + 2 * WIDE, Y)} Q"),
    "an emblem elsewhere": Extra(after=image(60, 100, 50, 50), objects=PICTURE, resources=WITH_IMAGE),
    "marked content": Extra(after=f"/P << /MCID 0 >> BDC {shown('3', X + 2 * WIDE, Y)} EMC"),
    "a link": Extra(
        page="/Annots [10 0 R]", objects={10: b"<< /Type /Annot /Subtype /Link /Rect [300 690 350 720] >>"}
    ),
    "a font in the file": Extra(after=shown("3", X + 2 * WIDE, Y, "F2"), objects=embedded(20, HONEST)),
}


@pytest.mark.parametrize("name", sorted(PLAIN))
def test_a_plain_page_is_not_drawn(name: str, drawings: list[int]) -> None:
    cell = middle(pdf_with(PLAIN[name]))
    assert cell.readable
    assert cell.text in ("11", "113")
    assert not drawings


def test_a_page_of_the_same_font_draws_no_digit_again(drawings: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten digits of a font are drawn once a document, whatever the number of its pages."""
    data = pdf_with(PLAIN["a font in the file"]).replace(b"[3 0 R] /Count 1", b"[3 0 R 3 0 R] /Count 2")
    found, _ = sheets(data)
    assert len(found) == 2
    assert not drawings


@pytest.mark.parametrize("digit", "0123456789")
def test_a_font_that_draws_another_digit_is_found(digit: str, drawings: list[int]) -> None:
    """The map to Unicode says `digit`, the glyph is another one: the number is not read, wherever it stands."""
    other = str((int(digit) + 5) % 10)
    lie = HONEST.replace(f"<{0x30 + int(other):02X}> <{0x30 + int(other):04X}>",
                         f"<{0x30 + int(other):02X}> <{0x30 + int(digit):04X}>")  # fmt: skip
    data = pdf_with(Extra(after=shown(other, X + 2 * WIDE, Y, "F2"), objects=embedded(20, lie)))
    cell = middle(data)
    assert drawings
    assert not cell.readable
