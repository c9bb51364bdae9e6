"""Challenges: pages a guard sends instead of the one asked for. Recognised, recorded, never answered. Pure.

A sign alone is not enough: guards set their cookies on every answer, and normal pages load their scripts. A page
is a challenge when its status says so or when it carries a sign **and** holds next to nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from parsers.charset import TORN_TAIL
from spiders.pages.markup import anchors, without_markup

_LOOK_AT = 65_536
_THIN_TEXT = 512
_JIASULE = 521
"""A status of its own, that HTTP does not know."""
_BLANKS = re.compile(r"&nbsp;|\s+")
_SCRIPT = re.compile(r"<script", re.I)


@dataclass(frozen=True, slots=True)
class Challenge:
    """`kind`: jiasule, ruishu, aliyun, wzws, c3vk, bot_sbu, cookie_script, captcha, waf. `evidence`: the sign seen."""

    kind: str
    evidence: str


# Signs in the body that no content page carries.
_PLAIN: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("jiasule", re.compile(r"__jsl_clearance|go\(\s*\{\s*\"bts\"|jsl_?clearance")),
    ("aliyun", re.compile(r"var\s+arg1\s*=\s*['\"][0-9A-Fa-f]{16,}|acw_sc__v[23]|aliyun_?waf_\w+|_waf_bd8ce2ce37")),
    ("ruishu", re.compile(r"\$_ts\s*=\s*window\[\s*['\"]\$_ts['\"]\s*\]|window\[['\"]\$_ts['\"]\]|\$_ts\.cd\s*=")),
    ("wzws", re.compile(r"WZWSREL|wzwschallenge|wzws-waf-cgi|/waf-js/", re.I)),
)
# Signs that mean something only on a thin page.
_THIN: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("c3vk", re.compile(r"\bC3VK\b")),
    ("bot_sbu", re.compile(r"_bot_sbu|sbu_fpc\.js")),
    ("cookie_script", re.compile(r"document\.cookie\s*=.{0,4000}?(?:location|reload\s*\()", re.S)),
    ("captcha", re.compile(r"captcha|geetest|滑块|滑动验证|请输入验证码|图形验证码|人机(?:身份)?验证", re.I)),
    (
        "waf",
        re.compile(
            r"访问异常|安全验证|网站防火墙|被拦截|拦截提示|拒绝访问|访问过于频繁|访问频率|非法请求|恶意(?:请求|攻击)|浏览器安全检查"
            r"|正在检查您的浏览器|Web应用防火墙|攻击行为|Just a moment|Checking your browser|Access Denied"
            r"|Request (?:ID|blocked|Rejected)|Event ?ID|(?:防火墙|安全狗|云锁|云盾|WAF)\b",
            re.I,
        ),
    ),
)
_MARKS = ("jsl", '"bts"', "arg1", "acw_sc", "aliyun", "_waf_", "$_ts", "wzws", "waf-js")
"""One of these stands in every sign of `_PLAIN`: looked for first, a page without any is no match for them."""
_WAIT = re.compile(r"请稍[候后]|正在(?:加载|跳转|验证)")
_BUSY = re.compile(r"请稍[候后](?:再|重|访问)|请(?:过一会儿?|以后)再")
"""What a server says that is busy or being mended: come again. A guard says wait, and lets its script do the rest."""
_REFUSALS = frozenset({401, 403, 405, 406, 418, 429, 456, 493, 503})
_COOKIES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("jiasule", re.compile(r"__jsluid_[hs]=|__jsl_clearance")),
    ("wzws", re.compile(r"wzws_(?:sessionid|cid)=", re.I)),
    ("ruishu", re.compile(r"^(?:FSSBBIl1UgzbN7N|[0-9A-Za-z]{10,20})(?:80)?[SO]=|enable_\w+=true", re.M)),
    ("aliyun", re.compile(r"acw_tc=|aliyungf_tc=")),
)


def recognise(status: int, headers: Mapping[str, str], body: bytes) -> str | None:
    """The kind of challenge, None for an ordinary answer. `headers` as for `examine`."""
    found = examine(status, headers, body)
    return found.kind if found else None


def examine(status: int, headers: Mapping[str, str], body: bytes) -> Challenge | None:
    """What guards this answer, with the sign it was known by.

    `headers`: names in lower case, several cookies joined by newlines. `body`: decoded from its Content-Encoding.
    """
    if status == _JIASULE:
        return Challenge("jiasule", "status 521")
    if ("wzws-ray" in headers and status not in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED)) or "WZWSREL" in headers.get(
        "location", ""
    ):
        return Challenge("wzws", "header WZWS-RAY, or a way to WZWSREL")
    text = _decode(body)
    cookies = headers.get("set-cookie", "")
    if status == HTTPStatus.PRECONDITION_FAILED:
        return Challenge("ruishu", "status 412")
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST or not _is_page(text):
        return None
    thin = _is_thin(text)
    return _by_body(text, thin) or _by_status(status, text, thin) or (_by_cookie(cookies, text) if thin else None)


def _by_body(text: str, thin: bool) -> Challenge | None:
    low = text.lower()
    for kind, pattern in _PLAIN if any(mark in low for mark in _MARKS) else ():
        if (found := pattern.search(text)) and (thin or len(_visible(text)) < _THIN_TEXT):
            return Challenge(kind, _shorten(found[0]))
    if not thin:
        return None
    for kind, pattern in _THIN:
        if found := pattern.search(text):
            return Challenge(kind, _shorten(found[0]))
    return None


def _by_status(status: int, text: str, thin: bool) -> Challenge | None:
    if status == HTTPStatus.ACCEPTED and thin and _SCRIPT.search(text):
        return Challenge("ruishu", "status 202 with a script and nothing else")
    busy = _BUSY.search(text) and not _SCRIPT.search(text)
    if status in _REFUSALS and thin and not busy and (found := _WAIT.search(text)):
        return Challenge("waf", f"status {status}, {found[0]}")
    return None


def _by_cookie(cookies: str, text: str) -> Challenge | None:
    """A guard's cookie on a page that is only a script: no text at all, or a plea to wait."""
    if not _SCRIPT.search(text) or (_visible(text) and not _WAIT.search(text)):
        return None
    for kind, pattern in _COOKIES:
        if found := pattern.search(cookies):
            return Challenge(kind, f"cookie {found[0].rstrip('=')} on a page without text")
    return None


def _is_page(text: str) -> bool:
    return "<" in text[:512] or "arg1" in text[:512] or bool(_WAIT.search(text[:512])) or len(text) < _THIN_TEXT


def _is_thin(text: str) -> bool:
    """Less than 512 characters to read and nowhere to go."""
    return anchors(text, 1) <= 1 and len(_visible(text)) < _THIN_TEXT


def _visible(text: str) -> str:
    return _BLANKS.sub("", without_markup(text))


def _decode(body: bytes) -> str:
    """Enough of a decoder to look for signs; documents (PDF, ZIP, OLE2) are not looked into."""
    if body[:4] in (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"Rar!") or body[:3] == b"\xff\xd8\xff":
        return "\n" * _THIN_TEXT
    head = body[:_LOOK_AT]
    try:
        return head.decode()
    except UnicodeDecodeError as error:
        if error.start >= len(head) - TORN_TAIL:
            return head.decode(errors="ignore")
        return head.decode("gb18030", errors="replace")


def _shorten(sign: str) -> str:
    return re.sub(r"\s+", " ", sign)[:80]
