"""Which parts of a page are pictures, or letters without meaning, and must be recognised."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from parsers.code_points import FIRST_EAST_ASIAN, LAST_LATIN, is_ideograph
from parsers.content import Box
from parsers.formats.paged.glyphs import DOUBTFUL
from parsers.formats.paged.layout import UNMAPPED
from parsers.formats.paged.sheet import Sheet

_LEAST_AREA = 0.1  # of the page: smaller pictures are emblems and seals
_COVERED = 0.5  # of the page, by strips that are one picture together
_FEW_GLYPHS = 20  # on a picture: a page number, a stamp; more is text over a background
_MOST_UNMAPPED = 0.04  # of the letters of a text whose font says what they mean; chosen
_FEWEST_IDEOGRAPHS, _COMMON = 30, 0.7  # from so many on, the share of common ones in a text that says anything; chosen
_FEWEST_LETTERS, _MOST_FOREIGN = 60, 0.3  # the share of letters of other scripts, or of symbols from so many on; chosen
_LAST_COMMON = 0xD7  # first byte of the last row of level one in GB 2312


def regions(sheet: Sheet) -> list[Box]:
    """The parts of a page that have to be recognised, the whole page where its letters mean nothing."""
    page = sheet.page
    if not legible("".join(glyph.text for glyph in sheet.glyphs if glyph.text != DOUBTFUL)):
        return [(0.0, 0.0, page.width, page.height)]
    found = []
    for x0, top, x1, bottom in sheet.pictures:
        box = (max(x0, 0.0), max(top, 0.0), min(x1, page.width), min(bottom, page.height))
        area = max(box[2] - box[0], 0) * max(box[3] - box[1], 0)
        inside = sum(
            box[0] < (g.x0 + g.x1) / 2 < box[2] and box[1] < (g.top + g.bottom) / 2 < box[3] for g in sheet.glyphs
        )
        if area >= _LEAST_AREA * page.width * page.height and inside < _FEW_GLYPHS:
            found.append(box)
    return found or _strips(sheet)


def _strips(sheet: Sheet) -> list[Box]:
    """Some scanners cut a page into strips: together they cover it."""
    page = sheet.page
    covered = sum((x1 - x0) * (bottom - top) for x0, top, x1, bottom in sheet.pictures)
    if len(sheet.glyphs) < _FEW_GLYPHS and covered > _COVERED * page.width * page.height:
        return [(0.0, 0.0, page.width, page.height)]
    return []


def legible(text: str) -> bool:
    """Are these letters what is printed? Fonts without a table of meanings give private codes, unmapped glyphs, or
    letters shifted by a constant: then hardly any is a common Chinese character."""
    counts = Counter(letter for letter in text if not letter.isspace())
    total = sum(counts.values())
    if (
        UNMAPPED.search(text)
        and sum(n for letter, n in counts.items() if UNMAPPED.match(letter)) > _MOST_UNMAPPED * total
    ):
        return False
    words = {letter: n for letter, n in counts.items() if is_ideograph(letter)}
    chinese = sum(words.values())
    if (
        chinese >= _FEWEST_IDEOGRAPHS
        and sum(n for letter, n in words.items() if _is_common(letter)) < _COMMON * chinese
    ):
        return False
    others = {letter: n for letter, n in counts.items() if letter not in words}
    foreign = sum(
        n for letter, n in others.items() if LAST_LATIN < letter < FIRST_EAST_ASIAN and letter not in _PUNCTUATION
    )
    symbols = sum(
        n for letter, n in others.items() if letter <= LAST_LATIN and not letter.isalnum() and letter not in _MARKS
    )
    return foreign <= _MOST_FOREIGN * total and not (
        total >= _FEWEST_LETTERS and not chinese and symbols > _MOST_FOREIGN * total
    )


_MARKS = ".,-/:()%"


_PUNCTUATION = "“”‘’—–…·•●○■□▲△◆◇★☆→←↑↓№℃①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤⅥ"


@lru_cache(maxsize=4096)
def _is_common(letter: str) -> bool:
    """Among the 3,755 characters of level one of GB 2312, which make up nearly all of any text?"""
    try:
        code = letter.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return code[0] <= _LAST_COMMON
