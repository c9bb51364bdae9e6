"""A portal of which only the home page is known: four layouts of annual columns behind two gateways."""

from __future__ import annotations

from tests.portals.departments import GkmlptDepartments
from tests.portals.simulator import Simulator, html

TOWNS = ["上河镇", "下河镇", "东山乡"]
BUREAUS = ["青石县科技局", "青石县民政局", "青石县水利局"]


def menu(*links: tuple[str, str]) -> str:
    """A list of links: (text, address)."""
    return "<ul>" + "".join(f'<li><a href="{address}">{text}</a></li>' for text, address in links) + "</ul>"


class HomePortal(Simulator):
    """Home → 政务公开 → 政府信息公开 → 年报 with a flat list, year folders and one folder a town; bureaus apart."""

    def __init__(self) -> None:
        super().__init__("generic", "/", role="home", layout=None)
        self.frame = menu(
            ("首页", "/"),
            ("新闻中心", "/xwzx/"),
            ("政务公开", "/zwgk/"),
            ("办事服务", "/bsfw/"),
            ("互动交流", "/hdjl/"),
        )
        self.decoys |= {"/xwzx/", "/bsfw/", "/hdjl/", "/zn/", "/fzzf/", "/wznb/"}
        self.gateways()
        self.county()
        self.departments()
        self.towns()
        self.bureaus()

    def put(self, path: str, body: str) -> None:
        """A page in the site's frame."""
        self.site.page(path, html(f"{self.frame}<div class='main'>{body}</div>"))

    def gateways(self) -> None:
        """Menus that lead on, with the lookalikes that stand beside them."""
        friends = menu(("临沧市人民政府", "http://bongotimes.com/"), ("部门信息公开", "/bmxxgk/"))
        news = menu(("县政府召开政务公开工作会议", "/xwzx/2023/1.html"))
        self.decoys.add("/xwzx/2023/1.html")
        self.put("/", news + friends)
        beside = (("法治政府建设年度报告", "/fzzf/"), ("政府网站工作年度报表", "/wznb/"))
        self.put("/zwgk/", menu(("政府信息公开", "/zwgk/zfxxgk/"), *beside))
        four = (("政府信息公开指南", "/zn/"), ("政府信息公开年报", "/zwgk/zfxxgk/zfxxgknb/"))
        self.put("/zwgk/zfxxgk/", menu(*four, *beside))

    def county(self) -> None:
        """The root: the county's own reports, and folders for departments and towns."""
        rows = []
        for year in (2023, 2022, 2021):
            path = f"/zwgk/zfxxgk/zfxxgknb/{year}0001.html"
            self.add_report(path, "青石县人民政府办公室", year)
            rows.append((f"青石县人民政府办公室{year}年政府信息公开工作年度报告", path))
        folders = menu(("县政府部门", "/zwgk/zfxxgk/zfxxgknb/bm/"), ("乡镇街道", "/zwgk/zfxxgk/zfxxgknb/xz/"))
        self.put("/zwgk/zfxxgk/zfxxgknb/", folders + menu(*rows))

    def departments(self) -> None:
        """Year folders, each with a list."""
        root = "/zwgk/zfxxgk/zfxxgknb/bm/"
        self.put(root, menu(("2023年", f"{root}2023nd/"), ("2022年", f"{root}n2022n/")))
        for year, folder in ((2023, "2023nd"), (2022, "n2022n")):
            rows = []
            for number in range(6):
                path = f"{root}{folder}/{year}{100 + number}.html"
                agency = f"青石县第{'一二三四五六'[number]}事务局"
                self.add_report(path, agency, year)
                rows.append((f"{agency}{year}年政府信息公开工作年度报告", path))
            self.put(f"{root}{folder}/", menu(*rows))

    def towns(self) -> None:
        """One folder a town; its items are called by the year alone."""
        root = "/zwgk/zfxxgk/zfxxgknb/xz/"
        self.put(root, menu(*((town, f"{root}z{number}/") for number, town in enumerate(TOWNS))))
        for number, town in enumerate(TOWNS):
            rows = []
            for year in (2023, 2022):
                path = f"{root}z{number}/{year}{200 + number}.html"
                self.add_report(path, f"{town}人民政府", year)
                rows.append((f"{year}年", path))
            self.put(f"{root}z{number}/", menu(*rows))

    def bureaus(self) -> None:
        """Bureaus with sites of their own behind 部门信息公开."""
        self.put("/bmxxgk/", menu(*((bureau, f"/bm/d{number}/") for number, bureau in enumerate(BUREAUS))))
        for number, bureau in enumerate(BUREAUS):
            root = f"/bm/d{number}/"
            self.put(root, menu(("机构职能", f"{root}jg/"), ("政府信息公开年报", f"{root}nb/")))
            path = f"{root}nb/{2022300 + number}.html"
            self.add_report(path, bureau, 2022)
            self.put(f"{root}nb/", menu((f"{bureau}2022年政府信息公开工作年度报告", path)))


class FramedHome(HomePortal):
    """The same portal, its menu in a frame."""

    def gateways(self) -> None:
        super().gateways()
        self.site.pages["/menu.html"] = self.site.pages["/"]
        self.site.page("/", html("<iframe src='/menu.html'></iframe><iframe src='/login.html'></iframe>"))
        self.decoys.add("/login.html")


class MovedHome(HomePortal):
    """The registered column is gone; the home page says where things are now."""

    def __init__(self) -> None:
        super().__init__()
        self.start, self.role, self.layout = "/old/zfxxgknb/", "annual_root", "flat"


class CatalogueHome(GkmlptDepartments):
    """A portal on Guangdong's platform: its home page names the catalogue, the catalogue its departments."""

    def __init__(self) -> None:
        super().__init__()
        self.start, self.role, self.layout = "/", "home", None
        self.site.page("/", html(menu(("首页", "/"), ("要闻动态", "/yw/"), ("政府信息公开目录", "/gkmlpt/index"))))
        self.decoys.add("/yw/")
