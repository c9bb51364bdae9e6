"""The six headings of a report, told by their words."""

from __future__ import annotations

import re

from parsers.printed.traditional import simplified

_ABOUT = r"(?:政府信息公开)?(?:工作)?"


_MEANINGS = {
    1: (r"(?:工作)?(?:总体|基本)(?:工作)?情况", r"(?:主要)?(?:工作)?(?:总体)?概述", r"工作概况"),
    2: (r"(?:行政机关)?主动公开(?:政府)?信息(?:的)?(?:工作)?情况",),
    3: (
        r"(?:行政机关)?收到和处理(?:的)?政府信息(?:公开)?申请(?:的)?情况",
        r"(?:政府信息)?依申请公开(?:政府信息)?(?:的|办理)?(?:工作)?情况",
    ),
    4: (
        rf"(?:因?{_ABOUT})?(?:被?申请)?(?:的)?行政法?复议[、，,和及与]?(?:被?提起)?(?:的)?行政诉讼(?:的|等)?(?:情况|案件)",
    ),
    5: (
        rf"{_ABOUT}(?:中)?(?:存在|面临)的?(?:主要)?(?:困难|问题|不足)"
        r"(?:(?:及其?|和|与|以及|、)?(?:下一步)?(?:工作)?(?:改进|整改|打算|安排)\w{0,8})?",
    ),
    6: (r"其他(?:需要|须|应当|需|要)?报告的?(?:有关)?(?:事项|情况|内容)",),
}
_ORDINAL = (
    r"[lI1|]?[一二三四五六七八九十壹贰叁肆伍陆]{1,2}\s*[、．.，,：:\s]"  # l or 1: debris of recognition
    r"|[1-9][、．.](?!\d)|第[一二三四五六七]部分[、：:]?"
)


def _spaced(pattern: str) -> str:
    """The pattern with white space allowed between its characters, as justified headings print it."""
    return re.sub(r"(?<=[\u4e00-\u9fff)\]}?])(?=[\u4e00-\u9fff(\[])", r"\\s*", pattern)


WORDS = "|".join(f"(?P<s{number}>{'|'.join(map(_spaced, words))})" for number, words in _MEANINGS.items())
"""The words of the six headings, each in a group named by its number."""
HEADING = re.compile(rf"\s*(?:(?P<ordinal>{_ORDINAL})\s*)?(?:{WORDS})(?P<rest>.*)")
"""A heading with its ordinal, and what stands behind it on the line."""
_SUFFIX = re.compile(r"\s*(?:[（(].{0,20}[)）])?[：:。]?\s*")
STOPS = re.compile(r"[。；，,！？]")
"""What a sentence has and a heading has not."""

LONGEST_HEADING = 60
"""Characters of a printed heading, its number included; a sentence that begins alike goes on."""
_LONGEST_REST = 20
"""Characters behind the words of a heading (explanations in brackets, 情况); chosen."""


def heading_of(line: str) -> tuple[int, str] | None:
    """(number, heading as printed) when a whole line is one of the six headings."""
    found = whole_heading(line)
    return (found[0], line.strip()) if found else None


def whole_heading(line: str) -> tuple[int, str] | None:
    """(number, printed ordinal or "") of a line that is a heading and nothing else."""
    if len(line) > LONGEST_HEADING:
        return None
    found = HEADING.fullmatch(simplified(line))
    if found is None or len(found["rest"].strip()) > _LONGEST_REST:
        return None
    if STOPS.search(found["rest"]) and not _SUFFIX.fullmatch(found["rest"]):
        return None
    return number_of(found), (found["ordinal"] or "").strip()


def number_of(found: re.Match[str]) -> int:
    """Which of the six headings the groups of `WORDS` in a match say."""
    return next(number for number in _MEANINGS if found[f"s{number}"])
