"""UCAP portals: the JSON search with a page size of its own, and the static lists of older sites."""

from __future__ import annotations

import hashlib
import json
from urllib.parse import parse_qs, urlsplit

from harvester.sample.server import Answer, Asked
from tests.portals.simulator import Simulator, html, report

NAMES = "教育 科技 民政 财政 水利 商务 农业 统计 审计 体育"
AGENCIES = [f"白桦市{name}局" for name in NAMES.split()]
CHANNEL = "0ac34e1f5b7d48f9a2c6e8d01b3f5a77"


class SearchPortal(Simulator):
    """45 reports behind ``/common/search``; `size` is what the server sends whatever it is asked for."""

    def __init__(self, size: int | None = 20) -> None:
        super().__init__("ucap", "/mdjsrmzf/c105122/list.shtml")
        self.size = size
        self.results = []
        for number in range(45):
            agency, year = AGENCIES[number % 10], 2023 - number // 10
            name = f"c03_8496{number:02d}" if number % 3 == 0 else hashlib.md5(str(number).encode()).hexdigest()
            path = f"/mdjsrmzf/c105122/{year + 1}01/{name}.shtml"
            title = f"{agency}{year}年政府信息公开工作年度报告"
            self.site.page(
                path, html(f"<UCAPTITLE>{title}</UCAPTITLE><UCAPCONTENT>{report(agency, year)}</UCAPCONTENT>")
            )
            self.reports.add(path)
            self.results.append({"title": title, "path": path, "publishedTimeStr": f"{year + 1}-01-24 17:18:49"})
        self.site.page(
            self.start,
            html(
                '<div id="list"></div><script src="/js/list.js"></script>',
                head=f'<meta name="channelId" content="{CHANNEL}">',
            ),
        )
        self.site.dynamic[f"/common/search/{CHANNEL}"] = self.search

    def search(self, asked: Asked) -> Answer:
        """One page of results, addresses without a scheme."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(asked.path).query).items()}
        page, size = int(query.get("page", "1")), self.size or int(query.get("_pageSize", "18"))
        found = self.results[(page - 1) * size : page * size]
        results = [
            {
                **{key: row[key] for key in ("title", "publishedTimeStr")},
                "url": f"//{asked.headers['host']}{row['path']}",
            }
            for row in found
        ]
        data = {"channelId": CHANNEL, "page": page, "rows": 18, "total": len(self.results), "results": results}
        return Answer(json.dumps({"data": data}, ensure_ascii=False).encode(), content_type="application/json")


class StaticPortal(Simulator):
    """One channel a year, pages ``list_2.shtml``."""

    def __init__(self) -> None:
        super().__init__("ucap", "/mdjsrmzf/c105100/nav_list.shtml", layout="year")
        years = (2022, 2021, 2020)
        folders = "".join(f'<li><a href="/mdjsrmzf/c1051{year - 2000}/list.shtml">{year}年</a></li>' for year in years)
        self.site.page(self.start, html(f"<ul>{folders}</ul>"))
        for year in years:
            self.year(year)

    def year(self, year: int) -> None:
        """A channel with two pages."""
        folder = f"/mdjsrmzf/c1051{year - 2000}"
        rows = []
        for number, agency in enumerate(AGENCIES):
            path = f"{folder}/{year + 1}01/{hashlib.md5(f'{year}{number}'.encode()).hexdigest()}.shtml"
            self.add_report(path, agency, year)
            rows.append(
                f'<li><a href="{path}">{agency}{year}年政府信息公开工作年度报告</a><span>{year + 1}-01-24</span></li>'
            )
        for page, name in ((1, "list.shtml"), (2, "list_2.shtml")):
            more = '<a href="list_2.shtml">下一页</a>' if page == 1 else '<a href="list.shtml">上一页</a>'
            shown = "".join(rows[(page - 1) * 6 : page * 6])
            self.site.page(f"{folder}/{name}", html(f"<ul>{shown}</ul><div>共10条 共2页 {more}</div>"))
