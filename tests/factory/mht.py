"""Reports as web archives, as browsers save them."""

from __future__ import annotations

from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from random import Random

from tests.factory import html
from tests.factory.story import Story

STYLES = ("related", "gbk", "no_charset")


def render(story: Story, random: Random, style: str = "related") -> bytes:
    """An .mht in one of STYLES."""
    page = html.render(story, random, random.choice(["plain", "cms", "word"]))
    message = MIMEMultipart("related", type="text/html")
    message["From"] = "<Saved by WebKit>"
    message["Subject"] = "annual report"
    if style == "no_charset":
        part = MIMEApplication(page, "octet-stream")
        part.replace_header("Content-Type", "text/html")
    else:
        text = _text(page)
        charset = "gb18030" if style == "gbk" else "utf-8"
        part = MIMEText(text, "html", charset)
        if style == "gbk":
            part.set_param("charset", "gb2312")
    message.attach(part)
    message.attach(MIMEApplication(b"\x89PNG\r\n\x1a\n", "octet-stream"))
    return message.as_bytes()


def _text(page: bytes) -> str:
    try:
        return page.decode("utf-8-sig")
    except UnicodeDecodeError:
        return page.decode("gb18030")
