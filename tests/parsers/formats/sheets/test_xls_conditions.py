"""Conditional formats of .xls: cells whose letters or numbers they may change."""

from __future__ import annotations

import struct

import pytest

from parsers.formats.sheets.xls_conditions import _of_sheet, spots_in

NUMBER, FONT, PATTERN = 1 << 25, 1 << 26, 1 << 29


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def sheet(flags: int) -> bytes:
    ranges = struct.pack("<HHHHHH", 1, 0, 2, 4, 1, 1) + struct.pack("<H", 1) + struct.pack("<HHHH", 2, 4, 1, 1)
    condition = struct.pack("<BBHH", 1, 5, 0, 0) + struct.pack("<I", flags)
    return record(0x0809, b"") + record(0x01B0, ranges) + record(0x01B1, condition) + record(0x000A, b"")


@pytest.mark.parametrize(("flags", "areas"), [(FONT, [(2, 4, 1, 1)]), (NUMBER, [(2, 4, 1, 1)]), (PATTERN, [])])
def test_what_a_condition_may_change(flags: int, areas: list[tuple[int, int, int, int]]) -> None:
    assert list(_of_sheet(sheet(flags), 0)) == areas


def test_cells_in_areas() -> None:
    assert spots_in([(2, 4, 1, 1)], {(1, 1): 0, (2, 1): 0, (4, 1): 0, (4, 2): 0}) == {(2, 1), (4, 1)}


def test_a_record_that_breaks_off_says_nothing() -> None:
    assert list(_of_sheet(record(0x0809, b"") + record(0x01B0, b"\x01") + record(0x01B1, b"\x01"), 0)) == []
