"""Lists that scripts fill, one for each way an interface is asked and answers; in memory, without a server."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from harvester.sample.server import Answer, Asked
from spiders.pages.fetch import Fetch
from spiders.pages.page import Page
from tests.portals.pagers import PAGES, PER_PAGE, TITLES, answer
from tests.portals.simulator import Simulator, html

Row = dict[str, Any]


def row(number: int) -> Row:
    """Item `number`, from 0, with everything an interface may say of it."""
    return {
        "id": 7000 + number,
        "uuid": f"{number:032x}",
        "title": f"<b>{TITLES[number]}</b>",
        "url": f"/art/{7000 + number}.html",
        "published": 1674172800000 + number % 9 * 86400000,
        "day": f"2023-01-{20 + number % 9:02d} 08:30:00",
    }


@dataclass(frozen=True)
class Interface:
    """`ask`: the script's call for page `n`; `link`: the address of row `r`; `page`: the number of a request's page;
    `answer`: what is said of rows."""

    ask: str
    page: Callable[[Fetch], int]
    answer: Callable[[list[Row], int], str]
    link: str = "r.url"
    read: str = "t => JSON.parse(t).data.list"
    kind: str = "application/json"


def of_query(name: str, first: int = 1, step: int = 1) -> Callable[[Fetch], int]:
    """The page by a parameter of the query."""
    return lambda fetch: (int(dict(parse_qsl(urlsplit(fetch.url).query)).get(name, first)) - first) // step + 1


def of_form(name: str) -> Callable[[Fetch], int]:
    """The page by a field of a form."""
    return lambda fetch: int(dict(parse_qsl(fetch.body.decode()))[name])


def of_json(name: str) -> Callable[[Fetch], int]:
    """The page by a name in a JSON body."""
    return lambda fetch: int(json.loads(fetch.body)[name])


def usual(rows: list[Row], total: int) -> str:
    """``{"code": 200, "data": {"total": …, "list": […]}}``."""
    return json.dumps({"code": 200, "data": {"total": total, "pageSize": PER_PAGE, "list": rows}}, ensure_ascii=False)


def as_rows(rows: list[Row]) -> str:
    """A fragment."""
    return "".join(f"<li><a href='{one['url']}'>{one['title']}</a><span>{one['day'][:10]}</span></li>" for one in rows)


def as_xml(rows: list[Row], total: int) -> str:
    """Records in CDATA."""
    records = "".join(f"<record><![CDATA[{as_rows([one])}]]></record>" for one in rows)
    return f"<?xml version='1.0' encoding='utf-8'?><datastore><totalrecord>{total}</totalrecord>{records}</datastore>"


INTERFACES: Mapping[str, Interface] = {
    "query": Interface("fetch('/api?cat=7&page=' + n + '&size=4')", of_query("page"), usual),
    "from zero": Interface("fetch('/api?page=' + (n-1))", of_query("page", 0), usual),
    "offset": Interface("fetch('/api?start=' + (n-1)*4 + '&end=' + (n*4-1))", of_query("start", 0, PER_PAGE), usual),
    "no number on page one": Interface("fetch('/api?cat=7' + (n > 1 ? '&page=' + n : ''))", of_query("page"), usual),
    "against caches": Interface(
        "fetch('/api?_=' + (Date.now() + n) + '&page=' + n + '&r=' + Math.random())", of_query("page"), usual
    ),
    "path": Interface("fetch('/api/7/' + n + '.json')", lambda f: int(f.url.split("/")[-1].split(".")[0]), usual),
    "form": Interface(
        "fetch('/api', {method: 'POST', body: new URLSearchParams({pageNo: n, channel: '政务'})})",
        of_form("pageNo"),
        usual,
    ),
    "json": Interface(
        "fetch('/api', {method: 'POST', headers: {'Content-Type': 'application/json', 'X-Site': '7'},"
        " body: JSON.stringify({tenant: 7, pageNo: n, pageSize: 4})})",
        of_json("pageNo"),
        usual,
    ),
    "json in the query": Interface(
        "fetch('/api?paramJson=' + encodeURIComponent(JSON.stringify({pageNo: n, pageSize: 4})))",
        lambda f: json.loads(unquote(urlsplit(f.url).query.partition("=")[2]))["pageNo"],
        usual,
    ),
    "template": Interface("fetch('/api?page=' + n)", of_query("page"), usual, link="'/show?type=nb&id=' + r.uuid"),
    "nested": Interface(
        "fetch('/api?page=' + n)",
        of_query("page"),
        lambda rows, total: json.dumps(
            {"hits": {"total": {"value": total}, "hits": [{"_source": one} for one in rows]}}
        ),
        read="t => JSON.parse(t).hits.hits.map(h => h._source)",
    ),
    "single quotes": Interface(
        "fetch('/api?page=' + n)",
        of_query("page"),
        lambda rows, total: usual(rows, total)[:-1] + ", \"py\": '###pypy###'}",
        read="t => eval('(' + t + ')').data.list",
    ),
    "fragment in json": Interface(
        "fetch('/api?page=' + n)",
        of_query("page"),
        lambda rows, total: json.dumps({"success": True, "data": {"html": as_rows(rows), "count": total}}),
        read="t => JSON.parse(t).data.html",
    ),
    "fragment": Interface(
        "fetch('/api?page=' + n)",
        of_query("page"),
        lambda rows, total: as_rows(rows) + f"<p>共{total}条</p>",
        read="t => t",
        kind="text/html",
    ),
    "xml": Interface(
        "fetch('/api?page=' + n)",
        of_query("page"),
        as_xml,
        read="t => [...new DOMParser().parseFromString(t, 'text/xml').querySelectorAll('record')]"
        ".map(r => r.textContent).join('')",
        kind="text/xml",
    ),
}

SCRIPT = """
let page = 1;
async function show(n) {
  page = n;
  const found = (READ)(await (await ASK).text());
  const draw = r => `<li><a href="${LINK}">${r.title}</a><span>${r.day.slice(0, 10)}</span></li>`;
  document.getElementById('list').innerHTML = typeof found == 'string' ? found : found.map(draw).join('');
  const next = '<button onclick="show(page+1)">下一页</button>';
  document.getElementById('pager').innerHTML = n < PAGES ? next : n + '/PAGES';
}
show(1);
"""


class ListOf:
    """A portal's list behind `interface`; `asked` is what came."""

    def __init__(self, interface: Interface) -> None:
        self.interface = interface
        self.asked: list[Fetch] = []

    async def ask(self, fetch: Fetch) -> Page | None:
        """As the spider would."""
        self.asked.append(fetch)
        if urlsplit(fetch.url).path.startswith("/api"):
            at = (self.interface.page(fetch) - 1) * PER_PAGE
            rows = [row(number) for number in range(len(TITLES))[at : at + PER_PAGE]]
            return answer(fetch, self.interface.answer(rows, len(TITLES)), self.interface.kind)
        return answer(fetch, self.document())

    def document(self, below: str = "") -> str:
        """The page that its script fills."""
        script = SCRIPT
        for name in ("ask", "read", "link"):
            script = script.replace(name.upper(), getattr(self.interface, name))
        script = script.replace("PAGES", str(PAGES))
        return html(f"<ul id=list></ul><div class=page id=pager></div>{below}<script>{script}</script>")


def jsonp() -> ListOf:
    """Answers that are scripts."""
    ask = (
        "new Promise(done => { window.cb7 = d => done({text: () => JSON.stringify(d)});"
        "const s = document.createElement('script'); s.src = '/api?callback=cb7&page=' + n; document.head.append(s) })"
    )
    return ListOf(
        Interface(ask, of_query("page"), lambda rows, total: f"cb7({usual(rows, total)});", kind="text/javascript")
    )


class InterfacePortal(Simulator):
    """The list of an `interface` as a portal on the net: twelve reports, each at its row's address."""

    def __init__(self, interface: Interface, below: str = "") -> None:
        super().__init__("generic", "/xxgk/nb/")
        self.interface = interface
        self.rows = [row(number) for number in range(len(TITLES))]
        self.site.page(self.start, ListOf(interface).document(below))
        for one in self.rows:
            self.put(one)
        for path in ("/api", "/api/7/1.json", "/api/7/2.json", "/api/7/3.json"):
            self.site.dynamic[path] = self.api

    def put(self, one: Row) -> None:
        """The article of a row."""
        path = one["url"] if "r.url" in self.interface.link else f"/show?type=nb&id={one['uuid']}"
        self.add_report(path, "青山县", 2022)

    def api(self, asked: Asked) -> Answer:
        """What the interface answers."""
        headers = tuple(asked.headers.items())
        fetch = Fetch(f"http://h{asked.path}", method=asked.method, data=asked.body, headers=headers)
        at = (self.interface.page(fetch) - 1) * PER_PAGE
        text = self.interface.answer(self.rows[at : at + PER_PAGE], len(self.rows))
        return Answer(text.encode(), content_type=self.interface.kind)
