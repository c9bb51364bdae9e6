"""The second reading of HTML agrees with the first on honest pages and goes its own way on broken ones."""

from __future__ import annotations

from random import Random

import pytest

from parsers.content import Paragraph
from parsers.extract import extract
from parsers.formats.html.second_reading import plain, second_reading
from tests.factory import html
from tests.factory.story import SHAPES, story
from tests.factory.truth import random_truth


@pytest.mark.parametrize("style", html.STYLES)
@pytest.mark.parametrize("shape", SHAPES)
def test_both_readings_agree_with_the_truth(style: str, shape: str) -> None:
    random = Random(f"{style} {shape}")
    truth = random_truth(random)
    report = extract(html.render(story(truth, random, shape), random, style)).report
    assert report is not None
    assert report.readings_agree is True
    read = {cell.key: (cell.state.value, cell.value) for cell in report.cells}
    assert {key: read.get(key) for key in truth.cells} == {
        key: (cell.state, cell.value) for key, cell in truth.cells.items()
    }


def test_spans_and_missing_end_tags() -> None:
    page = "<table><tr><td rowspan=2>甲<td colspan='2'>乙<tr><td>1<td>2</table>"
    content = second_reading(page.encode())
    assert content is not None
    cells = [(cell.row, cell.column, cell.text) for cell in content.tables[0].cells]
    assert cells == [(0, 0, "甲"), (0, 1, "乙"), (1, 1, "1"), (1, 2, "2")]


def test_a_layout_table_gives_way_to_the_tables_in_it() -> None:
    page = "<table><tr><td>菜单</td><td><table><tr><td>1<td>2<tr><td>3</tr></table></td></tr></table>"
    content = second_reading(page.encode())
    assert content is not None
    assert [[cell.text for cell in table.cells] for table in content.tables] == [["1", "2", "3"], ["菜单", ""]]


def test_a_table_around_one_number_is_the_number() -> None:
    content = second_reading("<table><tr><td>甲</td><td><table><tr><td>12</td></tr></table></td></tr></table>".encode())
    assert content is not None
    assert [[cell.text for cell in table.cells] for table in content.tables] == [["甲", "12"]]


def test_rows_whose_start_tags_were_lost() -> None:
    content = second_reading(b"<table><td>1</td><td>2</td></tr><td>3</td></tr></table>")
    assert content is not None
    assert [(cell.row, cell.text) for cell in content.tables[0].cells] == [(0, "1"), (0, "2"), (1, "3")]


def test_a_hidden_copy_is_not_read() -> None:
    page = "<div style='display: none'><div><table><tr><td>9</table></div></div><table><tr><td>1</table>"
    content = second_reading(page.encode())
    assert content is not None
    assert [[cell.text for cell in table.cells] for table in content.tables] == [["1"]]


def test_what_is_not_printed_is_not_read() -> None:
    page = "<table><tr><td><!-- 9 --><script>8</script>7<td style='display:none'>6</table>"
    content = second_reading(page.encode())
    assert content is not None
    assert [cell.text for cell in content.tables[0].cells] == ["7"]


def test_text_is_joined_as_it_is_printed() -> None:
    assert plain("<span>1</span><span>2</span>&nbsp;") == "12\u00a0"
    assert plain("<p>本年新</p><p>制作数量</p>") == "本年新\n制作数量"


def test_the_line_above_a_table_tells_which_of_two_it_is() -> None:
    """Two years on one page: the second reading must take the same table as the first."""
    table = "<table><tr><td>1</td></tr></table>"
    content = second_reading(f"<p>一</p><p><b>2021年情况</b></p>{table}2022年情况<br>{table}".encode())
    assert content is not None
    above = [block.text for block in content.blocks if isinstance(block, Paragraph)]
    assert above == ["2021年情况", "2022年情况"]
    assert [isinstance(block, Paragraph) for block in content.blocks] == [True, False, True, False]


def test_a_cell_whose_end_tag_follows_an_inner_table() -> None:
    page = "<table><tr><td>甲</td><td><table><tr><td>12</td></tr></table></td><td>3</td></tr></table>"
    content = second_reading(page.encode())
    assert content is not None
    assert [(cell.column, cell.text) for cell in content.tables[0].cells] == [(0, "甲"), (1, "12"), (2, "3")]
