"""parsers.stitching: rows that a page break cut through are whole again, or their numbers unreadable."""

from __future__ import annotations

from parsers.content import Cell, Place
from parsers.printed.labels import normalise
from parsers.tables.cut_labels import stitch
from parsers.tables.lines import TableLine, is_value

LABELS = {"一本年新收政府信息公开申请数量", "七总计", "四结转下年度继续办理"}


def line(table: int, *texts: str, columns: tuple[int, ...] = (0, 3, 4, 5)) -> TableLine:
    cells = tuple(Cell(0, column, text, Place()) for column, text in zip(columns, texts, strict=True))
    return TableLine(
        cells,
        tuple(map(normalise, texts)),
        table,
        width=6,
        heading="",
        ragged=False,
        padded=False,
        has_values=any(map(is_value, cells)),
    )


def stitched(*lines: TableLine) -> list[list[tuple[str, bool]]]:
    made = stitch(lines, LABELS.__contains__, lambda _: False)
    return [[(cell.text, cell.readable) for cell in row.cells] for row in made]


def test_numbers_cut_with_their_label_are_joined() -> None:
    halves = line(1, "一、本年新收", "26", "", "41"), line(2, "政府信息公开申请数量", "08", "", "80")
    assert stitched(*halves) == [
        [("一、本年新收政府信息公开申请数量", True), ("2608", True), ("", True), ("4180", True)]
    ]


def test_half_numbers_that_are_all_zeros_count() -> None:
    assert stitched(line(1, "（七）总", "33", "", "1"), line(2, "计", "00", "", "")) == [
        [("（七）总计", True), ("3300", True), ("", True), ("1", True)]
    ]


def test_halves_out_of_line_are_unreadable() -> None:
    lower = line(2, "计", "00", "", "", columns=(0, 2, 4, 5))
    assert stitched(line(1, "（七）总", "33", "", "1"), lower) == [
        [("（七）总计", True), ("33", False), ("", False), ("1", False)]
    ]


def test_numbers_alone_on_the_next_page_make_those_above_unreadable() -> None:
    assert stitched(line(1, "（七）总计", "33", "", "81"), line(2, "", "00", "", "73")) == [
        [("（七）总计", True), ("33\n00", False), ("", True), ("81\n73", False)]
    ]


def test_numbers_alone_within_a_table_are_left() -> None:
    assert len(stitched(line(1, "（七）总计", "33", "", "81"), line(1, "", "00", "", "73"))) == 2


def test_a_header_between_the_rows_parts_them() -> None:
    header = line(2, "结果维持", "结果纠正", "其他结果", "总计")
    rows = line(1, "（七）总计", "33", "", "81"), header, line(2, "", "00", "", "73")
    made = stitch(rows, LABELS.__contains__, lambda row: row is header)
    assert [[cell.text for cell in row.cells] for row in made] == [[c.text for c in row.cells] for row in rows]


def test_a_wider_row_is_another_table() -> None:
    wider = line(2, "", "", "1", "2", "3", columns=(0, 2, 3, 4, 5))
    assert len(stitched(line(1, "（七）总计", "33", "", "81"), wider)) == 2
