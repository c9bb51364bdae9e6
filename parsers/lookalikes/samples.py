"""Samples: forms filled for nobody, with numbers made up. XX局, 某某县, ×××（单位名称）, 数据均为虚构."""

from __future__ import annotations

import re
from collections.abc import Iterable

from parsers.printed.titles_and_agencies import LONGEST_TITLE

_BODY = "省市县区旗州盟局委办厅镇乡街单部机"
_CROSSES = "XＸx×✕✖*＊"
_ROUNDS = "○〇◯□_＿"
_NOBODY = re.compile(
    rf"(?<![{_CROSSES}])[{_CROSSES}]{{2,}}+(?=[{_BODY}（(]|20\d\d年)|(?<![{_ROUNDS}])[{_ROUNDS}]{{2,}}+(?=[{_BODY}])|"
    rf"某(?:某|(?=[{_BODY}]))|(?:示例|样例|范例|样本|测试|演示)(?=[{_BODY}])|[（(]?(?:单位|机关|部门)(?:全?名称|名)[)）]"
)
"""A placeholder where the name of an agency belongs."""
_MADE_UP = re.compile(
    r"(?:数据|数字|数值|内容)(?:均|皆|全部|都)?(?:为|系|是)(?:虚构|虚拟|模拟|示例|假设|举例)|虚拟数据|虚构数据|模拟数据|示例数据|"
    r"所列数[字据]为示例|请勿照抄|(?:范文|样表|示例)[，,]?仅供参考"
)
_FIELD = re.compile(r"«[^«»]{1,40}»|\{\{[^{}]{1,40}\}\}|\$\{[^{}]{1,40}\}|\[#[\w.]{1,40}#\]|<%=?[^<>%]{1,40}%>")
_FEWEST_FIELDS = 3
_FILLED_BY = re.compile(r"(?:填报|报送|填表)单位[:：]\s*(\S{2,30})")


def placeholder(texts: Iterable[str]) -> str | None:
    """What stands for a name in a title or a name, where no agency's own name does."""
    return next((found[0] for text in texts if (found := _NOBODY.search(text, 0, LONGEST_TITLE))), None)


def made_up(text: str) -> str | None:
    """The words by which a text says that its numbers are no real ones."""
    found = _MADE_UP.search(text)
    return found[0] if found else None


def fields(text: str) -> str | None:
    """The first of several fields that a program was to fill with numbers."""
    found = _FIELD.findall(text)
    return found[0] if len(found) >= _FEWEST_FIELDS else None


def filled_by(text: str) -> str:
    """The name behind 填报单位, "" without one."""
    found = _FILLED_BY.search(text)
    return found[1] if found else ""
