"""Ways in which a list, its pages, its articles and their files are drawn once the column is reached, each alone.

Every function fills a portal: the column at `START`, the articles of `Place`, and whatever lies between. What only a
browser can follow stands in `DRAWN`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from harvester.sample.server import Answer, Asked
from tests.portals.simulator import SIMULATED, Simulator, html, report

START = "/xxgk/nb/"
HOME = "/"
AGENCIES = [f"青禾县{name}局" for name in "教育 科技 民政 财政 水利 商务 农业 统计 审计 林业 卫健 城管".split()]
JQUERY = "<script src='/js/jquery.min.js'></script>"
PER_PAGE = 5

Row = tuple[str, str, str]


def title(agency: str, year: int) -> str:
    return f"{agency}{year}年政府信息公开工作年度报告"


@dataclass
class Reached(Simulator):
    """A portal with one annual column; `rows`: (title, address, date) of its articles, as they are listed."""

    rows: list[Row] = field(default_factory=list)

    def __init__(self, mechanism: Callable[[Reached], None]) -> None:
        super().__init__("generic", START, layout=None)
        self.rows = []
        menu = f"<div class='nav'><a href='/xw/'>新闻</a><a href='{START}'>政府信息公开年报</a></div>"
        self.site.page(HOME, html(menu, "青禾县人民政府"))
        self.site.page("/xw/", html("<ul><li><a href='/xw/1.html'>要闻</a></li></ul>"))
        mechanism(self)

    def article(self, number: int, agency: str, year: int, body: str | None = None) -> Row:
        """One more article; its `body` instead of a report in HTML."""
        path = f"/xxgk/content/{20000 + number}.html"
        self.site.page(path, html(report(agency, year) if body is None else body, title(agency, year)))
        self.reports.add(path)
        self.rows.append((title(agency, year), path, f"{year + 1}-01-{number % 27 + 1:02d}"))
        return self.rows[-1]

    def articles(self, count: int = 12) -> list[Row]:
        return [self.article(n, AGENCIES[n % len(AGENCIES)], 2023 - n // len(AGENCIES)) for n in range(count)]

    def column(self, body: str, script: str = "") -> None:
        self.site.page(
            START, html(f"<h2>政府信息公开年报</h2>{body}{JQUERY}<script>{script}</script>", "政府信息公开年报")
        )

    def answers(
        self, path: str, answer: Callable[[dict[str, str], Asked], str], kind: str = "application/json"
    ) -> None:
        """What an interface says to its parameters, of query and form alike."""

        def told(asked: Asked) -> Answer:
            given = {**parse_qs(urlsplit(asked.path).query), **parse_qs(asked.body.decode("utf-8", "replace"))}
            return Answer(answer({name: one[-1] for name, one in given.items()}, asked).encode(), content_type=kind)

        self.site.dynamic[path] = told


def anchors(rows: list[Row]) -> str:
    return "".join(f"<li><a href='{path}'>{name}</a><span>{day}</span></li>" for name, path, day in rows)


def cut(rows: list[Row], given: dict[str, str], name: str, first: int = 1) -> list[Row]:
    """The rows of the page that is asked for."""
    at = (int(given.get(name) or first) - first) * PER_PAGE
    return rows[at : at + PER_PAGE]


def tabs_of_fragments(portal: Reached) -> None:
    """Tabs that load pieces; the pager of a piece counts on by a variable that the tab has set."""
    portal.articles(8)
    parts = {"zf": portal.rows[:1], "bm": portal.rows[1:]}

    def piece(given: dict[str, str], _: Asked) -> str:
        rows, here = parts[given["tab"]], int(given["pageIndex"])
        pages = range(1, -(-len(rows) // PER_PAGE) + 1)
        marks = "".join(f"<div class='pn{' on' if n == here else ''}' data-page='{n}'>{n}</div>" for n in pages)
        return f"<ul>{anchors(cut(rows, given, 'pageIndex'))}</ul><div class='pager'>{marks}</div>"

    portal.answers("/ajax/list", piece, "text/html; charset=utf-8")
    portal.column(
        "<span onclick=\"tab('zf')\">县政府</span><span onclick=\"tab('bm')\">县直部门</span><div id='box'></div>",
        "var cur = 'zf'; function tab(t) { cur = t; $('#box').load('/ajax/list?tab=' + t + '&pageIndex=1') }"
        "$('#box').on('click', '.pn', function () {"
        " $('#box').load('/ajax/list?tab=' + cur + '&pageIndex=' + $(this).attr('data-page')) }); tab('zf')",
    )


def _as_json(rows: list[Row], total: int) -> str:
    told = [{"id": path.split("/")[-1].split(".")[0], "title": name, "day": day} for name, path, day in rows]
    return json.dumps({"content": told, "totalElements": total, "sim": SIMULATED}, ensure_ascii=False)


def rows_without_address(portal: Reached) -> None:
    """JSON rows with an id alone, opened by a click that is bound to the document; two of them are no reports."""
    rows = portal.articles(9)
    for number in (900, 901):
        path = f"/xxgk/content/{20000 + number}.html"
        portal.site.page(path, html("<p>公开指南</p>"))
        rows.insert(3, ("政府信息公开指南编制规范", path, "2020-01-01"))
    portal.answers("/api/list", lambda given, _: _as_json(cut(rows, given, "page", 0), len(rows)))
    portal.column(
        "<table><tbody id='tb'></tbody></table><ul class='pager'></ul><iframe id='layer'></iframe>",
        "var page = 0; function load() { $.getJSON('/api/list', {page: page, size: 5}, function (d) { var h = '';"
        "$.each(d.content, function (i, x) {"
        " h += \"<tr class='row' data-id='\" + x.id + \"'><td>\" + x.title + '</td><td>' + x.day + '</td></tr>' });"
        "$('#tb').html(h) }) }"
        "$(document).on('click', 'tr.row', function () {"
        " $('#layer').attr('src', '/xxgk/content/' + $(this).attr('data-id') + '.html') }); load()",
    )


READS_QUERY = (
    "function q(n) { var r = new RegExp('(^|&)' + n + '=([^&]*)(&|$)', 'i');"
    " var m = window.location.search.substr(1).match(r); if (m != null) return unescape(m[2]); return null }"
)


def framed_list_of_its_own(portal: Reached) -> None:
    """The address of the list's frame stands in the query; the frame asks for its rows itself."""
    rows = portal.articles(7)
    portal.start = f"{START}sub.html?list=/xxgk/list.html"
    portal.site.page(HOME, html(f"<a href='{portal.start}'>政府信息公开年报</a>", "青禾县人民政府"))
    portal.site.page(
        f"{START}sub.html",
        html(f"<iframe id='fr'></iframe><script>{READS_QUERY} document.getElementById('fr').src = q('list')</script>"),
    )
    portal.answers(
        "/api/rows",
        lambda given, _: json.dumps(
            {"rows": [{"t": t, "u": u} for t, u, _ in cut(rows, given, "p")], "total": len(rows)}, ensure_ascii=False
        ),
    )
    portal.site.page(
        "/xxgk/list.html",
        html(
            f"<ul id='l'></ul>{JQUERY}<script>$.post('/api/rows', {{p: 1}}, function (d) {{ var h = '';"
            "$.each(d.rows, function (i, x) { h += '<li><a href=\"' + x.u + '\">' + x.t + '</a></li>' });"
            "$('#l').html(h) })</script>"
        ),
    )


def agencies_with_lists_of_years(portal: Reached) -> None:
    """Agencies, each with a paged list whose items are called by their years alone."""
    found = []
    for place, agency in enumerate(AGENCIES[:3]):
        rows = []
        for number in range(7):
            year = 2023 - number
            _, path, day = portal.article(place * 10 + number, agency, year)
            rows.append(f"<tr><td><a href='{path}'>{year}年</a></td><td>{day}</td></tr>")
        first, second = f"/xxgk/bm/{place}.html", f"/xxgk/bm/{place}_1.html"
        pager = f"第1页 共2页 <a href='{second}'>下一页</a>"
        portal.site.page(first, html(f"<table>{''.join(rows[:4])}</table>{pager}", f"{agency}年报"))
        portal.site.page(second, html(f"<table>{''.join(rows[4:])}</table>第2页 共2页", f"{agency}年报"))
        found.append(f"<td><a href='{first}'>{agency}</a></td>")
    portal.column(f"<table><tr>{''.join(found)}</tr></table>")


def _with_files(portal: Reached, body: Callable[[str, str], str], path: Callable[[int], str]) -> None:
    """Articles that carry their report in a file."""
    for number, agency in enumerate(AGENCIES[:4]):
        file = path(number)
        portal.site.page(file, report(agency, 2022), content_type="application/pdf")
        portal.article(number, agency, 2022, body(file, f"{title(agency, 2022)}.pdf"))
        portal.reports.add(file)
    portal.column(f"<ul>{anchors(portal.rows)}</ul>")


def files_written_by_a_loop(portal: Reached) -> None:
    """A list of files in the page's script, written out one by one, under addresses without an ending."""
    _with_files(
        portal,
        lambda file, name: (
            f"<p>详见附件</p><div id='fj'></div><script>var files = [{{name: '{name}', fid: '{file[6:]}'}}];"
            "for (var i = 0; i < files.length; i++) document.getElementById('fj').innerHTML +="
            " \"<a href='/file/\" + files[i].fid + \"'>\" + files[i].name + '</a>'</script>"
        ),
        lambda number: f"/file/5a0c{number}e",
    )


def files_by_a_download_address(portal: Reached) -> None:
    """A link named as a download, in a box that nobody knows, to an address that ends in nothing."""
    _with_files(
        portal,
        lambda file, name: f"<div class='zw'><a href='{file}'>点击下载：{name[:-4]}</a></div>",
        lambda number: f"/common/download/{number}x",
    )


def files_in_frames_of_items_called_vaguely(portal: Reached) -> None:
    """The list does not say what its items are; the report stands in a frame."""
    _with_files(
        portal, lambda file, _: f"<iframe src='{file}' width='100%'></iframe>", lambda number: f"/files/{number}.pdf"
    )
    rows = [(f"{agency}2022…", path, day) for agency, (_, path, day) in zip(AGENCIES, portal.rows, strict=False)]
    portal.column(f"<ul>{anchors(rows)}</ul>")


PLAIN: dict[str, Callable[[Reached], None]] = {
    one.__name__: one
    for one in (
        tabs_of_fragments,
        rows_without_address,
        framed_list_of_its_own,
        agencies_with_lists_of_years,
        files_written_by_a_loop,
        files_by_a_download_address,
        files_in_frames_of_items_called_vaguely,
    )
}
