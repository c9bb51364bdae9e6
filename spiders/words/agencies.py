"""Names of agencies as they stand in links and titles. Pure."""

from __future__ import annotations

import re
import unicodedata


def tidy(text: str) -> str:
    """`text` in NFKC without any space: Chinese titles carry stray spaces and full-width digits."""
    return re.sub(r"[\s\u200b\ufeff\xad]+", "", unicodedata.normalize("NFKC", text))


def any_of(words: str) -> str:
    """A pattern that matches any of the space-separated `words` (each a pattern itself)."""
    return "(?:" + "|".join(words.split()) + ")"


_ENDINGS = any_of(
    """局 委 办 厅 室 部 处 院 站 所 馆 队 会 校 社 行 署 联 协 库 台 政府 街道 镇 乡 苏木 中心 公司 集团 林场 农场 牧场
    办事处 管委会 委员会 开发区 示范区 园区 新区 高新区"""
)
_AGENCY = re.compile(rf"^[\u4e00-\u9fff()、]{{2,28}}{_ENDINGS}$")
_MENU = re.compile(
    r"^(?:网上)?(?:新闻|资讯|互动|服务|办事|下载|帮助|用户|个人|会员|视频|图片|媒体|便民|政务|政务服务)(?:中心|大厅|展厅)$"
    r"|发布会$|大讲堂|会客厅$"
)
"""Menu entries that end like agencies."""


def is_agency(text: str) -> bool:
    """A text that is the name of one agency and nothing else: 区科技局, 王庄集镇."""
    name = tidy(text)
    return bool(_AGENCY.match(name)) and not _MENU.search(name)
