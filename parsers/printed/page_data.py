"""The box about a document that portals print above it: 索引号, 发布机构, 成文日期, 主题分类 and what follows each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.printed.report_signs import is_of_form
from parsers.printed.traditional import simplified

LABELS = {
    "索引号": "index_number",
    "发布机构": "publisher",
    "发布单位": "publisher",
    "公开机构": "publisher",
    "发文机关": "publisher",
    "发文机构": "publisher",
    "信息来源": "source",
    "来源": "source",
    "发布日期": "published_on",
    "发布时间": "published_on",
    "发表时间": "published_on",
    "公布日期": "published_on",
    "公布时间": "published_on",
    "公开日期": "published_on",
    "公开时间": "published_on",
    "信息时间": "published_on",
    "录入时间": "published_on",
    "发文日期": "published_on",
    "成文日期": "written_on",
    "生成日期": "written_on",
    "信息名称": "title",
    "名称": "title",
    "标题": "title",
}
"""Printed label → key of `Content.meta`."""

_IN_BOXES = (
    "索引号",
    "发布机构",
    "发文机关",
    "成文日期",
    "发布日期",
    "公开日期",
    "发文日期",
    "主题分类",
    "信息分类",
    "文号",
    "公文时效",
    "有效性",
    "名称",
)
_LEAST_LABELS = 2
"""Any table may print 名称; two labels together are a box about a document."""
_MOST_CELLS = 60
"""Boxes have 8 to 24 cells; a list of documents has many more and prints the same labels."""
_SPACE = re.compile(r"\s+")


def is_page_data(texts: Sequence[str]) -> bool:
    """Are these the cells of such a box, and not of a table of the report?"""
    if len(texts) > _MOST_CELLS:
        return False
    text = simplified(_SPACE.sub("", "".join(texts)))
    return sum(label in text for label in _IN_BOXES) >= _LEAST_LABELS and not is_of_form(text)
