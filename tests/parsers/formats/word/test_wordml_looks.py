"""What a person reads of a cell of a Word document: effects of runs, styles, theme colours and shaded cells."""

from __future__ import annotations

import io
import zipfile

import pytest

from parsers.formats import recognise

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STYLES = """
<w:style w:type="character" w:styleId="base"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="hides"><w:basedOn w:val="base"/></w:style>
<w:style w:type="character" w:styleId="strikes"><w:rPr><w:strike/></w:rPr></w:style>
<w:style w:type="character" w:styleId="raises"><w:rPr><w:position w:val="8"/><w:sz w:val="12"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="struck"><w:rPr><w:strike/></w:rPr></w:style>
<w:style w:type="paragraph" w:default="1" w:styleId="usual"><w:rPr><w:sz w:val="21"/></w:rPr></w:style>"""
THEME = """<a:theme xmlns:a="a"><a:themeElements><a:clrScheme>
<a:dk1><a:sysClr lastClr="000000"/></a:dk1>
<a:lt1><a:sysClr lastClr="FFFFFF"/></a:lt1><a:accent1><a:srgbClr val="F8F8F8"/></a:accent1>
</a:clrScheme></a:themeElements>
</a:theme>"""


def run(properties: str, text: str = "7") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def document(content: str, cell: str = "", paragraph: str = "") -> bytes:
    """A table of one row: a label and the cell under test."""

    def tc(inner: str, more: str = "") -> str:
        return f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/>{more}</w:tcPr><w:p>{inner}</w:p></w:tc>'

    body = f"<w:tbl><w:tr>{tc('<w:r><w:t>甲</w:t></w:r>')}{tc(paragraph + content, cell)}</w:tr></w:tbl>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        archive.writestr("word/styles.xml", f'<w:styles xmlns:w="{W}">{STYLES}</w:styles>')
        archive.writestr("word/theme/theme1.xml", THEME)
    return file.getvalue()


def seen(content: str, cell: str = "", paragraph: str = "", *, again: bool = False) -> str | None:
    """The text of the cell, None where it is unreadable."""
    data = document(content, cell, paragraph)
    known = recognise(data)
    assert known is not None
    read = known.second_reading if again else known.read
    assert read is not None
    content_read = read(data)
    assert content_read is not None
    found = content_read.tables[0].cells[1]
    return found.text if found.readable else None


PLAIN = run("", "31")
GREY = '<w:shd w:val="clear" w:fill="DDDDDD"/>'


@pytest.mark.parametrize(
    ("properties", "text"),
    [
        ("<w:vanish/>", "31"), ("<w:specVanish/>", "731"), ('<w:vanish w:val="0"/>', "731"), ("<w:webHidden/>", "731"),
        ('<w:rStyle w:val="hides"/>', "31"), ('<w:rStyle w:val="hides"/><w:vanish w:val="false"/>', "731"),
        ("<w:strike/>", "7̶31"), ("<w:dstrike/>", "7̶31"), ('<w:rStyle w:val="strikes"/>', "7̶31"),
        ('<w:vertAlign w:val="superscript"/>', "⁷31"), ('<w:position w:val="-6"/>', "⁷31"),
        ('<w:rStyle w:val="raises"/>', "⁷31"),
        ('<w:position w:val="1"/>', "731"), ('<w:color w:val="FFFFFF"/>', "31"), ('<w:color w:val="FEFEFE"/>', "31"),
        ('<w:color w:themeColor="background1" w:val="FF0000"/>', "31"),
        ('<w:color w:themeColor="accent1"/>', "31"),
        ('<w:color w:val="auto"/>', "731"), ('<w:color w:val="333333"/><w:highlight w:val="black"/>', "731"),
        ('<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>', "31"), ('<w:sz w:val="2"/>', "31"),
        ('<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="202060"/>', "731"), ("<w:caps/><w:b/>", "731"),
        ('<w:color w:themeColor="text1" w:themeTint="00"/>', "31"),
    ],
)  # fmt: skip
def test_effects_of_a_run(properties: str, text: str) -> None:
    assert seen(run(properties) + PLAIN) == text


@pytest.mark.parametrize(
    "properties",
    [
        '<w:color w:val="E2E2E2"/>', '<w:sz w:val="6"/>', '<w:rFonts w:ascii="Wingdings"/>',
        '<w:spacing w:val="-120"/>',
        '<w:w w:val="10"/>',
    ],
)  # fmt: skip
def test_what_cannot_be_decided_is_unreadable(properties: str) -> None:
    assert seen(run(properties) + PLAIN) is None


def test_grounds_of_cell_and_paragraph() -> None:
    assert seen(run('<w:color w:val="DDDDDD"/>') + PLAIN, GREY) == "31"
    assert seen(run('<w:color w:val="DDDDDD"/>') + PLAIN, paragraph=f"<w:pPr>{GREY}</w:pPr>") == "31"
    assert seen(run('<w:color w:val="FFFFFF"/>', "731"), '<w:shd w:val="clear" w:fill="003366"/>') == "731"


def test_styles_of_paragraphs_and_toggles() -> None:
    struck = '<w:pPr><w:pStyle w:val="struck"/></w:pPr>'
    assert seen(PLAIN, paragraph=struck) == "3̶1̶"
    assert seen(run('<w:rStyle w:val="strikes"/>', "31"), paragraph=struck) == "31"  # twice on is off
    assert seen(run('<w:strike w:val="0"/>', "31"), paragraph=struck) == "31"


def test_a_number_raised_or_pale_as_a_whole_is_a_number() -> None:
    assert seen(run('<w:vertAlign w:val="superscript"/>', "31")) == "31"
    assert seen(run('<w:color w:val="E2E2E2"/>', "31")) == "31"


def test_fields_and_content_controls() -> None:
    chosen = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="5"/>'
        '<w:listEntry w:val="31"/></w:ddList></w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert seen(chosen) == "31"
    assert seen(f"<w:sdt><w:sdtContent>{PLAIN}</w:sdtContent></w:sdt>") == "31"


@pytest.mark.parametrize(
    "properties", ['<w:rStyle w:val="hides"/>', "<w:strike/>", '<w:color w:val="FFFFFF"/>', "<w:vanish/>"]
)
def test_the_second_reading_says_nothing_of_such_numbers(properties: str) -> None:
    assert seen(PLAIN, again=True) == "31"
    assert seen(run(properties) + PLAIN, again=True) is None


@pytest.mark.parametrize(("pattern", "text"), [("pct80", "731"), ("solid", "731"), ("clear", "")])
def test_white_letters_on_a_pattern(pattern: str, text: str) -> None:
    ground = f'<w:shd w:val="{pattern}" w:color="000000" w:fill="FFFFFF"/>'
    assert seen(run('<w:color w:val="FFFFFF"/>', "731"), ground) == text
