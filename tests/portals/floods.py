"""Portals that never end: each grows without bound in another way."""

from __future__ import annotations

from itertools import count

from harvester.sample.server import Answer, Asked
from tests.portals.generic import AGENCIES, PlainPortal
from tests.portals.simulator import Simulator, html, report

YEARS = range(2004, 2024)


def answer(body: str) -> Answer:
    return Answer(html(body).encode())


class Invented(PlainPortal):
    """A list whose every page invents new reports, and names a further page."""

    def __init__(self) -> None:
        super().__init__(3)
        self.site.dynamic[self.start] = self.page
        self.site.pages.pop(self.start)

    def page(self, asked: Asked) -> Answer:
        number = int(asked.path.partition("page=")[2] or 1)
        rows = "".join(
            f"<li><a href='/xxgk/nb/content/{number}-{row}.html'>青山县财政局{2000 + row}年信息公开年报</a></li>"
            for row in range(4)
        )
        return answer(f"<ul>{rows}</ul><a href='{self.start}?page={number + 1}'>下一页</a>")


class Calendar(PlainPortal):
    """A column of annual reports beside which a calendar offers the next month, for ever, with a query that grows."""

    def __init__(self) -> None:
        super().__init__(3)
        start = self.site.pages[self.start]
        self.site.pages[self.start] = Answer(start.body.replace(b"</body>", self.month(1).encode() + b"</body>"))
        self.site.dynamic["/xxgk/rl/"] = self.turn

    @staticmethod
    def month(number: int) -> str:
        query = "&".join(f"m{one}=1" for one in range(number))
        return f"<div class='calendar'><a href='/xxgk/rl/?{query}'>2023年{number}月政府信息公开年报</a></div>"

    def turn(self, asked: Asked) -> Answer:
        return answer(self.month(asked.path.count("=") + 1))


class Agencies(Simulator):
    """A list that names agencies, each with a column of its own."""

    def __init__(self, agencies: int) -> None:
        super().__init__("generic", "/bm/", role="agency_root", layout="agency")
        names = AGENCIES[:agencies]
        rows = "".join(f"<li><a href='/bm/d{number}/'>{name}</a></li>" for number, name in enumerate(names))
        self.site.page(self.start, html(f"<h2>政府部门</h2><ul>{rows}</ul>"))
        for number, name in enumerate(names):
            title = "年政府信息公开工作年度报告"
            rows = "".join(
                f"<li><a href='/bm/d{number}/{year}.html'>{name}{year}{title}</a></li>" for year in YEARS[-2:]
            )
            self.site.page(f"/bm/d{number}/", html(f"<h1>{name} 政府信息公开年报</h1><ul>{rows}</ul>"))
            for year in YEARS[-2:]:
                self.add_report(f"/bm/d{number}/{year}.html", name, year)


class Fluctuating(PlainPortal):
    """Every page says how often it was seen, and when, outside the report."""

    def __init__(self, reports: int = 2) -> None:
        super().__init__(reports)
        self.times = count(1)
        for path in list(self.reports):
            body = self.site.pages.pop(path).body
            self.site.dynamic[path] = lambda asked, body=body: Answer(
                body.replace(b"</body>", self.counter() + b"</body>")
            )

    def counter(self) -> bytes:
        number = next(self.times)
        return f"<div class='footer'>浏览次数：{number} token={number * 7919:x}</div>".encode()


class Duplicates(PlainPortal):
    """One report at fifty addresses, each with a frame of its own."""

    def __init__(self, copies: int = 50) -> None:
        super().__init__(0)
        for number in range(copies):
            path = f"/xxgk/nb/content/{number}.html"
            self.put(path, "青山县财政局", 2022)
            body = html(report("青山县财政局", 2022) + f"<div class='footer'>编号 {number}</div>")
            self.site.pages[path] = Answer(body.encode())
        self.lists()


class Maze(PlainPortal):
    """Every article leads on by redirects and pages that only lead on, for ever."""

    def __init__(self) -> None:
        super().__init__(6)
        for path in sorted(self.reports)[:3]:
            self.site.pages.pop(path)
            self.site.dynamic[path] = self.on
        self.site.dynamic["/on"] = self.on

    def on(self, asked: Asked) -> Answer:
        number = int(asked.path.partition("?n=")[2] or 0) + 1
        if number % 5:
            return Answer(b"", 302, (("Location", f"/on?n={number}"),))
        return Answer(f"<html><head><meta http-equiv='refresh' content='0;url=/on?n={number}'></head></html>".encode())


class LongNames(PlainPortal):
    """Addresses, titles and file names without end."""

    def __init__(self) -> None:
        super().__init__(3)
        title = "青山县财政局2021年政府信息公开工作年度报告"
        rows = (
            f"<li><a href='/xxgk/nb/content/{'x' * 200_000}.html'>{title}</a></li>"
            f"<li><a href='/xxgk/nb/content/long.html' title='{title}{'长' * 200_000}'>{title}</a></li>"
        )
        start = self.site.pages[self.start]
        self.site.pages[self.start] = Answer(
            start.body.replace(b"<ul>", b"<ul>" + rows.encode()).replace("共3条".encode(), b"")
        )
        name = ("Content-Disposition", "attachment; filename=" + "n" * 50_000 + ".html")
        body = html(report("青山县财政局", 2021), "长" * 200_000)
        self.site.pages["/xxgk/nb/content/long.html"] = Answer(body.encode(), headers=(name,))
