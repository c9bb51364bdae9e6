"""Columns: which menu entries and paths of a portal lead to annual disclosure reports. Pure.

A portal's menu runs home → 政府信息公开 → 政府信息公开年报 → (year | agency | level) → reports. The words
here were seen on portals of all platform families; a path word alone (``zfxxgknb``) is weaker evidence.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from spiders.words.agencies import any_of, tidy

_ANNUAL = re.compile(
    r"^.{0,14}?(?:(?:政府|政务)?信息公开|政务公开|公开)(?:工作)?(?:情况)?(?:年度|年)?(?:工作)?(?:报告|年报)$"
    r"|^(?:历年|各年度?|部门|单位|乡镇|镇街|街道|法定)?(?:年报|年度报告|年度工作报告)$"
)
_NOT_ANNUAL = re.compile(any_of("网站 法治 决算 预算 党务 财务 统计 环境 企业 公报 检察 法院 解读$ 政府工作报告"))
_ANNUAL_SEGMENT = re.compile(
    any_of(
        r"""gk(?:gz)?(?:nb|ndbg|ndgb|nianbao) xxgknd ndxxgkbg annual_?report ^(?:gz)?ndbg
        ^nb(?:_?\d+)?$ ^\d{4}n?nb nb_?\d{4} niandubaogao nianbao"""
    )
)
_YEAR_TEXT = re.compile(r"^(20[0-3]\d)年?(?:度|年度)?(?:年?报|(?:工作)?报告)?$")
_YEAR_SEGMENT = re.compile(r"^(?:n|nb_?|gknb|zfxxgknb|y)?(20[0-3]\d)(?:n|nd|nb|年|_szfbm)?(?:_\d+)?(?:\.s?html?)?$")
_GATEWAYS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"^政府信息公开(?:专栏|平台|专区)?$"), 60),
    (re.compile(r"^(?:政务公开|信息公开|政务信息公开|公开)(?:专栏|平台)?$"), 50),
    (re.compile(r"(?:政府|政务)?信息公开(?:专栏|平台|专区)"), 45),
    (re.compile(r"^.{0,6}(?:部门|乡镇|街道|镇街|单位|区县).{0,6}(?:信息|政务)公开.{0,4}$"), 40),
    (re.compile(r"^(?:部门|乡镇|街道|镇街).{0,4}公开$"), 40),
    (re.compile(r"(?:政府|政务)信息?公开"), 30),
    (re.compile(r"^法定主动公开内容$|^主动公开$|^部门(?:导航|街镇|乡镇)?$|^机构职能$|^区县信息公开$"), 12),
)
_CATALOGUE = re.compile(r"/gkmlpt(?:/index)?/?$|/public/column/\d+\?(?:.*&)?type=4(?:&|$)")
_NEWS = re.compile(any_of("召开 举办 举行 会议 培训 推进 开展 部署 调研 工作的? 获 通知$ 意见$ 方案$ 条例$"))
"""An article about disclosure, not the way to it."""
_GATEWAY_SEGMENT = re.compile(r"^(?:zfxxgk|xxgk|zwgk|gongkai|openness|gkmlpt|public)")
_DEAD_END = re.compile(
    any_of(
        """登录 注册 无障碍 繁体 English 移动 微博 微信 邮箱 搜索 网站地图 联系我们 信访 投诉 互动 视频
        图片 专题 设为首页 加入收藏 指南 依申请"""
    ),
    re.I,
)


def segments(url: str) -> tuple[str, ...]:
    """The path of `url` in lower case, cut at the slashes, without empty parts."""
    return tuple(part for part in unquote(urlsplit(url).path).lower().split("/") if part)


def is_annual(text: str) -> bool:
    """Does a menu text, or any part of a ``a > b`` path of menu texts, name an annual-report column?"""
    return any(_names_annual(part) for part in re.split(r"[>＞»/|→]", text))


def _names_annual(text: str) -> bool:
    name = re.sub(r"20[0-3]\d年?度?", "", tidy(text)).strip("·-—:[]【】")
    return bool(_ANNUAL.match(name)) and not _NOT_ANNUAL.search(name)


def is_annual_url(url: str) -> bool:
    """Does a path word (``zfxxgknb``, ``ndbg``, ``xxgkAnnualReport`` …) name an annual-report column?"""
    return any(_ANNUAL_SEGMENT.search(part) for part in segments(url))


def is_catalogue(url: str) -> bool:
    """Is this the address of a system that lists annual reports under a category of its own? It is not a menu."""
    return bool(_CATALOGUE.search(url))


def year_folder(text: str, url: str = "") -> int | None:
    """The year of a year folder: a text like ``2020年`` or a last path word like ``2020nd``, ``n2022n``."""
    match = _YEAR_TEXT.match(tidy(text))
    if match is None and url:
        words = [part for part in segments(url) if not part.startswith(("index", "list"))]
        match = _YEAR_SEGMENT.match(words[-1]) if words else None
    return int(match[1]) if match else None


def rank(text: str, url: str) -> int:
    """How likely a link leads to annual reports: 100 names the column, 80 its path, 60–10 a gateway, 0 nothing."""
    name = tidy(text)
    if _names_annual(name):
        return 100
    if is_annual_url(url):
        return 0 if _NOT_ANNUAL.search(name) else 80
    if _DEAD_END.search(name) or _NEWS.search(name):
        return 0
    for pattern, weight in _GATEWAYS:
        if pattern.search(name):
            return weight
    parts = segments(url)
    return 10 if parts and _GATEWAY_SEGMENT.match(parts[-1]) else 0
