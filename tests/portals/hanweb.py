"""Hanweb portals: a jpage list in both server behaviours, and the selector of agency and year."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from harvester.sample.server import Answer, Asked
from tests.portals.simulator import SIMULATED, Simulator, html, report

NAMES = "教育局 科学技术局 民政局 财政局 水利局 商务局 王庄镇人民政府 统计局"
AGENCIES = [f"石桥县{name}" for name in NAMES.split()]
PER_PAGE = 15
PROXY = "/module/web/jpage/dataproxy.jsp"


class JpagePortal(Simulator):
    """40 reports; `obeys` is "records" (startrecord, endrecord) or "page" (and a page size of its own)."""

    def __init__(self, obeys: str = "records") -> None:
        super().__init__("hanweb", "/col/col61566/index.html")
        self.obeys = obeys
        self.rows: list[str] = []
        for number in range(40):
            agency, year = AGENCIES[number % 8], 2022 - number // 8
            path = f"/art/{year + 1}/1/{number % 28 + 1}/art_61566_{11000 + number}.html"
            self.add_report(path, agency, year)
            self.rows.append(self.row(path, f"{agency}{year}年政府信息公开工作年度报告", f"{year + 1}-\n 01-\n 23"))
        self.rows.insert(
            2, self.row("/art/2023/1/3/art_61566_90001.html", "石桥县2022年法治政府建设年度报告", "2023-01-03")
        )
        self.decoys.add("/art/2023/1/3/art_61566_90001.html")
        self.site.dynamic[PROXY] = self.proxy
        self.site.page(self.start, self.shell())

    @staticmethod
    def row(path: str, title: str, date: str) -> str:
        """One record."""
        return f'<li><a href="{path}" title="{title}">{title[:12]}</a><span>{date}</span></li>'

    def records(self, first: int, last: int, page: int) -> str:
        """The XML that both the page and the proxy carry."""
        records = "".join(f"<record><![CDATA[{row}]]></record>" for row in self.rows[first:last])
        more = (
            f'<nextgroup><![CDATA[<a href="{PROXY}?page={page + 1}&appid=1&webid=2&path=/&columnid=61566&unitid=1239'
            '&webname=石桥县人民政府&permissiontype=0"></a>]]></nextgroup>'
        )
        return (
            f"<datastore>{more}<totalrecord>{len(self.rows)}</totalrecord><recordset>{records}</recordset></datastore>"
        )

    def shell(self) -> str:
        """The column page with its first group."""
        call = f"{{perPage:{PER_PAGE}, totalRecord:{len(self.rows)}, proxyUrl:'{PROXY}'}}"
        script = f"<script>jQuery('#1239').jpage({call})</script>"
        menu = '<ul><li><a href="/col/col61560/index.html">政府信息公开指南</a></li></ul>'
        return html(
            f'{menu}<div id="1239"><script type="text/xml">{self.records(0, PER_PAGE, 1)}</script></div>{script}'
        )

    def proxy(self, asked: Asked) -> Answer:
        """The next group, by the one or the other parameter."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(asked.path).query).items()}
        query |= {name: values[0] for name, values in parse_qs(asked.body.decode()).items()}
        if query.get("columnid") != "61566" or query.get("unitid") != "1239":
            return Answer(b"<datastore></datastore>", content_type="text/xml")
        page = int(query.get("page", "1"))
        first, last = (page - 1) * PER_PAGE, page * PER_PAGE
        if self.obeys == "records":
            first, last = int(query.get("startrecord", "1")) - 1, int(query.get("endrecord", str(PER_PAGE)))
        return Answer(self.records(first, last, page).encode(), content_type="text/xml;charset=utf-8")


class SelectorPortal(Simulator):
    """No list: a form of agencies and years; two agencies have no report for one year."""

    def __init__(self) -> None:
        super().__init__("hanweb", "/module/xxgk/xxgkAnnualReport.jsp", layout="selector")
        self.areas = {f"1137082977101{number:04d}B": agency for number, agency in enumerate(AGENCIES)}
        self.years = (2022, 2021, 2020)
        self.absent = {("石桥县统计局", 2020), ("石桥县商务局", 2021)}
        self.site.dynamic[self.start] = self.endpoint
        for area, agency in self.areas.items():
            for year in self.years:
                if (agency, year) not in self.absent:
                    self.reports.add(f"{self.start}?area={area}&fbtime={year}")

    def endpoint(self, asked: Asked) -> Answer:
        """The form, or the report of one agency and year."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(asked.path).query).items()}
        agency, year = self.areas.get(query.get("area", "")), int(query.get("fbtime", 0))
        if agency is None or not year:
            return Answer(html(self.form()).encode())
        if (agency, year) in self.absent:
            return Answer(html("<div>您访问的信息不存在</div>").encode())
        return Answer(html(f"{report(agency, year)}<p>点击收听年报语音朗读</p>", SIMULATED).encode(), validators=True)

    def form(self) -> str:
        """The selector as the page draws it."""
        areas = "".join(f'<option value="{code}">{agency}</option>' for code, agency in self.areas.items())
        years = "".join(f'<option value="{year}">{year}年</option>' for year in self.years)
        return (
            f'<form action="/module/xxgk/xxgkAnnualReport.jsp"><select name="area">{areas}</select>'
            f'<select name="fbtime">{years}</select></form><p>{SIMULATED} 政府信息公开年报查询</p>'
        )


class SearchPortal(Simulator):
    """An xxgk column: a search by POST that also returns other columns' items."""

    def __init__(self) -> None:
        super().__init__("hanweb", "/col/col3096/index.html?vc_xxgkarea=11370800004312466C&number=B0303&jh=263")
        self.rows = []
        for number in range(24):
            agency, year = AGENCIES[number % 8], 2022 - number // 8
            path = f"/art/{year + 1}/1/20/art_3096_{5000 + number}.html"
            self.add_report(path, agency, year)
            self.rows.append((path, f"{agency}{year}年政府信息公开工作年度报告"))
        for number in range(6):
            self.rows.insert(number * 4, (f"/art/2023/2/1/art_4000_{number}.html", f"关于第{number}号文件的批复"))
            self.decoys.add(f"/art/2023/2/1/art_4000_{number}.html")
        self.site.page(
            self.start,
            html(
                '<iframe src="/module/xxgk/tree.jsp?area=11370800004312466C"></iframe>'
                "<script>var url='/module/xxgk/search.jsp?divid=div1229498488';"
                "var infotypeId='B0303'; var jdid='3096'; var area='11370800004312466C';</script>"
            ),
        )
        self.site.dynamic["/module/xxgk/search.jsp"] = self.search

    def search(self, asked: Asked) -> Answer:
        """One page of the table."""
        form = {name: values[0] for name, values in parse_qs(asked.body.decode()).items()}
        page = int(parse_qs(urlsplit(asked.path).query).get("currpage", ["1"])[0])
        if asked.method != "POST" or form.get("area") != "11370800004312466C" or form.get("infotypeId") != "B0303":
            return Answer(html("<table></table>").encode())
        rows = "".join(
            f'<tr class="tr_main_value_odd"><td><a href="{path}">{title}</a></td><td>2023-01-20</td></tr>'
            for path, title in self.rows[(page - 1) * 10 : page * 10]
        )
        return Answer(html(f"<table>{rows}</table><div>共3页 <a href='javascript:;'>下一页</a></div>").encode())
