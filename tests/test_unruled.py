"""parsers.unruled: without lines a row that is not proved is not read."""

from __future__ import annotations

from parsers.content import Cell, Place
from parsers.lines import Line, is_value
from parsers.report import ReportCell, State
from parsers.unruled import withhold


def line(*texts: str) -> Line:
    cells = tuple(Cell(0, column, text, Place()) for column, text in enumerate(texts))
    values = any(map(is_value, cells))
    return Line(cells, texts, 0, width=8, heading="", ragged=False, padded=False, has_values=values)


def cell(table: str, row: str, state: State = State.NUMBER) -> ReportCell:
    return ReportCell(table, row, "total", row, "4", state, 4 if state is State.NUMBER else None, "件")


def test_proved_rows_are_kept() -> None:
    cells = [cell("requests", "granted"), cell("requests", "refused_state_secret", State.MISSING)]
    rows = [line("（一）予以公开", "4"), line("", "", ""), line(*"123456789012345")]
    assert withhold(cells, rows) == (cells, [])


def test_a_row_left_over_makes_its_table_unreadable() -> None:
    cells = [cell("requests", "granted"), cell("requests", "unmapped_1"), cell("proactive_disclosure", "rules")]
    kept, (finding,) = withhold(cells, [])
    assert [(c.state, c.value, c.raw) for c in kept] == [
        (State.UNREADABLE, None, "4"),
        (State.UNREADABLE, None, "4"),
        (State.NUMBER, 4, "4"),
    ]
    assert finding.code == "ROWS-UNPROVED"
    assert finding.cells == ("requests/granted/total", "requests/unmapped_1/total")


def test_numbers_without_a_label_do_too() -> None:
    kept, _ = withhold([cell("requests", "granted")], [line("", "00", "7")])
    assert kept[0].state is State.UNREADABLE
