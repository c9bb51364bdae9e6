"""Columns: which menu entries and paths of a portal lead to annual disclosure reports. Pure. A portal's menu runs
home → 政府信息公开 → 政府信息公开年报 → (year | agency | level) → reports. The words here were seen on portals of
all platform families; they are open: whatever says 年报 or 年度报告 and names no other sort of report is a column
of ours. A path word alone (``zfxxgknb``) is weaker evidence."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from spiders.words.agencies import any_of, is_agency, tidy

ANNUAL = 80
"""`rank` of a link that names a column of annual reports, by its text or its path."""
GATEWAY = 30
"""`rank` of a menu that is followed whatever else a page offers; weaker ones only where it offers nothing better."""

_REPORTS = "(?:年报|年度(?:工作)?报告|年度公开报告|工作年报)"
_ANNUAL = re.compile(
    rf"^.{{0,14}}?((?:政府|政务)?信息公开|政务公开|公开)(?:工作)?(?:情况)?(?:年度|年)?(?:工作)?(?:情况)?(?:报告|{_REPORTS})"
    r"(?:专栏|专区|专题|栏目|列表|汇总|汇编|公示|公开|发布)?$"
)
_BARE = re.compile(rf"^(?:历年|各年度?|部门|单位|乡镇|镇街|街道|法定)?{_REPORTS}$")
_DISCLOSURE = re.compile("政务公开|信息公开")
_OPEN_ANNUAL = re.compile(rf"{_REPORTS}")
_NOT_ANNUAL = re.compile(
    any_of(
        r"""网站 法治 依法行政 执法 决算 预算 财政 党务 财务 统计 环境 环保 企业 个体 公报 检察 法院 司法 解读$
        政府工作报告 审计 公积金 社会保险 社保 医保 养老 社会责任 社会组织 事业单位 基金 慈善 质量 监测 水资源 气象
        人口 知识产权 专利 信用 投资 国资 上市 银行 食品 药品 卫生 教育 高校 学校 院校 医院 督查 考核 评估 建议 提案
        信访 安全 应急 消防 价格 统战 组织部 普法 政务服务 公共资源 行政复议 营商 双随机 免费开放 运行 能源 节能
        资源利用 年鉴 志$ 通知$ 模板 格式 样表 培训 工作要点"""
    )
)
"""Annual reports on something else, and what is written about ours."""
_ANNUAL_SEGMENT = re.compile(
    any_of(
        r"""gk(?:gz)?(?:nb|ndbg|ndgb|nianbao|bg) xxgknd ndxxgkbg annual_?report ^(?:gz)?ndbg
        ^nb(?:_?\d+)?$ ^\d{4}n?nb nb_?\d{4} niandubaogao nianbao ^(?:zf|bm|xz|zfxx|xxgk)?nb(?:_\d+)?$ gongkainianbao"""
    )
)
_YEAR_TEXT = re.compile(r"^(20[0-3]\d)年?(?:度|年度)?(?:年?报|(?:工作)?报告)?$")
_YEAR_SEGMENT = re.compile(r"^(?:n|nb_?|gknb|zfxxgknb|y)?(20[0-3]\d)(?:n|nd|nb|年|_szfbm)?(?:_\d+)?(?:\.s?html?)?$")
_GATEWAYS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"^政府信息(?:主动)?公开(?:专栏|平台|专区|栏|网|内容)?$"), 60),
    (re.compile(r"^法定主动公开(?:内容)?$"), 55),
    (re.compile(r"^(?:政务公开|信息公开|政务信息公开|公开|政府公开)(?:专栏|平台|专区|网)?$"), 50),
    (re.compile(r"(?:政府|政务)?信息公开(?:专栏|平台|专区)"), 45),
    (re.compile(r"^.{0,6}(?:部门|乡镇|街道|镇街|单位|区县|县区|县市区).{0,6}(?:信息|政务)公开.{0,4}$"), 40),
    (re.compile(r"^(?:部门|乡镇|街道|镇街|基层|单位|各级|区县|县区).{0,4}公开$"), 40),
    (re.compile(r"^(?:政府|政务)?(?:信息)?公开目录$|^阳光政[府务]$|^透明政府$|^公开公示$"), 32),
    (re.compile(r"(?:政府|政务)信息?公开"), 30),
)
_WEAK: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"^(?:政府|政务)?(?:信息)?公开(?:指南|制度|规定|条例|工作)$|^依申请公开$|^主动公开$"), 18),
    (re.compile(r"公开"), 16),
    (re.compile(r"^部门(?:导航|街镇|乡镇)?$|^机构(?:职能|设置|导航)?$|^(?:市|区|县)?政府部门$|^乡镇街道$"), 12),
    (re.compile(r"^(?:通知公告|公示公告|公告公示|公告通知|公示公开|公告栏|公告)$"), 9),
    (re.compile(r"^(?:专题|专题专栏|专栏|政务|政府|政府信息|信息|要闻公开)$|^走进.{1,4}$"), 8),
)
"""Followed only where a page offers nothing better: the four parts of the standing column share one menu."""
_CATALOGUE = re.compile(r"/gkmlpt(?:/index)?/?$|/public/column/\d+\?(?:.*&)?type=4(?:&|$)")
_NEWS = re.compile(any_of("召开 举办 举行 会议 培训 推进 开展 部署 调研 工作的? 获 通知$ 意见$ 方案$ 条例$"))
"""An article about disclosure, not the way to it."""
_GATEWAY_SEGMENT = re.compile(r"^(?:zfxxgk|xxgk|zwgk|gongkai|openness|gkmlpt|public|govinfo|opengov)")
_DEAD_END = re.compile(
    any_of(
        """登录 注册 无障碍 繁体 English 移动 微博 微信 邮箱 搜索 网站地图 联系我们 信访 投诉 互动 视频
        图片 设为首页 加入收藏 意见箱 客户端 二维码"""
    ),
    re.I,
)


_CHROME = re.compile(
    r"^(?:.*首页|主页|返回.*|更多.*|more|[上下前后]一?页.*|[首尾末]页|第?(?!20[0-3]\d)\d{1,4}页?|[<>«»‹›]+|打印|关闭|收藏)$",
    re.I,
)


def is_chrome(text: str) -> bool:
    """Is this an entry that every site has and that leads to no agency and no list: 首页, 登录, 联系我们?"""
    name = tidy(text)
    return bool(_CHROME.match(name) or _DEAD_END.search(name))


def segments(url: str) -> tuple[str, ...]:
    """The path of `url` in lower case, cut at the slashes, without empty parts."""
    return tuple(part for part in unquote(urlsplit(url).path).lower().split("/") if part)


def is_annual(text: str) -> bool:
    """Does a menu text, or any part of a ``a > b`` path of menu texts, name an annual-report column?"""
    return any(_names_annual(part) for part in re.split(r"[>＞»/|→]", text))


def is_column_name(text: str) -> bool:
    """Is `text` as a whole the name of such a column and of nothing else (``区科技局年报`` may be a report's)?"""
    name = _bare(text)
    return bool(_BARE.match(name) or (_ANNUAL.match(name) and _names_annual(name)))


def _bare(text: str) -> str:
    return re.sub(r"20[0-3]\d年?度?", "", tidy(text)).strip("·-—:[]【】()")


def _names_annual(text: str) -> int:
    """100 for the column's full name, 90 for any other name with 年报 in it, 0 for what names something else."""
    name = _bare(text)
    full = _ANNUAL.match(name)
    owner = name[: full.start(1)] if full else ""
    if owner and is_agency(owner):
        return 100  # 财政局政府信息公开年报 is no report on finance
    if _NOT_ANNUAL.search(_DISCLOSURE.sub("", name)):
        return 0
    return 100 if full or _BARE.match(name) else 90 if _OPEN_ANNUAL.search(name) else 0


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
    """How likely a link leads to annual reports: 100 and 90 name the column, 80 its path, 60 to 8 a menu towards it."""
    name = tidy(text)
    if (named := _names_annual(name)) > 0:
        return named
    if is_annual_url(url):
        return 0 if _NOT_ANNUAL.search(name) else ANNUAL
    if _DEAD_END.search(name) or _NEWS.search(re.sub(r"公开工作$", "公开", name)):
        return 0
    for pattern, weight in (*_GATEWAYS, *_WEAK):
        if pattern.search(name):
            return weight
    parts = segments(url)
    return 10 if parts and _GATEWAY_SEGMENT.match(parts[-1]) else 0
