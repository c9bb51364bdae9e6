"""Phrases of reports that state a number of the tables, and the figures they speak of.

Each phrase was met in a report. A figure is a row of table three, a path of table four, or a count of normative
documents; several figures under one phrase are added up, several sums are the readings it may have.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

Sum = tuple[str, ...]
"""Names of figures (see narrative.FIGURES) that are added up."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that make a number a claim. `value` 0: the words say that there was none.

    `needs` must stand somewhere in the sentence; `result`: a row of what became of the requests, which may stand after
    其中; `disputes`: counts only where the sentence or its section is about disclosure. `behind`: the path of table
    four that must be the last one named before the words.
    """

    regex: re.Pattern[str]
    sums: tuple[Sum, ...]
    value: int | None = None
    needs: re.Pattern[str] | None = None
    result: bool = False
    disputes: bool = False
    behind: str = ""


_HAN = "零〇一二两三四五六七八九十百千万"
_NUMBER = rf"(?P<n>\d[\d,]*(?![\d.%])|[{_HAN}]+)"
_UNIT = r"(?:件|宗|起|例|份|个申请)(?!次)"
_GAP = rf"[^,，。;；\d%{_HAN}]"
_REQUEST = (
    r"(?:(?:政府)?(?:信息公开|依申请公开)(?:政府信息)?(?:的)?申请"
    r"|依申请公开(?:的)?(?:政府信息|信息|事项|件)?|公开政府信息的?申请)"
)
_GOT = r"(?:收到|受理|接收|接到)(?:和受理|并受理|或受理|、受理)?"
_COUNT = rf"(?:数量)?(?:共计?|总数|为|共有|合计)?{_NUMBER}{_UNIT}"
LAST_YEAR = r"(?:上一?年度?|去年|20\d\d年度?)"
_ALL = ("requests_received", "requests_carried_in")
_ABOUT_REQUESTS = re.compile(r"申请|答复|信息公开|部分公开|不予公开|无法提供")
_LITIGATION = ("litigation_direct", "litigation_after_review")


def _result(words: str, *names: str) -> Pattern:
    regex = re.compile(rf"{words}(?:的)?(?:申请|答复|信息)?(?:共计?|有|为)?{_NUMBER}{_UNIT}")
    return Pattern(regex, (names,), needs=_ABOUT_REQUESTS, result=True)


PATTERNS = (
    Pattern(
        re.compile(
            rf"{_GOT}(?:的)?{_GAP}{{0,12}}?{_REQUEST}{_COUNT}\(?(?:含|包括|其中){LAST_YEAR}结转(?:的|申请)?(?P<m>\d+){_UNIT}"
        ),
        (_ALL,),
    ),
    Pattern(re.compile(rf"新(?:收到?|增|受理){_GAP}{{0,12}}?{_REQUEST}{_COUNT}"), (("requests_received",),)),
    Pattern(re.compile(rf"{_GOT}(?:的)?{_GAP}{{0,12}}?{_REQUEST}{_COUNT}"), (("requests_received",), _ALL)),
    Pattern(
        re.compile(rf"新?{_GOT}{_NUMBER}{_UNIT}(?:政府)?(?:信息公开|依申请公开)申请"), (("requests_received",), _ALL)
    ),
    Pattern(
        re.compile(rf"(?:未|没有)(?:收到|接到|接收|受理)(?:过)?{_GAP}{{0,24}}?(?:{_REQUEST}|公开政府信息的申请)"),
        (("requests_received",),),
        value=0,
    ),
    Pattern(
        re.compile(rf"(?:{LAST_YEAR}结转|结转(?:自)?{LAST_YEAR})(?:的)?(?:政府信息公开|依申请公开)?(?:申请)?{_COUNT}"),
        (("requests_carried_in",),),
        needs=re.compile("申请"),
    ),
    Pattern(
        re.compile(
            rf"结转(?:至|到)?(?:下一?年度?|20\d\d年度?)(?:继续)?(?:办理)?(?:的)?(?:政府信息公开|依申请公开)?(?:申请)?{_COUNT}"
        ),
        (("requests_carried_out",),),
    ),
    Pattern(
        re.compile(rf"(?:按时|已|全部|共|予以)?办结(?:政府信息公开|依申请公开|信息公开)?(?:申请)?{_NUMBER}{_UNIT}"),
        (("disposed_total",), ("disposed_total", "requests_carried_out"), ("requests_received",)),
        needs=re.compile("申请|信息公开|结转"),
    ),
    Pattern(
        re.compile(rf"予以公开(?:及|和|与|、|或|以及)(?:予以)?部分公开(?:的)?{_GAP}{{0,6}}?{_NUMBER}{_UNIT}"),
        (("granted", "partially_granted"),),
        result=True,
    ),
    _result("(?<!不)予以公开", "granted"),
    _result("(?<![及和与、或])部分公开", "partially_granted"),
    _result("不予公开", "refused"),
    _result("无法提供", "not_provided"),
    _result("不予处理", "not_processed"),
)

_NONE_OF = r"(?:未|没有|不存在|无)(?:发生|出现|产生|收到|有|在)*"
_NOT_LOST = r"(?![^,，。;；]{0,8}(?:败诉|纠错|纠正|撤销))"
DISPUTES = (
    Pattern(
        re.compile(
            rf"{_NONE_OF}{_GAP}{{0,24}}?行政复议(?:和|、|与|及|或|以及|,)?(?:被?提起)?(?:的)?(?:行政)?诉讼{_NOT_LOST}"
        ),
        (("review", *_LITIGATION),),
        value=0,
        disputes=True,
    ),
    Pattern(re.compile(rf"{_NONE_OF}{_GAP}{{0,24}}?行政复议{_NOT_LOST}"), (("review",),), value=0, disputes=True),
    Pattern(re.compile(rf"{_NONE_OF}{_GAP}{{0,24}}?行政诉讼{_NOT_LOST}"), (_LITIGATION,), value=0, disputes=True),
    Pattern(re.compile(rf"行政复议(?:案件|申请|案)?(?:共|为|有)?{_NUMBER}{_UNIT}"), (("review",),), disputes=True),
    Pattern(
        re.compile(rf"行政诉讼(?:案件|案)?(?:共|为|有)?{_NUMBER}{_UNIT}"),
        (_LITIGATION, ("litigation_direct",), ("litigation_after_review",)),
        disputes=True,
    ),
)

_OUTCOMES = {"upheld": "维持", "corrected": "(?:纠正|纠错)", "other_outcome": "其他结果", "pending": "(?:尚未|未)审结"}
_BEHIND = {
    "行政复议": (("review",),),
    "行政诉讼": (_LITIGATION, ("litigation_direct",), ("litigation_after_review",)),
    "直接起诉": (("litigation_direct",),),
    "复议后起诉": (("litigation_after_review",),),
}
OUTCOMES = tuple(
    Pattern(
        re.compile(rf"(?<!未)(?<!无)(?:结果)?(?:被|予以)?{words}(?:结果|的|案件|决定)?(?:共|有|为)?{_NUMBER}{_UNIT}"),
        tuple(tuple(f"{path}:{outcome}" for path in paths) for paths in sums),
        disputes=True,
        behind=path_words,
    )
    for path_words, sums in _BEHIND.items()
    for outcome, words in _OUTCOMES.items()
)

DOCUMENTS = (
    Pattern(
        re.compile(rf"(?:制发|制定|出台|印发)(?:的)?(?:行政)?规范性文件(?:共|为)?{_NUMBER}{_UNIT}"),
        (("documents_issued",),),
    ),
    Pattern(re.compile(rf"废止(?:的)?(?:行政)?规范性文件(?:共|为)?{_NUMBER}{_UNIT}"), (("documents_repealed",),)),
    Pattern(re.compile(rf"现行有效(?:的)?(?:行政)?规范性文件(?:共|为)?{_NUMBER}{_UNIT}"), (("documents_in_force",),)),
)

PHRASES = (*PATTERNS, *DISPUTES, *OUTCOMES, *DOCUMENTS)
