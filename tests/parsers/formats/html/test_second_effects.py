"""The second reading says nothing of numbers in mark-up that could change how they look, and knows no style sheets."""

from __future__ import annotations

from random import Random

import pytest

from parsers.extract import extract
from parsers.formats.html.second_reading import second_reading
from parsers.report import Attribution
from tests.factory import html
from tests.factory.story import story
from tests.factory.truth import random_truth


def trusted(inner: str, head: str = "", attributes: str = "") -> bool:
    page = f"<html><head>{head}</head><table><tr><td>甲<td {attributes}>{inner}</td></tr></table></html>"
    content = second_reading(page.encode())
    assert content is not None
    return content.tables[0].cells[1].readable


@pytest.mark.parametrize(
    "inner",
    [
        "31", " 31&nbsp;", "<p class=MsoNormal><span lang=EN-US style='font-size:9.0pt;color:black'>31</span></p>",
        "<div align=center><b>31</b></div>", "<span>3</span><span>1</span>", "无", "<sup>注</sup>",
        "<p style='margin:0cm'>31</p>",
    ],
)  # fmt: skip
def test_plain_mark_up_is_trusted(inner: str) -> None:
    assert trusted(inner)
    assert trusted(inner, "<style>.MsoNormal{font-size:12pt;margin:0cm}a:hover{color:red}p.x{color:#fff}</style>")


@pytest.mark.parametrize(
    ("inner", "sheet"),
    [
        ("31<sup>2</sup>", ""), ("<s>4</s>31", ""), ("<font color=red>31</font>", ""),
        ("<i style='order:2'>31</i>", ""),
        ("<span style='color:#fefefe'>4</span>31", ""), ("<span style='margin-left:-9px'>4</span>31", ""),
        ("<x-y>31</x-y>", ""), ("<input value=31>31", ""), ("<span onclick=a()>31</span>", ""), ("３１", ""),
        ("<span class=q>31</span>", ".q{opacity:0}"), ("<span id=q>31</span>", "#q{color:#fff}"),
        ("<em>31</em>", "td em{position:absolute}"), ("31", "td:nth-child(2){color:white}"),
        ("31", "[data-x]{display:none}"), ("<span class=q>31</span>", "@media screen{a .q.q{color:white}}"),
        ("<span class=q>31</span>", "td{& .q{display:none}}"), ("31", "*{color:#eee}"),
        ("31", "td::after{content:'1'}"),
    ],
)  # fmt: skip
def test_what_could_look_otherwise_is_not(inner: str, sheet: str) -> None:
    assert not trusted(inner, f"<style>{sheet}</style>")


def test_rules_for_paper_and_for_phones_change_nothing() -> None:
    assert trusted(
        "31", "<style>@media print{td{display:none}}@media(max-width:768px){td{display:block;opacity:0}}</style>"
    )


def test_row_and_cell_count_too() -> None:
    assert not trusted("31", attributes="bgcolor=black")
    assert not trusted("31", attributes="style='text-indent:-999px'")
    assert trusted("31", attributes="width=80 align=center colspan=2")


def test_an_error_in_marked_numbers_is_never_the_publishers() -> None:
    """A sum that fails over a number with an effect: the first reading knows the effect, nothing confirms it."""
    random = Random(7)
    page = html.fragment(story(random_truth(random), random), random, "bare")
    wrong = page.replace("</td></tr>\n</table>", "1</td></tr>\n</table>")
    for odd in (
        wrong,
        wrong.replace("1</td></tr>\n</table>", "<i style='letter-spacing:3em'>1</i></td></tr>\n</table>"),
    ):
        report = extract(odd.encode()).report
        assert report is not None
        found = {one.attribution for one in report.findings if one.code == "T3-APPL"}
        assert found == ({Attribution.PUBLISHER} if odd is wrong else {Attribution.UNKNOWN})
