"""parsers.printed_rows: rows are read by the example of others only where they have the same columns."""

from __future__ import annotations

from parsers.content import Cell, Place
from parsers.tables.printed_rows import PrintedRow, infer_columns

COLUMNS = ("natural_person", "enterprise", "total")


def row(name: str, texts: list[str], columns: tuple[str, ...], *, read: bool) -> PrintedRow:
    cells = [Cell(0, i, text, Place()) for i, text in enumerate(texts)]
    return PrintedRow(name, name, cells, tuple(cells) if read else None, columns, Place(), 0)


def test_a_row_under_another_header_is_not_inferred() -> None:
    proved = [row(name, ["3", "", "3"], COLUMNS, read=True) for name in ("a", "b", "c")]
    same = row("d", ["4", "4"], COLUMNS, read=False)
    other = row("e", ["5", "5"], COLUMNS[:2], read=False)
    assert infer_columns([*proved, same, other]) == ["d"]
    assert other.values is None
    assert infer_columns([*proved, row("f", ["1", "2", "3"], ("x", "y", "z"), read=True), same]) == []
