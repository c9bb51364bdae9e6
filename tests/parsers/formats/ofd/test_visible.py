"""What is to be seen of the numbers of an OFD page: the number is read as printed, or not at all."""

from __future__ import annotations

import pytest

from parsers.formats.ofd import ofd
from tests.factory import ofd as factory

X, Y, SIZE = 60.0, 50.0, 4.0
WIDE = SIZE / 2


def text(x: float, letters: str, y: float = Y, size: float = SIZE, look: str = "", inner: str = "") -> str:
    step = f' DeltaX="g {len(letters) - 1} {size / 2}"' if len(letters) > 1 else ""
    code = f'<ofd:TextCode X="0" Y="{0.86 * size}"{step}>{letters}</ofd:TextCode>'
    box = f'Boundary="{x} {y} {len(letters) * size / 2} {size}"'
    return f'<ofd:TextObject ID="0" {box} Size="{size}" {look}>{inner}{code}</ofd:TextObject>'


def path(x: float, y: float, wide: float, high: float, data: str, look: str, colour: str = "") -> str:
    inner = f"{colour}<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData>"
    return f'<ofd:PathObject ID="0" Boundary="{x} {y} {wide} {high}" {look}>{inner}</ofd:PathObject>'


def box(x: float, colour: str) -> str:
    data = f"M 0 0 L {2 * WIDE + 0.4} 0 L {2 * WIDE + 0.4} 5 L 0 5 C"
    return path(x - 0.2, Y - 0.5, 2 * WIDE + 0.4, 5, data, 'Stroke="false" Fill="true"', colour)


def fill(value: str, alpha: str = "") -> str:
    return f'<ofd:FillColor Value="{value}" {alpha}/>'


def clip(x: float, wide: float, data: str = "M 0 0 L 1 0 L 1 1 L 0 1 C") -> str:
    inner = f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData>"
    return f'<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path Boundary="{x} 0 {wide} 9">{inner}</ofd:Path></ofd:Area></ofd:Clip></ofd:Clips>'  # noqa: E501


def effects(x: float) -> dict[str, str]:
    digits = text(x, "47")
    across = path(x - 0.1, Y + 1.9, 2 * WIDE + 0.2, 0.2, f"M 0 0 L {2 * WIDE + 0.2} 0", 'LineWidth="0.2"')
    return {
        "white": text(x, "47", inner=fill("255 255 255")),
        "white in hexadecimal": text(x, "47", inner=fill("#FF #FF #FF")),
        "white of a style": text(x, "47", look='DrawParam="7"'),
        "white of a style's parent": text(x, "47", look='DrawParam="8"'),
        "nearly white": text(x, "47", inner=fill("250 250 250")),
        "grey on grey": box(x, fill("90 90 90")) + text(x, "47", inner=fill("92 92 92")),
        "transparent": text(x, "47", look='Alpha="0"'),
        "of a transparent colour": text(x, "47", inner=fill("0 0 0", 'Alpha="0"')),
        "neither filled nor drawn": text(x, "47", look='Fill="false"'),
        "not visible": text(x, "47", look='Visible="false"'),
        "covered in white": digits + box(x, fill("255 255 255")),
        "covered in black": digits + box(x, fill("0 0 0")),
        "covered in a colour nobody gave": digits + box(x, ""),
        "half covered": digits + box(x + WIDE, fill("255 255 255")).replace(" 5 C", " 3 C"),
        "under a picture": f'{digits}<ofd:ImageObject ID="0" Boundary="{x} {Y} 4 4" ResourceID="1"/>',
        "crossed out": digits + across,
        "crossed out by a box": digits
        + path(
            x - 0.1, Y + 1.9, 4.2, 0.2, "M 0 0 L 4.2 0 L 4.2 0.2 L 0 0.2 C", 'Stroke="false" Fill="true"', fill("0")
        ),
        "crossed out slantwise": digits + path(x, Y, 4, 4, "M 0 3 L 4 1", 'LineWidth="0.2"'),
        "cut off": text(x, "47", inner=clip(-9, 5)),
        "cut to a sliver": text(x, "47", inner=clip(0, 9)).replace(' 9">', ' 1">'),
        "cut by a curve": text(x, "47", inner=clip(0, 9, "M 0 0 Q 1 0 1 1 L 0 1 C")),
        "off the page": text(x + 500, "47"),
        "raised": text(x if x > X else X - 2.4, "47", Y - 0.3, 2.4),
        "lowered": text(x if x > X else X - 2.4, "47", Y + 2.2, 2.4),
    }


def read_of(content: str) -> str:
    """The digits of the page that are read as a number, U+FFFC where one cannot be read."""
    page = f'<ofd:Page xmlns:ofd="{factory.NAMESPACE}"><ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content></ofd:Page>'  # noqa: E501
    styles = (
        f'<ofd:DrawParams><ofd:DrawParam ID="7">{fill("255 255 255")}</ofd:DrawParam>'
        '<ofd:DrawParam ID="8" Relative="7"/></ofd:DrawParams>'
    )
    data = factory.package([page], 210, 297, styles=styles)
    (sheet, _), *_ = ofd.opened(data)[1]
    return "".join(g.text for g in sorted(sheet.glyphs, key=lambda g: g.x0) if g.text.isdecimal() or g.text == "\ufffc")


@pytest.mark.parametrize("name", sorted(effects(0)))
@pytest.mark.parametrize("x", [X - 2 * WIDE, X + 2 * WIDE])
def test_what_is_no_part_of_a_number_is_not_read(name: str, x: float) -> None:
    read = read_of(text(X, "11") + effects(x)[name]).replace("\u2074", "").replace("\u2077", "")
    assert read == "11" or "\ufffc" in read


SEEN = {
    "plain": text(X + 4, "47"),
    "light paper": box(X + 4, fill("230 230 230")) + text(X + 4, "47"),
    "white on dark": box(X + 4, fill("0 0 120")) + text(X + 4, "47", inner=fill("255 255 255")),
    "underlined": text(X + 4, "47") + path(X + 4, Y + 3.7, 4, 0.2, "M 0 0 L 4 0", 'LineWidth="0.2"'),
    "red": text(X + 4, "47", inner=fill("200 0 0")),
    "a clip around it": text(X + 4, "47", inner=clip(-1, 9)),
    "a picture under it": f'<ofd:ImageObject ID="0" Boundary="0 0 210 297" ResourceID="1"/>{text(X + 4, "47")}',
    "a pale veil": text(X + 4, "47") + box(X + 4, fill("255 255 0", 'Alpha="60"')),
}


@pytest.mark.parametrize("name", sorted(SEEN))
def test_what_is_seen_is_read(name: str) -> None:
    assert read_of(SEEN[name] + text(X, "11")) == "1147"
