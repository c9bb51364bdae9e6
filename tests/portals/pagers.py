"""Lists that only a browser can page, one for each way of drawing "next"; answered from memory, without a server."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

from archive.exchange import Exchange
from spiders.pages.fetch import Fetch
from spiders.pages.page import Page
from tests.portals.simulator import html

HOST = "http://pagers.example"
PAGES = 3
PER_PAGE = 4


def title(number: int) -> str:
    """Of item `number`, from 0."""
    return f"青山县第{number:02d}局{2023 - number % 3}年政府信息公开工作年度报告"


TITLES = [title(number) for number in range(PAGES * PER_PAGE)]


class Memory:
    """Answers from a dictionary and from `/api?page=`; keeps what was asked."""

    def __init__(self, documents: dict[str, str]) -> None:
        self.documents = documents
        self.asked: list[Fetch] = []

    async def ask(self, fetch: Fetch) -> Page | None:
        """As the spider would."""
        self.asked.append(fetch)
        parts = urlsplit(fetch.url)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        if parts.path == "/api":
            fields = dict(parse_qsl(parts.query) or parse_qsl(fetch.body.decode()) or json.loads(fetch.body))
            return answer(fetch, json.dumps(rows(int(fields["page"])), ensure_ascii=False), "application/json")
        return answer(fetch, self.documents[path]) if path in self.documents else answer(fetch, "", status=404)


def rows(page: int) -> dict[str, object]:
    """What the interface says of page `page`."""
    numbers = range((page - 1) * PER_PAGE, min(page * PER_PAGE, len(TITLES)))
    items = [
        {"id": 7000 + n, "title": TITLES[n], "url": f"/art/{7000 + n}.html", "date": "2023-01-20"} for n in numbers
    ]
    return {"total": len(TITLES), "pages": PAGES, "rows": items}


def answer(fetch: Fetch, text: str, content_type: str = "text/html; charset=utf-8", status: int = 200) -> Page:
    """A page as the spider would make it."""
    body = text.encode()
    headers = (("Content-Type", content_type),)
    now = datetime.now(UTC)
    exchange = Exchange(fetch.url, fetch.method, (), fetch.body, status, "OK", headers, body, now)
    return Page(fetch, fetch.url, status, content_type, body, exchange=exchange)


SHOW = """
let page = 1, pages = PAGES;
async function show(n, add) {
  if (n < 1 || n > pages) return;
  page = n;
  const data = await (await fetch('/api?page=' + n)).json();
  const rows = data.rows.map(r => `<li><a href="${r.url}">${r.title}</a><span>${r.date}</span></li>`).join('');
  const box = document.getElementById('list');
  box.innerHTML = (add ? box.innerHTML : '') + rows;
  draw(document.getElementById('pager'), page == pages, page == pages ? 'disabled' : '');
}
""".replace("PAGES", str(PAGES))

PAGERS = {
    "a word": """P.innerHTML = `共12条 <a href='javascript:;' onclick='show(page-1)'>上一页</a>
        <a href='javascript:;' class='${off}' onclick='show(page+1)'>下一页</a>`""",
    "another word": """P.innerHTML = last ? '上页 下页' :
        `<span>上页</span><span onclick='show(page+1)'>下页</span>`""",
    "a div around an a": """P.innerHTML = `<div class='b ${off}'><a>后一页</a></div>第${page}页`;
        P.firstChild.addEventListener('click', () => show(page+1))""",
    "an li": """P.innerHTML = `<ul><li>1</li><li>2</li><li>3</li>
        <li class='next' ${last ? 'aria-disabled=true' : ''}></li></ul>`;
        P.querySelector('.next').onclick = () => show(page+1)""",
    "an icon": """P.innerHTML = `<button class=btn-prev><i class='el-icon-arrow-left'></i></button>
        <ul><li>1</li><li>2</li><li>3</li></ul>
        <button class='btn-next' ${off}><i class='el-icon el-icon-arrow-right'></i></button>`;
        P.querySelector('.btn-next').onclick = () => show(page+1)""",
    "a sign": """P.innerHTML = `<a>&lt;</a><a>1</a><a>2</a><a>3</a>`
        + (last ? '' : `<a onclick='show(page+1)'>&gt;</a>`)""",
    "a label": """P.innerHTML = `<button aria-label='Next page' ${off} onclick='show(page+1)'><svg></svg></button>`""",
    "numbers": """P.innerHTML = [1,2,3].map(n => `<span class='${n==page?'active':''}'>${n}</span>`).join('');
        P.onclick = e => { const n = +e.target.textContent; if (n && n != page) show(n) }""",
    "a box of pages": """const options = [1,2,3].map(n =>
        `<option value=${n} ${n==page?'selected':''}>第${n}页</option>`);
        P.innerHTML = `<select>${options.join('')}</select>`;
        P.firstChild.onchange = e => show(+e.target.value)""",
    "more": """P.innerHTML = last ? '没有更多了' : `<div onclick='show(page+1, true)'>加载更多</div>`""",
    "scrolling": """window.busy = false; document.body.style.minHeight = '3000px';
        const low = () => scrollY + innerHeight > document.body.scrollHeight - 50;
        const more = () => { if (!busy && page < pages && low()) { busy = true; show(page+1, true) } };
        if (!window.hooked) { hooked = true; window.addEventListener('scroll', more) }""",
    "a button of a form": """P.innerHTML = last ? '' : `<input type=button value='下一页' onclick='show(page+1)'>`""",
    "an image": """P.innerHTML = page + '/3页 ' + (last ? '' :
        `<a href='#' onclick='show(page+1);return false'><img alt='下一页' src=n.gif></a>`)""",
}
"""How "next" is drawn, by name: what draws it into the box `P`; `last` on the last page, `off` a word for it there."""


def scripted(name: str) -> Memory:
    """A list that a script fills, with this pager."""
    script = f"{SHOW} function draw(P, last, off) {{ {PAGERS[name]} }} show(1)"
    path = "<p>首页 &gt; 政务公开 <span>&gt;</span> 年报</p>"
    return Memory({"/": html(f"{path}<ul id=list></ul><div class=page id=pager></div><script>{script}</script>")})
