"""Reports as web pages: as systems publish them, and as Word and WPS paste them."""

from __future__ import annotations

from html import escape
from random import Random

from tests.factory.grids import Grid, Slot
from tests.factory.story import Heading, Prose, Story

STYLES = (
    "plain",
    "cms",
    "word",
    "wps",
    "layout",
    "ucap",
    "headcells",
    "short_rows",
    "bare",
    "uppercase",
    "too_tall",
    "too_short",
)

_CHARSETS = (
    ("utf-8", '<meta charset="utf-8">'),
    ("utf-8", ""),
    ("gb18030", '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'),
    ("gb18030", ""),
    ("gb18030", '<meta charset="utf-8">'),
    ("utf-8", '<meta http-equiv="Content-Type" content="text/html; charset=gbk">'),
    ("utf-8-sig", '<meta charset="gb2312">'),
)


def render(story: Story, random: Random, style: str = "plain") -> bytes:
    """A page in one of STYLES, in UTF-8 or GB18030 with a right, wrong or missing declaration."""
    encoding, declaration = random.choice(_CHARSETS)
    title = next(block.text for block in story if isinstance(block, Heading))
    body = fragment(story, random, style)
    if style == "ucap":
        body = f"<UCAPTITLE>{escape(title)}</UCAPTITLE><UCAPCONTENT>{body}</UCAPCONTENT>"
    if style == "layout":
        body = f'<table width="100%"><tr><td><table><tr><td>{body}</td></tr></table></td></tr></table>'
    if style in {"cms", "layout", "ucap", "short_rows"}:
        body = _chrome(body, title)
    page = f"<!DOCTYPE html>\n<html><head>{declaration}<title>{escape(title)}</title></head><body>{body}</body></html>"
    if style == "uppercase":
        page = _uppercase(page)
    return page.encode(encoding, errors="xmlcharrefreplace")


def fragment(story: Story, random: Random, style: str) -> str:
    """The blocks alone, for a page that has a frame of its own."""
    return "\n".join(_block(block, random, style) for block in story)


def _chrome(body: str, title: str) -> str:
    """What stands around an article: navigation, the table of its index card, neighbours, footer."""
    card = (
        "<table class='xxgk_head'><tr><td>索 引 号：</td><td>11370000/2024-00017</td>"
        "<td>主题分类：</td><td>其他</td></tr>"
        "<tr><td>发布机构：</td><td>虚水县人民政府</td><td>公开日期：</td><td>2024-01-25</td></tr>"
        f"<tr><td>标题：</td><td colspan='3'>{escape(title)}</td></tr></table>"
    )
    menu = "<ul>" + "".join(f"<li><a href='/c{n}'>栏目{n}</a></li>" for n in range(8)) + "</ul>"
    near = "<p>上一篇：<a href='/1.html'>2022年政府信息公开工作年度报告</a></p><p>访问量：10234</p>"
    return f"<div class='nav'>{menu}</div><div class='article'>{card}<h1>{escape(title)}</h1>{body}</div>{near}"


def _block(block: Heading | Prose | Grid, random: Random, style: str) -> str:
    if isinstance(block, Grid):
        return _table(block, random, style)
    text = escape(block.text)
    if style == "word":
        return f"<p class=MsoNormal style='text-indent:32.0pt'><span lang=EN-US>&nbsp;</span><span>{text}</span></p>"
    return f"<p><strong>{text}</strong></p>" if isinstance(block, Heading) else f"<p>&emsp;&emsp;{text}</p>"


def _table(grid: Grid, random: Random, style: str) -> str:
    rows = "".join(f"<tr>{''.join(_cell(slot, random, style, grid) for slot in row)}</tr>\n" for row in grid.rows())
    frame = {
        "word": '<table class=MsoNormalTable border=1 style="border-collapse:collapse"><tbody>{}</tbody></table>',
        "bare": "<table>{}</table>",
    }.get(style, '<div align="center"><table border="1" cellpadding="0"><tbody>{}</tbody></table></div>')
    return frame.format(rows)


def _cell(slot: Slot, random: Random, style: str, grid: Grid) -> str:
    rowspan, colspan = slot.rowspan, slot.colspan
    if style == "short_rows" and colspan > 1 and slot.column + colspan == grid.width and not slot.key:
        colspan += 1
    if rowspan > 2 and slot.row >= grid.header:
        rowspan += {"too_tall": 1, "too_short": -1}.get(style, 0)
    spans = (f' rowspan="{rowspan}"' if rowspan > 1 else "") + (f' colspan="{colspan}"' if colspan > 1 else "")
    tag = "th" if style == "headcells" and slot.row < grid.header else "td"
    return f"<{tag}{spans}>{_inner(slot, random, style)}</{tag}>"


def _inner(slot: Slot, random: Random, style: str) -> str:
    text = escape(slot.text).replace("\u00a0", "&nbsp;")
    if style == "word":
        return f"<p class=MsoNormal align=center><span style='font-size:9.0pt'>{text}<o:p></o:p></span></p>"
    if style == "wps":
        tail = "<span>&nbsp;&nbsp;&nbsp;</span>" if slot.key and random.random() < 0.3 else ""
        return f'<p><span style="font-family:宋体">{_cut(text, random)}</span>{tail}</p>'
    if style == "cms" and random.random() < 0.5:
        return f"<p style='text-align:center'>{text}</p>"
    return text


def _cut(text: str, random: Random) -> str:
    """A number in two spans, as a word processor stores what was typed twice."""
    if len(text) > 1 and text.isdecimal() and random.random() < 0.3:
        return f"{text[:1]}</span><span>{text[1:]}"
    return text


def _uppercase(page: str) -> str:
    for tag in ("table", "tbody", "tr", "td", "p", "div"):
        page = page.replace(f"<{tag}", f"<{tag.upper()}").replace(f"</{tag}>", f"</{tag.upper()}>")
    return page
