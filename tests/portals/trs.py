"""A TRS WCM portal: a script pager whose count lies, relative links, an attachment, lookalikes, dead links."""

from __future__ import annotations

from harvester.sample.server import Answer
from tests.portals.simulator import Simulator, html

NAMES = "教育 科技 民政 财政 水利 农业 商务 文旅 卫健 应急 审计 统计"
AGENCIES = [f"云溪县{name}局" for name in NAMES.split()]
PER_PAGE = 10
PDF = b"%PDF-1.4\n% simulated\n%%EOF\n"


class TrsPortal(Simulator):
    """24 reports on three pages; the script says two."""

    def __init__(self) -> None:
        super().__init__("trs", "/zwgk/zfxxgknb/")
        self.items = [(agency, year) for year in (2021, 2020) for agency in AGENCIES]
        self.said_pages: int | None = 2
        self.lookalikes = (
            "云溪县2021年政府网站工作年度报表",
            "关于做好2021年政府信息公开工作年度报告编制发布工作的通知",
        )
        self.build()

    def build(self) -> None:
        """Put up every page anew."""
        for number, (agency, year) in enumerate(self.items):
            path = self.article(number, year)
            self.add_report(f"{self.start}{path}", agency, year, self.attachment(number))
        self.site.file(f"{self.start}202201/P020220120514670474006.pdf", PDF, "application/pdf")
        self.reports.add(f"{self.start}202201/P020220120514670474006.pdf")
        self.lists()

    def article(self, number: int, year: int) -> str:
        """Relative address of item `number`."""
        return f"{year + 1}01/t{year + 1}0120_{700000 + number}.html"

    def attachment(self, number: int) -> str:
        """One article carries a file."""
        if number != 5:
            return ""
        return '<p class="insertfileTag"><a href="./P020220120514670474006.pdf" download="年报.pdf">附件.pdf</a></p>'

    def lists(self) -> None:
        """The pages of the list."""
        rows = [
            (f"./{self.article(number, year)}", f"{agency}{year}年政府信息公开工作年度报告", f"{year + 1}-01-20")
            for number, (agency, year) in enumerate(self.items)
        ]
        for offset, title in enumerate(self.lookalikes):
            rows.insert(3, (f"./202201/t20220105_80000{offset}.html", title, "2022-01-05"))
            self.decoys.add(f"{self.start}202201/t20220105_80000{offset}.html")
        pages = [rows[at : at + PER_PAGE] for at in range(0, len(rows), PER_PAGE)]
        for index, page in enumerate(pages):
            name = "" if index == 0 else f"index_{index}.html"
            self.site.page(f"{self.start}{name}", self.list_page(page, self.said_pages or len(pages), index))
        self.site.pages[f"{self.start}index.html"] = self.site.pages[self.start]

    def list_page(self, rows: list[tuple[str, str, str]], pages: int, index: int) -> str:
        """One page of the list, with the menus that stand on every page."""
        items = "".join(
            f'<li><a href="{url}" title="{title}">{title[:18]}…</a><span>{date}</span></li>'
            for url, title, date in rows
        )
        menu = (
            '<ul><li><a href="../zfxxgkzn/">政府信息公开指南</a></li>'
            '<li><a href="./index.html">政府信息公开年报</a></li></ul>'
        )
        news = (
            '<ul><li><a href="../../xw/202203/t20220301_900001.html">县长调研春耕</a><span>2022-03-01</span></li></ul>'
        )
        return html(
            f'{menu}<ul class="list">{items}</ul>{news}'
            f'<script>createPageHTML({pages}, {index}, "index", "html");</script>'
        )


def with_traps() -> TrsPortal:
    """The portal with a dead link, a soft 404, a link home and an impostor."""
    portal = TrsPortal()
    portal.said_pages = None
    site, start = portal.site, portal.start
    extra = [("云溪县林业", 2021), ("云溪县粮食", 2021), ("云溪县信访", 2021)]
    portal.items = [*[(f"{name}局", year) for name, year in extra], *portal.items]
    portal.reports.clear()
    portal.build()
    dead, soft, home = (f"{start}{portal.article(number, 2021)}" for number in range(3))
    site.pages[dead] = Answer(b"gone", 404)
    site.page(soft, html("<p>您访问的页面不存在</p>", "错误页面"))
    site.pages[home] = Answer(status=302, headers=(("Location", "/"),))
    site.page(
        "/", html("<a href='/zwgk/'>政务公开</a>" * 3 + "<p>云溪县人民政府门户网站欢迎您</p>" * 20, "云溪县人民政府")
    )
    portal.reports -= {dead, soft, home}
    return portal
