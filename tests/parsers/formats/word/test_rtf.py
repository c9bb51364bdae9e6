"""parsers.formats.rtf: text, code pages, merges, nested tables."""

from __future__ import annotations

import pytest

from parsers.content import Unreadable
from parsers.formats.word import rtf
from parsers.formats.word.rtf_syntax import Pictures

_HEAD = rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 SimSun;}{\f1\fcharset0 Arial;}{\f2\fcharset136 Ming;}}"


def text(body: bytes) -> str:
    return rtf.read(_HEAD + body + b"}").text


@pytest.mark.parametrize(
    ("body", "printed"),
    [
        (rb"\'b9\'ab\'bf\'aa", "公开"),
        (rb"\f1\'b9\'ab\'bf\'aa 12", "公开 12"),
        (rb"\f2\'a4\'bd\'b6\'7d", "公開"),
        (rb"\u20844?\u24320?", "公开"),
        (rb"\uc2\u20844\'b9\'ab\uc0\u24320 1", "公开1"),
        (rb"\uc1{\uc0\u20844}\u24320??", "公开?"),
        (rb"\u-10187?\u-9011?", "𝓍"),
        (rb"1{\v 9}2\v 3\v0 4", "124"),
        (rb"1{\deleted 9}2", "12"),
        (rb"5{\super 12}3", "5¹²3"),
        (rb"5\sub 1\nosupersub 2", "5¹2"),
        (rb"{\strike 9}5\striked1 8\plain 5", "9\u033658\u03365"),
        (rb"a\tab b\line c\~d\_e\-f\{\}\\", "a\tb\nc\u00a0d-ef{}\\"),
        (rb"{\*\unknown 9}1{\pict 8}2{\header 7}3{\footnote 6}", "123"),
        (rb"{\field{\*\fldinst SUM(LEFT) 77}{\fldrslt 5}}", "5"),
        (rb"{\pntext\f0 1.\tab}x", "1.\tx"),
        (rb"\bin4 }}}}1", "1"),
        (b"1\r\n2\r\n\\par 3", "12\n3"),
        (b"x\r\n\\~y", "x\u00a0y"),
    ],
)
def test_printed_text(body: bytes, printed: str) -> None:
    assert text(body) == printed


def test_a_number_that_is_a_picture_is_unreadable_and_no_blank() -> None:
    body = rb"\trowd\cellx1000\cellx2000\intbl A\cell {\*\shppict{\pict\pngblip 8950}}{\nonshppict 9}\cell\row"
    (table,) = rtf.read(_HEAD + body + b"}").tables
    assert [(cell.text, cell.readable) for cell in table.cells] == [("A", True), ("", False)]


def test_pictures_are_collected() -> None:
    pictures = Pictures()
    for kind, digits in (("pngblip", b"8950" * 20_000), ("wmetafile8", b"00" * 40_000), ("jpegblip", b"zz" * 40_000)):
        pictures.name_kind(kind)
        pictures.take(digits)
        pictures.end()
    assert [(name, len(data)) for name, data in pictures.found] == [("picture[1]", 40_000)]


def grid(body: bytes) -> list[list[tuple[int, int, int, str]]]:
    (table,) = rtf.read(_HEAD + body + b"}").tables
    return [[(c.column, c.colspan, c.rowspan, c.text) for c in row] for row in table.rows()]


def test_merges_of_both_kinds() -> None:
    body = (
        rb"\trowd\clvmgf\cellx1000\clmgf\cellx2000\clmrg\cellx3000\intbl A\cell B\cell\cell\row"
        rb"\trowd\clvmrg\cellx1000\cellx2000\cellx3000\intbl\cell 1\cell 2\cell\row\pard"
    )
    assert grid(body) == [[(0, 1, 2, "A"), (1, 2, 1, "B")], [(1, 1, 1, "1"), (2, 1, 1, "2")]]


def test_lines_a_little_apart_are_one() -> None:
    body = rb"\trowd\cellx1000\cellx2010\intbl A\cell B\cell\row\trowd\cellx1020\cellx2000\intbl 1\cell 2\cell\row"
    assert [[c[0] for c in row] for row in grid(body)] == [[0, 1], [0, 1]]


def test_wide_cells_span_columns() -> None:
    body = rb"\trowd\cellx3000\intbl A\cell\row\trowd\cellx1000\cellx3000\intbl 1\cell 2\cell\row"
    assert grid(body)[0] == [(0, 2, 1, "A")]


def test_a_framed_number_is_text_of_its_cell() -> None:
    inner = rb"\pard\intbl\itap2 12\nestcell{\*\nesttableprops\trowd\cellx500\nestrow}{\nonesttables\par}"
    body = rb"\trowd\cellx1000\cellx2000\pard\intbl A\cell" + inner + rb"\pard\intbl\cell\row\pard"
    assert [text for *_, text in grid(body)[0]] == ["A", "12"]


def test_cells_without_a_definition_stand_side_by_side() -> None:
    assert grid(rb"\trowd\intbl 1\cell 2\cell\row") == [[(0, 1, 1, "1"), (1, 1, 1, "2")]]


@pytest.mark.parametrize("body", [b"{", rb"\trowd\cellx100\intbl 12{", b"{" * 5_000])
def test_a_cut_or_absurd_file_is_refused(body: bytes) -> None:
    with pytest.raises(Unreadable):
        rtf.read(_HEAD + body)


def test_recognised_by_its_first_bytes() -> None:
    assert rtf.recognise(_HEAD) == rtf.MEDIA_TYPE
    assert rtf.recognise(b"rtf1") is None
