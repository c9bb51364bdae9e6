"""What a person reads of a cell of an OpenDocument text: styles of runs and paragraphs with their parents."""

from __future__ import annotations

import pytest

from parsers.formats import recognise

NAMES = " ".join(f'xmlns:{name}="urn:{name}"' for name in ("office", "style", "text", "table", "fo"))


def document(properties: str, family: str = "text", parent: str = "", cell: str = "") -> bytes:
    styles = (
        f'<style:style style:name="base" style:family="{family}"><style:text-properties {parent}/></style:style>'
        f'<style:style style:name="q" style:family="{family}" style:parent-style-name="base">'
        f"<style:text-properties {properties}/></style:style>"
        f'<style:style style:name="c" style:family="table-cell"><style:table-cell-properties {cell}/></style:style>'
    )
    inner = '<text:p><text:span text:style-name="q">7</text:span>31</text:p>'
    if family == "paragraph":
        inner = '<text:p text:style-name="q">7</text:p><text:p>31</text:p>'
    return (
        f'<?xml version="1.0"?><office:document {NAMES} office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text><table:table>"
        "<table:table-row><table:table-cell><text:p>甲</text:p></table:table-cell>"
        f'<table:table-cell table:style-name="c">{inner}</table:table-cell></table:table-row></table:table>'
        "</office:text></office:body></office:document>"
    ).encode()


def seen(*arguments: str, again: bool = False, **more: str) -> str | None:
    data = document(*arguments, **more)
    known = recognise(data)
    assert known is not None
    read = known.second_reading if again else known.read
    assert read is not None
    content = read(data)
    assert content is not None
    cell = content.tables[0].cells[1]
    return cell.text if cell.readable else None


@pytest.mark.parametrize(
    ("properties", "text"),
    [
        ('fo:color="#ffffff"', "31"), ('fo:color="#fefefe"', "31"), ('fo:font-size="1pt"', "31"),
        ('text:display="none"', "31"),
        ('style:text-position="super 58%"', "⁷31"), ('style:text-position="-33% 58%"', "⁷31"),
        ('style:text-line-through-style="solid"', "7̶31"), ('style:text-line-through-type="double"', "7̶31"),
        ('fo:color="#223344" fo:background-color="#223344"', "31"), ('fo:color="#ff0000"', "731"),
        ('fo:color="#ffffff" style:use-window-font-color="true"', "731"), ('fo:font-weight="bold"', "731"),
        ('fo:color="#e2e2e2"', None), ('style:font-name="Wingdings"', None), ('fo:letter-spacing="-0.3cm"', None),
    ],
)  # fmt: skip
def test_effects_of_a_run(properties: str, text: str | None) -> None:
    assert seen(properties) == text
    assert seen("", parent=properties) == text


def test_a_style_undoes_what_its_parent_says() -> None:
    assert seen('style:text-line-through-style="none"', parent='style:text-line-through-style="solid"') == "731"


def test_paragraphs_and_grounds() -> None:
    assert seen('style:text-line-through-style="solid"', "paragraph") == "7̶\n31"
    assert seen('fo:color="#336699"', cell='fo:background-color="#336699"') == "31"
    assert seen('fo:color="#ffffff"', cell='fo:background-color="#336699"') == "731"


def test_the_second_reading_says_nothing_of_such_numbers() -> None:
    assert seen('fo:font-weight="bold"', again=True) == "731"
    for properties in ('fo:color="#ffffff"', 'style:text-position="super 58%"', 'fo:font-size="1pt"'):
        assert seen(properties, again=True) is None
        assert seen("", parent=properties, again=True) is None
