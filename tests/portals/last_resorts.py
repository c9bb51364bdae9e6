"""Portals whose menus lead nowhere: sitemap.xml names the column, or only the portal's own search finds the reports."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from harvester.sample.server import Answer, Asked
from tests.portals.menu_mechanisms import AGENCIES, NEWS, anchors
from tests.portals.simulator import Simulator, html

TITLE = "政府信息公开工作年度报告"

DRAWN = {
    "map": "<img src='/nav.jpg' usemap='#m'><map name='m'><area href='/lz/' alt='走进青石'><area href='/ws/'></map>",
    "pictures of a gateway": "<a href='/zwgk/'>政务公开</a>",
    "pictures": "<a href='/lz/'><img src='/1.png'></a><a href='/ws/'><img src='/2.png'></a><a href='/'><img></a>",
}
"""Menus that only a picture names."""


class Hidden(Simulator):
    """News on the home page, eight reports behind no menu. `way`: sitemap (index), search, map, pictures."""

    def __init__(self, way: str, *, disallowed: str = "") -> None:
        super().__init__("generic", "/", role="home", layout=None)
        self.charset = "gbk" if way == "search in gbk" else "utf-8"
        self.rows = []
        for number, agency in enumerate(AGENCIES):
            path = f"/ws/{20230100 + number}.html"
            self.add_report(path, agency, 2022)
            self.rows.append((f"{agency}2022年{TITLE}", path))
        self.decoys = {"/xw/1.html"}
        if disallowed:
            self.site.page("/robots.txt", f"User-agent: *\nDisallow: {disallowed}\n", content_type="text/plain")
        form = ""
        if way in DRAWN:
            form = DRAWN[way]
            self.site.page("/ws/", html("<ul><li><a href='/ws/xxgknb/'>政府信息公开年报</a></li></ul>", "政府信息公开"))
            self.site.page("/ws/xxgknb/", html(anchors(self.rows), "信息公开年报"))
            self.site.page("/zwgk/", html(DRAWN["pictures"], "政务公开"))
            self.site.page("/lz/", html("<p>栏目建设中</p>", "领导之窗"))
        elif way.startswith("sitemap"):
            self.sitemap(index="index" in way)
        else:
            method = "post" if "post" in way else "get"
            form = (
                f"<form action='/search/s.jsp' method='{method}'><input type='hidden' name='site' value='7'>"
                "<input name='q' placeholder='请输入关键字'><input type='submit' value='搜索'></form>"
            )
            self.site.dynamic["/search/s.jsp"] = self.found
        body = html(form + NEWS, "青石县人民政府").replace("utf-8", self.charset)
        self.site.pages["/"] = Answer(body.encode(self.charset), content_type="text/html")

    def sitemap(self, *, index: bool) -> None:
        """Two sections of which one is ours, and what is not."""
        self.site.page("/ws/xxgknb/", html(anchors(self.rows), "信息公开年报"))
        self.site.page("/ws/czyjs/", html("预算"))
        named = ["/xw/", "/ws/czyjs/", "/ws/xxgknb/", *(path for _, path in self.rows)]
        self.decoys |= {"/ws/czyjs/", "/xw/"}
        urls = "".join(f"<url><loc>PORTAL{path}</loc></url>" for path in named)
        pages = f"<?xml version='1.0'?><urlset>{urls}</urlset>"
        if index:
            self.site.page("/sitemap_1.xml", pages, content_type="text/xml")
            pages = (
                "<?xml version='1.0'?><sitemapindex><sitemap><loc>PORTAL/sitemap_1.xml</loc></sitemap></sitemapindex>"
            )
        self.site.page("/sitemap.xml", pages, content_type="text/xml")

    def named_after(self, url: str) -> None:
        """Sitemaps hold whole addresses."""
        for path in ("/sitemap.xml", "/sitemap_1.xml"):
            if path in self.site.pages:
                answer = self.site.pages[path]
                self.site.pages[path] = Answer(
                    answer.body.replace(b"PORTAL", url.encode()), content_type=answer.content_type
                )

    def found(self, asked: Asked) -> Answer:
        """Five a page, for the right words in the right charset."""
        query = asked.body.decode("latin-1") if asked.method == "POST" else urlsplit(asked.path).query
        told = parse_qs(query, encoding=self.charset, errors="replace")
        if TITLE not in told.get("q", [""])[0]:
            return Answer(html("没有找到相关内容").replace("utf-8", self.charset).encode(self.charset))
        page = int(told.get("p", ["1"])[0])
        rows = [*self.rows, (f"关于做好2022年{TITLE}编制工作的通知", "/xw/1.html")][(page - 1) * 5 : page * 5]
        query = f"site=7&q={asked.path.partition('q=')[2].partition('&')[0]}&p={page + 1}"
        further = f"<a href='/search/s.jsp?{query}'>下一页</a>" if page == 1 and asked.method == "GET" else ""
        body = html(f"<div class='result'>{anchors(rows)}</div><div class='page'>{further}</div>", "站内搜索")
        return Answer(body.replace("utf-8", self.charset).encode(self.charset), content_type="text/html")
