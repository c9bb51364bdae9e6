"""A portal whose list only exists in a browser: an empty mount point, a script, JSON, and a "next" that is no link."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

from harvester.sample.server import Answer, Asked
from tests.portals.other_platforms import AGENCIES, numbered, title
from tests.portals.simulator import Simulator, html

SCRIPT = """
<div id="app"></div>
<img src="/pixel.png"><script src="http://127.0.0.1:9/elsewhere.js"></script>
<script>
let page = 1;
async function show() {
  const data = await (await fetch('/api/list?page=' + page)).json();
  const rows = data.rows.map(r => `<li><a href="${r.url}">${r.title}</a><span>${r.date}</span></li>`).join('');
  const next = page < data.pages ? '<button onclick="page++; show()">下一页</button>' : '';
  document.getElementById('app').innerHTML = `<ul>${rows}</ul>${next}`;
}
show();
</script>
"""


class RenderedPortal(Simulator):
    """25 reports, 10 a page."""

    def __init__(self) -> None:
        super().__init__("browser", "/xxgk/annual")
        self.rows = []
        for number, agency, year in numbered(25):
            path = f"/article/{70000 + number}"
            self.add_report(path, agency, year)
            self.rows.append({"url": path, "title": title(agency, year), "date": "2023-01-20"})
        self.site.page(self.start, html(SCRIPT))
        self.site.dynamic["/api/list"] = self.api
        assert len(AGENCIES) == 10

    def api(self, asked: Asked) -> Answer:
        page = int(parse_qs(urlsplit(asked.path).query)["page"][0])
        data = {"pages": 3, "rows": self.rows[(page - 1) * 10 : page * 10]}
        return Answer(json.dumps(data, ensure_ascii=False).encode(), content_type="application/json")
