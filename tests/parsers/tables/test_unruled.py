"""Tables without lines: what words prove is read, what they do not is not."""

from __future__ import annotations

from random import Random

import pytest

from parsers.content import Cell, Place, Word
from parsers.extract import extract
from parsers.forms.model import Column
from parsers.report import ReportCell, State
from parsers.tables.lines import TableLine, is_value
from parsers.tables.unruled.columns import columns_by_shared_edge, from_heads, from_rows, under
from parsers.tables.unruled.rows import rebuilt, rows_of_first_piece
from parsers.tables.unruled.spelled_labels import Spelled, find_all, parted, spellings
from parsers.tables.unruled.withhold import Part, withhold
from tests.factory import pdf
from tests.factory.compare import differences, wrong_numbers
from tests.factory.story import story
from tests.factory.truth import random_truth


def line(*texts: str) -> TableLine:
    cells = tuple(Cell(0, column, text, Place()) for column, text in enumerate(texts))
    values = any(map(is_value, cells))
    return TableLine(cells, texts, 0, width=8, heading="", ragged=False, padded=False, has_values=values)


def cell(table: str, row: str, state: State = State.NUMBER) -> ReportCell:
    return ReportCell(table, row, "total", row, "4", state, 4 if state is State.NUMBER else None, "件")


def test_proved_rows_are_kept() -> None:
    part: Part = ([cell("requests", "granted"), cell("requests", "refused_state_secret", State.MISSING)], [])
    rows = [line("（一）予以公开", "4"), line("", "", ""), line(*"123456789012345")]
    assert withhold(part, rows) == part


def test_a_row_left_over_makes_its_table_unreadable() -> None:
    cells = [cell("requests", "granted"), cell("requests", "unmapped_1")]
    kept, (finding,) = withhold((cells, []), [])
    assert [(c.state, c.value, c.raw) for c in kept] == [(State.UNREADABLE, None, "4")] * 2
    assert finding.code == "ROWS-UNPROVED"
    assert finding.cells == ("requests/granted/total", "requests/unmapped_1/total")
    other: Part = ([cell("proactive_disclosure", "rules")], [])
    assert withhold(other, []) == other


def test_numbers_without_a_label_do_too() -> None:
    kept, _ = withhold(([cell("requests", "granted")], []), [line("", "00", "7")])
    assert kept[0].state is State.UNREADABLE


def words(*lines: tuple[float, str], page: int = 1) -> list[Word]:
    """Words ten points high; each line is its top and ``x:text`` pairs, ten points a letter."""
    made = []
    for top, line_ in lines:
        for pair in line_.split():
            x, text = pair.split(":")
            size = sum(10 if letter > "\u2e80" else 5 for letter in text)
            made.append(Word(text, page, (float(x), top, float(x) + size, top + 10), 0.0))
    return made


def test_a_label_is_spelled_over_lines_and_beside_others() -> None:
    page = words(
        (100, "0:（五）不 80:5.要求行政机关确认或 300:7"),
        (112, "0:予处理 80:重新出具已获取信息"),
    )
    (found,) = find_all(page, spellings([("reissue", ["5.要求行政机关确认或重新出具已获取信息"])]))
    assert (found.key, found.top, found.bottom, found.left) == ("reissue", 100, 122, 80)
    assert find_all(page, spellings([("other", ["5.要求行政机关确认"])])) == []


def test_two_labels_in_one_word_are_parted() -> None:
    (word,) = words((0, "0:（四）无法提供2.没有现成信息需要另行制作"))
    first, second = parted([word])
    assert (first.text, second.text) == ("（四）无法提供", "2.没有现成信息需要另行制作")
    assert first.box[2] == second.box[0]
    assert parted(words((0, "0:2.5 50:1.3万元"))) == words((0, "0:2.5 50:1.3万元"))


def test_a_number_too_close_to_its_label_is_not_lost_in_it() -> None:
    label, number = parted(words((0, "0:（一）予以公开12")))
    assert (label.text, number.text) == ("（一）予以公开", "12")
    assert (label.box[2], number.box[2]) == (70, 80)


def test_columns_are_what_their_numbers_have_in_common() -> None:
    rows = [words((0, "100:7 150:12 200:345")), words((12, "100:7123 155:2 210:5"))]
    places = from_rows(rows, 3)
    assert places is not None
    assert places == ((100, 105), (155, 160), (210, 215))
    found = under(words((24, "100:9 212:4")), places)
    assert found is not None
    assert [[word.text for word in cell] for cell in found] == [["9"], [], ["4"]]
    assert under(words((24, "128:9")), places) is None, "between two columns"
    assert from_rows([rows[0], words((12, "130:7 180:2 230:5"))], 3) is None, "another table's columns"


def test_columns_by_heads_where_rows_have_blanks() -> None:
    heads = [(100.0, 130.0), (150.0, 180.0)]
    assert from_heads([words((0, "110:7")), words((12, "105:77"))], heads) == ((110, 115), (150.0, 180.0))
    assert from_heads([words((0, "100:7")), words((12, "125:7"))], heads) is None, "heads of another piece"


def test_numbers_in_line_with_columns_are_theirs_however_close_these_stand() -> None:
    full = words((0, "100:7 113:1204 138:12"))
    found = columns_by_shared_edge([full, words((12, "100:12")), words((24, "113:3 138:3"))], 3)
    assert found is not None
    assert [[[word.text for word in cell] for cell in row or ()] for row in found[1:]] == [
        [["12"], [], []],
        [[], ["3"], ["3"]],
    ]
    assert columns_by_shared_edge([full, words((12, "106:1"))], 3) is None, "in line with none"
    assert columns_by_shared_edge([full, words((12, "113:12345678"))], 3) == [
        columns_by_shared_edge([full], 3)[0],
        None,
    ], "two numbers in one word"


def test_labels_out_of_line_begin_another_piece() -> None:
    def labels(*lefts: float) -> list[Spelled]:
        return [Spelled("", tuple(words((12.0 * i, f"{left}:{i}.信访举报")))) for i, left in enumerate(lefts, 1)]

    assert rows_of_first_piece(labels(80, 80, 81, 80)) == 4
    assert rows_of_first_piece(labels(80, 80, 120, 120)) == 2


def test_numbers_in_line_with_each_other_alone_prove_nothing() -> None:
    """Below a break the columns stand elsewhere: a number there may stand under the head of another column."""
    columns = [Column("a", "自然人"), Column("b", "总计")]
    head = words((0, "200:自然人 300:总计"))
    heads = [Spelled(column.id, (word,)) for column, word in zip(columns, head, strict=True)]
    rows, loose = [], []
    for i, (left, x) in enumerate([(80, 310), (80, 310), (20, 210), (20, 210)], 1):
        label, *number = words((20.0 * i, f"{left}:{i}.信访举报 {x}:{i}"))
        rows.append(Spelled(str(i), (label,)))
        loose += number
    table = rebuilt(rows, loose, columns, heads)
    assert table is not None
    read = {(cell.row, cell.column): cell for cell in table.cells}
    assert [read[row, 2].text for row in (1, 2)] == ["1", "2"]
    assert not any(read[row, column].readable for row in (3, 4) for column in (1, 2))


def test_numbers_beside_the_rest_of_a_label_leave_its_row_no_blank() -> None:
    """The group's label runs into the second line of 2.: its numbers must not become another row's."""
    columns = [Column("a", "自然人"), Column("b", "总计")]
    first, *numbers = words((0, "80:1.其他 200:1 300:1"))
    second, *rest = words((20, "80:2.申请人逾期未缴纳费用、"), (32, "20:（六）其他行政机关不再处理 200:7 300:7"))
    rows = [Spelled("1", (first,)), Spelled("2", (second,))]
    assert rebuilt(rows, [*numbers, *rest], columns, None) is None
    apart = [word._replace(box=(word.box[0], 50.0, word.box[2], 60.0)) for word in rest]
    table = rebuilt(rows, [*numbers, *apart], columns, None)
    assert table is not None
    assert [cell.text for cell in table.cells if cell.row == 3] == ["（六）其他行政机关不再处理", "7", "7"]


@pytest.mark.parametrize("style", pdf.UNRULED)
@pytest.mark.parametrize("blanks", ["none", "zeros", "rows"])
def test_most_of_a_report_without_lines_is_read(style: str, blanks: str) -> None:
    read = printed = 0
    for seed in range(3):
        random = Random(seed)
        truth = random_truth(random, blanks=blanks)
        extraction = extract(pdf.render(story(truth, random), random, style))
        assert wrong_numbers(truth, extraction) == []
        printed += len(truth.cells)
        read += len(truth.cells) - len(differences(truth, extraction))
    assert read >= 0.95 * printed
