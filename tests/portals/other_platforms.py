"""Simulators of jpaas, gkmlpt, NFCMS, VSB, Lonsun, Openness and channel/doc portals, each with its quirks."""

from __future__ import annotations

import hashlib
import json
from urllib.parse import parse_qs, urlsplit

from harvester.sample.server import Answer, Asked
from tests.portals.simulator import Simulator, html, report

NAMES = "教育 科技 民政 财政 水利 商务 农业 统计 审计 体育"
AGENCIES = [f"白桦市{name}局" for name in NAMES.split()]
DECOY = "白桦市政府网站工作年度报表（2022年度）"


def hexadecimal(text: str, length: int = 32) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()[:length]


def numbered(count: int) -> list[tuple[int, str, int]]:
    """(number, agency, year), newest first."""
    return [(n, AGENCIES[n % 10], 2024 - n // 10) for n in range(count)]


def title(agency: str, year: int) -> str:
    return f"{agency}{year}年政府信息公开工作年度报告"


def row(path: str, text: str, date: str = "2023-01-24") -> str:
    return f'<li><a href="{path}" title="{text}">{text}</a><span>{date}</span></li>'


class JpaasPortal(Simulator):
    """32 reports, 15 a page, behind the interface; bare ``pageNo`` is ignored. `stuck`: always page one."""

    def __init__(self, *, stuck: bool = False) -> None:
        super().__init__("jpaas", "/col/col1234/index.html")
        self.stuck = stuck
        self.rows = []
        for number, agency, year in numbered(32):
            path = f"/art/{year + 1}/art_{hexadecimal(f'{number}')}.html"
            if not stuck or number < 15:
                self.add_report(path, agency, year)
            self.rows.append(row(path, title(agency, year)))
        query = "{'webId':'3185','pageId':'p1','tagId': 't1','tplSetId': 's1','parseType':'bulidstatic','pageType':'c'}"
        body = f'<div queryData="{query}" url="/api-gateway/jpaas-publish-server/front/page/build/unit"></div>'
        self.site.page(self.start, html(body))
        self.site.dynamic["/api-gateway/jpaas-publish-server/front/page/build/unit"] = self.unit

    def unit(self, asked: Asked) -> Answer:
        query = {name: values[0] for name, values in parse_qs(urlsplit(asked.path).query).items()}
        if query.get("parseType") != "bulidstatic":
            return Answer(b'{"success":false}', content_type="application/json")
        page = 1 if self.stuck else json.loads(query.get("paramJson", "{}")).get("pageNo", 1)
        found = "".join(self.rows[(page - 1) * 15 : page * 15])
        fragment = f"<ul>{found}</ul><div class='pagination' rows='15' count='32'></div>"
        body = json.dumps({"success": True, "data": {"html": fragment}}, ensure_ascii=False)
        return Answer(body.encode(), content_type="application/json")


class GkmlptPortal(Simulator):
    """A catalogue: 120 articles in an annual category (one a lookalike), and a node that jumps to a plain column."""

    def __init__(self) -> None:
        super().__init__("gkmlpt", "/gkmlpt/index", layout=None)
        self.articles = []
        for number in range(119):
            agency, year = AGENCIES[number % 10], 2024 - number // 10 % 12
            path = f"/gkmlpt/content/9/{9000 + number}/post_{9000000 + number}.html"
            agency = f"{agency}{'一二三四五六七八九十'[number // 12]}分局" if number >= 10 else agency
            self.site.page(path, html(self.script(report(agency, year))))
            self.reports.add(path)
            self.articles.append({"id": number, "title": title(agency, year), "url": path, "date": f"{year + 1}-01-20"})
        self.articles.append({"id": 999, "title": DECOY, "url": "/gkmlpt/content/9/999/post_999.html", "date": ""})
        self.decoys.add("/gkmlpt/content/9/999/post_999.html")
        tree = (
            "TREE: [ {id:1,name:'法定主动公开内容',parent:0,children:[{id:5,name:'财政信息',parent:1,children:[],"
            "post_count:7,jump_url:''}],post_count:0,jump_url:''}, {id:8,name:\"政府信息公开年报\",parent:0,"
            "children:[],post_count:120,jump_url:''}, {id:9,name:'部门年度报告',parent:0,children:[],post_count:0,"
            "jump_url:'/zwgk/zfxxgknb/index.html'} ]"
        )
        config = f"<script>window._CONFIG = {{ SITE_ID: 7, SID: '755041', {tree}, SERVICE_AREA_ID: 1 }};</script>"
        self.site.page(self.start, html(f"{config}<a href='/gkmlpt/guide'>指南</a>"))
        self.site.dynamic["/gkmlpt/api/all/8"] = self.api
        path = "/zwgk/zfxxgknb/content/post_77.html"
        self.add_report(path, "白桦市档案局", 2022)
        self.site.page("/zwgk/zfxxgknb/index.html", html(f"<ul>{row(path, title('白桦市档案局', 2022))}</ul>"))

    @staticmethod
    def script(body: str) -> str:
        content = json.dumps(body, ensure_ascii=False).replace("<", "\\u003C")
        return f'<script>window._CONFIG = {{ DETAIL: {{ "content": {content} }} }};</script>/gkmlpt/'

    def api(self, asked: Asked) -> Answer:
        page = max(1, int(parse_qs(urlsplit(asked.path).query).get("page", ["1"])[0]))
        data = {"classify": {"post_count": 120}, "total": 120, "articles": self.articles[(page - 1) * 100 : page * 100]}
        return Answer(json.dumps(data, ensure_ascii=False).encode(), content_type="application/json")


class NfcmsPortal(Simulator):
    """25 reports on ``index.html``, ``index_2.html``, ``index_3.html``; a mobile twin beside one of them; no pager."""

    def __init__(self) -> None:
        super().__init__("nfcms", "/xxgk/xxgkml/xxgknb/index.html")
        rows = []
        for number, agency, year in numbered(25):
            path = f"/xxgk/xxgkml/xxgknb/content/post_{8773475 + number}.html"
            self.add_report(path, agency, year)
            rows.append(row(path, title(agency, year)))
        rows.insert(3, row("/xxgk/xxgkml/xxgknb/content/mpost_8773475.html", title(*numbered(1)[0][1:])))
        for page in range(3):
            name = "index.html" if page == 0 else f"index_{page + 1}.html"
            body = f"<ul>{''.join(rows[page * 10 : page * 10 + 10])}</ul><script>var NFCMS_SITE_ID=755;</script>"
            self.site.page(f"/xxgk/xxgkml/xxgknb/{name}", html(body))


class VsbPortal(Simulator):
    """Pages numbered backwards: page 2 of 3 is ``zfxxgknb/2.htm``. One column is the report itself."""

    def __init__(self, count: int = 25) -> None:
        super().__init__("vsb", "/zwgk/zfxxgknb.htm")
        self.fill(count)

    def fill(self, count: int) -> None:
        rows = []
        for number in range(count - 1, -1, -1):
            agency, year = AGENCIES[number % 10], 2021 + number // 10
            path = f"/info/1222/{126000 + number}.htm"
            files = ""
            if number == 1:
                link = "/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1514373409&wbfileid=00C2D4"
                files = f"附件【<a href='{link}'>{title(agency, year)}.pdf</a>】"
                self.site.file(link, b"%PDF-1.4 simulated", "application/octet-stream")
                self.reports.add(link)
            self.add_report(path, agency, year, files)
            rows.append(row(f"../info/1222/{126000 + number}.htm", title(agency, year)))
        pages = -(-len(rows) // 10)
        for index in range(pages):
            path = self.start if index == 0 else f"/zwgk/zfxxgknb/{pages - index}.htm"
            links = [cell.replace("../", "../../") if index else cell for cell in rows[index * 10 : index * 10 + 10]]
            following = f"zfxxgknb/{pages - 1}.htm" if index == 0 else f"{pages - index - 1}.htm"
            more = f"<span class='p_next p_fun'><a href='{following}'>下页</a></span>" if index < pages - 1 else ""
            body = f"<ul>{''.join(links)}</ul><div class='p_pages'>共{pages}页 {more}</div><div id='vsb_content'></div>"
            self.site.page(path, html(body))


class VsbColumnReports(Simulator):
    """Towns whose column page is the report; no article page exists."""

    def __init__(self) -> None:
        super().__init__("vsb", "/zfxxgknb/n2022n.htm", layout="agency")
        names = ("甲镇", "乙镇", "丙乡")
        links = "".join(f"<li><a href='n2022n/{n}.htm'>{name}人民政府</a></li>" for n, name in enumerate(names))
        self.site.page(self.start, html(f"<h1>政府信息公开年报</h1><ul>{links}</ul><div class='_vsb'></div>"))
        for n, name in enumerate(names):
            self.add_report(f"/zfxxgknb/n2022n/{n}.htm", f"{name}人民政府", 2022)


class LonsunPortal(Simulator):
    """Departments with years in ``ul#timeFrame``; each year's list is filled by the label, two pages of it."""

    def __init__(self) -> None:
        super().__init__("lonsun", "/public/column/6598771?type=4&action=list")
        self.rows = []
        for number, agency, year in numbered(25):
            path = f"/public/6598771/{35994000 + number}.html"
            self.add_report(path, agency, year)
            self.rows.append(row(path, title(agency, year)))
        label = "/site/label/8888?labelName=publicInfoList&siteId=6788021&pageSize=15&pageIndex=1&action=list"
        self.site.page(self.start, html(f"<div id='list'></div><script>load('{label}&organId=6598771')</script>"))
        self.site.dynamic["/site/label/8888"] = self.label

    def label(self, asked: Asked) -> Answer:
        query = parse_qs(urlsplit(asked.path).query)
        page = int(query.get("pageIndex", ["1"])[0])
        found = "".join(self.rows[(page - 1) * 15 : page * 15])
        pager = "<div id='page_public_info'><a paged='1'>1</a><a paged='2'>2</a></div>"
        return Answer(f"<ul>{found}</ul>{pager}".encode())


class LonsunYears(Simulator):
    """One department; its years are links with bare numbers."""

    def __init__(self) -> None:
        super().__init__("lonsun", "/public/column/77?type=4&action=list", layout="year")
        years = "".join(
            f"<li><a href='/public/column/77?type=4&action=list&year={y}'>{y}</a></li>" for y in (2021, 2022, 2023)
        )
        self.site.page(self.start, html(f"<h1>政府信息公开年报</h1><ul id='timeFrame'>{years}</ul>"))
        for year in (2021, 2022, 2023):
            path = f"/public/77/{year}001.html"
            self.add_report(path, "白桦市林业局", year)
            listed = html(f"<ul id='timeFrame'>{years}</ul><ul>{row(path, title('白桦市林业局', year))}</ul>")
            self.site.page(f"/public/column/77?type=4&action=list&year={year}", listed)


class OpennessPortal(Simulator):
    """Pages ``page_1.html`` … without a pager; the last one exists and is empty."""

    def __init__(self) -> None:
        super().__init__("openness", "/OpennessContent/showList/1442/45712/page_1.html")
        rows = []
        for number, agency, year in numbered(25):
            path = f"/OpennessContent/show/{3017793 + number}.html"
            self.add_report(path, agency, year)
            rows.append(row(path, title(agency, year)))
        for page in range(4):
            body = f"<ul>{''.join(rows[page * 10 : page * 10 + 10])}</ul>"
            self.site.page(f"/OpennessContent/showList/1442/45712/page_{page + 1}.html", html(body))


class ChannelPortal(Simulator):
    """A flat channel with files under /resources; one report filed twice in two channels."""

    def __init__(self) -> None:
        super().__init__("channel_doc", "/channel_j_lqsrmzfmhwz_14b/")
        rows = []
        for number, agency, year in numbered(12):
            path = f"/channel_j_lqsrmzfmhwz_14b/doc_{hexadecimal(str(number), 24)}.html"
            files = ""
            if number == 0:
                files = f"<p><a href='/resources/public/20260129/697aca50.pdf'>{title(agency, year)}.pdf</a></p>"
                self.site.file("/resources/public/20260129/697aca50.pdf", b"%PDF-1.4 simulated", "application/pdf")
                self.reports.add("/resources/public/20260129/697aca50.pdf")
            self.add_report(path, agency, year, files)
            rows.append(row(path, title(agency, year)))
        self.site.page(self.start, html(f"<ul>{''.join(rows)}{row('/about.html', DECOY)}</ul>"))
        self.decoys.add("/about.html")
