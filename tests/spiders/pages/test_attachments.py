"""Attachments as the platform families hang them on articles."""

from __future__ import annotations

import pytest

from spiders.pages import filenames
from spiders.pages.attachments import find
from spiders.pages.fetch import Fetch
from spiders.pages.page import Page

URL = "http://www.example.gov.cn/zwgk/zfxxgknb/202301/t20230112_1.html"
HOST = "http://www.example.gov.cn"
DOWNLOAD = "/module/download/downfile.jsp?classid=0&showname=%E5%B9%B4%E6%8A%A5.pdf&filename=0123456789abcdef.pdf"
OPAQUE = "/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1&wbfileid=00C2"


def page(body: str) -> Page:
    html = f"<html><head><meta charset='utf-8'></head><body>{body}</body></html>"
    return Page(Fetch(URL), URL, 200, "text/html; charset=utf-8", html.encode())


ONE_FILE = [
    ("<div class='TRS_Editor'><p class='insertfileTag'><a href='./P0202301.docx'>年报.docx</a></p></div>",
     "/zwgk/zfxxgknb/202301/P0202301.docx", "年报.docx", "anchor"),
    (f"<div id='zoom'><a href='{DOWNLOAD}'>附件</a></div>",
     DOWNLOAD, "年报.pdf", "endpoint"),
    (f"<div id='vsb_content'>附件【<a href='{OPAQUE}'>年报.doc</a>】</div>",
     OPAQUE, "年报.doc", "endpoint"),
    ("<div id='vsb_content'><iframe src='/pdfjs/web/viewer.html?file=%2Ffiles%2Fa.pdf'></iframe></div>",
     "/files/a.pdf", "a.pdf", "frame"),
    ("<embed src='/files/a.pdf#toolbar=0'>", "/files/a.pdf", "a.pdf", "frame"),
    ("<object data='/files/a.pdf'><param name='src' value='/files/a.pdf'></object>",
     "/files/a.pdf", "a.pdf", "frame"),
    ("<div class='TRS_Editor'><a OLDSRC='/protect/P02/a.pdf' download='年报.pdf'>附件</a></div>",
     "/protect/P02/a.pdf", "年报.pdf", "anchor"),
    ("<div id='zoom'><span onclick=\"downFile('/files/a.xlsx')\">附表</span></div>",
     "/files/a.xlsx", "附表", "script"),
    ("<div id='zoom'>正文</div><script>var appLinkStr='./P01.pdf';</script>",
     "/zwgk/zfxxgknb/202301/P01.pdf", "P01.pdf", "script"),
    ("<div id='zoom'><p>下载地址：http://www.example.gov.cn/files/a.pdf。</p></div>",
     "/files/a.pdf", "a.pdf", "text"),
    ("<div id='zoom'><p><img src='./W01.jpg' alt='年报'></p></div>",
     "/zwgk/zfxxgknb/202301/W01.jpg", "年报", "image"),
    ("<div id='zoom'><a href='/attachment/1/16/1658591/12541123.docx'>点击下载</a></div>",
     "/attachment/1/16/1658591/12541123.docx", "12541123.docx", "anchor"),
    ("<div id='zoom'><a href='/OpennessAnnualReport/download/4335.html'>年报.pdf</a></div>",
     "/OpennessAnnualReport/download/4335.html", "年报.pdf", "endpoint"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "url", "name", "via"), ONE_FILE)
def test_one_file(body: str, url: str, name: str, via: str) -> None:
    assert [(one.url.removeprefix(HOST), one.name, one.via) for one in find(page(body))] == [(url, name, via)]


@pytest.mark.parametrize(
    "body",
    [
        "<div class='footer'><a href='/tools.zip'>无障碍工具</a></div>",
        "<nav><a href='/a.pdf'>公告</a></nav>",
        "<div class='list'><a href='/apply.doc'>政府信息公开申请表</a></div>",
        "<div id='zoom'><p>正文</p></div><div class='related'><a href='/other.pdf'>别的</a></div>",
        "<div id='zoom'><img src='/images/icon_pdf.png'><table><tr><td>1</td></tr></table></div>",
        "<div id='zoom'><a href='/zwgk/a.html'>正文</a><a href='javascript:void(0)'>打印</a></div>",
    ],
)
def test_what_belongs_to_the_site_stays(body: str) -> None:
    assert find(page(body)) == ()


def test_each_file_once_in_reading_order() -> None:
    body = (
        "<iframe src='/c.pdf'></iframe><div id='zoom'><a href='/a.pdf'>甲.pdf</a><a href='http://example.gov.cn//a.pdf'>甲</a>"
        "<a href='/attach/9/2'>乙.doc</a></div><script>var appLinkStr='./d.xlsx|./e.pdf'</script>"
    )
    assert [one.url.rpartition("/")[2] for one in find(page(body))] == ["a.pdf", "2", "c.pdf", "d.xlsx", "e.pdf"]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("attachment; filename=\"a.pdf\"", "a.pdf"),
        ("attachment; filename=a.pdf", "a.pdf"),
        ("attachment; filename*=UTF-8''%E5%B9%B4%E6%8A%A5.pdf", "年报.pdf"),
        ("attachment; filename=x.pdf; filename*=utf-8''%E5%B9%B4%E6%8A%A5.pdf", "年报.pdf"),
        ("attachment; filename=%E5%B9%B4%E6%8A%A5.pdf", "年报.pdf"),
        ("attachment; filename=\"" + "年报.pdf".encode().decode("latin-1") + '"', "年报.pdf"),
        ("attachment; filename=\"" + "年报.pdf".encode("gbk").decode("latin-1") + '"', "年报.pdf"),
        ("attachment; filename=\"=?UTF-8?B?5bm05oqlLnBkZg==?=\"", "年报.pdf"),
        ("attachment; filename=\"..\\..\\a.pdf\"", "a.pdf"),
        ("inline", None),
    ],
)  # fmt: skip
def test_names_in_content_disposition(header: str, name: str | None) -> None:
    assert filenames.from_disposition(header) == name


def test_names_in_addresses() -> None:
    assert filenames.from_url("http://a.gov.cn/x/downfile.jsp?showname=%C4%EA%B1%A8.doc&filename=12.doc") == "年报.doc"
    assert filenames.from_url("http://a.gov.cn/x/%E5%B9%B4%E6%8A%A5.pdf?v=1") == "年报.pdf"
