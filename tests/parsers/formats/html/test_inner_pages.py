"""Pages in frames, and tables that a script writes at once."""

from __future__ import annotations

import html as escapes
import json

import pytest

from parsers.formats.html import html

TABLE = "<table><tr><td>甲</td><td>{}</td><td>乙</td></tr></table>"


def read(body: str) -> list[tuple[str, bool]]:
    content = html.read(f"<!DOCTYPE html><meta charset=utf-8>{body}".encode())
    for table in content.tables:
        for cell in table.cells:
            assert (
                html.locate(f"<!DOCTYPE html><meta charset=utf-8>{body}".encode(), cell.place.path or "") == cell.text
            )
    return [(cell.text, cell.readable) for table in content.tables for cell in table.cells if cell.column == 1]


def test_a_frame_shows_the_page_that_it_carries() -> None:
    inner = escapes.escape(TABLE.format("31"))
    assert read(f'<iframe srcdoc="{inner}" width=600 height=300></iframe>') == [("31", True)]
    assert read(f'<iframe srcdoc="{inner}" width=600 height=0></iframe>') == []


@pytest.mark.parametrize("static", ["", TABLE.format("7")])
def test_a_table_written_at_once_takes_the_place_of_what_was_there(static: str) -> None:
    script = f'document.getElementById("t").innerHTML={json.dumps(TABLE.format("31"))};'
    assert read(f'<div id="t">{static}</div><script>{script}</script>') == [("31", True)]


def test_rows_written_into_a_table() -> None:
    rows = "<tr><td>甲</td><td>31</td><td>丙</td></tr>"
    script = f"document.getElementById('t').innerHTML = '{rows}';"
    assert read(
        f"<table><tbody id=t><tr><td>甲</td><td>7</td><td>丙</td></tr></tbody></table><script>{script}</script>"
    ) == [("31", True)]


def test_what_may_be_written_makes_the_old_number_doubtful() -> None:
    write = f'document.getElementById("t").innerHTML={json.dumps(TABLE.format("31"))};'
    assert read(f'<div id="t">{TABLE.format("7")}</div><script>function later(){{{write}}}</script>') == [("7", False)]


def test_a_script_above_its_element_writes_nothing() -> None:
    write = f'document.getElementById("t").innerHTML={json.dumps(TABLE.format("31"))};'
    assert read(f'<script>{write}</script><div id="t">{TABLE.format("7")}</div>') == [("7", True)]
