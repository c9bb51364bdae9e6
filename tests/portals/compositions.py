"""Portals put together at random from mechanisms that were seen: menus, layouts, titles, addresses of articles.

Every report can be reached from the home page by a visitor. The same seed makes the same portal.
"""

from __future__ import annotations

import random
from collections.abc import Mapping

from tests.portals.menu_mechanisms import MENUS, NEWS, Menu, anchors
from tests.portals.simulator import Simulator, html

OFFICE = "青石县人民政府办公室"
BUREAUS = [f"县{name}局" for name in "教育 科技 民政 财政 水利 商务".split()] + ["县残联", "团县委"]
TOWNS = ["上河镇", "下河镇", "东山乡", "城关街道"]
YEARS = (2023, 2022, 2021)
LAYOUTS = ("flat", "years", "agencies", "groups", "groups_years", "years_groups", "heading", "sections")
TITLES = ("full", "year", "short")
ARTICLES = (
    lambda folder, n: f"{folder}{20230100 + n}.html",
    lambda folder, n: f"{folder}t20230120_{1000 + n}.html",
    lambda folder, n: f"/view.php?cid=7&aid={n + 11}",
    lambda folder, n: f"{folder}nr{chr(97 + n % 26)}{n // 26}.shtml",
    lambda folder, n: f"/art/2023/1/20/art_7_{n}.html",
    lambda folder, n: f"{folder}{n:03d}/",
)


class Composition(Simulator):
    """One portal of a seed. `recipe` says what it is made of."""

    def __init__(self, seed: int, menus: Mapping[str, Menu] = MENUS) -> None:
        super().__init__("generic", "/", role="home", layout=None)
        self.random = random.Random(seed)
        self.recipe: dict[str, str] = {}
        self.count = 0
        self.drawn_by, names = menus, sorted(menus)
        self.menus = {part: self._choose(part, names) for part in ("home", "gateway", "column", "folder", "list")}
        layout = self._choose("layout", LAYOUTS)
        self.titles = self._choose("titles", TITLES if layout not in ("flat", "years") else ("full", "short"))
        self.article = self.random.choice(ARTICLES)
        self.recipe["article"] = self.article("/x/", 0)
        root = "/zwgk/zfxxgk/nb/" if self.random.random() < 0.5 else "/a1/b2/c3/"
        self.put("/", "home", [("新闻中心", "/xwzx/"), ("政务公开", "/zwgk/")], NEWS)
        name = self.random.choice(["政府信息公开年报", "年报", "政府信息公开工作年度报告", "公开年报"])
        self.put("/zwgk/", "gateway", [("政策文件", "/zcwj/"), ("政府信息公开", "/zwgk/zfxxgk/")])
        if layout in ("heading", "sections"):
            getattr(self, layout)("/zwgk/zfxxgk/", name)
            return
        self.put("/zwgk/zfxxgk/", "gateway", [("政府信息公开指南", "/zn/"), (name, root), ("财政预决算", "/cz/")])
        getattr(self, layout)(root)

    def _choose(self, part: str, among: object) -> str:
        chosen = self.random.choice(list(among))  # type: ignore[call-overload]
        self.recipe[part] = chosen
        return str(chosen)

    def put(self, path: str, part: str, links: list[tuple[str, str]], rest: str = "") -> None:
        """A page whose entries are drawn by the mechanism of this part of the portal."""
        drawn = self.drawn_by[self.menus[part]](self, path, links)
        title = "青石县人民政府"
        self.site.page(
            path, drawn.removeprefix("<!bare>") if drawn.startswith("<!bare>") else html(drawn + rest, title)
        )

    def report_of(self, folder: str, agency: str, year: int, *, inside: bool) -> tuple[str, str]:
        """One article; its title may leave to the folder what that says."""
        path = self.article(folder, self.count)
        self.count += 1
        self.add_report(path, agency, year)
        full = f"{agency}{year}年政府信息公开工作年度报告"
        title = {"full": full, "year": f"{year}年" if inside else full, "short": f"{agency}{year}年年报"}[self.titles]
        return title, path

    def flat(self, root: str) -> None:
        agencies = [OFFICE, *BUREAUS]
        self.put(
            root, "list", [self.report_of(root, agency, year, inside=False) for year in YEARS for agency in agencies]
        )

    def years(self, root: str) -> None:
        self.put(root, "column", [(f"{year}年", f"{root}{year}n/") for year in YEARS])
        for year in YEARS:
            rows = [self.report_of(f"{root}{year}n/", agency, year, inside=False) for agency in [OFFICE, *BUREAUS]]
            self.put(f"{root}{year}n/", "list", rows)

    def agencies(self, root: str, agencies: list[str] | None = None) -> None:
        agencies = agencies or BUREAUS
        self.put(root, "column", [(agency, f"{root}d{n}/") for n, agency in enumerate(agencies)])
        for number, agency in enumerate(agencies):
            folder = f"{root}d{number}/"
            self.put(folder, "list", [self.report_of(folder, agency, year, inside=True) for year in YEARS])

    def groups(self, root: str) -> None:
        self.put(root, "folder", [("县政府部门", f"{root}bm/"), ("乡镇（街道）", f"{root}xz/")])
        self.agencies(f"{root}bm/")
        self.agencies(f"{root}xz/", TOWNS)

    def groups_years(self, root: str) -> None:
        self.titles = "full"
        groups = [
            ("县政府", f"{root}xzf/", [OFFICE]),
            ("部门", f"{root}bm/", BUREAUS),
            ("乡镇街道", f"{root}xz/", TOWNS),
        ]
        self.put(root, "folder", [(name, folder) for name, folder, _ in groups])
        for _, folder, agencies in groups:
            self.put(folder, "column", [(f"{year}年度", f"{folder}{year}/") for year in YEARS])
            for year in YEARS:
                rows = [self.report_of(f"{folder}{year}/", agency, year, inside=False) for agency in agencies]
                self.put(f"{folder}{year}/", "list", rows)

    def years_groups(self, root: str) -> None:
        self.titles = "full"
        self.put(root, "column", [(f"{year}", f"{root}{year}nb/") for year in YEARS])
        for year in YEARS:
            folder = f"{root}{year}nb/"
            self.put(folder, "folder", [("县直部门", f"{folder}bm/"), ("乡镇", f"{folder}xz/")])
            for name, agencies in (("bm", BUREAUS), ("xz", TOWNS)):
                rows = [self.report_of(f"{folder}{name}/", agency, year, inside=False) for agency in agencies]
                self.put(f"{folder}{name}/", "list", rows)

    def heading(self, path: str, name: str) -> None:
        """A heading that leads nowhere over a list of years, on the gateway itself."""
        self.titles = "year"
        rows = [self.report_of(path, OFFICE, year, inside=True) for year in YEARS]
        other = "<h3>政府信息公开制度</h3><ul><li><a href='/zd/1.html'>中华人民共和国政府信息公开条例</a></li></ul>"
        body = (
            f"{other}<h3>{name}</h3>{anchors(rows)}<h3>政府公报</h3><ul><li><a href='/gb/1.html'>2023年</a></li></ul>"
        )
        self.site.page(path, html(body, "青石县人民政府"))

    def sections(self, path: str, name: str) -> None:
        """A heading in a box of its own, with folders of years under it."""
        folders = [(f"{year}年", f"{path}{year}/") for year in YEARS]
        title = f"<div class='tit'><span>{name}</span></div>"
        self.site.page(path, html(f"<div class='box'>{title}<div class='con'>{anchors(folders)}</div></div>", "青石县"))
        self.titles = "full"
        for year in YEARS:
            folder = f"{path}{year}/"
            self.put(folder, "list", [self.report_of(folder, agency, year, inside=False) for agency in BUREAUS])
