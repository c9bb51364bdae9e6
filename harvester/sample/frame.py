"""What stands around every page of a sample portal: head, banner, menu, footer."""

from __future__ import annotations

from html import escape

BANNER = "<div style='background:#fff2c9'>模拟站点 SIMULATED：本页为演示用的虚构内容，不是任何政府网站</div>"


def page(name: str, title: str, body: str, *, head: str = "") -> str:
    """A whole page of the portal `name`."""
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{escape(title)}-{escape(name)}</title>"
        f"<meta name='SiteName' content='{escape(name)}'>{head}</head><body>{BANNER}"
        f"<div class='nav'><a href='/'>首页</a> <a href='/zwgk/'>政务公开</a></div>{body}"
        f"<div class='footer'>{escape(name)} 主办</div></body></html>"
    )


def article(name: str, title: str, date: str, body: str, container: str) -> str:
    """An article with its index card, in the container its platform uses."""
    head = f"<meta name='ArticleTitle' content='{escape(title)}'><meta name='PubDate' content='{date} 09:00'>"
    card = (
        "<table class='xxgk_head'><tr><td>索引号：</td><td>SIMULATED</td><td>公开日期：</td>"
        f"<td>{date}</td></tr></table>"
    )
    return page(name, title, f"{card}<h1>{escape(title)}</h1>{container.format(body)}", head=head)


def home(name: str, column: str) -> str:
    """The portal's home page with the way to the column."""
    return page(name, name, f"<ul><li><a href='{column}'>政府信息公开年报</a></li></ul>")
