"""The way to a page printed over its text: 首页 > 政务公开 > 区文旅局 > 政府信息公开年报. It names no agency."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from parsers.printed.agency_words import is_group

_WHERE = re.compile(
    r"(?:(?:您|你|我)?(?:们)?(?:现在|当前|目前)?的?(?:所在)?的?(?:位置|栏目|路径|导航)\s*(?:[:：是]|(?=\s*(?:首页|主页)))\s*)+"
)
_HOME = re.compile(r"(?:返回)?(?:网站|门户|政府|本站)?(?:首\s*页|主\s*页)|HOME", re.IGNORECASE)
_ARROWS = re.compile(r"\s*(?:(?:[-=]*>|»|›|→|⇒|➔|➜|▶|►|❯|≫|>>)\s*)+")
_ARROW_HEAD = re.compile("[>»›→⇒➔➜▶►❯≫]")
"""Every arrow has one of these, and one class of characters is looked for much faster than what may stand before it."""
_OTHERS = re.compile(r"\s*(?:/|\\|\||::|[·•∙‧・—–_]|-|➤|◆|\s)\s*")
_SENTENCE = re.compile(r"[。；;，,！？]")
_MENU = re.compile(
    r"^(?:.{0,8}(?:政务|信息|党务|政府|法定主动|基层)公开.{0,6}|.{0,10}(?:目录|专栏|栏目|年报|平台|专题|导航|列表|指南|专区)|正文|"
    r"(?:信息)?内容|组织机构|机构(?:设置|职能|信息)?|政府部门|部门|单位|公开|详情|20[0-3]\d年?度?)$"
)
_REPORT = re.compile(r"20[0-3]\d.*(?:报告|年报)|(?:报告|年报).*20[0-3]\d")
"""A report's title; a column of reports has no year in its name, or nothing but a year."""
LONGEST_STEP = 30
"""Characters of one step of a way."""
_MOST_STEPS = 9


def steps(line: str) -> list[str]:
    """The steps of a way, from the home page on; none for a line that is no way."""
    plain = unicodedata.normalize("NFKC", line).strip()
    where = _WHERE.match(plain)
    rest = plain[where.end() :] if where else plain
    home = _HOME.match(rest)
    if _ARROW_HEAD.search(rest):
        found = [step for step in _ARROWS.split(rest) if step]
        short = all(len(step) <= LONGEST_STEP for step in found[:-1]) and not any(map(_SENTENCE.search, found))
        return found if where or home or (len(found) > 2 and short) else []
    if home is not None:
        behind = rest[home.end() :]
        return [home[0], *filter(None, _OTHERS.split(behind))] if not behind or _OTHERS.match(behind) else []
    return [rest] if where and where.end() > 2 else []


def without_ways(lines: Sequence[str]) -> list[int]:
    """Positions of the lines that are no part of a way: not a line of its own, not a list of steps below 首页."""
    kept: list[int] = []
    at = 0
    while at < len(lines):
        found = steps(lines[at])
        if not found:
            kept.append(at)
        elif len(found) == 1:
            at += _listed(lines[at + 1 : at + 1 + _MOST_STEPS])
        at += 1
    return kept


def _listed(below: Sequence[str]) -> int:
    """How many of the lines below a lone 首页 are further steps: up to the last one that a menu would have."""
    last = 0
    for number, line in enumerate(below, 1):
        plain = "".join(unicodedata.normalize("NFKC", line).split())
        if len(plain) > LONGEST_STEP or _SENTENCE.search(plain) or _REPORT.search(plain):
            break
        if _MENU.match(plain) or is_group(plain):
            last = number
    return last


def last_step(text: str) -> str:
    """A text without the way that may be printed before it in the same line."""
    found = steps(text)
    return found[-1] if found else text
