"""Soft errors: pages answered with 200 that are not what was asked for, and columns that are honestly empty. Pure."""

from __future__ import annotations

import re

from spiders.pages.fetch import seen_key
from spiders.pages.markup import has_links, title_in, without_links, without_markup

_JUMP = re.compile(r"location(?:\.href|\.replace)?\s*[=(]|http-equiv=[\"']?refresh|<i?frame\b|<form\b", re.I)
_LIVE = re.compile(r"<(?:script|a|img|embed|object|area|input)\b|\bqueryData\s*=|\bchannelId\b", re.I)
_NOT_FOUND = re.compile(
    r"(?:页面|网页|文件|内容|文章|信息|栏目|资源|地址|文档)(?:已|都|可能)?(?:经)?(?:不存在|未找到|找不到|没有找到|被删除|已删除|丢失|走丢)"
    r"|(?:找不到|未找到|无法找到|没有找到)(?:了|您|你|该|此|相关|指定|请求|访问|的|要|查看|想)*(?:页面|网页|文件|内容|资源|信息|栏目|数据|文章)"
    r"|(?:页面|网页)(?:错误|出错)|错误页面|出错了|404\s*(?:错误|页面|not\s*found|error|-|_)|not\s+found|HTTP\s*(?:错误|Status)\s*404"
    r"|您(?:要)?访问的.{0,12}(?:不存在|已删除|已下线|找不到)|该信息不存在|栏目不存在|参数错误",
    re.I,
)
_NO_PERMISSION = re.compile(
    r"系统提示.{0,40}(?:无权|没有权限|登录)|您无权访问此页面|没有访问权限|没有权限(?:访问|查看|浏览)"
)
_SYSTEM_ERROR = re.compile(
    r"系统(?:繁忙|异常|错误|维护)|服务器(?:内部)?错误|网站维护|数据库(?:连接|错误)|Internal Server Error|升级维护", re.I
)
_EMPTY = re.compile(
    r"暂无(?:相关|此类|任何|该)?(?:信息|数据|内容|记录|文章|公开内容|年报|公开信息)|内容(?:正在)?(?:更新|建设|完善|整理|上传)中|栏目(?:正在)?建设中"
    r"|正在(?:建设|更新|完善|整理)中|没有(?:相关|符合条件的|任何)?(?:信息|数据|记录|内容)|敬请期待|资料(?:正在)?更新中|更新中[,，。.!！…]*$",
)
_BUSY = re.compile(
    r"繁忙|稍[后候]再?试|请稍[后候]|重试|过于频繁|请求超时|\b(?:busy|try again|too many requests|rate limit)\b"
    r"|[\"'](?:success|succeed|ok)[\"']\s*:\s*(?:false|[\"']false[\"'])",
    re.I,
)
"""What an interface says instead of its data when it has a bad moment."""
_SHORT = 400
_STUB = 64


def recognise(text: str) -> str | None:
    """Why a decoded page answered with 200 is an error: stub, not_found, no_permission, system_error, or None.

    A long page is never an error for a phrase in it: only its title counts then. Menus do not make a page long.
    """
    title = title_of(text)
    shown = _squeeze(without_markup(text, " "))
    read = shown
    if len(shown) >= _SHORT:
        said = _squeeze(without_markup(without_links(text), " "))
        read = said if len(said) < _SHORT and has_links(text) else title
    if _NO_PERMISSION.search(read) or ("系统提示" in title and "权" in shown):
        return "no_permission"
    if _NOT_FOUND.search(read) or re.fullmatch(r"404.{0,12}", title):
        return "not_found"
    if _SYSTEM_ERROR.search(read):
        return "system_error"
    return "stub" if _is_stub(text, shown) else None


def is_busy(text: str) -> bool:
    """Does an interface answer that it cannot answer now? A short answer, or none of its data."""
    return _is_data(text) and len(text) < _SHORT and bool(_BUSY.search(text) or _SYSTEM_ERROR.search(text))


def _is_stub(text: str, shown: str) -> bool:
    """Next to nothing: a few bytes, or a frame of markup without a word, a link, a picture or a script in it."""
    tiny = len(text.strip()) < _STUB
    if _is_data(text) or not (tiny or not shown.removeprefix(title_of(text))) or _JUMP.search(text):
        return False
    return tiny or not _LIVE.search(text)


def title_of(text: str) -> str:
    """The words of <title>, without spaces."""
    return _squeeze(title_in(text))


def placeholder(text: str) -> str | None:
    """The words by which a column or an article says that it holds nothing yet, None where it does not.

    `text` is the page or the fragment that should have held the list or the report.
    """
    shown = _squeeze(without_markup(text, " "))
    found = _EMPTY.search(shown)
    return found[0] if found and (len(shown) < _SHORT or len(shown) - found.end() < _SHORT) else None


def is_moved_home(asked: str, came: str, home_host: str, *, is_menu: bool = False) -> bool:
    """Did a redirect lead from a deep address to a home page: the page is lost, softly?

    A menu may lead to the root of another host, where a platform of its own stands: that is no home. An article and a
    list are lost there: portals move to new domains.
    """
    deep, root = seen_key(asked.partition("#")[0]), seen_key(came).rstrip("/")
    homes = (deep.partition("/")[0], seen_key(f"http://{home_host}/").rstrip("/"))
    is_root = root.count("/") == 0 and (not is_menu or root in homes)
    return is_root and deep.rstrip("/").count("/") > 0 and deep != seen_key(came)


def _is_data(text: str) -> bool:
    """JSON and XML answers may be short and right."""
    return text.lstrip()[:1] in ("{", "[") or text.lstrip().startswith(("<?xml", "<datastore"))


def _squeeze(text: str) -> str:
    return "".join(text.replace("&nbsp;", "").split())
