"""Where on a page the article stands, so that menus and footers do not end up in a report.

The report's own tables and section headings are the surest sign; then the containers that the content systems name;
then the element with most unlinked text. Paragraphs outside the article are dropped, tables of the form never.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

from parsers.content import Paragraph, Table
from parsers.formats.html.walk import Flow
from parsers.printed import page_data, report_signs

_CHROME = re.compile(
    r"^[【\[（(\s]*(?:上一[篇条页]|下一[篇条页]|打印(?:本页|此页)?|关闭(?:窗口|本页)?|分享到?|扫一扫|责任编辑|相关(?:链接|文章|新闻|信息|阅读)|"
    r"当前位置|您(?:现在|当前)?的?(?:所在)?位置|字[体号]|我要纠错|返回顶部|浏览次数|点击(?:数|量|收听)|收藏|【?(?:大|中|小)】?$)"
)
_LISTED = re.compile(r"公开.{0,12}(?:报告|年报)")
_ENOUGH_CELLS = 400
"""Cells of a table that are looked at for words of the form: table three has about 230."""
_LEADING_TEXT = 200
"""Letters of the element with most text from which on it can be the article; chosen: less is a menu or a foot."""
_LONG_LINK = 40
"""Letters of a paragraph of links from which on it belongs to the article around it; chosen: menus have short names."""


def article_of(flow: Flow) -> tuple[Paragraph | Table, ...]:
    """The blocks of the article in printed order."""
    prefix = _article_path(flow)
    kept: list[Paragraph | Table] = []
    for index, block in enumerate(flow.blocks):
        inside = _inside(block.place.path or "", prefix)
        if isinstance(block, Table):
            if (inside and not is_page_data(block)) or is_of_form(block):
                kept.append(block)
        elif inside and not (index in flow.linked and _is_chrome(block, prefix)) and not _CHROME.match(block.text):
            kept.append(block)
    return tuple(kept)


def is_of_form(table: Table) -> bool:
    """True when words of the report's forms stand in the table."""
    return report_signs.is_of_form("".join(cell.text for cell in table.cells[:_ENOUGH_CELLS]))


def is_page_data(table: Table) -> bool:
    """True for the box about the document (索引号, 发布机构 …) that many portals print above it."""
    return page_data.is_page_data([cell.text for cell in table.cells])


def _article_path(flow: Flow) -> str:
    """Path of the element that holds the article; "" when the whole page does."""
    anchors = [block.place.path or "" for block in flow.blocks if _is_anchor(block)]
    named = flow.named
    if len(anchors) > 1 or (anchors and named):
        common = _common(anchors)
        around = [path for path in named if _inside(common, path)]
        if around:
            return max(around, key=len)
        return _wide_enough(flow, common, anchors)
    if named:
        return max(named, key=lambda path: _letters(flow, path))
    return _densest(flow)


def _is_anchor(block: Paragraph | Table) -> bool:
    if isinstance(block, Table):
        return is_of_form(block)
    return report_signs.is_section_heading(block.text)


def _wide_enough(flow: Flow, common: str, anchors: Sequence[str]) -> str:
    """The common element, or its parents while they add more plain text than links: the preamble stands outside."""
    path = common.rsplit("/", 1)[0] if common in anchors else common
    while path.count("/") > 2:
        parent = path.rsplit("/", 1)[0]
        gained = _letters(flow, parent) - _letters(flow, path)
        if gained <= 0 or gained > _letters(flow, path):
            return path
        path = parent
    return path


def _letters(flow: Flow, path: str) -> int:
    """Letters of unlinked paragraphs inside a path, less twice those of linked ones."""
    total = 0
    for index, block in enumerate(flow.blocks):
        if isinstance(block, Paragraph) and _inside(block.place.path or "", path):
            total += len(block.text) * (-2 if index in flow.linked else 1)
    return total


def _densest(flow: Flow) -> str:
    """The parent element with most unlinked text, when it clearly leads; else the whole page."""
    letters: Counter[str] = Counter()
    for index, block in enumerate(flow.blocks):
        if isinstance(block, Paragraph) and index not in flow.linked:
            letters[(block.place.path or "").rsplit("/", 1)[0]] += len(block.text)
    leading = letters.most_common(1)
    if not leading or leading[0][1] < _LEADING_TEXT or leading[0][1] * 2 < letters.total():
        return ""
    return leading[0][0]


def _is_chrome(block: Paragraph, prefix: str) -> bool:
    """A paragraph of links is chrome when it is short; on an unbounded page unless it names a report (a list does)."""
    return len(block.text) < _LONG_LINK if prefix else _LISTED.search(block.text) is None


def _inside(path: str, prefix: str) -> bool:
    return not prefix or path == prefix or path.startswith(prefix + "/")


def _common(paths: Sequence[str]) -> str:
    steps = zip(*(path.split("/") for path in paths), strict=False)
    return "/".join(step[0] for step in takewhile(lambda step: len(set(step)) == 1, steps))
