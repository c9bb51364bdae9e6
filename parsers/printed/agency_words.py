"""Words that stand where the name of an agency could: groups of agencies, the writer's own, brands."""

from __future__ import annotations

import re
import unicodedata

_OWNER = (
    r"(?:市直|县直|区直|市级|县级|区级|直属|派出|垂管|双管|(?:中省?|省)?驻[市县区]?|(?:公共)?企?事业|[市县区州旗省盟])"
)
_DEPARTMENTS = r"(?:部门|机构|单位|委办局|工作部门|组成部门|政府部门|部门(?:和|及|、)?单位)"
_TOWNS = (
    r"(?:乡镇\(街道\)|街道\(镇\)|镇\(街道\)|乡镇街道|镇街道|乡镇|镇街|街镇|街道|镇乡|县市区|县\(市、?区\)|县\(市\)区|县\(区\)|市\(县、?区\)|"
    r"市县区|区市县|县区|区县|市县|地方|(?:(?:乡|镇|街道?|场|苏木|办)[()、/和]{0,2}){2,5})"
)
_PAGES = r"(?:导航|网站|站群|子站|链接|名录|之窗|窗口|频道|风采)?"
"""What a page about many agencies is called after them."""
_OF_YEAR = re.compile(r"^20[0-3]\d年?度?")
_MANY = (
    rf"各?{_OWNER}?(?:人民)?(?:政府)?各?{_DEPARTMENTS}(?:及.{{2,6}})?{_PAGES}"
    rf"|各?{_TOWNS}(?:人民政府|政府|办事处)?{_PAGES}"
)
_ONE_LEVEL = r"[市县区州旗省](?:本级|(?:人民)?政府)?(?:办公室)?|本级政府|开发区|功能区|其他(?:单位|机构)?"
_REPORTS = r"(?:年报|年度报告|(?:政府)?信息公开年报)?"
_GROUP = re.compile(rf"^(?:{_MANY}|{_ONE_LEVEL}){_REPORTS}$")
_PLURAL = re.compile(rf"^(?:.{{0,8}}[省市县区旗州盟])?(?:{_MANY})$")
_SELF = re.compile(
    r"^(?:本|我|该|全|各|本级|我们)(?:级|机关|单位|部门|行政机关|省|市|县|区|旗|州|盟|局|委|办|厅|室|院|所|站|中心|镇|乡|街道?|"
    r"苏木|园区|校|系统|会)*$"
)
_BRAND = re.compile(
    r"官网|网站$|门户|首页|主页|平台$|app|APP|客户端|公众号|www\.|\.(?:com|cn|gov)|(?:目录|专栏|栏目|导航)$"
)


def is_group(text: str) -> bool:
    """Not one agency but many: 市政府部门, 乡镇街道, 2020年县直部门年报."""
    name = re.sub(r"[\s\u200b\ufeff\xad]+", "", unicodedata.normalize("NFKC", text))
    return _GROUP.match(_OF_YEAR.sub("", name)) is not None


def is_plural(name: str) -> bool:
    """A name for many bodies that no single one has: 各部门, 青石县各乡镇. 县政府办公室 is one."""
    return _PLURAL.match(name) is not None


def is_self(text: str) -> bool:
    """The writer's word for itself: 本机关, 我局, 全县."""
    return _SELF.match(text) is not None


def is_brand(text: str) -> bool:
    """Has the text words of a website's frame that no agency's name has?"""
    return _BRAND.search(text) is not None
