"""Plain text and Markdown."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from random import Random

import pytest

from parsers.charset import decode
from parsers.content import Content, Paragraph, Table, Unreadable
from parsers.extract import extract
from parsers.formats import recognise
from parsers.formats.text.text import read
from parsers.interpret import interpret
from parsers.report import Hints, State
from parsers.tables.reader import read_tables
from tests import printed
from tests.factory import text
from tests.factory.compare import differences
from tests.factory.story import SHAPES, story
from tests.factory.truth import random_truth


def rows(content: Content) -> list[list[str]]:
    return [[cell.text for cell in row] for table in content.tables for row in table.rows()]


def test_one_row_a_line() -> None:
    content = read("标题\n\n规章\t0\t\t3\n规范性文件\t1\t2\t3\n\n后记".encode())
    assert rows(content) == [["规章", "0", "", "3"], ["规范性文件", "1", "2", "3"]]
    assert [block.text for block in content.blocks if isinstance(block, Paragraph)] == ["标题", "后记"]
    assert [cell.place.path for cell in content.tables[0].cells][::4] == ["line 3", "line 4"]


def test_one_cell_a_line() -> None:
    lines = [line for number in range(6) for line in (f"\t行政{number}\n许可", f"\t\u00a0{number}", "\t", "")]
    content = read("\n".join(lines).encode())
    assert rows(content)[2] == ["行政2\n许可", "\u00a02", ""]
    assert len(content.tables) == 1


@pytest.mark.parametrize("shape", SHAPES)
def test_tables_in_markdown_written_as_html(shape: str) -> None:
    random = Random(shape)
    truth = random_truth(random)
    data = text.render(story(truth, random, shape), random, "markdown_html")
    extraction = extract(data)
    assert differences(truth, extraction) == []
    assert extraction.report is not None
    assert extraction.report.readings_agree is True
    lines = decode(data)[0].split("\n")
    for cell in extraction.report.cells:
        if cell.place.path:
            assert escape(cell.raw.split("\n")[0]) in lines[int(cell.place.path.removeprefix("line ")) - 1]


def test_inner_tables_and_loose_ends_of_markdown() -> None:
    inner = "<table><tr><td>甲</td><td><table><tr><td>1</td></tr></table></td></tr></table>"
    content = read(f"上文\n\n{inner}\n下文\n</table>".encode())
    assert rows(content) == [["甲", "1"]]
    assert [type(block).__name__ for block in content.blocks] == ["Paragraph", "Table", "Paragraph", "Paragraph"]
    assert read(b'{"content": "<table class=\\"a\\"><td>1</td></table>"}').method == "text-rows"


def test_markdown() -> None:
    content = read("| 信息内容 | 本年制发件数 |\n| --- | ---: |\n| 规章 | 0 |\n".encode())
    assert rows(content) == [["信息内容", "本年制发件数"], ["规章", "0"]]


def test_wide_gaps() -> None:
    assert rows(read("行政处罚          4119\n行政强制   195\n".encode())) == [
        ["行政处罚", "4119"],
        ["行政强制", "195"],
    ]


def test_prose_is_no_table() -> None:
    content = read("第一条  本报告由办公室编制。\n2022 年共收到 3 件。".encode())
    assert not any(isinstance(block, Table) for block in content.blocks)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(encoding: str) -> None:
    data = "政府信息公开工作年度报告\n规章\t0\t0\t0\n".encode(encoding)
    found = recognise(data)
    assert found is not None
    assert found.name == "text"
    assert rows(read(data)) == [["规章", "0", "0", "0"]]


def test_bytes_that_are_no_text() -> None:
    assert recognise(bytes(range(256)) * 20) is None


def test_an_empty_text() -> None:
    with pytest.raises(Unreadable, match="empty"):
        read(b" \n\t\n")


def test_numbers_without_blanks_for_them_are_unreadable() -> None:
    """A row of two numbers says nothing about seven columns."""
    truth = printed.balanced("gen2021")
    lines = []
    for row in printed.requests_rows(truth):
        texts = [cell if isinstance(cell, str) else cell[0] for cell in row]
        lines.append("\t".join([texts[-8], texts[-7], texts[-1]]))
    reading = read_tables(read("\n".join(["自然人\t总计", *lines]).encode()))
    assert reading is not None
    assert {cell.state for cell in reading.cells if cell.table == "requests"} == {State.UNREADABLE}


def test_numbers_apart_by_single_spaces() -> None:
    truth = printed.balanced("gen2019")
    lines = ["青石县示范局2020年政府信息公开工作年度报告"]
    for block in printed.report(truth)[1:]:
        if isinstance(block, Table):
            lines += [" ".join(cell.text for cell in row if cell.text) for row in block.rows()]
        else:
            lines.append(block)
    report = interpret(read("\n".join(lines).encode()), None, Hints()).report
    assert report is not None
    assert {cell.key: cell.raw for cell in report.cells} == dict(truth.texts)


SEPARATED: dict[str, Callable[[list[str]], str]] = {
    "commas": lambda row: ",".join(f'"{text}"' if "," in text else text for text in row),
    "pipes without frame": "|".join,
    "a tab behind every cell": lambda row: "".join(f"{text}\t" for text in row),
    "drawn borders": lambda row: "├────┤\n│" + "│".join(f" {text} " for text in row) + "│",
    "Markdown with stress": lambda row: "|" + "|".join(f"**{text}**" if text.isdigit() else text for text in row) + "|",
}


@pytest.mark.parametrize("separate", SEPARATED.values(), ids=SEPARATED)
@pytest.mark.parametrize("form_id", ["gen2021", "gen2019"])
def test_separators(separate: Callable[[list[str]], str], form_id: str) -> None:
    """Every other number of table three is a blank: the cells are there, and so are all numbers of each row."""
    whole = printed.balanced(form_id)
    blank = {key for n, key in enumerate(whole.texts) if n % 2 and key.startswith("requests/")}
    truth = printed.Truth(form_id, {key: "" if key in blank else text for key, text in whole.texts.items()})
    tables = [
        printed.disclosure_rows(truth),
        [*printed.requests_header(), *printed.requests_rows(truth)],
        printed.review_rows(truth),
    ]
    texts = [[[cell if isinstance(cell, str) else cell[0] for cell in row] for row in rows] for rows in tables]
    lines = [separate(row) for rows in texts for row in rows]
    reading = read_tables(read("\n".join(lines).encode()))
    assert reading is not None
    assert {cell.key: cell.raw.strip() for cell in reading.cells if cell.state is not State.MISSING} == dict(
        truth.texts
    )


def test_numbers_without_their_blanks_are_not_cut_apart() -> None:
    """99 and 9 stand in three columns, one of them blank: 9, 9 and 9 would be an invention."""
    truth = printed.balanced("gen2019")
    texts = {key: "" if key.endswith(("/total", "rules/newly_made")) else text for key, text in truth.texts.items()}
    texts |= {"proactive_disclosure/rules/newly_published": "99", "proactive_disclosure/rules/published_total": "9"}
    blank = printed.Truth("gen2019", texts)
    pieces = [block if isinstance(block, str) else printed_together(block) for block in printed.report(blank)]
    report = interpret(read("\n".join(pieces).encode()), None, Hints()).report
    assert report is not None
    assert {cell.value for cell in report.cells} == {None}


def printed_together(table: Table) -> str:
    return "\n".join("".join(cell.text for cell in row) for row in table.rows())
