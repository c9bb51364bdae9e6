"""parsers.formats.doc: the OLE file itself; LibreOffice only for what is older."""

from __future__ import annotations

import json
import struct
from decimal import Decimal
from pathlib import Path
from unittest.mock import ANY

import olefile
import pytest

from parsers.content import Unreadable
from parsers.extract import Failure, extract
from parsers.formats.packages.ole import open_ole
from parsers.formats.pictures.pasted import stored_pictures
from parsers.formats.word import doc, doc_file, libreoffice
from parsers.formats.word.doc_looks import DocumentStyles
from parsers.formats.word.doc_properties import paragraph, table_slots
from parsers.formats.word.row_stream import Slot
from tests.conftest import ROOT

FIXTURES = ROOT / "tests" / "reports" / "office"


def fixture(name: str = "plain") -> bytes:
    return (FIXTURES / f"{name}.doc").read_bytes()


@pytest.mark.parametrize("name", ["plain", "revisions"])
def test_every_cell_of_a_word_file_is_exact(name: str) -> None:
    truth = json.loads((FIXTURES / f"{name}.truth.json").read_text(encoding="utf-8"))
    report = extract(fixture(name)).report
    assert report is not None
    assert (report.form, report.agency, report.year) == (truth["form"], truth["agency"], truth["year"])
    expected = {key: Decimal(value) if isinstance(value, str) else value for key, value in truth["cells"].items()}
    assert {cell.key: cell.value for cell in report.cells} == expected
    assert report.readings_agree is None  # both readings share the pieces and the properties: they confirm nothing


def test_places_name_table_row_and_cell() -> None:
    table = doc.read(fixture()).tables[0]
    assert table.cells[0].place.path == "table[1]/row[1]/cell[1]"


def with_header(data: bytes, at: int, value: int) -> bytes:
    """The file with two bytes of its Word header changed."""
    with open_ole(data) as ole:
        entry = ole._find("WordDocument")
        start = (ole.direntries[entry].isectStart + 1) * ole.sector_size
    return data[: start + at] + struct.pack("<H", value) + data[start + at + 2 :]


def kind_of(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        doc.read(data)
    return caught.value.kind


def test_encrypted_files_say_so() -> None:
    with open_ole(fixture()) as ole:
        flags = int.from_bytes(ole.openstream("WordDocument").read(12)[10:], "little")
    assert kind_of(with_header(fixture(), 10, flags | 0x100)) == "encrypted"


@pytest.mark.parametrize("size", [600, 5_000, 20_000, -3_000])
def test_cut_files_are_refused(size: int) -> None:
    assert kind_of(fixture()[:size]) == "corrupt"


def test_word_95_needs_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARVESTER_SOFFICE", "no-such-program")
    old = with_header(fixture(), 0, 0xA5DC)
    with pytest.raises(Unreadable, match="apt-get install") as caught:
        doc.read(old)
    assert caught.value.kind == "needs_libreoffice"
    assert doc.second_reading(old) is None


def test_the_beginning_of_an_ole_file_is_a_damaged_document() -> None:
    assert doc.recognise(b"plain text") is None
    assert extract(olefile.MAGIC + b"\0" * 2000).error == Failure("corrupt", ANY)


def clx(*pieces: tuple[int, int, int], prefix: bytes = b"") -> bytes:
    """A Clx of (characters, offset, width) pieces after the modifiers of a fast save."""
    bounds = [0]
    descriptors = b""
    for length, offset, width in pieces:
        bounds.append(bounds[-1] + length)
        stored = offset if width == 2 else (offset * 2) | 0x40000000
        descriptors += struct.pack("<HIH", 0, stored, 0)
    plc = struct.pack(f"<{len(bounds)}I", *bounds) + descriptors
    return prefix + b"\x02" + struct.pack("<I", len(plc)) + plc


def test_pieces_of_fast_saves_in_both_widths() -> None:
    text = "公开".encode("utf-16-le") + b"12 \x93" + "年报".encode("utf-16-le")
    prefix = b"\x01\x04\x00abcd"
    main = bytearray(0x400) + text
    table = clx((2, 0x404 + 4, 2), (4, 0x404, 1), (2, 0x400, 2), prefix=prefix)
    struct.pack_into("<I", main, 0x4C, 8)
    struct.pack_into("<II", main, 0x1A2, 0, len(table))
    opened = doc_file.open_word(bytes(main), table, b"")
    assert opened.text == "年报12 “公开"
    assert [opened.offset(position) for position in (0, 2, 6)] == [0x408, 0x404, 0x400]


def test_missing_characters_are_not_passed_over() -> None:
    main = bytearray(0x400)
    table = clx((4, 0x3FC, 2))
    struct.pack_into("<I", main, 0x4C, 4)
    struct.pack_into("<II", main, 0x1A2, 0, len(table))
    with pytest.raises(Unreadable):
        doc_file.open_word(bytes(main), table, b"")


def definition(*cells: tuple[int, int]) -> bytes:
    """The operand of sprmTDefTable for (right edge, flags) cells from 0."""
    edges = struct.pack(f"<{len(cells) + 1}h", 0, *(edge for edge, _ in cells))
    flags = b"".join(struct.pack("<H", flag) + b"\0" * 18 for _, flag in cells)
    return struct.pack("<HB", len(edges) + len(flags) + 2, len(cells)) + edges + flags


def test_cells_of_a_row() -> None:
    slots = table_slots(definition((100, 0x60), (200, 0x20), (300, 1), (400, 2), (500, 2)))
    assert slots == [
        Slot(0, 100),
        Slot(100, 200, above=True),
        Slot(200, 300),
        Slot(300, 400, beside=True),
        Slot(400, 500, beside=True),
    ]
    assert table_slots(b"\x02\x00\x40") == []


def sprm(code: int, operand: bytes) -> bytes:
    return struct.pack("<H", code) + operand


def test_properties_of_row_ends() -> None:
    known = paragraph(sprm(0x2416, b"\x01") + sprm(0x2417, b"\x01") + sprm(0xD608, definition((100, 0), (200, 0))))
    assert (known.depth, known.ends_row, known.slots) == (1, True, (Slot(0, 100), Slot(100, 200)))


def test_merges_written_after_the_definition() -> None:
    merged = sprm(0xD608, definition((100, 0), (200, 0), (300, 0))) + sprm(0xD62B, b"\x02\x00\x01")
    slots = paragraph(merged + sprm(0x5624, b"\x01\x03")).slots
    assert slots == (Slot(0, 100, above=True), Slot(100, 200), Slot(200, 300, beside=True))


def test_large_properties_stand_in_the_data_stream() -> None:
    stored = sprm(0x2416, b"\x01") + sprm(0x2417, b"\x01") + sprm(0xD608, definition((100, 0)))
    data = b"xx" + struct.pack("<H", len(stored)) + stored
    assert paragraph(sprm(0x6646, struct.pack("<I", 2)), data).slots == (Slot(0, 100),)


def test_pictures_in_drawing_records() -> None:
    png, jpeg = b"\x89PNG\r\n\x1a\n" + bytes(30_000), b"\xff\xd8\xff" + bytes(30_000)
    stored = ((0xF01E, 17, png), (0xF01D, 33, jpeg), (0xF01E, 17, png[:900]), (0xF01E, 5, png))
    records = [struct.pack("<HHI", 0, kind, skip + len(data)) + bytes(skip) + data for kind, skip, data in stored]
    assert stored_pictures(b"xx".join(records)) == [("picture[1]", png), ("picture[2]", jpeg)]


@pytest.mark.parametrize(
    ("code", "operand", "printed_as"),
    [
        (0x083C, b"\x01", "hidden"),
        (0x083C, b"\x00", None),
        (0x0800, b"\x01", "hidden"),
        (0x0837, b"\x01", "struck"),
        (0x2A53, b"\x01", "struck"),
        (0x2A48, b"\x01", "raised"),
        (0x2A48, b"\x02", "raised"),
        (0x2A48, b"\x00", None),
    ],
)
def test_runs_that_are_not_plain_text(code: int, operand: bytes, printed_as: str | None) -> None:
    assert DocumentStyles().manner(0, sprm(code, operand), shaded=False) == printed_as


def test_libreoffice_reads_what_is_older() -> None:
    if libreoffice.executable() is None:
        pytest.skip("needs LibreOffice")
    content = libreoffice.convert(fixture(), ".doc", doc.MEDIA_TYPE)
    assert content.method == "libreoffice"
    assert [[c.text for c in row] for row in content.tables[1].rows()] == [
        [c.text for c in row] for row in doc.read(fixture()).tables[1].rows()
    ]


def a_libreoffice(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("HARVESTER_SOFFICE", str(program))


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        ("sleep 600 & wait", "too_slow"),
        ("kill -XCPU $$", "too_slow"),
        ("exit 152", "too_slow"),  # a shell's word for SIGXCPU
        ("kill -KILL $$", "interrupted"),
        ("kill -SEGV $$", "crashed"),
        ("echo 'no space left on device' >&2; exit 77", "crashed"),
        ("exit 0", "crashed"),
        ("echo 'Error: source file could not be loaded' >&2", "corrupt"),
        ("echo 'Error: source file could not be loaded' >&2; exit 1", "corrupt"),
    ],
)
def test_only_what_libreoffice_says_of_a_file_is_the_files_fault(
    script: str, kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    a_libreoffice(monkeypatch, tmp_path, script)
    with pytest.raises(Unreadable) as caught:
        libreoffice.converted(b"x", ".doc", "docx", seconds=0.1 if "sleep" in script else libreoffice.SECONDS)
    assert caught.value.kind == kind


def test_the_limit_of_a_conversion_is_never_zero(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Under a limit of 0 whatever LibreOffice starts ends at its first tick, and the file seemed damaged."""
    a_libreoffice(monkeypatch, tmp_path, "exit 3")
    limits = []
    monkeypatch.setattr(libreoffice.resource, "prlimit", lambda _pid, _kind, limit: limits.append(limit))
    with pytest.raises(Unreadable):
        libreoffice.converted(b"x", ".doc", "docx", seconds=0.5)
    assert limits == [(1, 2)]
