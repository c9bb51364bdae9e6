"""Formulas of .xls by their tokens."""

from __future__ import annotations

import struct

import pytest

from parsers.formats.sheets.formulas import results
from parsers.formats.sheets.xls_formulas import _written

ONE, A1, B1 = b"\x1e\x01\x00", b"\x44\x00\x00\x00\xc0", b"\x24\x00\x00\x01\xc0"
AREA = b"\x25\x00\x00\x00\x00\x00\xc0\x02\xc0"  # A1:C1


@pytest.mark.parametrize(
    ("tokens", "formula", "result"),
    [
        (ONE + ONE + b"\x03", "1+1", 2),
        (A1 + B1 + ONE + b"\x03\x04", "A1-SUM(B1+1)", 2 - 4),
        (AREA + b"\x19\x10\x00\x00", "SUM(A1:C1)", 9),
        (A1 + ONE + b"\x22\x02\x04\x00", "SUM(A1,1)", 3),
        (b"\x1f" + struct.pack("<d", 2.5) + b"\x13", "-SUM(2.500000)", -2.5),
        (b"\x19\x40\x00\x01" + A1 + b"\x15" + ONE + b"\x03", "A1+1", 3),
        (A1 + ONE + b"\x05", "", None),
        (AREA + b"\x22\x01\x05\x00", "", None),
        (b"\x1e\x01", "", None),
        (b"\x03", "", None),
        (b"", "", None),
    ],
)
def test_sums_as_text(tokens: bytes, formula: str, result: float | None) -> None:
    assert _written(tokens) == formula
    values = {(0, 0): 2, (0, 1): 3, (0, 2): 4}
    assert results(values, {(5, 5): formula}).get((5, 5)) == result
