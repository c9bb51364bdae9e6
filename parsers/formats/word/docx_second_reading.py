"""A second, independent way to read the tables of a .docx: expat instead of libxml2, widths instead of spans.

It knows no looks: a number in a run whose formatting, own or by a style, could hide, mark or strike it is doubted here
and confirmed by nobody.

The first reading trusts gridSpan and vMerge counts column by column. This one ignores gridSpan: it lays every cell on
the ruler by its stored width, takes the lines that all rows share for columns, and finds what a merged cell continues
by position. A wrong span or a shifted cell shows as a difference between the two.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from parsers.content import Paragraph, Table
from parsers.formats.limits import MAX_NESTING
from parsers.formats.packages.grid import RowCell, columns, lay_out
from parsers.formats.packages.text_effects import marked

_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_WORD_2003 = b"http://schemas.microsoft.com/office/word/2003/wordml"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TOLERANCE = 90
_SUSPECT = frozenset(
    f"{_W}{name}"
    for name in (
        "vanish webHidden specVanish strike dstrike vertAlign position highlight w em effect outline emboss imprint "
        "shadow fitText bdo rtl eastAsianLayout"
    ).split()
)
"""Properties of a run that may change what is read of it, unless they are switched off."""
_SWITCHED_OFF = frozenset(("0", "false", "off", "baseline"))
_BLACK = frozenset(("auto", "000000", "windowtext"))
_BLACK_THEMES = frozenset((None, "text1", "dark1"))
_WHITE = frozenset(("auto", "FFFFFF", "ffffff", ""))
_LOWEST = 60
"""Twips of a row that is printed as a line."""
_DIGITS_OF_WIDTH = 6
"""Digits of a width in twips that are read: no paper is wider."""
_SMALLEST = 10
"""Half points below which letters are not trusted."""
_DROPPED = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_COMPATIBILITY}Fallback", f"{_W}instrText", f"{_W}delText"})


def read_tables_again(markup: bytes, styles: bytes = b"") -> tuple[Paragraph | Table, ...]:
    """Blocks of the main part; none when it is not plain XML. `styles` is the part that holds the styles.

    A table whose widths do not add up is read cell after cell.
    """
    if b"<!DOCTYPE" in markup or b"<!ENTITY" in markup:
        return ()
    try:
        root = ET.fromstring(_plain(markup))
        body = root.find(f".//{_W}body")
        suspects = _suspects(ET.fromstring(_plain(styles)) if styles else root)
    except (ET.ParseError, ValueError, LookupError):
        return ()
    return tuple(_blocks(body, suspects, 0)) if body is not None else ()


def _plain(markup: bytes) -> bytes:
    return markup.replace(_STRICT, _TRANSITIONAL).replace(_WORD_2003, _TRANSITIONAL)


def _suspects(root: ET.Element) -> frozenset[str]:
    """Styles that may change how text looks, by themselves or by what they are based on."""
    based: dict[str, str] = {}
    found: set[str] = set()
    for style in root.iter(f"{_W}style"):
        name = style.get(f"{_W}styleId", "")
        parent = style.find(f"{_W}basedOn")
        based[name] = parent.get(f"{_W}val", "") if parent is not None else ""
        properties = style.find(f"{_W}rPr")
        if (properties is not None and _is_suspect(properties, frozenset())) or style.find(
            f"{_W}pPr/{_W}shd"
        ) is not None:
            found.add(name)
    for name in based:
        above = name
        for _ in range(MAX_NESTING):
            above = based.get(above, "")
            if above in found:
                found.add(name)
    return frozenset(found)


def _is_suspect(properties: ET.Element, suspects: frozenset[str], *, is_shaded: bool = False) -> bool:
    """May a run with these properties be read otherwise than it is written?"""
    return any(_changes_looks(item, suspects, is_shaded) for item in properties)


def _changes_looks(item: ET.Element, suspects: frozenset[str], is_shaded: bool) -> bool:
    value = item.get(f"{_W}val", "1")
    if item.tag in _SUSPECT:
        return value not in _SWITCHED_OFF
    match item.tag.removeprefix(_W):
        case "color":
            is_black = value == "auto" or (value in _BLACK and not is_shaded)
            return not is_black or item.get(f"{_W}themeColor") not in _BLACK_THEMES
        case "shd":
            return item.get(f"{_W}fill", "auto") not in _WHITE
        case "sz":
            return not value.isdecimal() or int(value) < _SMALLEST
        case "spacing":
            return value.startswith("-")
        case "rFonts":
            return any("ding" in font.lower() or font == "Symbol" for font in item.attrib.values())
        case "rStyle":
            return value in suspects
    return False


def _is_printed(row: ET.Element) -> bool:
    """Not deleted, and not set to a height that leaves nothing of its text."""
    height = row.find(f"{_W}trPr/{_W}trHeight")
    is_exact = height is not None and height.get(f"{_W}hRule") == "exact"
    written = height.get(f"{_W}val", "") if height is not None and is_exact else ""
    is_low = written.isdecimal() and len(written) <= len(str(_LOWEST)) and int(written) <= _LOWEST
    return not is_low and row.find(f"{_W}trPr/{_W}del") is None


def _blocks(container: ET.Element, suspects: frozenset[str], depth: int) -> Iterator[Paragraph | Table]:
    """Blocks in order; of a table that holds tables, the contents of its cells."""
    for item in _visible(container, f"{_W}p", f"{_W}tbl"):
        if item.tag == f"{_W}p":
            yield Paragraph(_text(item, suspects))
            continue
        rows = [row for row in _visible(item, f"{_W}tr") if _is_printed(row)]
        if item.find(f".//{_W}tc//{_W}tbl") is None:
            yield _table(rows, suspects, is_shaded=item.find(f"{_W}tblPr/{_W}shd") is not None)
        elif depth < MAX_NESTING:
            for row in rows:
                for cell in _cells(row):
                    yield from _blocks(cell, suspects, depth + 1)


def _table(rows: list[ET.Element], suspects: frozenset[str], *, is_shaded: bool) -> Table:
    doubt = Doubt(suspects, is_shaded)
    rulers = [_ruler(row) for row in rows]
    ends = [ruler[-1] if ruler else 0 for ruler in rulers]
    if not rows or min(ends) <= 0 or max(ends) - min(ends) > _TOLERANCE:
        return lay_out([_row(row, None, index, doubt) for index, row in enumerate(rows, 1)])
    lines = columns((edge for ruler in rulers for edge in ruler), _TOLERANCE)
    placed = zip(rows, ([lines[edge] for edge in ruler] for ruler in rulers), strict=True)
    return lay_out([_row(row, edges, index, doubt) for index, (row, edges) in enumerate(placed, 1)])


class Doubt(NamedTuple):
    """What a table's runs are doubted for: names of styles, and a ground that is not white."""

    suspects: frozenset[str]
    is_shaded: bool


def _ruler(row: ET.Element) -> list[int]:
    """Grid lines of one row in twentieths of a point, from the width of each cell; empty if one has none."""
    before = _twips(row.find(f"{_W}trPr/{_W}wBefore"))
    widths = [_twips(cell.find(f"{_W}tcPr/{_W}tcW")) for cell in _cells(row)]
    if not widths or not all(widths):
        return []
    return list(accumulate(widths, initial=before))


def _twips(width: ET.Element | None) -> int:
    if width is None or width.get(f"{_W}type", "dxa") != "dxa":
        return 0
    value = width.get(f"{_W}w", "")
    return int(value) if value.isdecimal() and len(value) <= _DIGITS_OF_WIDTH else 0


def _row(row: ET.Element, lines: list[int] | None, number: int, doubt: Doubt) -> list[RowCell]:
    """Cells between grid lines; without lines one column each and no merges, as a copy of the text would be."""
    stored = []
    for index, cell in enumerate(_cells(row)):
        is_shaded = doubt.is_shaded or _is_shaded(cell.find(f"{_W}tcPr/{_W}shd"))
        lines_of_text = (_text(one, doubt.suspects, is_shaded=is_shaded) for one in _visible(cell, f"{_W}p"))
        text = "\n".join(lines_of_text)
        path = f"row[{number}]/cell[{index + 1}]"
        if lines is None:
            stored.append(RowCell(index, index + 1, text, path))
        else:
            above, beside = _continues(cell, "vMerge"), _continues(cell, "hMerge")
            stored.append(RowCell(lines[index], lines[index + 1], text, path, above, beside))
    return stored


def _continues(cell: ET.Element, name: str) -> bool:
    merge = cell.find(f"{_W}tcPr/{_W}{name}")
    if merge is None:
        merge = cell.find(f"{_W}tcPr/{_W}{name.lower()}")  # as Word 2003 writes it
    return merge is not None and merge.get(f"{_W}val", "continue") == "continue"


def _visible(element: ET.Element, *wanted: str) -> Iterator[ET.Element]:
    """Nearest descendants of the wanted tags that are not deleted."""
    for item in element:
        if item.tag in wanted:
            yield item
        elif item.tag not in _DROPPED:
            yield from _visible(item, *wanted)


def _cells(row: ET.Element) -> Iterator[ET.Element]:
    return (cell for cell in _visible(row, f"{_W}tc") if cell.find(f"{_W}tcPr/{_W}cellDel") is None)


def _is_shaded(shade: ET.Element | None) -> bool:
    return shade is not None and (shade.get(f"{_W}fill", "auto") not in _WHITE or shade.get(f"{_W}val") == "solid")


def _text(paragraph: ET.Element, suspects: frozenset[str], *, is_shaded: bool = False) -> str:
    """Text of the runs; field codes stand in elements of their own and are dropped. Digits in doubt are marked so."""
    properties = paragraph.find(f"{_W}pPr")
    style = properties.find(f"{_W}pStyle") if properties is not None else None
    is_shaded = is_shaded or (properties is not None and _is_shaded(properties.find(f"{_W}shd")))
    in_doubt = style is not None and style.get(f"{_W}val") in suspects
    pieces: list[str] = []
    for run in _visible(paragraph, f"{_W}r"):
        own = run.find(f"{_W}rPr")
        doubtful = in_doubt or (own is not None and _is_suspect(own, suspects, is_shaded=is_shaded))
        texts = (item.text or "" for item in run if item.tag == f"{_W}t")
        pieces.extend(marked(text, "doubtful" if doubtful else None) for text in texts)
    return "".join(pieces)
