"""Reports before 2019: prose under headings that no form prescribed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from parsers.forms import MODERN_SINCE
from parsers.metadata.describe import Metadata

_LONG = 800
"""Characters of the shortest report in prose."""
_LEAST_SCORE = 3
"""Points (lookalikes/judge.py) without which a long text is not even looked at."""
_OFTEN = 8
"""Times that a report of 800 characters says 公开 at least."""
_PARTS = (
    r"概述|概况|总体情况|基本情况",
    r"主动公开",
    r"依?申请公开",
    r"咨询",
    r"复议|诉讼|申诉",
    r"收费|支出|经费|收支|费用",
    r"问题|不足|改进|打算|计划",
    r"机构|人员|保障|制度建设",
    r"附表|指标统计|需要说明",
)
_HEADING = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,2}\s*[、.．]|第[一二三四五六七八九]部分)\s*(?P<words>[^。；]{2,30})\s*"
)
_FEWEST = 3
_LISTS = re.compile(
    r"(?:全文|本报告|本年度报告|报告|内容)(?:共?由|包括|包含|分为)[^。]{0,60}(?:概述|总体情况|主动公开)[^。]{0,200}"
    r"(?:申请|复议|问题)[^。]{0,60}(?:部分|组成|构成|方面|附表|措施|情况)"
)


def old_parts(lines: Iterable[str]) -> int:
    """How many of the parts that such reports had stand as headings; 0 for fewer than three."""
    words = [found["words"] for line in lines if (found := _HEADING.fullmatch(line))]
    count = sum(any(re.search(part, heading) for heading in words) for part in _PARTS)
    return count if count >= _FEWEST else 0


def names_its_parts(text: str) -> bool:
    """全文包括概述、主动公开政府信息情况 … 六部分组成: the sentence with which reports begin."""
    return _LISTS.search(text) is not None


def is_old_report(text: str, metadata: Metadata, score: int) -> bool:
    """Before 2019 reports were prose: a title, a year and a long text about disclosure."""
    return (
        score >= _LEAST_SCORE
        and metadata.year is not None
        and metadata.year < MODERN_SINCE
        and len(text) >= _LONG
        and text.count("公开") >= _OFTEN
    )
