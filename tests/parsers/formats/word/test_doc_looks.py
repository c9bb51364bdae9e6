"""How runs of a .doc are printed, from the modifiers of characters and styles."""

from __future__ import annotations

import struct

import pytest

from parsers.formats.word.doc_looks import DocumentStyles, read_styles, shades_cells, tells


def sprm(code: int, operand: bytes) -> bytes:
    return struct.pack("<H", code) + operand


STRIKE, RAISE, WHITE, ODD = (
    sprm(0x0837, b"\x01"), sprm(0x4845, struct.pack("<h", 8)), sprm(0x6870, b"\xff\xff\xff\x00"),
    sprm(0xCA71, b"\x0a" + b"\x00\x00\x00\xff" + b"\x33\x33\x33\x00" + b"\x00\x00"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("modifiers", "manner"),
    [
        (b"", None), (STRIKE, "struck"), (RAISE, "raised"), (WHITE, "hidden"), (WHITE + ODD, None),
        (sprm(0x2A42, b"\x08"), "hidden"), (sprm(0x2A42, b"\x08") + sprm(0x2A0C, b"\x01"), None),
        (sprm(0x6870, b"\x33\x33\x33\x00") + ODD, "hidden"), (sprm(0x6870, b"\x00\x00\x00\xff"), None),
        (sprm(0x083C, b"\x01"), "hidden"), (sprm(0x083C, b"\x01") + sprm(0x083C, b"\x00"), None),
        (sprm(0x0800, b"\x01"), "hidden"), (sprm(0x4A43, b"\x02\x00"), "hidden"), (sprm(0x4A43, b"\x06\x00"), "apart"),
        (sprm(0x2A48, b"\x01"), "raised"), (sprm(0x2A48, b"\x00"), None),
        (sprm(0x4845, struct.pack("<h", -7)), "raised"),
        (sprm(0x4845, struct.pack("<h", 1)), None), (sprm(0x8840, struct.pack("<h", -200)), "doubtful"),
        (sprm(0x4852, struct.pack("<h", 5)), "doubtful"), (sprm(0x2A53, b"\x01"), "struck"),
    ],
)  # fmt: skip
def test_modifiers_of_a_run(modifiers: bytes, manner: str | None) -> None:
    assert DocumentStyles().manner(0, modifiers, shaded=False) == manner


def style(kind: int, parent: int, grpprl: bytes) -> bytes:
    base = struct.pack("<5H", 0, kind | parent << 4, 2 if kind == 1 else 1, 0, 0)
    parts = b"\x02\x00\x00\x00" if kind == 1 else b""
    upx = struct.pack("<H", len(grpprl)) + grpprl + bytes(len(grpprl) % 2)
    entry = base + struct.pack("<H", 1) + "a".encode("utf-16-le") + b"\x00\x00" + parts + upx
    return struct.pack("<H", len(entry)) + entry


SHEET = struct.pack("<HHH", 4, 4, 10) + b"".join(
    [style(1, 0xFFF, b""), style(1, 0, STRIKE), style(2, 0xFFF, STRIKE), style(2, 2, b"")]
)


def test_styles_with_their_parents() -> None:
    styles = read_styles(SHEET)
    assert styles.manner(0, b"", shaded=False) is None
    assert styles.manner(1, b"", shaded=False) == "struck"
    named = sprm(0x4A30, struct.pack("<H", 3))
    assert styles.manner(0, named, shaded=False) == "struck"
    assert styles.manner(1, named, shaded=False) is None  # twice on is off
    assert styles.manner(1, sprm(0x0837, b"\x00"), shaded=False) is None
    assert styles.manner(1, sprm(0x0837, b"\x81"), shaded=False) is None
    assert tells(styles, [])
    assert not tells(read_styles(b""), [sprm(0x4A43, b"\x15\x00")])


@pytest.mark.parametrize("cut", range(0, len(SHEET), 3))
def test_a_damaged_style_sheet_is_no_accident(cut: int) -> None:
    read_styles(SHEET[:cut]).manner(1, WHITE, shaded=False)


def test_where_cells_are_shaded_colour_alone_proves_nothing() -> None:
    assert shades_cells(sprm(0xD612, b"\x0a" + b"\x00\x00\x00\xff\x33\x33\x33\x00\x00\x00"))
    assert DocumentStyles().manner(0, WHITE, shaded=True) == "doubtful"
    assert DocumentStyles().manner(0, WHITE + STRIKE, shaded=False) == "hidden"
