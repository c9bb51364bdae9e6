"""A picture or an object in a cell of a word processor's table: no blank, and no part of a number that can be read."""

from __future__ import annotations

import pytest

from parsers.formats import recognise
from parsers.formats.opendocument import odt
from tests.parsers.formats.word.test_wordml_looks import PLAIN, run, seen

INLINE = "<w:r><w:drawing><wp:inline xmlns:wp='wp'/></w:drawing></w:r>"
FLOATING = "<w:r><w:drawing><wp:anchor xmlns:wp='wp'/></w:drawing></w:r>"
VML = "<w:r><w:pict/></w:r>"


@pytest.mark.parametrize("drawing", [INLINE, FLOATING, VML, "<w:r><w:object/></w:r>"])
def test_a_drawing_alone(drawing: str) -> None:
    assert seen(drawing) is None


def test_a_drawing_beside_text() -> None:
    assert seen(PLAIN + INLINE) is None
    assert seen(PLAIN + FLOATING) == "31"
    assert seen(run("", "本年新收") + INLINE) == "本年新收"


def odt_cell(content: str, styles: str = "") -> str | None:
    names = " ".join(f'xmlns:{name}="urn:{name}"' for name in ("office", "table", "text", "draw", "style"))
    cells = "".join(f"<table:table-cell><text:p>{one}</text:p></table:table-cell>" for one in ("甲", content, "乙"))
    kind = f'office:mimetype="{odt.MEDIA_TYPE}"'
    table = f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
    body = f"<office:body><office:text>{table}</office:text></office:body>"
    data = f"<office:document {names} {kind}>{styles}{body}</office:document>"
    cell = odt.read(data.encode()).tables[0].cells[1]
    return cell.text if cell.readable else None


def test_frames_of_open_document() -> None:
    frame = '<draw:frame text:anchor-type="{}"><draw:image/></draw:frame>'
    assert odt_cell(frame.format("paragraph")) is None
    assert odt_cell(f"4{frame.format('as-char')}2") is None
    assert odt_cell(f"42{frame.format('paragraph')}") == "42"
    assert odt_cell(frame.format("as-char").replace("image", "object")) is None
    assert odt_cell("") == ""


def test_a_field_that_prints_its_code_is_no_blank() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> EQ \\o\\ad(7,31)</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert seen(field) is None
    assert seen(field.replace("EQ", "TC")) == ""


def test_a_fraction_is_no_number() -> None:
    parts = "".join(f"<m:{part}><m:r><m:t>7</m:t></m:r></m:{part}>" for part in ("num", "den"))
    assert seen(f"<m:oMath xmlns:m='m'><m:f>{parts}</m:f></m:oMath>") is None


def rtf_cell(content: str) -> str | None:
    data = (
        r"{\rtf1\ansi{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset0 Wingdings;}}"
        rf"\trowd\cellx1000\cellx2000\cellx3000\pard\intbl x\cell {content}\cell y\cell\row}}"
    )
    known = recognise(data.encode())
    assert known is not None
    assert known.read is not None
    cell = known.read(data.encode()).tables[0].cells[1]
    return cell.text if cell.readable else None


def test_cells_of_rich_text() -> None:
    assert rtf_cell("31") == "31"
    assert rtf_cell(r"{\f1 7}31") is None
    assert rtf_cell(r"{\field{\*\fldinst { EQ \\o\\ad(7,31)}}{\fldrslt }}") is None
    assert rtf_cell(r"{\shp{\*\shpinst{\shptxt \pard 31\par}}}") is None


def test_numbers_of_lists_in_open_document() -> None:
    item = "<text:list text:style-name='L'><text:list-item><text:p>31</text:p></text:list-item></text:list>"
    item = f"</text:p>{item}<text:p>"
    level = '<text:list-style style:name="L"><text:list-level-style-{}/></text:list-style>'
    assert odt_cell(item, level.format('number style:num-format="1"')) is None
    assert (odt_cell(item, level.format("bullet")) or "").strip() == "31"


@pytest.mark.parametrize(("kind", "text"), [("deletion", "31"), ("insertion", "731")])
def test_tracked_changes_that_stand_in_the_text(kind: str, text: str) -> None:
    changes = (
        f'<text:tracked-changes><text:changed-region text:id="c1"><text:{kind}/></text:changed-region>'
        "</text:tracked-changes>"
    )
    marks = '<text:change-start text:change-id="c1"/>7<text:change-end text:change-id="c1"/>31'
    assert odt_cell(marks, changes) == text
