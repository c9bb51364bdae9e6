"""Columns: which menu entries and paths of a portal lead to annual disclosure reports. Pure.

A portal's menu runs home → 政府信息公开 → 政府信息公开年报 → (year | agency | level) → reports. The words here were seen on
portals of all platform families; a path word alone (``zfxxgknb``) is weaker evidence than the menu text.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote, urlsplit

_ANNUAL_TEXT = re.compile(
    r"^(?:.{0,14}?)(?:(?:政府|政务)?信息公开|政务公开|公开)(?:工作)?(?:情况)?(?:年度|年)?(?:工作)?(?:报告|年报|年报[及和]解读)$"
    r"|^(?:历年|各年度?|部门|单位|乡镇|镇街|街道|法定)?(?:年报|年度报告|年度工作报告)$"
)
_NOT_ANNUAL = re.compile(r"网站|法治|决算|预算|党务|财务|统计|环境|企业|公报|检察|法院|解读$")
_ANNUAL_SEGMENT = re.compile(
    r"gk(?:gz)?(?:nb|ndbg|ndgb|nianbao)|xxgknd|ndxxgkbg|annual_?report|^(?:gz)?ndbg|^nb(?:_?\d+)?$|^\d{4}n?nb|nb_?\d{4}|niandubaogao|nianbao"
)
_YEAR_TEXT = re.compile(r"^(20[0-3]\d)年?(?:度|年度)?(?:年?报|(?:工作)?报告)?$")
_YEAR_SEGMENT = re.compile(r"^(?:n|nb_?|gknb|zfxxgknb|y)?(20[0-3]\d)(?:n|nd|nb|年|_szfbm)?(?:_\d+)?(?:\.s?html?)?$|^nb_(20[0-3]\d)n$")
_GROUP_TEXT = re.compile(
    r"^(?:各?(?:市|县|区|州|旗|市直|县直|区直|市级|县级|区级|直属)?(?:人民)?(?:政府)?(?:各?(?:部门|机构|单位|委办局|工作部门|组成部门))(?:及.{2,6})?"
    r"|各?(?:乡镇|镇街|街镇|街道|乡镇街道|镇乡|镇\(街道\)|街道\(镇\)|乡镇\(街道\)|镇街道|县市区|县\(市、?区\)|区县|市县|地方)(?:人民政府|政府|办事处)?"
    r"|(?:市|县|区|州|旗|省)(?:本级|(?:人民)?政府)?(?:办公室)?|本级政府|开发区|功能区|其他(?:单位|机构)?)(?:年报|年度报告|信息公开年报|政府信息公开年报)?$"
)
_AGENCY_TEXT = re.compile(
    r"^[\u4e00-\u9fff()、]{2,28}(?:局|委|办|厅|室|部|处|院|站|所|馆|队|会|校|社|行|署|政府|街道|镇|乡|中心|公司|集团|林场|农场|办事处|管委会|委员会|开发区|示范区|园区|新区|高新区)$"
)
_GATEWAYS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"^政府信息公开(?:专栏|平台|专区)?$"), 60),
    (re.compile(r"^(?:政务公开|信息公开|政务信息公开|公开)(?:专栏|平台)?$"), 50),
    (re.compile(r"(?:政府|政务)?信息公开(?:专栏|平台|专区)"), 45),
    (re.compile(r"^.{0,6}(?:部门|乡镇|街道|镇街|单位|区县).{0,6}(?:信息|政务)公开.{0,4}$|^(?:部门|乡镇|街道|镇街).{0,4}公开$"), 40),
    (re.compile(r"(?:政府|政务)信息?公开"), 30),
    (re.compile(r"^法定主动公开内容$|^主动公开$|^部门(?:导航|街镇|乡镇)?$|^机构职能$|^区县信息公开$"), 12),
)
_GATEWAY_SEGMENT = re.compile(r"^(?:zfxxgk|xxgk|zwgk|zfxxgkzl|xxgkzl|zfxxgkpt|gongkai|openness|gkmlpt|public)")
_DEAD_END = re.compile(r"登录|注册|无障碍|繁体|English|移动|微博|微信|邮箱|搜索|网站地图|联系我们|信访|投诉|互动|视频|图片|专题|设为首页|加入收藏", re.I)


def tidy(text: str) -> str:
    """`text` in NFKC without any space: Chinese titles carry stray spaces and full-width digits."""
    return re.sub(r"[\s\u200b\ufeff\xad]+", "", unicodedata.normalize("NFKC", text))


def segments(url: str) -> tuple[str, ...]:
    """The path of `url` in lower case, cut at the slashes, without empty parts."""
    return tuple(part for part in unquote(urlsplit(url).path).lower().split("/") if part)


def is_annual(text: str) -> bool:
    """Does a menu text, or any part of a ``a > b`` path of menu texts, name an annual-report column?"""
    return any(_names_annual(part) for part in re.split(r"[>＞»/|→]", text))


def _names_annual(text: str) -> bool:
    name = re.sub(r"20[0-3]\d年?度?", "", tidy(text)).strip("·-—:[]【】")
    return bool(_ANNUAL_TEXT.match(name)) and not _NOT_ANNUAL.search(name)


def is_annual_url(url: str) -> bool:
    """Does a path word (``zfxxgknb``, ``ndbg``, ``xxgkAnnualReport`` …) name an annual-report column?"""
    return any(_ANNUAL_SEGMENT.search(part) for part in segments(url))


def year_folder(text: str, url: str = "") -> int | None:
    """The year of a year folder: a text like ``2020年`` or a last path word like ``2020nd``, ``n2022n``, ``gknb2017``."""
    match = _YEAR_TEXT.match(tidy(text))
    if match is None and url:
        words = [part for part in segments(url) if not part.startswith(("index", "list"))]
        match = _YEAR_SEGMENT.match(words[-1]) if words else None
    return int(next(group for group in match.groups() if group)) if match else None


def is_group(text: str) -> bool:
    """A folder that holds the reports of many agencies: 市政府部门, 乡镇街道, 县市区."""
    return bool(_GROUP_TEXT.match(tidy(text)))


def is_agency(text: str) -> bool:
    """A text that is the name of one agency and nothing else: 区科技局, 王庄集镇."""
    return bool(_AGENCY_TEXT.match(tidy(text)))


def rank(text: str, url: str) -> int:
    """How likely a link leads to annual reports: 100 names the column, 80 its path, 60–10 a gateway, 0 nothing to see."""
    name = tidy(text)
    if _names_annual(name):
        return 100
    if is_annual_url(url):
        return 80 if not _NOT_ANNUAL.search(name) else 0
    if _DEAD_END.search(name):
        return 0
    for pattern, weight in _GATEWAYS:
        if pattern.search(name):
            return weight
    parts = segments(url)
    return 10 if parts and _GATEWAY_SEGMENT.match(parts[-1]) else 0
