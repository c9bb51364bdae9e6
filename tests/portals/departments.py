"""The same systems where agencies come first: departments, years and dynamic lists, each as its system shows them."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

from harvester.sample.server import Answer, Asked
from tests.portals.other_platforms import DECOY, hexadecimal, row, title
from tests.portals.simulator import Simulator, html, report

BUREAUS = ["红松县科技局", "红松县财政局", "红松县水利局", "红松县民政局"]


class LonsunDepartments(Simulator):
    """``action=rel`` names the departments; ``ul#timeFrame`` leads straight to a report for each year."""

    def __init__(self) -> None:
        super().__init__("lonsun", "/public/column/7001?type=4&action=rel", role="agency_root", layout="agency")
        items = ""
        for number, bureau in enumerate(BUREAUS):
            organ = 6598771 + number
            column = f"/public/column/{organ}"
            items += f'<li><a title="{bureau}" href="{column}?type=4&amp;action=list">{bureau[:4]}…</a></li>'
            years = ""
            for year in (2023, 2022):
                path = f"/public/{organ}/{year}{number:04d}.html"
                self.add_report(path, bureau, year)
                years += f'<li><a href="{path}">{year}</a></li>'
            others = (
                f"<a href='{column}?type=1&action=list'>公开指南</a><a href='{column}?type=2&action=list'>公开制度</a>"
            )
            self.decoys |= {f"{column}?type=1&action=list", f"{column}?type=2&action=list"}
            body = f"<div class='menu'>{others}</div><ul id='timeFrame'>{years}</ul><div class='j-fontContent'></div>"
            self.site.page(f"{column}?type=4&action=list", html(body))
        self.site.page(self.start, html(f"<h1>政府信息公开年报</h1><ul class='clearfix'>{items}</ul>"))


class LonsunPosted(Simulator):
    """The list comes by POST only, its call written as an object in a script."""

    def __init__(self) -> None:
        super().__init__("lonsun", "/public/column/88?type=4&action=list")
        self.rows = []
        for number in range(20):
            bureau, year = BUREAUS[number % 4], 2023 - number // 4
            path = f"/public/88/{7000 + number}.html"
            self.add_report(path, bureau, year)
            self.rows.append(row(path, title(bureau, year)))
        call = "{labelName: 'publicInfoList', siteId: 6788021, pageSize: 15, pageIndex: 1, action: 'list', organId: 88}"
        script = f"<script>$('#list').load('/site/label/8888', {call});</script>"
        self.site.page(self.start, html(f"<div id='list'></div>{script}"))
        self.site.dynamic["/site/label/8888"] = self.label

    def label(self, asked: Asked) -> Answer:
        form = parse_qs(asked.body.decode())
        if asked.method != "POST" or form.get("labelName") != ["publicInfoList"]:
            return Answer(b"Method Not Allowed", 405)
        page = int(form["pageIndex"][0])
        pager = "<div id='page_public_info'><a paged='1'>1</a><a paged='2'>2</a></div>"
        return Answer(f"<ul>{''.join(self.rows[(page - 1) * 15 : page * 15])}</ul>{pager}".encode())


class GkmlptDepartments(Simulator):
    """Departments are path prefixes; one has years below its annual node, one no annual node at all."""

    def __init__(self) -> None:
        super().__init__("gkmlpt", "/gkmlpt/index", role="agency_root", layout="agency")
        links = "".join(f"<li><a href='/d{n}/gkmlpt/index'>{bureau}</a></li>" for n, bureau in enumerate(BUREAUS))
        self.index(
            "", [{"id": 1, "name": "政策文件", "children": [], "post_count": 3, "jump_url": ""}], f"<ul>{links}</ul>"
        )
        self.site.dynamic["/gkmlpt/api/all/0"] = lambda asked: self.answer([])
        for number, bureau in enumerate(BUREAUS):
            self.department(number, bureau)

    def department(self, number: int, bureau: str) -> None:
        prefix, articles = f"/d{number}", []
        for year in (2023, 2022, 2021):
            path = f"{prefix}/gkmlpt/content/9/{year}{number}/post_{year}{number}.html"
            file = f"/attachment/0/{year}{number}.pdf"
            detail = {"content": f"{report(bureau, year)}<p><a href='{file}'>{title(bureau, year)}.pdf</a></p>"}
            body = json.dumps(detail, ensure_ascii=False).replace("<", "\\u003C")
            self.site.page(path, html(f"<script>window._CONFIG = {{ DETAIL: {body} }};</script>"))
            self.site.file(file, f"%PDF-1.4 {file}".encode(), "application/pdf")
            self.reports |= {path, file}
            articles.append({"title": title(bureau, year), "url": path, "date": f"{year + 1}-01-20 00:00:00"})
        other = {"title": DECOY, "url": f"{prefix}/gkmlpt/content/9/1/post_1.html"}
        self.decoys.add(str(other["url"]))
        years = [
            {"id": year, "name": f"{year}年", "children": [], "post_count": 1, "jump_url": ""}
            for year in (2023, 2022, 2021)
        ]
        annual = {
            "id": 8,
            "name": "政府信息公开年报",
            "children": years if number == 0 else [],
            "post_count": 0,
            "jump_url": "",
        }
        tree = [
            {"id": 1, "name": "政策文件", "children": [], "post_count": 3, "jump_url": ""},
            *([] if number == 3 else [annual]),
        ]
        self.index(prefix, tree, "")
        self.site.dynamic[f"{prefix}/gkmlpt/api/all/8"] = lambda asked: self.answer([] if number == 0 else articles)
        self.site.dynamic[f"{prefix}/gkmlpt/api/all/0"] = lambda asked: self.answer([other, *articles])
        for position, year in enumerate((2023, 2022, 2021)):
            one = articles[position]
            self.site.dynamic[f"{prefix}/gkmlpt/api/all/{year}"] = lambda asked, one=one: self.answer([one])

    def index(self, prefix: str, tree: list[dict[str, object]], body: str) -> None:
        config = f"window._CONFIG = {{ SID: '755325', TREE: {json.dumps(tree, ensure_ascii=False)}, URL: '/gkmlpt' }};"
        self.site.page(f"{prefix}/gkmlpt/index", html(f"<script>{config}</script>{body}"))

    @staticmethod
    def answer(articles: list[dict[str, str]]) -> Answer:
        data = {"classify": {"post_count": len(articles)}, "total": len(articles), "articles": articles}
        return Answer(json.dumps(data, ensure_ascii=False).encode(), content_type="application/json")


class OpennessDepartments(Simulator):
    """The annual controller: a list of departments, each list with reports behind ``download`` addresses."""

    def __init__(self) -> None:
        super().__init__("openness", "/OpennessAnnualReport/index.html", role="agency_root", layout="agency")
        links = ""
        for number, bureau in enumerate(BUREAUS):
            links += f"<li><a href='/OpennessAnnualReport/showList/{number}/page_1.html'>{bureau}</a></li>"
            rows = ""
            for year in (2023, 2022):
                path = f"/OpennessAnnualReport/download/{year}{number}.html"
                self.add_report(path, bureau, year)
                rows += row(path, f"{year}年政府信息公开年度报告")
            self.site.page(
                f"/OpennessAnnualReport/showList/{number}/page_1.html", html(f"<ul>{links}</ul><ul>{rows}</ul>")
            )
        self.site.page(self.start, html(f"<ul>{links}</ul>"))


class ChannelSites(Simulator):
    """Agencies with sites of their own (``/gongkai/site_…/``), each with a channel of annual reports."""

    def __init__(self) -> None:
        super().__init__("channel_doc", "/gongkai/", role="agency_root", layout="agency")
        links = ""
        for number, bureau in enumerate(BUREAUS):
            root = f"/gongkai/site_hsx{number}"
            channel = f"{root}/channel_c_{hexadecimal(bureau, 24)}_n_1605684197.{2000 + number}"
            links += f"<li><a href='{root}/'>{bureau}</a></li>"
            guide = f"<a href='{root}/channel_{hexadecimal('zn', 24)}/'>政府信息公开指南</a>"
            menu = f"{guide}<a href='{channel}/'>政府信息公开年报</a>"
            self.decoys.add(f"{root}/channel_{hexadecimal('zn', 24)}/")
            self.site.page(f"{root}/", html(menu))
            rows = ""
            for year in (2023, 2022):
                path = f"{channel}/doc_{hexadecimal(f'{bureau}{year}', 24)}.html"
                self.add_report(path, bureau, year)
                rows += row(path, title(bureau, year))
            self.site.page(f"{channel}/", html(f"{menu}<ul>{rows}</ul>"))
        self.site.page(self.start, html(f"<ul>{links}</ul>"))


class VsbDynamic(Simulator):
    """``list.jsp?totalpage=…&PAGENUM=`` without a link 下页; one article is closed: 系统提示 with status 200."""

    def __init__(self) -> None:
        super().__init__("vsb", "/list.jsp?urltype=tree.TreeTempUrl&wbtreeid=1010")
        self.rows = []
        for number in range(25):
            bureau, year = BUREAUS[number % 4], 2023 - number // 4
            path = f"/content.jsp?urltype=news.NewsContentUrl&wbtreeid=1010&wbnewsid={number}"
            self.rows.append(row(path.replace("&", "&amp;"), title(bureau, year)))
            if number == 7:
                self.site.page(path, html("系统提示 抱歉，您无权访问此页面", "系统提示"))
            else:
                self.add_report(path, bureau, year)
        self.site.dynamic["/list.jsp"] = self.list

    def list(self, asked: Asked) -> Answer:
        page = int(parse_qs(urlsplit(asked.path).query).get("PAGENUM", ["1"])[0])
        numbers = "".join(
            f"<a href='list.jsp?totalpage=3&amp;PAGENUM={n}&amp;urltype=tree.TreeTempUrl&amp;wbtreeid=1010'>[{n}]</a>"
            for n in (1, 2, 3)
        )
        body = f"<ul>{''.join(self.rows[(page - 1) * 10 : page * 10])}</ul>{numbers}<div class='_vsb'></div>"
        return Answer(html(body).encode())


class JpaasUnits(Simulator):
    """Two units on one page: the list, and a box of the latest news."""

    def __init__(self) -> None:
        super().__init__("jpaas", "/col/col5/index.html")
        self.lists: dict[str, list[str]] = {"news": [], "list": []}
        for number in range(20):
            bureau, year = BUREAUS[number % 4], 2023 - number // 4
            path = f"/col/col5/art/{year + 1}/art_{hexadecimal(str(number))}.html"
            self.add_report(path, bureau, year)
            self.lists["list"].append(row(path, title(bureau, year)))
            news = f"/art/2024/art_{hexadecimal(f'news{number}')}.html"
            self.decoys.add(news)
            self.lists["news"].append(row(news, f"红松县召开第{number}次会议"))
        url = "/api-gateway/jpaas-publish-server/front/page/build/unit"
        units = "".join(
            f"<div queryData=\"{{'webId':'1','pageId':'{name}','parseType':'bulidstatic'}}\" url='{url}'></div>"
            for name in self.lists
        )
        self.site.page(self.start, html(units))
        self.site.dynamic[url] = self.unit

    def unit(self, asked: Asked) -> Answer:
        query = {name: values[0] for name, values in parse_qs(urlsplit(asked.path).query).items()}
        rows, page = self.lists[query["pageId"]], json.loads(query.get("paramJson", "{}")).get("pageNo", 1)
        fragment = (
            f"<ul>{''.join(rows[(page - 1) * 15 : page * 15])}</ul><div class='pagination' rows='15' count='20'></div>"
        )
        return Answer(
            json.dumps({"success": True, "data": {"html": fragment}}).encode(), content_type="application/json"
        )


class VsbNamesOnly(Simulator):
    """Year folders whose items are called by the agency alone; the registry's word is all that says 年报."""

    def __init__(self) -> None:
        super().__init__("vsb", "/xxgk/a1.htm", layout="year")
        folders = "".join(f"<li><a href='a1/y{year}.htm'>{year}年度</a></li>" for year in (2022, 2021))
        self.site.page(self.start, html(f"<div class='_vsb'><ul>{folders}</ul></div>"))
        for year in (2022, 2021):
            rows = ""
            for number, bureau in enumerate([*BUREAUS, "红松县城关镇", "红松县高新区管委会"]):
                self.add_report(f"/info/{year}/{year}{number}.htm", bureau, year)
                rows += row(f"../../info/{year}/{year}{number}.htm", bureau)
            self.site.page(f"/xxgk/a1/y{year}.htm", html(f"<ul>{rows}</ul>"))


class VsbYearsOnly(Simulator):
    """One folder a town below a folder of towns; items are called by the year alone."""

    def __init__(self) -> None:
        super().__init__("vsb", "/xxgk/a1.htm", layout="agency")
        self.site.page(self.start, html("<div class='_vsb'><ul><li><a href='a1/xz.htm'>乡镇街道</a></li></ul></div>"))
        towns = ["红松县东河镇", "红松县西河镇", "红松县南山乡"]
        links = "".join(f"<li><a href='t{number}.htm'>{town}</a></li>" for number, town in enumerate(towns))
        self.site.page("/xxgk/a1/xz.htm", html(f"<ul>{links}</ul>"))
        for number, town in enumerate(towns):
            rows = ""
            for year in (2023, 2022, 2021):
                self.add_report(f"/info/7{number}/{year}0.htm", f"{town}人民政府", year)
                rows += row(f"../../info/7{number}/{year}0.htm", f"{year}年")
            self.site.page(f"/xxgk/a1/t{number}.htm", html(f"<ul>{rows}</ul>"))


class TrsDoubled(Simulator):
    """Each item twice, the second time with a doubled slash in its address, which this server does not know."""

    def __init__(self) -> None:
        super().__init__("trs", "/zfxxgk/zfxxgknb/")
        rows = ""
        for number, bureau in enumerate(BUREAUS):
            path = f"202301/t20230112_{1000 + number}.html"
            self.add_report(f"{self.start}{path}", bureau, 2022)
            rows += row(f"./{path}", title(bureau, 2022)) + row(f"/zfxxgk//zfxxgknb/{path}", title(bureau, 2022))
        self.site.page(self.start, html(f"<ul>{rows}</ul><script>createPageHTML(1, 0, 'index', 'html')</script>"))


class ChoicePortal(Simulator):
    """Years stand in a selector; there is no link to them. Another selector leads to friends elsewhere."""

    def __init__(self) -> None:
        super().__init__("generic", "/xxgk/nb/", layout="year")
        years = "".join(f"<option value='/xxgk/nb/{year}/'>{year}年</option>" for year in (2023, 2022))
        friends = "<option value='http://www.example.org/'>友情链接</option><option value='1'>请选择</option>"
        choice = f"<select onchange='location.href=this.value'>{years}</select><select>{friends}</select>"
        self.site.page(self.start, html(choice))
        for year in (2023, 2022):
            rows = ""
            for number, bureau in enumerate(BUREAUS):
                self.add_report(f"/xxgk/nb/{year}/{year}000{number}.html", bureau, year)
                rows += row(f"/xxgk/nb/{year}/{year}000{number}.html", title(bureau, year))
            self.site.page(f"/xxgk/nb/{year}/", html(f"{choice}<ul>{rows}</ul>"))
