"""Numbers in prose with the clause they stand in: what a sentence claims, and of which cells of the tables.

A claim is made only where the words leave no doubt which cells are meant. Other years, cumulated counts, approximate
numbers, parts of a whole and percentages claim nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from parsers.printed.titles_and_agencies import is_short_for
from parsers.printed.traditional import simplified
from parsers.prose.phrases import LAST_YEAR, PHRASES, Pattern, Sum


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


# Another year, another period, other matters, another body: the sentence claims nothing of this year's total.
_OTHER_SCOPE = re.compile(
    r"上年|去年|上一年|同比|环比|相比|较20|比20|历年|累计|以来|截至|截止|上半年|下半年|季度|约|近\d|多件|期间|平均|每[月年天日]|"
    r"建议|提案|议案|咨询|估计|留言|来信|来电|热线|工单|信箱"
)
_CARRIED = re.compile(
    rf"{LAST_YEAR}(?:度)?结转|结转(?:至|到|自)?(?:下一?年度?|{LAST_YEAR})|截[至止]20\d\d年(?:年?底|末|12月31日)(?=.{{0,3}}现行有效)"
)
_PART = re.compile(
    r"其中|分别|网上|网络|当面|现场|信函|邮寄|传真|平台|自然人|法人|企业|电子邮件|通过[^,，]{1,12}(?:收到|受理)|撤[回销]|维持|纠正|"
    r"涉及|收费|更正|重复|补正|投诉|举报|各(?:级|县|区|市|乡|镇|街道|部门|单位|地)"
)
_ANYBODY = re.compile(r"(?:公民|自然人)[、和或](?:法人)[、和或](?:或者|及)?其他组织")
_AFTER_OF_WHICH = re.compile(r"其中[,，:：]?[^,，。;；:：]*$")
_BODY = re.compile(
    r"([\u4e00-\u9fff]{2,14}?(?:局|委|委员会|办公室|镇|乡|街道|中心|队|院|校|公司|站|所))(?:共|全年|本年度?|今年)*$"
)
_PATH = re.compile(r"行政复议|行政诉讼|直接起诉|复议后起诉|提起诉讼|投诉|举报")
_AUTHORITY = re.compile(r"办理|审理|(?<!尚未)(?<!未)审结|受理")
_OWN = re.compile(r"^(?:我|本|该|全)")
_NOT_OF_DISCLOSURE = re.compile(
    r"[(（,，]?[^,，;；。)）]{0,6}(?:非(?:政府)?信息公开|(?:不|并不|均不|未)(?:属于?|涉及?|含)[^,，;；。]{0,6}信息公开)"
)
_TAKEN_AWAY = re.compile(r"撤[回销]|退回|不属于|不予受理|未予?受理|非政府信息公开|重复")
_LEFT_OVER = re.compile(
    r"(?:实际|最终|正式|有效|符合条件)[^,，;；。]{0,8}(?:受理|收到|办理|申请|登记)|(?:予以|依法)?受理\d"
)
"""收到712件，其中撤回2件，实际受理710件: of two numbers the table holds the second."""
SENTENCE = re.compile(r"[^。！？\n]+")
_YEAR = re.compile(r"(20\d\d)年")
_LONGEST_SENTENCE = 3_000
"""Longer ones are text whose marks were lost: what belongs together cannot be told there."""
_WORTH_READING = re.compile(r"申\s*请|公\s*开|无\s*法|不\s*予|办\s*结|结\s*转|行\s*政|规\s*范|起\s*诉")


@dataclass(frozen=True, slots=True)
class Context:
    """Whose prose it is: a number of another year or of another body claims nothing of this report's tables."""

    year: int | None = None
    agency: str | None = None


def claims(text: str, section: int, context: Context) -> Iterator[Claim]:
    """What a section's text claims of the tables, in the order of the text."""
    for sentence in SENTENCE.finditer(simplified(text)):
        if len(sentence[0]) > _LONGEST_SENTENCE or not _WORTH_READING.search(sentence[0]):
            continue
        plain, offsets = tighten(sentence[0], sentence.start())
        if not about_this_year(plain, context.year):
            continue
        taken: list[tuple[int, int]] = []
        for pattern in PHRASES:
            for match in pattern.regex.finditer(plain):
                if any(match.start() < end and start < match.end() for start, end in taken):
                    continue
                said = applies(pattern, match, plain, section)
                if said or not pattern.behind:  # the same words may stand behind another path
                    taken.append(match.span())
                if said and is_counted(plain, match) and is_own(plain, match, context.agency):
                    yield from claimed(pattern, match, offsets, text, section)


def claimed(pattern: Pattern, match: re.Match[str], offsets: list[int], text: str, section: int) -> Iterator[Claim]:
    """The claim of one match, its quotation cut from the text as printed."""
    start, end = offsets[match.start()], offsets[match.end() - 1] + 1
    value = number(match["n"]) if pattern.value is None else pattern.value
    if value is not None:
        yield Claim(section, start, end, text[start:end], value, pattern.sums)
    carried = match.groupdict().get("m")
    if carried:
        yield Claim(section, start, end, text[start:end], int(carried), (("requests_carried_in",),))


def applies(pattern: Pattern, match: re.Match[str], sentence: str, section: int) -> bool:
    """Whether the words around the number make it the whole that the pattern speaks of."""
    if pattern.needs and not pattern.needs.search(sentence):
        return False
    before = clause_start(sentence, match.start())
    if pattern.disputes and section != 4 and "公开" not in sentence:
        return False
    if pattern.behind:
        return _is_outcome(pattern.behind, sentence[: match.start()])
    if pattern.disputes and _AUTHORITY.search(sentence[before : match.start()]):
        return False  # cases before it as the authority that decides on reviews
    return not in_parts(pattern, sentence, before, match)


def _is_outcome(path: str, before: str) -> bool:
    """Does the outcome belong to that path, and to cases against the agency, not before it?"""
    named = _PATH.findall(before)
    return bool(named) and named[-1] == path and not _AUTHORITY.search(before)


def is_counted(sentence: str, match: re.Match[str]) -> bool:
    """False where the words behind the number take some of it away, or say that it is of another kind."""
    behind = sentence[match.end() :]
    if _NOT_OF_DISCLOSURE.match(behind):
        return False
    return not (_TAKEN_AWAY.search(behind) and _LEFT_OVER.search(behind))


def is_own(sentence: str, match: re.Match[str], agency: str | None) -> bool:
    """False where another body is named as the one that received or decided."""
    before = clause_start(sentence, match.start())
    found = _BODY.search(re.sub(r"20\d\d年度?|全年", "", sentence[before : match.start()]))
    if found is None or _OWN.search(found[1]):
        return True
    return agency is not None and (found[1] in agency or agency in found[1] or is_short_for(found[1], agency))


def clause_start(sentence: str, at: int) -> int:
    return max(sentence.rfind(mark, 0, at) for mark in ",，;；:：(（") + 1


def tighten(text: str, start: int) -> tuple[str, list[int]]:
    """The text in NFKC without white space, and for each of its characters the offset it has in the section."""
    plain: list[str] = []
    offsets: list[int] = []
    for at, char in enumerate(text, start):
        is_mark = not char.isascii() and unicodedata.category(char) == "No"  # ① is no digit of the number before it
        for folded in char if is_mark else unicodedata.normalize("NFKC", char):
            if not folded.isspace():
                plain.append(folded)
                offsets.append(at)
    return "".join(plain), offsets


def about_this_year(sentence: str, year: int | None) -> bool:
    """False where the sentence compares, cumulates or names another year."""
    plain = _CARRIED.sub("", sentence)
    if _OTHER_SCOPE.search(plain):
        return False
    return year is None or not {int(found) for found in _YEAR.findall(plain)} - {year}


def in_parts(pattern: Pattern, sentence: str, before: int, match: re.Match[str]) -> bool:
    """Whether the number is one of several that make up the whole."""
    clause = _ANYBODY.sub("", sentence[before : match.end()])
    listed = _AFTER_OF_WHICH.search(sentence[: match.start()]) is not None
    if pattern.result and listed:
        # what became of all requests may be listed; of a part of them it may not
        return _PART.search(_ANYBODY.sub("", sentence[: match.end()]).replace("其中", "")) is not None
    return listed or _PART.search(clause) is not None


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
