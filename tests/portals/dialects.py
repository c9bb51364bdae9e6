"""The same systems in other words: lists called, numbered and written in the ways that portals of one make differ."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

from harvester.sample.server import Answer, Asked
from tests.portals.other_platforms import row, title
from tests.portals.simulator import Simulator, html, report

NAMES = "教育局 科学技术局 民政局 财政局 水利局 商务局 统计局 审计局 体育局 信访局"
AGENCIES = [f"柳河县{name}" for name in NAMES.split()]


def asked_for(asked: Asked) -> dict[str, str]:
    """Parameters of query and form together, as a JSP sees them."""
    given = parse_qs(urlsplit(asked.path).query) | parse_qs(asked.body.decode())
    return {name: values[0] for name, values in given.items()}


class Dialect(Simulator):
    """A list of `count` reports; `rows` as they stand in lists, `address` names item k."""

    def __init__(self, family: str, start: str, count: int, address: str) -> None:
        super().__init__(family, start, layout=None)
        self.rows: list[str] = []
        self.titles: list[tuple[str, str]] = []
        for number in range(count):
            agency, year = AGENCIES[number % 10], 2023 - number // 10
            path = address.format(number=number, year=year + 1)
            self.add_report(path, agency, year)
            self.rows.append(row(path, title(agency, year)))
            self.titles.append((path, title(agency, year)))


LABEL = "labelName=publicInfoList&siteId=6788021&pageSize=15&pageIndex=1&action=list&organId=42"
LABEL_CALLS = {
    "an attribute": f"<div id='list' data-url=\"/site/label/8888?{LABEL}\"></div>",
    "an object": "<script>$.ajax({url: '/site/label/8888', type: 'POST', data: {labelName: 'publicInfoList',"
    " siteId: '6788021', pageSize: 15, pageIndex: 1, organId: 42}})</script>",
    "a sum": "<script>var organId = '42', siteId = '6788021'; function load(p) { $.get('/site/label/8888?labelName="
    "publicInfoList&siteId=' + siteId + '&pageIndex=' + p + '&organId=' + organId) }</script>",
}


class LonsunCalled(Dialect):
    """The label, called in one of the ways above; `inline`: page one of the list stands on the column's page."""

    def __init__(self, call: str, *, inline: bool = False) -> None:
        super().__init__("lonsun", "/public/column/42?type=4&action=list", 33, "/public/42/{number:05d}.html")
        pager = "".join(f"<a href='javascript:;' paged='{number}'>{number}</a>" for number in (1, 2, 3))
        self.pager = f"<div id='page_public_info'>{pager}</div>"
        listed = f"<ul>{''.join(self.rows[:15])}</ul>{self.pager}" if inline else ""
        self.site.page(self.start, html(f"{LABEL_CALLS[call]}{listed}"))
        self.site.dynamic["/site/label/8888"] = self.label

    def label(self, asked: Asked) -> Answer:
        given = asked_for(asked)
        if (given.get("labelName"), given.get("organId")) != ("publicInfoList", "42"):
            return Answer(b"")
        page = int(given["pageIndex"])
        return Answer(f"<ul>{''.join(self.rows[(page - 1) * 15 : page * 15])}</ul>{self.pager}".encode())


class LonsunNumbered(Dialect):
    """No label: the column itself takes ``pageIndex``; its pager is a number of pages."""

    def __init__(self) -> None:
        super().__init__("lonsun", "/public/column/42?type=4&action=list", 33, "/public/42/{number:05d}.html")
        self.site.dynamic["/public/column/42"] = self.column

    def column(self, asked: Asked) -> Answer:
        page = int(asked_for(asked).get("pageIndex", "1"))
        listed = "".join(self.rows[(page - 1) * 15 : page * 15])
        return Answer(html(f"<ul>{listed}</ul><div id='page_public_info' pageCount='3'></div>").encode())


class LonsunCutNames(Simulator):
    """Names of departments cut with two dots; their years lead to lists, through a click."""

    def __init__(self) -> None:
        super().__init__("lonsun", "/public/column/77?type=4&action=rel", role="agency_root", layout=None)
        menu = ""
        for number, agency in enumerate(AGENCIES[:4]):
            column = f"/public/column/70{number}?type=4&action=list"
            menu += f"<li><a title='{agency}' href='{column}'>{agency[:-2]}..</a></li>"
            years = ""
            for year in (2023, 2022):
                path = f"/public/70{number}/{year}{number}.html"
                self.add_report(path, agency, year)
                years += f"<li><a href='javascript:;' onclick=\"window.open('{column}&year={year}')\">{year}</a></li>"
                self.site.page(f"{column}&year={year}", html(f"<ul>{row(path, f'{year}年度报告')}</ul>"))
            self.site.page(column, html(f"<ul id='timeFrame'>{years}</ul>"))
        self.site.page(self.start, html(f"<ul class='clearfix'>{menu}</ul>"))


class JpageGroups(Dialect):
    """Three groups stand on the column's page. The server knows ``page`` only, sends groups of its own size, by POST
    where `post` says so."""

    PROXY = "/module/web/jpage/dataproxy.jsp"

    def __init__(self, *, post: bool = False) -> None:
        super().__init__("hanweb", "/col/col61566/index.html", 70, "/art/{year}/1/9/art_61566_{number}.html")
        self.post = post
        param = "{col:1,appid:1,webid:2,path:'/',columnid:61566,sourceContentType:1,unitid:'1239',permissiontype:0}"
        call = f"$('#1239').jpage({{perPage:15, totalRecord:70, proxyUrl:'{self.PROXY}', param:{param}}})"
        embedded = f"<script type='text/xml'>{self.records(0, 45)}</script>"
        self.site.page(self.start, html(f"<div id='1239'>{embedded}</div><script>{call}</script>"))
        self.site.dynamic[self.PROXY] = self.proxy

    def records(self, first: int, last: int) -> str:
        records = "".join(f"<record><![CDATA[{one}]]></record>" for one in self.rows[first:last])
        return f"<datastore><recordset>{records}</recordset></datastore>"

    def proxy(self, asked: Asked) -> Answer:
        given = asked_for(asked)
        if self.post and asked.method != "POST":
            return Answer(b"", 405)
        if given.get("unitid") != "1239":
            return Answer(b"<datastore></datastore>", content_type="text/xml")
        page = int(given["page"])
        return Answer(self.records((page - 1) * 15, page * 15).encode(), content_type="text/xml;charset=utf-8")


CATALOGUES = {
    "comments": "{id: 1, name: '政府信息公开指南', children: []}, // the guide\n {id: 77, /* reports */"
    " name: '政府信息公开年报', children: [], post_count: 130, jump_url: '',},",
    "parsed": None,
}


class CatalogueTree(Dialect):
    """The tree of categories with comments in it, or as a text that the script parses."""

    def __init__(self, written: str) -> None:
        super().__init__("gkmlpt", "/gkmlpt/index", 130, "/gkmlpt/content/9/{number}/post_{number}.html")
        node = {"id": 77, "name": "政府信息公开年报", "children": [], "post_count": 130, "jump_url": ""}
        parsed = f"JSON.parse('{json.dumps([node], ensure_ascii=False)}')"
        tree = f"[{CATALOGUES[written]}]" if CATALOGUES[written] else parsed
        self.site.page(self.start, html(f"<script>window._CONFIG = {{SID: '755041', TREE: {tree}}};</script>"))
        self.site.dynamic["/gkmlpt/api/all/77"] = self.api

    def api(self, asked: Asked) -> Answer:
        page = max(1, int(asked_for(asked)["page"]))
        found = [{"title": text, "url": path} for path, text in self.titles[(page - 1) * 100 : page * 100]]
        data = {"classify": {"post_count": 130}, "articles": found}
        return Answer(json.dumps(data, ensure_ascii=False).encode(), content_type="application/json")


class TrsUncounted(Dialect):
    """The script says how many items there are and what pages are called, not how many there are."""

    def __init__(self) -> None:
        super().__init__("trs", "/zwgk/zfxxgknb/", 24, "/zwgk/zfxxgknb/{year}01/t{year}0110_{number}.html")
        for index in range(3):
            name = f"index_pc_{index}.html" if index else ""
            script = "<script>var totalData = 24; var pageName = 'index_pc';</script>"
            listed = "".join(self.rows[index * 10 : index * 10 + 10])
            self.site.page(f"{self.start}{name}", html(f"<ul>{listed}</ul>{script}"))


class JpaasPager(Dialect):
    """The pager's numbers stand before its class, and it has an id."""

    def __init__(self) -> None:
        super().__init__("jpaas", "/col/col777/index.html", 40, "/art/{year}/art_{number:032x}.html")
        url = "/api-gateway/jpaas-publish-server/front/page/build/unit"
        query = (
            "{&#39;webId&#39;:&#39;3185&#39;,&#39;pageId&#39;:&#39;abc&#39;,&#39;parseType&#39;:&#39;bulidstatic&#39;}"
        )
        self.site.page(self.start, html(f'<div url="{url}" queryData="{query}"></div>'))
        self.site.dynamic[url] = self.unit

    def unit(self, asked: Asked) -> Answer:
        page = int(json.loads(asked_for(asked).get("paramJson", "{}")).get("pageNo", 1))
        listed = "".join(self.rows[(page - 1) * 15 : page * 15])
        pager = '<div id="pager" count="40" rows="15" class="pagination"></div>'
        data = {"success": True, "data": {"html": f"<ul>{listed}</ul>{pager}"}}
        return Answer(json.dumps(data).encode(), content_type="application/json")


class UcapLevels(Simulator):
    """One channel for each year and level, levels called as they are printed."""

    def __init__(self) -> None:
        super().__init__("ucap", "/mdj/c100100/nav_list.shtml", layout=None)
        levels = {
            "市政府信息公开年度报告": ["青岭市人民政府"],
            "市政府部门": AGENCIES[:3],
            "县（市）区": ["柳河县人民政府"],
        }
        menu = ""
        for year in (2022, 2021):
            for level, (name, agencies) in enumerate(levels.items()):
                channel = f"/mdj/c1051{year % 100}{level}"
                menu += f"<dd><a href='{channel}/list.shtml'>{name}</a></dd>"
                rows = ""
                for number, agency in enumerate(agencies):
                    self.add_report(f"{channel}/{year + 1}01/c03_{level}{number}.shtml", agency, year)
                    rows += row(f"./{year + 1}01/c03_{level}{number}.shtml", title(agency, year))
                self.site.page(f"{channel}/list.shtml", html(f"<ul>{rows}</ul>"))
        self.site.page(self.start, html(f"<dl>{menu}</dl>"))


class EmptyShell(Dialect):
    """A list page without a word in it: the channel's code in its address is all there is."""

    def __init__(self) -> None:
        super().__init__("ucap", "/hlj/c105122/list.shtml", 12, "/hlj/c105122/{year}01/{number:032x}.shtml")
        channel = "0ac34e1f5b7d48f9a2c6e8d01b3f5a77"
        self.site.page(self.start, html("<div id='list'></div>", title=""))
        found = json.dumps({"data": [{"channelId": channel}]}).encode()
        self.site.dynamic["/common/getChannelList"] = lambda asked: Answer(found, content_type="application/json")
        results = [{"title": text, "url": path} for path, text in self.titles]
        answer = json.dumps({"data": {"total": 12, "results": results}}, ensure_ascii=False).encode()
        self.site.dynamic[f"/common/search/{channel}"] = lambda asked: Answer(answer, content_type="application/json")


def without_reports() -> Simulator:
    """Agencies that have nothing: no list is there that could be called short."""
    portal = Simulator("generic", "/bm/", role="agency_root", layout=None)
    portal.site.page("/bm/", html("<ul><li><a href='/bm/a/'>柳河县教育局</a></li></ul>"))
    portal.site.page("/bm/a/", html(f"<p>机构职能</p><p>{report('柳河县', 2020)[:10]}</p>"))
    return portal
