"""What a person reads of a cell of an RTF file: control words of characters, colours, grounds."""

from __future__ import annotations

import pytest

from parsers.formats.packages.text_effects import DOUBT
from parsers.formats.word import rtf

COLOURS = r"{\colortbl;\red255\green255\blue255;\red40\green60\blue80;\red225\green225\blue225;}"


def seen(words: str, number: str = "7", *, cell: str = "", paragraph: str = "") -> str:
    """The text of a cell with a run in front of a plain 31; ? before it where it is in doubt."""
    run = rf"{{{words} {number}}}" if words else ""
    body = rf"\trowd\cellx2000{cell}\cellx4000\pard\intbl a\cell\pard\intbl{paragraph}{run} 31\cell\row\pard\par"
    content = rtf.read(
        (r"{\rtf1\ansi{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset2 Wingdings;}}" + COLOURS + body + "}").encode()
    )
    text = content.tables[0].cells[1].text
    return text.replace(DOUBT, "?").replace(" ", "")


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (r"\cf1", "31"), (r"\cf2", "731"), (r"\cf2\chcbpat2", "31"), (r"\cf2\highlight2", "31"), (r"\cf1\cb2", "731"),
        (r"\cf3", "?731"), (r"\fs2", "31"), (r"\fs6", "?731"), (r"\v", "31"), (r"\v\v0", "731"), (r"\deleted", "31"),
        (r"\strike", "7̶31"), (r"\striked1", "7̶31"), (r"\super", "⁷31"), (r"\up6", "⁷31"), (r"\dn8", "⁷31"),
        (r"\up1", "731"),
        (r"\super\nosupersub", "731"), (r"\cf1\plain", "731"), (r"\f1", "?731"), (r"\expndtw-150", "?731"),
        (r"\charscalex8", "?731"), (r"\b\i\ul", "731"),
    ],
)  # fmt: skip
def test_effects_of_a_run(words: str, text: str) -> None:
    assert seen(words) == text


def test_grounds_of_cell_and_paragraph() -> None:
    assert seen(r"\cf2", cell=r"\clcbpat2") == "31"
    assert seen(r"\cf1", cell=r"\clcbpat2") == "731"
    assert seen(r"\cf2", paragraph=r"\cbpat2") == "31"
