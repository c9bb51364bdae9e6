"""A challenge belongs to the kind of address that shows it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from archive.store import Store
from harvester.crawl.middlewares.challenges import kind_of
from harvester.sample.server import Answer
from tests.portals.generic import AGENCIES
from tests.portals.simulator import Simulator, harvest, html, serving

CAPTCHA = Answer(html("<p>请输入验证码</p><script>geetest()</script>").encode())


class GuardedFiles(Simulator):
    """Articles that carry their reports, each with a file behind a captcha."""

    def __init__(self) -> None:
        super().__init__("generic", "/xxgk/nb/")
        rows = ""
        for number, agency in enumerate(AGENCIES[:6]):
            path, file = f"/xxgk/nb/content/{20220 + number}.html", f"/files/{number}.pdf"
            self.add_report(path, agency, 2022, f"<a href='{file}'>{agency}2022年年报.pdf</a>")
            self.site.pages[file] = CAPTCHA
            rows += f"<li><a href='{path}'>{agency}2022年政府信息公开工作年度报告</a></li>"
        self.site.page(self.start, html(f"<ul>{rows}</ul>"))


def test_files_that_are_refused_are_left_alone_too(tmp_path: Path) -> None:
    portal = GuardedFiles()
    for path in portal.site.pages:
        if path.startswith("/files/"):
            portal.site.pages[path] = Answer(b"<html><h1>403 Forbidden</h1></html>", 403)
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.paths("new") == portal.reports
    assert len([path for path in got.asked if path.startswith("/files/")]) == 2
    assert len(got.kinds()["http_error"]) == 6, "each file that was not had is said"
    assert got.stats["finished_reason"] == "finished"


def test_guarded_files_are_left_alone_and_the_visit_goes_on(tmp_path: Path) -> None:
    portal = GuardedFiles()
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.paths("new") == portal.reports
    assert len([path for path in got.asked if path.startswith("/files/")]) == 2
    assert len(got.kinds()["challenge"]) == 6, "each file that was not had is said"
    assert got.stats["finished_reason"] == "finished"
    with Store.open(tmp_path / "data") as store:
        (status,) = store.connection.execute("SELECT status FROM portals").fetchone()
    assert status == "active"


@pytest.mark.parametrize("guarded", ["/xxgk/nb/content/20222.html", "/other/1.pdf"])
def test_a_list_or_a_second_kind_ends_the_visit(tmp_path: Path, guarded: str) -> None:
    portal = GuardedFiles()
    portal.site.pages[guarded] = CAPTCHA
    article = portal.site.pages["/xxgk/nb/content/20221.html"]
    portal.site.pages["/xxgk/nb/content/20221.html"] = replace(
        article, body=article.body.replace(b"/files/1.pdf", b"/other/1.pdf")
    )
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.stats["finished_reason"] == "challenge"
    with Store.open(tmp_path / "data") as store:
        (status,) = store.connection.execute("SELECT status FROM portals").fetchone()
    assert status == "blocked"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/files/2023/a.pdf", "/files/#/"),
        ("/wlx/c100501/202301/a/b.pdf", "/wlx/c#/"),
        ("/17.pdf", "/#.pdf"),
        ("/load.jsp?id=7", "/load.jsp"),
    ],
)
def test_the_kind_of_an_address(path: str, kind: str) -> None:
    assert kind_of(f"http://a.gov.cn{path}") == kind
