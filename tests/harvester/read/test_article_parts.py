"""An article cut into pages is one report: its pages stay documents of their own and are read as one."""

from __future__ import annotations

from pathlib import Path
from random import Random

from archive.store import Store
from harvester.maintain.verify_cells import CellCount, check_cells
from harvester.read.stage import parse
from tests.factory import html
from tests.factory.series import series, tell
from tests.portals.simulator import Simulator, harvest, serving
from tests.portals.simulator import html as page

TRUTH = series("青石县财政局", range(2023, 2024), 20, "parts")[2023]
HEAD, FOOT = f"<h1>{TRUTH.title}</h1><p>字号：大 中 小</p>", "<p>打印本页 关闭窗口</p>"


def cut(body: str, pieces: int) -> list[str]:
    """The article, cut between rows in its longest table."""
    tables = body.split("<table")
    longest = max(range(1, len(tables)), key=lambda at: len(tables[at]))
    before, table = "<table".join(tables[:longest]), "<table" + tables[longest]
    start = table[: table.index("<tr")]
    rows = [f"<tr{row}" for row in table.partition("</table>")[0].split("<tr")[1:]]
    last = "<table".join([table.partition("</table>")[2], *tables[longest + 1 :]])
    size = len(rows) // pieces + 1
    chunks = [f"{start}{''.join(rows[at : at + size])}</table>" for at in range(0, len(rows), size)]
    return [before + chunks[0], *chunks[1:-1], chunks[-1] + last]


class CutArticle(Simulator):
    """One report on three pages, each with the portal's head, foot and pager."""

    def __init__(self, *, lost: int = 0) -> None:
        super().__init__("generic", start="/list.html")
        body = html.fragment(tell(TRUTH), Random(1), "plain")
        pieces = cut(body, 3)
        self.site.page("/list.html", page(f"<ul><li><a href='/a/t1.html'>{TRUTH.title}</a> 2024-01-20</li></ul>"))
        for number, piece in enumerate(pieces, 1):
            pager = "".join(f"<a href='{self.path(other)}'>{other}</a> " for other in range(1, len(pieces) + 1))
            if number < len(pieces):
                pager += f"<a href='{self.path(number + 1)}'>下一页</a>"
            if number != lost:
                whole = f"{HEAD}<div id='zoom'>{piece}</div><div class='page'>{pager}</div>{FOOT}"
                self.site.page(self.path(number), page(whole, TRUTH.title))

    @staticmethod
    def path(number: int) -> str:
        return "/a/t1.html" if number == 1 else f"/a/t1_{number}.html"


def rows(store: Store, sql: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in store.connection.execute(sql)]


def test_its_tables_are_read_as_one_report(tmp_path: Path) -> None:
    portal = CutArticle()
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.paths() == {"/a/t1.html", "/a/t1_2.html", "/a/t1_3.html"}
    with Store.open(tmp_path / "data") as store:
        for everything in (False, True):
            parse(store, processes=1, everything=everything)
        read = dict(rows(store, "SELECT table_id || '/' || row_id || '/' || column_id, value FROM cells"))
        printed = {key: cell.value if cell.value is None else float(cell.value) for key, cell in TRUTH.cells.items()}
        assert {key: read.get(key) for key in TRUTH.cells} == printed
        assert rows(store, "SELECT count(*), min(readings_agree) FROM editions") == [(1, 1)]
        assert rows(store, "SELECT kind, count(*) FROM documents GROUP BY 1 ORDER BY 1") == [
            ("other", 2),
            ("report", 1),
        ]
        count = CellCount()
        assert list(check_cells(store, count)) == []
        assert count.cells == len(TRUTH.cells)


def test_a_page_that_was_not_had_is_said(tmp_path: Path) -> None:
    portal = CutArticle(lost=2)
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.kinds()["http_error"] == {"/a/t1_2.html"}
    with Store.open(tmp_path / "data") as store:
        parse(store, processes=1)
        said = rows(store, "SELECT code, attribution FROM findings WHERE message LIKE '%page 2 of the article%'")
        assert said == [("PAGE-UNREAD", "extraction")]
        assert rows(store, "SELECT attribution FROM findings WHERE attribution = 'publisher'") == []
