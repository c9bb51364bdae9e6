"""A number that a script of the page writes is not believed; a script that writes elsewhere costs nothing."""

from __future__ import annotations

import pytest

from tests.parsers.formats.html.style.cells import UNREADABLE, seen


@pytest.mark.parametrize(
    ("inner", "script"),
    [
        ('<span class="cu" data-to="31">0</span>', 'document.querySelectorAll(".cu").forEach(e=>e.textContent=1)'),
        ('<b id="c0">--</b>', 'var o={"c0":"19"};for(var i in o)document.getElementById(i).innerHTML=o[i]'),
        ('<i class="rm">4</i>31', 'document.querySelectorAll(".rm").forEach(function(e){e.remove()})'),
        ('<i class="n x">4</i>', '$("#list .n").html(5)'),
        ('<script>document.write("31")</script>', ""),
    ],
)
def test_what_a_script_writes(inner: str, script: str) -> None:
    assert seen(inner, head=f"<script>{script}</script>") is UNREADABLE


@pytest.mark.parametrize(
    "script", ['$("#zoom").html(5)', 'var a=".n"', 'document.write("<p>")', '$(".n").css("color","red")']
)
def test_what_a_script_leaves_alone(script: str) -> None:
    assert seen('<i class="n">31</i>', head=f"<script>{script}</script>") == "31"


def test_a_file_within_a_script_is_no_list_of_names() -> None:
    """Base64 of a file in a script that writes can be cut into names in very many ways, if they are tried."""
    script = f'var data="{"aB3/" * 3_000}";document.getElementById("box").innerHTML=data'
    assert seen('<i class="n">31</i>', head=f"<script>{script}</script>") == "31"
