"""Portals of no known make: numbered pages, framesets, GBK without a word, agencies one folder each."""

from __future__ import annotations

from collections.abc import Callable

from harvester.sample.server import Answer
from tests.portals.simulator import Simulator, html

NAMES = "教育 科技 民政 财政 水利 商务 农业 统计 审计 体育 林业 交通"
AGENCIES = [f"青山县{name}局" for name in NAMES.split()]


class PlainPortal(Simulator):
    """A flat list of `count` reports, ten a page; `address` gives the path of page k (from 1)."""

    def __init__(
        self,
        count: int = 24,
        address: Callable[[int], str] = lambda k: f"/xxgk/nb/index_{k}.html",
        charset: str = "utf-8",
    ) -> None:
        super().__init__("generic", "/xxgk/nb/")
        self.address = address
        self.charset = charset
        self.titles: dict[str, str] = {}
        for number in range(count):
            self.put(f"/xxgk/nb/content/{20220 + number}.html", AGENCIES[number % 12], 2022 - number // 12)
        self.lists()

    def put(self, path: str, agency: str, year: int) -> None:
        """One more report."""
        self.add_report(path, agency, year)
        self.titles[path] = f"{agency}{year}年政府信息公开工作年度报告"

    def lists(self) -> None:
        """The pages of the list, as they must look now."""
        paths = list(self.titles)
        pages = [paths[at : at + 10] for at in range(0, len(paths), 10)]
        for number, page in enumerate(pages, 1):
            rows = "".join(
                f'<li><a href="{path}">{self.titles[path]}</a> <span>2023-01-20</span></li>' for path in page
            )
            more = f'<a href="{self.address(number + 1)}">下一页</a>' if number < len(pages) else "<span>下一页</span>"
            path = self.start if number == 1 else self.address(number)
            self.site.page(path, html(f"<ul>{rows}</ul><p>共{len(paths)}条 {more}</p>"), charset=self.charset)


class FramePortal(PlainPortal):
    """The list stands in a frame; other frames count visitors and look for logins."""

    def __init__(self) -> None:
        super().__init__(8)
        self.site.pages["/xxgk/list.asp"] = self.site.pages.pop(self.start)
        self.site.page(
            self.start,
            '<html><frameset rows="80,*"><frame src="/top.asp"><frame src="/xxgk/list.asp">'
            '<frame src="/visitcount.asp"></frameset></html>',
        )
        self.decoys |= {"/visitcount.asp", "/top.asp"}


class AgencyPortal(Simulator):
    """A page of agencies; each has a menu, and an annual column behind it."""

    def __init__(self) -> None:
        super().__init__("generic", "/bm/", role="agency_root", layout="agency")
        menu = "".join(f'<li><a href="/bm/d{number}/">{agency}</a></li>' for number, agency in enumerate(AGENCIES[:6]))
        self.site.page(self.start, html(f"<h2>政府部门</h2><ul>{menu}</ul>"))
        for number, agency in enumerate(AGENCIES[:6]):
            root = f"/bm/d{number}"
            links = f'<a href="{root}/zn/">公开指南</a> <a href="{root}/zfxxgknb/">政府信息公开年报</a>'
            self.site.page(f"{root}/", html(f"<ul>{menu}</ul><div>{links}</div><p>{agency}机构职能</p>"))
            rows = ""
            for year in (2022, 2021):
                path = f"{root}/zfxxgknb/{year}{number:04d}.html"
                self.add_report(path, agency, year)
                rows += f'<li><a href="{path}">{year}年政府信息公开年度报告</a></li>'
            self.site.page(f"{root}/zfxxgknb/", html(f"<ul>{menu}</ul><ul class='list'>{rows}</ul>"))
            self.decoys.add(f"{root}/zn/")


def looping() -> PlainPortal:
    """Every page names a further one; past the end the server sends the last page again and again."""
    portal = PlainPortal(14, lambda k: f"/xxgk/nb/?page={k}")
    last = portal.site.pages["/xxgk/nb/?page=2"]
    endless = last.body.replace("<span>下一页</span>".encode(), '<a href="/xxgk/nb/?page=3">下一页</a>'.encode())
    portal.site.pages["/xxgk/nb/?page=2"] = Answer(endless)
    portal.site.pages["/xxgk/nb/?page=3"] = Answer(endless.replace(b"page=3", b"page=4"))
    portal.site.pages["/xxgk/nb/?page=4"] = Answer(endless.replace(b"page=3", b"page=5"))
    return portal
