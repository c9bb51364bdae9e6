"""Challenge pages as guards send them, and normal pages that look like them."""

from __future__ import annotations

import pytest

from spiders.pages.challenges import examine, recognise

ARTICLE = (
    "<html><head><title>县科技局2022年政府信息公开工作年度报告</title><script src='/js/a.js'></script></head><body>"
    "<a href='/'>首页</a><a href='/zwgk/'>政务公开</a><div id='zoom'>"
    + "<p>一、总体情况。2022年，我局认真贯彻落实条例。</p>" * 30
    + "</div></body></html>"
)
COOKIE_SCRIPT = (
    "<script>document.cookie=('_')+('_')+'jsl=1;max-age=3600';location.href=location.pathname+location.search</script>"
)
SECOND_STAGE = (
    '<script>function hash(){};go({"bts":["1693.1|0|","x"],"chars":"abc","ct":"f","ha":"sha1",'
    '"tn":"__jsl_clearance_s","vt":"3600","wt":"1500"})</script>'
)
RUISHU = (
    "<html><head><meta content='x'><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=1;</script>"
    "<script src='/dvzN.js'></script></head></html>"
)
ALIYUN = (
    "<html><script>var arg1='3B71E4C1D9D1C8D1A0F2C4';var _0x4818=['csKHwq'];setCookie('acw_sc__v2',x)</script></html>"
)

CHALLENGES = [
    (521, {"set-cookie": "__jsluid_h=abc; path=/"}, COOKIE_SCRIPT, "jiasule"),
    (200, {"set-cookie": "__jsluid_s=abc; path=/"}, SECOND_STAGE, "jiasule"),
    (412, {}, RUISHU, "ruishu"),
    (202, {"set-cookie": "5uRo8RWcod0KO=abc; path=/"}, RUISHU, "ruishu"),
    (202, {}, "<html><script src='/a1.js'></script></html>", "ruishu"),
    (200, {"set-cookie": "acw_tc=abc"}, ALIYUN, "aliyun"),
    (200, {"set-cookie": "wzws_sessionid=abc"}, "<html><script>var a=1;</script><p>请稍候</p></html>", "wzws"),
    (503, {"wzws-ray": "1"}, "", "wzws"),
    (302, {"location": "/WZWSREL3pmeHhna25iLw==?wzwschallenge=V1pX"}, "", "wzws"),
    (200, {}, "<script>function C(){var n='C3VK';document.cookie=n+'=1';location.reload()}C()</script>", "c3vk"),
    (200, {}, "<html><script src='/_bot_sbu/sbu_fpc.js'></script></html>", "bot_sbu"),
    (200, {}, "<script>document.cookie='k=v';window.location.reload();</script>", "cookie_script"),
    (
        200,
        {},
        "<html><body><form><img src='/captcha.jpg'/>请输入验证码<input name='c'></form></body></html>",
        "captcha",
    ),
    (403, {}, "<html><body><h1>您的访问被拦截</h1><p>Request ID: 17af</p></body></html>", "waf"),
    (405, {}, "<html><head><title>405</title></head><body>很抱歉，网站防火墙</body></html>", "waf"),
    (200, {}, "<html><body>访问异常，请稍后再试</body></html>", "waf"),
]
ORDINARY = [
    (200, {"set-cookie": "__jsluid_h=abc"}, ARTICLE),
    (200, {"set-cookie": "acw_tc=abc\nwzws_sessionid=def"}, ARTICLE),
    (200, {}, ARTICLE.replace("/js/a.js", "/_bot_sbu/sbu_fpc.js")),
    (200, {}, ARTICLE.replace("一、总体情况", "请输入验证码 captcha 安全验证")),
    (404, {}, "<html><head><title>404 Not Found</title></head><body>nginx</body></html>"),
    (403, {}, "<html><head><title>403 Forbidden</title></head><body><center>403 Forbidden</center></body></html>"),
    (302, {"set-cookie": "CT6T=abc", "location": "/"}, ""),
    (200, {}, "<script>window.location.href='/zwgk/index.html';</script>"),
    (200, {}, '{"data":{"total":0,"results":[]}}'),
    (200, {}, "<html><body><div id='app'></div><script src='/app.js'></script></body></html>"),
    (304, {"wzws-ray": "1"}, ""),
    (500, {}, ""),
]


@pytest.mark.parametrize(("status", "headers", "body", "kind"), CHALLENGES)
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_challenges(status: int, headers: dict[str, str], body: str, kind: str, charset: str) -> None:
    assert recognise(status, headers, body.encode(charset)) == kind


@pytest.mark.parametrize(("status", "headers", "body"), ORDINARY)
def test_ordinary_answers(status: int, headers: dict[str, str], body: str) -> None:
    assert examine(status, headers, body.encode()) is None


def test_documents_are_not_looked_into() -> None:
    assert examine(200, {"set-cookie": "acw_tc=1"}, b"%PDF-1.7 acw_sc__v2 captcha") is None


def test_the_evidence_is_kept() -> None:
    found = examine(200, {}, ALIYUN.encode())
    assert found is not None
    assert found.evidence.startswith("var arg1=")


def test_a_busy_server_is_no_guard() -> None:
    busy = "<html><body>服务繁忙，请稍后再试</body></html>".encode()
    assert recognise(503, {"retry-after": "1"}, busy) is None
    assert recognise(503, {}, "<html><body>请稍候<script>go()</script></body></html>".encode()) == "waf"
