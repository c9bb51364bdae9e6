"""Titles and agency names: what `嘉祥县科学技术局2022年政府信息公开工作年度报告` says. Pure string work."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from parsers.printed.agency_words import is_brand, is_plural, is_self
from parsers.printed.breadcrumbs import last_step
from parsers.printed.traditional import simplified

LONGEST_TITLE = 300
"""Characters; a longer text is no title, and looking for one in it is slow."""
_SHORTEST_NAME, _LONGEST_NAME = 2, 40
"""Characters of the name of an agency; chosen."""

_YEAR = r"(?P<year>20[0-3]\d|二[〇○零0Oo]{1}[〇○零一二三0-3Oo][〇○零一二三四五六七八九0-9Oo])\s*年?\s*度?"
_SUBJECT = (
    r"(?:政府|政务)?(?:信息公开|政务公开)(?:工作)?(?:执行)?(?:情况)?(?:的)?(?:年度|年)?(?:工作)?(?:情况)?(?:的)?(?:总结)?"
    r"(?:报告|年报)"
)
_AGENCY = rf"(?P<agency>[^《》,。;:!?>»›→|]{{0,{_LONGEST_NAME}}}?)"
_LEAD = r"(?:附件\d*[:：]?|标题[:：]|关于(?:公布|发布|印发)?)?[《「]?"
_IS_REPORT = re.compile(_SUBJECT)
_OPENNESS, _TAIL = "信息公开", "工作年度报告"
_AGENCY_FIRST = re.compile(rf"{_LEAD}{_AGENCY}{_YEAR}{_SUBJECT}")
_YEAR_FIRST = re.compile(rf"{_LEAD}{_YEAR}{_AGENCY}{_SUBJECT}")
_YEAR_INSIDE = re.compile(rf"{_LEAD}{_AGENCY}(?:政府|政务)?信息公开(?:工作)?{_YEAR}(?:工作)?(?:总结)?(?:报告|年报)")
_NO_YEAR = re.compile(rf"{_LEAD}{_AGENCY}{_SUBJECT}")
_LABEL = re.compile(r"^(?:附件\d*|标题)[:：]?(?=.)")
_YEAR_AFTER = re.compile(r"报[告]?[(（\[]?(20[0-3]\d)年?度?[)）\]]?$|年报[(（](20[0-3]\d)")
# Texts about reports, not reports: circulars, templates, explanations.
_ABOUT_REPORTS = re.compile(
    r"通知|通报|格式(?:》|$|[(（])|填报说明|编制说明|(?:解读|图解|问答|公告|要求|方案|办法|制度)[)）]?$|一图读懂"
)
_DIGITS = str.maketrans("〇○零Oo一二三四五六七八九", "00000123456789")
_EDGE = "的《》「」（）()【】[]:：、，。·-—_ \t"
_BRACKETED = re.compile(r"^【[^】]{0,20}】")
_LEAD_WORDS = re.compile(r"^(?:关于|印发|公布|发布|更正|现[将就把]|兹将|现(?:公布|发布|形成)|特?向社会公布)+")
_NO_NAME = re.compile(r"^[\d.年度]+$|^(?:正文|报告|附件)$|(?:文件|公开|年报|年度报告)$|[:：>»›→|/\\]|20[0-3]\d")
"""What stands above titles and is no agency's name."""
_EXTENSION = re.compile(r"\.(?:pdf|docx?|wps|ofd|xlsx?|zip|rar|rtf|txt|s?html?)$", re.I)


@dataclass(frozen=True, slots=True)
class Titled:
    """What a title says: agency and year where it names them. `text` is the title without white space."""

    text: str
    agency: str | None
    year: int | None


def tight(text: str) -> str:
    """NFKC without white space."""
    return "".join((text if text.isascii() else unicodedata.normalize("NFKC", text)).split())


@lru_cache(maxsize=1024)
def read_title(text: str) -> Titled | None:
    """A report's title, None for any other text. Agency and year may stand in either order."""
    if len(text) > LONGEST_TITLE:
        return None
    printed = _LABEL.sub("", _EXTENSION.sub("", tight(last_step(text))))
    plain = _corrected(simplified(printed))
    if not (_IS_REPORT.search(plain) or _YEAR_INSIDE.search(plain)) or _ABOUT_REPORTS.search(plain):
        return None
    found = [match for pattern in (_AGENCY_FIRST, _YEAR_FIRST, _YEAR_INSIDE) if (match := pattern.search(plain))]
    for match in sorted(found, key=lambda one: -len(one["agency"])):
        return Titled(printed, clean_agency(match["agency"]), int(match["year"].translate(_DIGITS)))
    bare = _NO_YEAR.search(plain)
    year = _YEAR_AFTER.search(plain)
    return Titled(printed, clean_agency(bare["agency"]) if bare else None, int(year[1]) if year else None)


def _corrected(plain: str) -> str:
    """A title whose last words were typed in a wrong order: 信息公开工作告年度报."""
    begin = plain.rfind(_OPENNESS) + len(_OPENNESS)
    tail = plain[begin:]
    is_mixed = begin >= len(_OPENNESS) and sorted(tail) == sorted(_TAIL) and tail != _TAIL
    return plain[:begin] + _TAIL if is_mixed else plain


def clean_agency(text: str) -> str | None:
    """An agency's name without what stands around it; None when nothing is left that could be one."""
    name = _BRACKETED.sub("", simplified(text.strip())).strip(_EDGE)
    name = re.sub(r"^(?:附件\d*|标题|\d+[、.])[:：]?", "", name).strip(_EDGE)
    name = _LEAD_WORDS.sub("", name).strip(_EDGE).removesuffix("关于")
    if name.count("(") > name.count(")"):
        name += ")"
    if name.endswith("人民"):
        name += "政府"  # 人民政府信息公开 says 政府 once for both
    half = name[: len(name) // 2]
    name = half if half + half == name else name  # a head and a title that stand as one line
    return name if _SHORTEST_NAME <= len(name) <= _LONGEST_NAME and not _is_no_name(name) else None


def _is_no_name(name: str) -> bool:
    return _NO_NAME.search(name) is not None or is_plural(name) or is_self(name) or is_brand(name)


def with_place(agency: str, texts: Iterable[str]) -> str:
    """An agency printed without its place, with the place that the text gives its short name.

    ``工业和科技创新委员会`` with ``济源示范区工科委`` in the text is ``济源示范区工业和科技创新委员会``.
    """
    if is_placed(agency):
        return agency
    found = [
        match[1]
        for text in texts
        for match in _SHORT.finditer(tight(text))
        if is_short_for(match[2], agency)
        and not match[1].startswith(("我", "本", "全", "各", "现", "示范区", "开发区"))
    ]
    return max(found, key=len) + agency if found else agency


def is_placed(name: str) -> bool:
    """Does a name begin with a place?"""
    return _PLACED.match(name) is not None


_PLACED = re.compile(r".{1,12}?(?:省|市|县|区|旗|州|盟|镇|乡|街道|示范区|开发区)")
_SHORT = re.compile(
    r"(?:^|[，,。;；:：、（(]|由|在|年|公布|发布|现将)([\u4e00-\u9fff]{2,6}?(?:示范区|开发区|新区|市|县|区|旗|州))([\u4e00-\u9fff]{2,14}?[局委办厅院会])"
)


def is_short_for(short: str, name: str) -> bool:
    """Whether the characters of `short` stand in `name` in that order, the first and last included."""
    at = -1
    for char in short:
        at = name.find(char, at + 1)
        if at < 0:
            return False
    return short == name or (short[0] == name[0] and len(short) < len(name))
