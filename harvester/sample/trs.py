"""A sample site on TRS WCM: static lists ``index_N.html``, ``createPageHTML``, attachments beside the article."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from harvester.sample.frame import article, home, page
from harvester.sample.server import SimulatedSite

if TYPE_CHECKING:
    from harvester.sample.item import Item

COLUMN = "/zwgk/zfxxgk/zfxxgknb/"
PER_PAGE = 12
TYPES = {"pdf": "application/pdf", "docx": "application/octet-stream", "txt": "text/plain"}


def trs_site(name: str, items: tuple[Item, ...]) -> SimulatedSite:
    """The whole site."""
    site = SimulatedSite()
    site.page("/robots.txt", "User-agent: *\nDisallow: /admin/\n", content_type="text/plain")
    site.page("/", home(name, COLUMN))
    count = -(-len(items) // PER_PAGE)
    for number in range(count):
        entries = "".join(entry(item) for item in items[number * PER_PAGE : (number + 1) * PER_PAGE])
        pager = f'<script>createPageHTML({count}, {number}, "index", "html");</script>'
        text = page(name, "政府信息公开年报", f"<ul class='list'>{entries}</ul>{pager}")
        site.page(f"{COLUMN}index_{number}.html" if number else f"{COLUMN}index.html", text)
        if number == 0:
            site.page(COLUMN, text)
    for item in items:
        if item.kind != "dead":
            put_article(site, name, item)
    return site


def address(item: Item) -> str:
    return f"{item.date[:7].replace('-', '')}/t{item.date.replace('-', '')}_{item.number}.html"


def entry(item: Item) -> str:
    title = escape(item.title)
    return f'<li><a href="./{address(item)}" title="{title}">{title}</a><span>{item.date}</span></li>'


def put_article(site: SimulatedSite, name: str, item: Item) -> None:
    path = COLUMN + address(item)
    body = item.body
    if item.attachment is not None:
        filename, content = item.attachment
        extension = filename.rpartition(".")[2]
        stored = f"P0{item.number}.{extension}"
        body += f'<p class="insertfileTag"><a href="./{stored}">{escape(item.title)}.{extension}</a></p>'
        site.file(path.rpartition("/")[0] + f"/{stored}", content, TYPES[extension])
    container = '<div class="TRS_Editor" id="zoom">{}</div>'
    site.page(path, article(name, item.title, item.date, body, container))
