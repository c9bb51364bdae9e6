"""Property modifiers of the .doc format ([MS-DOC] 2.6): what says that a paragraph ends a cell or a row."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from parsers.formats.word.row_stream import Slot

_DEF_TABLE, _VERT_MERGE, _MERGE = 0xD608, 0xD62B, 0x5624
_IN_TABLE, _ROW_END, _DEPTH = 0x2416, 0x2417, 0x6649
_INNER_CELL, _INNER_ROW_END = 0x244B, 0x244C
_HUGE = frozenset({0x6645, 0x6646})
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_TAB_CHANGES = 0xC615
_VERT_MERGE_SIZE = 3
"""Bytes: the length, the cell, what becomes of it."""
_MOST_COLUMNS = 63
"""Of a table in Word 97 to 2003."""


@dataclass(frozen=True, slots=True)
class ParagraphState:
    """What is known of a paragraph: how deep in tables, what its mark ends, and, at a row's end, the row's cells."""

    depth: int = 0
    ends_cell: bool = False
    ends_row: bool = False
    slots: tuple[Slot, ...] = ()


def modifiers(grpprl: bytes) -> Iterator[tuple[int, bytes]]:
    """(opcode, operand) of each modifier; stops at the first that does not fit."""
    at = 0
    while at + 2 <= len(grpprl):
        (code,) = struct.unpack_from("<H", grpprl, at)
        at += 2
        size = _SIZES.get(code >> 13)
        if size is None:
            if at >= len(grpprl):
                return
            if code == _DEF_TABLE:
                size = int.from_bytes(grpprl[at : at + 2], "little") + 1
            elif code == _TAB_CHANGES and grpprl[at] == 255:
                return
            else:
                size = grpprl[at] + 1
        yield code, grpprl[at : at + size]
        at += size


@lru_cache(maxsize=4096)
def paragraph(grpprl: bytes, data_stream: bytes = b"") -> ParagraphState:
    """Properties of a paragraph. Large ones stand in the data stream and are pointed to."""
    found = ParagraphState()
    slots: list[Slot] = []
    for code, operand in modifiers(grpprl):
        if code in _HUGE:
            huge = paragraph(_stored_elsewhere(operand, data_stream))
            found, slots = huge, list(huge.slots)
        elif code == _IN_TABLE and operand[:1] == b"\x01":
            found = replace(found, depth=max(found.depth, 1))
        elif code == _DEPTH:
            found = replace(found, depth=min(int.from_bytes(operand, "little"), 99))
        elif code in {_ROW_END, _INNER_ROW_END} and operand[:1] == b"\x01":
            found = replace(found, ends_row=True)
        elif code == _INNER_CELL and operand[:1] == b"\x01":
            found = replace(found, ends_cell=True)
        elif code == _DEF_TABLE:
            slots = table_slots(operand)
        elif code == _VERT_MERGE and len(operand) >= _VERT_MERGE_SIZE and operand[1] < len(slots):
            slots[operand[1]] = replace(slots[operand[1]], above=operand[2] == 1)
        elif code == _MERGE and len(operand) >= 2:
            for index in range(operand[0] + 1, min(operand[1], len(slots))):
                slots[index] = replace(slots[index], beside=True)
    return replace(found, slots=tuple(slots))


def _stored_elsewhere(operand: bytes, data_stream: bytes) -> bytes:
    at = int.from_bytes(operand, "little")
    size = int.from_bytes(data_stream[at : at + 2], "little")
    return data_stream[at + 2 : at + 2 + size]


def table_slots(operand: bytes) -> list[Slot]:
    """Cells of a row from sprmTDefTable ([MS-DOC] 2.9.321): grid lines, then 20 bytes a cell with its merges."""
    count = operand[2] if len(operand) > 2 else 0
    first = 3 + 2 * (count + 1)
    if count == 0 or count > _MOST_COLUMNS or len(operand) < first:
        return []
    edges = struct.unpack_from(f"<{count + 1}h", operand, 3)
    flags = [int.from_bytes(operand[first + 20 * i : first + 20 * i + 2], "little") for i in range(count)]
    beside = _sideways([flag & 3 for flag in flags])
    return [Slot(edges[i], max(edges[i], edges[i + 1]), (flags[i] >> 5) & 3 == 1, beside[i]) for i in range(count)]


def _sideways(merges: list[int]) -> list[bool]:
    """Which cells continue the one to their left. Word 97 wrote 1 for the first and 2 for the others, later the
    other way round: within a run of marked cells, the value of its first cell begins a set."""
    continues: list[bool] = []
    opening = 0
    for merge in merges:
        if merge == 0:
            opening = 0
        elif opening == 0:
            opening = merge
            continues.append(False)
            continue
        continues.append(merge != 0 and merge != opening)
    return continues
