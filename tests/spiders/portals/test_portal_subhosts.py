"""Sub-hosts of the portal's own domain: let in by columns and lists of agencies alone, each a guest of its own."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from harvester.sample.server import Answer, Server
from spiders.rendering.chromium import missing
from tests.portals.menu_mechanisms import AGENCIES, NEWS, anchors
from tests.portals.simulator import Harvest, Simulator, harvest, html

DOMAIN = "qingshi.localhost"


class City(Simulator):
    """Home → 政府信息公开 → 年报 with a list of agencies, each on a sub-host of its own; one elsewhere."""

    def __init__(self) -> None:
        super().__init__("generic", "/", role="home", layout=None)
        self.site.page("/", html(anchors([("政府信息公开", "/xxgk/"), ("投资促进", "PORT://tz.DOMAIN/")]) + NEWS))
        self.site.page("/xxgk/", html(anchors([("政府信息公开年报", "/xxgk/nb/")])))
        rows = [(agency, f"PORT://{name}.DOMAIN/{name}/nb/") for name, agency in self.bureaus()]
        self.site.page("/xxgk/nb/", html(anchors([*rows, ("青石县税务局", "PORT://qs.tax.localhost/nb/")])))
        for name, agency in self.bureaus():
            path = f"/{name}/20230101.html"
            self.add_report(path, agency, 2022)
            self.site.page(f"/{name}/nb/", html(anchors([(f"{agency}2022年政府信息公开工作年度报告", path)])))

    @staticmethod
    def bureaus() -> list[tuple[str, str]]:
        return [(f"b{number}", agency) for number, agency in enumerate(AGENCIES[:4])]


def visits(tmp_path: Path, city: City, hosts: str = f', "*.{DOMAIN}"', times: int = 1) -> list[Harvest]:
    with Server(city.site) as server:
        port = server.host.partition(":")[2]
        for path, answer in list(city.site.pages.items()):
            body = answer.body.replace(b".DOMAIN/", f".{DOMAIN}:{port}/".encode()).replace(b"PORT://", b"http://")
            city.site.pages[path] = replace(
                answer, body=body.replace(b"tax.localhost/", f"tax.localhost:{port}/".encode())
            )
        registry = city.registry(server).replace(f'"{server.host}"', f'"www.{DOMAIN}:{port}"{hosts}')
        registry = registry.replace(f"{server.url}/", f"http://www.{DOMAIN}:{port}/")
        return [harvest(tmp_path / "data", registry, city.site, recheck=time > 0) for time in range(times)]


def visit(tmp_path: Path, city: City, hosts: str = f', "*.{DOMAIN}"') -> Harvest:
    return visits(tmp_path, city, hosts)[0]


def hosts_asked(city: City) -> set[str]:
    return {asked.headers["host"].partition(":")[0] for asked in city.site.log}


def test_each_is_a_guest_of_its_own(tmp_path: Path) -> None:
    city = City()
    got = visit(tmp_path, city)
    assert got.paths("new") == city.reports
    assert hosts_asked(city) == {f"{name}.{DOMAIN}" for name in ("www", "b0", "b1", "b2", "b3")}
    told = [event for event in got.events if event["kind"] == "subhost"]
    assert len(told) == 4
    assert all("guest of its own" in event["detail"] for event in told)
    assert sum(asked.path == "/robots.txt" for asked in city.site.log) == 5
    off = [event["detail"] for event in got.events if event["kind"] == "off_host"]
    assert any("qs.tax.localhost" in event["url"] for event in got.events if event["kind"] == "off_host"), off


def test_without_a_word_in_the_registry_none_is_visited(tmp_path: Path) -> None:
    city = City()
    got = visit(tmp_path, city, hosts="")
    assert hosts_asked(city) == {f"www.{DOMAIN}"}
    assert not got.paths("new")
    assert "subhost" not in got.kinds()
    assert {"/b0/nb/", "/b1/nb/", "/b2/nb/", "/b3/nb/"} <= got.kinds()["off_host"]


@pytest.mark.parametrize("trouble", ["robots", "challenge", "down"])
def test_trouble_of_one_is_not_the_others(tmp_path: Path, trouble: str) -> None:
    city = City()
    bad = {
        "robots": Answer(b"", 503),
        "challenge": Answer(b"<html><script>document.cookie='__jsl_clearance=x'</script></html>", 521),
        "down": Answer(b"", 500),
    }[trouble]
    city.site.dynamic["/robots.txt"] = lambda asked: (
        bad if trouble == "robots" and asked.headers["host"].startswith("b1.") else Answer(b"", 404)
    )
    if trouble != "robots":
        city.site.pages["/b1/nb/"] = bad
    got = visit(tmp_path, city)
    assert got.paths("new") == city.reports - {"/b1/20230101.html"}
    assert got.stats["finished_reason"] == "finished"
    kind = {"robots": "robots_unavailable", "challenge": "challenge", "down": "http_error"}[trouble]
    assert kind in got.kinds()


def test_a_second_run_asks_them_again_as_guests(tmp_path: Path) -> None:
    city = City()
    first, second = visits(tmp_path, city, times=2)
    assert second.paths("unchanged") == first.paths("new") == city.reports
    assert "subhost" in second.kinds()
    assert "off_host" not in second.kinds() or len(second.kinds()["off_host"]) == len(first.kinds()["off_host"])


class FilledFromASubhost(City):
    """The column is a shell that a script fills from an interface on a sub-host."""

    def __init__(self) -> None:
        super().__init__()
        rows = [{"title": f"{agency}2022年政府信息公开工作年度报告", "url": path} for agency, path in self.articles()]
        self.site.page("/api/list", json.dumps({"rows": rows}))
        draw = "d.rows.map(r => '<li><a href=' + r.url + '>' + r.title + '</a></li>').join('')"
        url = "['PORT://api.DOMAIN/', 'api/list'].join('')"
        script = f"fetch({url}).then(r => r.json()).then(d => {{ box.innerHTML = {draw} }})"
        self.site.page("/xxgk/nb/", html(f"<h1>政府信息公开年报</h1><ul id=box></ul><script>{script}</script>"))

    def articles(self) -> list[tuple[str, str]]:
        return [(agency, f"/{name}/20230101.html") for name, agency in self.bureaus()]


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.skipif(missing() is not None, reason="needs Playwright and a Chromium (apt install chromium)")
def test_an_interface_that_fills_the_column_is_a_guest_too(tmp_path: Path) -> None:
    city = FilledFromASubhost()
    got = visit(tmp_path, city)
    assert got.paths("new") == city.reports
    assert hosts_asked(city) == {f"www.{DOMAIN}", f"api.{DOMAIN}"}
    assert [event["url"].partition(".")[0] for event in got.events if event["kind"] == "subhost"] == ["http://api"]
    assert "api" in {asked.headers["host"].partition(".")[0] for asked in city.site.log if asked.path == "/robots.txt"}
