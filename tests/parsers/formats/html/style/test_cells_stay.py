"""A cell that shows nothing keeps its place in the row; what follows an element without content is no part of it."""

from __future__ import annotations

import pytest

from parsers.formats.html import html
from tests.parsers.formats.html.style.cells import UNREADABLE, seen


def row(style: str) -> list[str]:
    cells = f"<td>甲</td><td style='{style}'>31</td><td>丙</td><td>5</td>"
    return [cell.text for cell in html.read(f"<!DOCTYPE html><table><tr>{cells}</tr></table>".encode()).tables[0].cells]


UNSEEN = [
    "opacity:0", "position:relative;left:-9999px", "transform:scale(0)", "clip-path:inset(100%)", "text-indent:-9999px",
    "content-visibility:hidden", "visibility:hidden", "font-size:0",
]  # fmt: skip


@pytest.mark.parametrize("style", UNSEEN)
def test_a_cell_that_shows_nothing_is_blank(style: str) -> None:
    assert row(style) == ["甲", "", "丙", "5"]


@pytest.mark.parametrize("style", ["margin-left:-9999px", "position:sticky;right:-5000px", "width:0", "max-width:0"])
def test_what_does_not_hide_a_cell(style: str) -> None:
    assert row(style) == ["甲", "31", "丙", "5"]


@pytest.mark.parametrize("style", ["display:none", "position:absolute;left:-9999px"])
def test_a_cell_that_leaves_its_row(style: str) -> None:
    assert row(style) == ["甲", "丙", "5"]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("53<wbr hidden>16", "5316"), ('53<wbr style="display:none">1<b>6</b>7', "53167"),
        ("8<listing>2</listing>", "8\n2"),
        ("54<textarea>27</textarea>", UNREADABLE), ("<input value=27>", "27"), ("5<input value=27>", UNREADABLE),
        ('<span style="writing-mode:vertical-rl">55</span>13', UNREADABLE),
        ('<span style="writing-mode:vertical-rl">55</span>', "55"),
        ('<em hidden="until-found" style="writing-mode:vertical-rl">7</em>24', "24"),
        ('<button style="width:0;overflow:hidden;display:inline-block">3</button>23', UNREADABLE),
        ('<b style="filter:invert(1)">6</b>11', UNREADABLE),
        ('<slot style="background:#000">60</slot>', "60"),
    ],
)  # fmt: skip
def test_boxes_in_a_cell(inner: str, text: object) -> None:
    assert seen(inner) == text
