"""A sample site on UCAP: an empty list page, a JSON search behind it, custom tags around articles."""

from __future__ import annotations

import hashlib
import json
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from harvester.sample.frame import article, home, page
from harvester.sample.server import Answer, Asked, Dynamic, SimulatedSite

if TYPE_CHECKING:
    from harvester.sample.item import Item

CHANNEL = hashlib.md5(b"c105122", usedforsecurity=False).hexdigest()
COLUMN = "/ysxrmzf/c105122/list.shtml"
PER_PAGE = 6
TYPES = {"pdf": "application/pdf", "docx": "application/octet-stream", "txt": "text/plain"}


def ucap_site(name: str, items: tuple[Item, ...]) -> SimulatedSite:
    """The whole site."""
    site = SimulatedSite()
    site.page("/robots.txt", "User-agent: *\nDisallow:\n", content_type="text/plain")
    site.page("/", home(name, COLUMN))
    head = f'<meta name="channelId" content="{CHANNEL}"><meta name="ColumnName" content="政府信息公开年报">'
    script = f"<div id='list'></div><script>var url='/common/search/{CHANNEL}';</script>"
    site.page(COLUMN, page(name, "政府信息公开年报", script, head=head))
    site.dynamic[f"/common/search/{CHANNEL}"] = search(items)
    for item in items:
        if item.kind != "dead":
            put_article(site, name, item)
    return site


def search(items: tuple[Item, ...]) -> Dynamic:
    """The search behind the list. It ignores `_pageSize`, as many sites do."""

    def answer(asked: Asked) -> Answer:
        number = int(parse_qs(urlsplit(asked.path).query).get("page", ["1"])[0])
        found = items[(number - 1) * PER_PAGE : number * PER_PAGE]
        data = {
            "channelId": CHANNEL,
            "page": number,
            "rows": PER_PAGE,
            "total": len(items),
            "results": [
                {"title": item.title, "url": address(item), "publishedTimeStr": f"{item.date} 09:00:00"}
                for item in found
            ],
        }
        body = json.dumps({"data": data}, ensure_ascii=False).encode()
        return Answer(body, content_type="application/json;charset=UTF-8")

    return answer


def address(item: Item) -> str:
    return f"/ysxrmzf/c105122/{item.date[:7].replace('-', '')}/{identity(item)}.shtml"


def identity(item: Item) -> str:
    return hashlib.md5(item.title.encode(), usedforsecurity=False).hexdigest()


def put_article(site: SimulatedSite, name: str, item: Item) -> None:
    path = address(item)
    body = item.body
    if item.attachment is not None:
        filename, content = item.attachment
        extension = filename.rpartition(".")[2]
        stored = f"{path.removesuffix('.shtml')}/files/{item.number}.{extension}"
        body += f'<p><a href="{stored}">{escape(item.title)}.{extension}</a></p>'
        site.file(stored, content, TYPES[extension])
    container = "<UCAPTITLE></UCAPTITLE><div id='UCAP-CONTENT'><UCAPCONTENT>{}</UCAPCONTENT></div>"
    site.page(path, article(name, item.title, item.date, body, container))
