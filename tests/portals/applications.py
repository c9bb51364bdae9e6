"""Portals that are one page of script: what a click shows has a place of its own (``#/c/31``, ``/c/31``), or none."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

from harvester.sample.server import Answer, Asked
from tests.portals.menu_mechanisms import AGENCIES
from tests.portals.simulator import Simulator, html

MENU = {"新闻中心": {"图片新闻": 11}, "政务公开": {"公开指南": 21, "政府信息公开年报": 31, "网站工作年度报表": 41}}
ROWS = 4

SCRIPT = """
<div id="app"></div>
<script>
const WAY = '%s';
const app = document.getElementById('app');
let menu = null, channel = null, page = 1;
const at = () => {
  const found = /c\\/(\\d+)/.exec(WAY === 'hash' ? location.hash : location.pathname);
  return found ? +found[1] : null;
};
const go = (id) => {
  if (WAY === 'hash') location.hash = '#/c/' + id;
  else if (WAY === 'history') { history.pushState({}, '', '/c/' + id); load(id); }
  else load(id);
};
const add = (tag, text, to, work) => {
  const node = document.createElement(tag);
  node.textContent = text;
  if (work) node.addEventListener('click', (event) => { event.stopPropagation(); work(); });
  to.appendChild(node);
  return node;
};
const draw = (rows, pages) => {
  app.innerHTML = '';
  const bar = add('ul', '', app);
  for (const [name, below] of Object.entries(menu)) {
    const top = add('li', '', bar);
    add('span', name, top);
    const list = add('ul', '', top);
    for (const [child, id] of Object.entries(below)) add('li', child, list, () => go(id));
  }
  if (!rows) return;
  const box = add('ul', '', app);
  for (const row of rows) {
    const item = add('li', '', box);
    const link = add('a', row.title, item);
    link.href = row.url;
  }
  const pager = add('div', '', app);
  pager.className = 'pager';
  for (let number = 1; number <= pages; number += 1) add('span', String(number), pager, () => load(channel, number));
  if (page < pages) add('span', '下一页', pager, () => load(channel, page + 1));
};
async function load(id, number = 1) {
  channel = id; page = number;
  const data = await (await fetch('/api/rows?c=' + id + '&p=' + number)).json();
  draw(data.rows, data.pages);
}
async function begin() {
  menu = await (await fetch('/api/menu')).json();
  if (at()) load(at()); else draw();
}
addEventListener('hashchange', () => at() && load(at()));
begin();
</script>
"""


class Application(Simulator):
    """`way`: hash, history or pressed."""

    def __init__(self, way: str) -> None:
        super().__init__("browser", "/", role="home", layout=None)
        self.rows: dict[int, list[dict[str, str]]] = {11: [], 21: [], 31: [], 41: []}
        for number, agency in enumerate(AGENCIES):
            path = f"/show/{20230100 + number}.html"
            self.add_report(path, agency, 2022)
            self.rows[31].append({"title": f"{agency}2022年政府信息公开工作年度报告", "url": path})
        shell = html(SCRIPT % way, "青石县人民政府")
        self.site.page("/", shell)
        for channel in self.rows if way == "history" else ():
            self.site.page(f"/c/{channel}", shell)
        menu = json.dumps(MENU, ensure_ascii=False).encode()
        self.site.pages["/api/menu"] = Answer(menu, content_type="application/json")
        self.site.dynamic["/api/rows"] = self.api

    def api(self, asked: Asked) -> Answer:
        told = parse_qs(urlsplit(asked.path).query)
        rows, page = self.rows[int(told["c"][0])], int(told["p"][0])
        data = {"pages": -(-len(rows) // ROWS), "rows": rows[(page - 1) * ROWS : page * ROWS]}
        return Answer(json.dumps(data, ensure_ascii=False).encode(), content_type="application/json")
