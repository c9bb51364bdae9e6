"""A picture or an object in a cell of a word processor's table: no blank, and no part of a number that can be read."""

from __future__ import annotations

import pytest

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


def odt_cell(content: str) -> str | None:
    names = " ".join(f'xmlns:{name}="urn:{name}"' for name in ("office", "table", "text", "draw"))
    cells = "".join(f"<table:table-cell><text:p>{one}</text:p></table:table-cell>" for one in ("甲", content, "乙"))
    kind = f'office:mimetype="{odt.MEDIA_TYPE}"'
    table = f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
    body = f"<office:body><office:text>{table}</office:text></office:body>"
    data = f"<office:document {names} {kind}>{body}</office:document>"
    cell = odt.read(data.encode()).tables[0].cells[1]
    return cell.text if cell.readable else None


def test_frames_of_open_document() -> None:
    frame = '<draw:frame text:anchor-type="{}"><draw:image/></draw:frame>'
    assert odt_cell(frame.format("paragraph")) is None
    assert odt_cell(f"4{frame.format('as-char')}2") is None
    assert odt_cell(f"42{frame.format('paragraph')}") == "42"
    assert odt_cell(frame.format("as-char").replace("image", "object")) is None
    assert odt_cell("") == ""
