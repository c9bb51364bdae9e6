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
    """局 委 办 厅 室 部 处 院 站 所 馆 队 会 校 社 行 署 政府 街道 镇 乡 中心 公司 集团 林场 农场
    办事处 管委会 委员会 开发区 示范区 园区 新区 高新区"""
)
_AGENCY = re.compile(rf"^[\u4e00-\u9fff()、]{{2,28}}{_ENDINGS}$")
_MENU = re.compile(
    r"^(?:网上)?(?:新闻|资讯|互动|服务|办事|下载|帮助|用户|个人|会员|视频|图片|媒体|便民|政务|政务服务)(?:中心|大厅|展厅)$"
    r"|发布会$|大讲堂|会客厅$"
)
"""Menu entries that end like agencies."""
_OWNER = any_of("市 县 区 州 旗 省 市直 县直 区直 市级 县级 区级 直属")
_DEPARTMENTS = any_of("部门 机构 单位 委办局 工作部门 组成部门 政府部门")
_TOWNS = any_of(
    r"""乡镇 镇街 街镇 街道 乡镇街道 镇乡 镇\(街道\) 街道\(镇\) 乡镇\(街道\) 镇街道 县市区 县\(市、?区\)
    县\(市\)区 县\(区\) 县区 市县区 区市县 市\(县、?区\) 区县 市县 地方"""
)
_OF_YEAR = re.compile(r"^20[0-3]\d年?度?")
_GROUP = re.compile(
    rf"^(?:各?{_OWNER}?(?:人民)?(?:政府)?各?{_DEPARTMENTS}(?:及.{{2,6}})?(?:导航|网站|站群|子站|链接|名录)?|各?{_TOWNS}(?:人民政府|政府|办事处)?"
    r"|[市县区州旗省](?:本级|(?:人民)?政府)?(?:办公室)?|本级政府|开发区|功能区|其他(?:单位|机构)?)"
    r"(?:年报|年度报告|(?:政府)?信息公开年报)?$"
)


def is_agency(text: str) -> bool:
    """A text that is the name of one agency and nothing else: 区科技局, 王庄集镇."""
    name = tidy(text)
    return bool(_AGENCY.match(name)) and not _MENU.search(name)


def is_group(text: str) -> bool:
    """A folder that holds the reports of many agencies: 市政府部门, 乡镇街道, 2020年县直部门年报."""
    return bool(_GROUP.match(_OF_YEAR.sub("", tidy(text))))
