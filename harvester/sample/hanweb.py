"""A sample site on Hanweb: columns filled by jpage's dataproxy, attachments behind downfile.jsp."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit

from harvester.sample.frame import article, home, page
from harvester.sample.server import Answer, Asked, Dynamic, SimulatedSite

if TYPE_CHECKING:
    from harvester.sample.item import Item

COLUMN = "/col/col61566/index.html"
PROXY = "/module/web/jpage/dataproxy.jsp"
DOWNLOAD = "/module/download/downfile.jsp"
PER_PAGE = 8
TYPES = {"pdf": "application/pdf", "docx": "application/msword", "txt": "text/plain"}


def hanweb_site(name: str, items: tuple[Item, ...]) -> SimulatedSite:
    """The whole site."""
    site = SimulatedSite()
    site.page("/robots.txt", "User-agent: *\nDisallow: /manager/\n", content_type="text/plain")
    site.page("/", home(name, COLUMN))
    unit = '<div id="380055"></div><script>var pageparam={col:1,appid:1,webid:1,path:"/",columnid:61566,'
    unit += f'sourceContentType:1,unitid:380055,webname:"{escape(name)}",permissiontype:0,perpage:{PER_PAGE}}};'
    unit += f'jpage("{PROXY}");</script>'
    first = datastore(items[:PER_PAGE], len(items))
    site.page(COLUMN, page(name, "政府信息公开年报", f"{unit}<script type='text/xml'>{first}</script>"))
    site.dynamic[PROXY] = proxy(items)
    for item in items:
        if item.kind != "dead":
            put_article(site, name, item)
    return site


def proxy(items: tuple[Item, ...]) -> Dynamic:
    """The server behind a list: honours startrecord and endrecord, asked by GET or POST."""

    def answer(asked: Asked) -> Answer:
        given = parse_qs(urlsplit(asked.path).query) | parse_qs(asked.body.decode())
        first = int(given.get("startrecord", ["1"])[0])
        last = int(given.get("endrecord", [str(PER_PAGE)])[0])
        return Answer(datastore(items[first - 1 : last], len(items)).encode(), content_type="text/xml;charset=utf-8")

    return answer


def datastore(items: tuple[Item, ...], total: int) -> str:
    records = "".join(f"<record><![CDATA[{entry(item)}]]></record>" for item in items)
    following = f'<nextgroup><![CDATA[<a href="{PROXY}?page=2"></a>]]></nextgroup>'
    return f"<datastore>{following}<recordset><totalrecord>{total}</totalrecord>{records}</recordset></datastore>"


def address(item: Item) -> str:
    year, month, day = (int(part) for part in item.date.split("-"))
    return f"/art/{year}/{month}/{day}/art_61566_{item.number}.html"


def entry(item: Item) -> str:
    title = escape(item.title)
    return f'<li><a href="{address(item)}" title="{title}">{title}</a><b>{item.date}</b></li>'


def put_article(site: SimulatedSite, name: str, item: Item) -> None:
    body = item.body
    if item.attachment is not None:
        filename, content = item.attachment
        extension = filename.rpartition(".")[2]
        shown = f"{item.title}.{extension}"
        link = f"{DOWNLOAD}?classid=0&showname={quote(shown)}&filename={item.number:032x}.{extension}"
        body += f'<p><a href="{escape(link)}">{escape(shown)}</a></p>'
        site.file(link, content, TYPES[extension])
    container = '<div class="bt_content" id="zoom">{}</div>'
    site.page(address(item), article(name, item.title, item.date, body, container))
