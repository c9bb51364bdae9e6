"""Reports as RTF, written here (code page or \\u) or by LibreOffice."""

from __future__ import annotations

from random import Random

from tests.factory.grids import Grid, Slot
from tests.factory.story import Story

STYLES = ("unicode", "code_page", "hidden")

_COLUMN = 900
_HEAD = (
    r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}{\f1\fswiss\fcharset0 Arial;}}"
    r"{\stylesheet{\s0 Normal;}}{\info{\title 77}}{\header\pard 88\par}"
)


def render(story: Story, random: Random, style: str = "unicode") -> bytes:
    """An .rtf in one of STYLES."""
    body = "".join(
        _table(block, style) if isinstance(block, Grid) else rf"\pard {_text(block.text, style)}\par "
        for block in story
    )
    return (_HEAD + body + "}").encode("ascii")


def _text(text: str, style: str) -> str:
    if style == "code_page":
        return r"\f0 " + "".join(_byte(byte) for byte in text.encode("gb18030"))
    escaped = "".join(char if ord(char) < 128 else rf"\u{_signed(char)}?" for char in text)
    return escaped + r"{\v 99}{\deleted 9}" if style == "hidden" else escaped


def _byte(byte: int) -> str:
    return chr(byte) if 0x20 <= byte < 0x7F and chr(byte) not in "\\{}" else rf"\'{byte:02x}"


def _signed(char: str) -> int:
    code = ord(char)
    return code - 65536 if code > 32767 else code


def _table(grid: Grid, style: str) -> str:
    covered = {(slot.row + down, slot.column): slot for slot in grid.slots for down in range(1, slot.rowspan)}
    rows = []
    for number, row in enumerate(grid.rows()):
        cells = [(slot, "") for slot in row]
        cells += [(slot, r"\clvmrg") for (at, _), slot in covered.items() if at == number]
        rows.append(_row(sorted(cells, key=lambda cell: cell[0].column), style))
    return "".join(rows) + r"\pard\par "


def _row(cells: list[tuple[Slot, str]], style: str) -> str:
    edges = "".join(rf"{merge or _first(slot)}\cellx{(slot.column + slot.colspan) * _COLUMN}" for slot, merge in cells)
    texts = "".join(rf"{'' if merge else _text(slot.text, style)}\cell " for slot, merge in cells)
    return rf"\trowd\trgaph108\trleft0{edges}\pard\intbl {texts}\row "


def _first(slot: Slot) -> str:
    return r"\clvmgf" if slot.rowspan > 1 else ""
