"""Numbers in prose with the clause they stand in: what a sentence claims, and of which cells of the tables.

A claim is made only where the words leave no doubt which cells are meant. Other years, cumulated counts, approximate
numbers, parts of a whole and percentages claim nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

Sum = tuple[str, ...]
"""Names of figures (see narrative.FIGURES) that are added up."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One number of the prose. `start` and `end` delimit `quote` in the section's text.

    `sums` are the readings under which the claim would hold: any of them makes it true.
    """

    section: int
    start: int
    end: int
    quote: str
    value: int
    sums: tuple[Sum, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that make a number a claim. `zero` patterns say that there was none."""

    regex: re.Pattern[str]
    sums: tuple[Sum, ...]
    zero: bool = False


_HAN = "零〇一二两三四五六七八九十百千万"
_NUMBER = rf"(?P<n>\d[\d,]*(?![\d.%])|[{_HAN}]+)"
_UNIT = r"(?:余)?(?:件|宗|起|例|份|个申请)(?!次)"
_GAP = r"[^,，。;；\d%{han}]".replace("{han}", _HAN)
_REQUEST = r"(?:政府)?(?:信息公开|依申请公开)(?:政府信息)?(?:的)?申请"
_ALL = ("requests_received", "requests_carried_in")


def _pattern(words: str, *sums: Sum, zero: bool = False) -> Pattern:
    return Pattern(re.compile(words), sums, zero)


PATTERNS = (
    _pattern(
        rf"(?:新收|收到|受理|接收|接到)(?:和受理|并受理|或受理)?(?:的)?(?:各类|公民|群众|社会公众){{0,1}}{_GAP}{{0,12}}?{_REQUEST}(?:数量)?"
        rf"(?:共计?|总数|为|共有|合计)?{_NUMBER}{_UNIT}\(?(?:含|包括|其中)(?:上年|去年|上年度|20\d\d年)结转(?:的|申请)?(?P<m>\d+){_UNIT}",
        _ALL,
    ),
    _pattern(
        rf"(?:新收|收到|受理|接收|接到)(?:和受理|并受理|或受理)?(?:的)?{_GAP}{{0,12}}?{_REQUEST}(?:数量)?(?:共计?|总数|为|共有|合计)?{_NUMBER}{_UNIT}",
        ("requests_received",),
        _ALL,
    ),
    _pattern(
        rf"(?:新收|收到|受理|接收|接到)(?:和受理|并受理)?{_NUMBER}{_UNIT}(?:政府)?(?:信息公开|依申请公开)申请",
        ("requests_received",),
        _ALL,
    ),
    _pattern(
        rf"(?:未|没有)(?:收到|接到|接收|受理){_GAP}{{0,16}}?(?:申请|依申请公开)", ("requests_received",), zero=True
    ),
    _pattern(
        rf"(?:按时|已|全部|共|予以)?办结(?:政府信息公开|依申请公开|信息公开)?(?:申请)?{_NUMBER}{_UNIT}",
        ("disposed_total",),
        ("disposed_total", "requests_carried_out"),
        ("requests_received",),
    ),
    _pattern(
        rf"结转(?:至|到)?(?:下一?年度?|20\d\d年度?)(?:继续)?(?:办理)?(?:的)?(?:申请)?(?:共|为)?{_NUMBER}{_UNIT}",
        ("requests_carried_out",),
    ),
    _pattern(
        rf"予以公开(?:及|和|与|、|或)部分公开(?:的)?{_GAP}{{0,6}}?{_NUMBER}{_UNIT}", ("granted", "partially_granted")
    ),
    _pattern(rf"(?<!不)予以公开(?:的)?(?:申请|答复|共|有|为)?{_NUMBER}{_UNIT}", ("granted",)),
    _pattern(rf"(?<![及和与、或])部分公开(?:的)?(?:申请|答复|共|有|为)?{_NUMBER}{_UNIT}", ("partially_granted",)),
    _pattern(rf"不予公开(?:的)?(?:申请|答复|共|有|为)?{_NUMBER}{_UNIT}", ("refused",)),
    _pattern(rf"无法提供(?:的)?(?:申请|答复|共|有|为)?{_NUMBER}{_UNIT}", ("not_provided",)),
    _pattern(rf"不予处理(?:的)?(?:申请|答复|共|有|为)?{_NUMBER}{_UNIT}", ("not_processed",)),
)

DISPUTES = (
    _pattern(
        rf"(?:被申请|发生|产生|引发|收到|办理)?(?:的)?(?:政府)?信息公开(?:类|的|相关)?行政复议(?:案件|申请|案)?(?:共|为|有)?{_NUMBER}{_UNIT}",
        ("review",),
    ),
    _pattern(
        rf"(?:政府)?信息公开(?:类|的|相关)?行政诉讼(?:案件|案)?(?:共|为|有)?{_NUMBER}{_UNIT}",
        ("litigation_direct", "litigation_after_review"),
        ("litigation_direct",),
    ),
    _pattern(
        rf"(?:未|没有)(?:发生|出现|产生|收到){_GAP}{{0,14}}?信息公开(?:工作)?{_GAP}{{0,10}}?行政复议",
        ("review",),
        zero=True,
    ),
    _pattern(
        rf"(?:未|没有)(?:发生|出现|产生|收到){_GAP}{{0,14}}?信息公开(?:工作)?{_GAP}{{0,20}}?诉讼",
        ("litigation_direct", "litigation_after_review"),
        zero=True,
    ),
)

DOCUMENTS = (
    _pattern(rf"(?:制发|制定|出台)(?:的)?(?:行政)?规范性文件(?:共|为)?{_NUMBER}{_UNIT}", ("documents_issued",)),
    _pattern(rf"废止(?:的)?(?:行政)?规范性文件(?:共|为)?{_NUMBER}{_UNIT}", ("documents_repealed",)),
    _pattern(rf"现行有效(?:的)?(?:行政)?规范性文件(?:共|为)?{_NUMBER}{_UNIT}", ("documents_in_force",)),
)

# Another year, another period, or a part of the whole: the sentence claims nothing of this year's total.
_OTHER_SCOPE = re.compile(
    r"上年(?!结转|度结转)|去年(?!结转)|同比|环比|相比|较20|比20|历年|累计|以来|截至|截止|上半年|下半年|季度|约|近\d|多件"
)
_PART = re.compile(
    r"其中|分别|网上|网络|当面|现场|信函|邮寄|传真|平台|自然人|法人|企业|电子邮件|通过[^,，]{1,12}(?:收到|受理)|撤[回销]|维持|纠正"
)
_SENTENCE = re.compile(r"[^。！？\n]+")
_YEAR = re.compile(r"(20\d\d)年")


def claims(text: str, section: int, year: int | None) -> Iterator[Claim]:
    """What a section's text claims of the tables, in the order of the text."""
    for sentence in _SENTENCE.finditer(text):
        plain, offsets = tighten(sentence[0], sentence.start())
        if not plain or not about_this_year(plain, year):
            continue
        taken: list[tuple[int, int]] = []
        for pattern in (*PATTERNS, *DISPUTES, *DOCUMENTS):
            for match in pattern.regex.finditer(plain):
                if any(match.start() < end and start < match.end() for start, end in taken):
                    continue
                taken.append(match.span())
                if not in_parts(plain, match):
                    yield from claimed(pattern, match, plain, offsets, text, section)


def claimed(
    pattern: Pattern, match: re.Match[str], plain: str, offsets: list[int], text: str, section: int
) -> Iterator[Claim]:
    """The claim of one match, its quotation cut from the text as printed."""
    start, end = offsets[match.start()], offsets[match.end() - 1] + 1
    value = 0 if pattern.zero else number(match["n"])
    if value is not None:
        yield Claim(section, start, end, text[start:end], value, pattern.sums)
    carried = None if pattern.zero else match.groupdict().get("m")
    if carried:
        yield Claim(section, start, end, text[start:end], int(carried), (("requests_carried_in",),))


def tighten(text: str, start: int) -> tuple[str, list[int]]:
    """The text in NFKC without white space, and for each of its characters the offset it has in the section."""
    plain: list[str] = []
    offsets: list[int] = []
    for at, char in enumerate(text, start):
        for folded in unicodedata.normalize("NFKC", char):
            if not folded.isspace():
                plain.append(folded)
                offsets.append(at)
    return "".join(plain), offsets


def about_this_year(sentence: str, year: int | None) -> bool:
    """False where the sentence compares, cumulates or names another year."""
    if _OTHER_SCOPE.search(sentence):
        return False
    years = {int(found) for found in _YEAR.findall(re.sub(r"结转(?:至|到)?20\d\d年|20\d\d年(?:度)?结转", "", sentence))}
    return year is None or not years - {year}


def in_parts(sentence: str, match: re.Match[str]) -> bool:
    """Whether the number is one of several that make up the whole."""
    before = max(sentence.rfind(mark, 0, match.start()) for mark in ",，;；:：(（")
    return bool(_PART.search(sentence[before + 1 : match.end()]))


_UNITS = {"十": 10, "百": 100, "千": 1000}
_ONES = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


def number(text: str) -> int | None:
    """12, 1,234, 十二, 一百零三; None for what is no number."""
    plain = text.replace(",", "")
    if plain.isdigit():
        return int(plain)
    total, section, digit = 0, 0, 0
    for char in plain:
        if char in _ONES:
            digit = _ONES[char]
        elif char in _UNITS:
            section += (digit or 1) * _UNITS[char]
            digit = 0
        elif char == "万":
            total, section, digit = (section + digit) * 10_000, 0, 0
        else:
            return None
    return total + section + digit
