"""Every list is read twice: what a browser shows beyond the plain reading is found, learnt, and asked for plainly."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.store import Store
from harvester.cli import cli
from harvester.sample.server import Server
from spiders.rendering.chromium import missing
from tests.portals.generic import PlainPortal
from tests.portals.list_interfaces import INTERFACES, InterfacePortal, row
from tests.portals.simulator import Harvest, harvest, serving

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(missing() is not None, reason="needs Playwright and a Chromium (apt install chromium)"),
]


def readings(data: Path) -> list[dict[str, object]]:
    """What is remembered of second readings."""
    with Store.open(data) as store:
        return [dict(one) for one in store.connection.execute("SELECT * FROM list_readings ORDER BY url")]


def later(data: Path) -> None:
    """Everything is due again."""
    with Store.open(data) as store:
        store.connection.execute("UPDATE urls SET next_check = '2020-01-01T00:00:00Z'")


def without_browser(portal: InterfacePortal, server: Server, data: Path, monkeypatch: pytest.MonkeyPatch) -> Harvest:
    with monkeypatch.context() as patch:
        patch.setenv("HARVESTER_CHROMIUM", "/nonexistent")
        return harvest(data, portal.registry(server), portal.site)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["query", "json", "template", "fragment in json", "xml"])
def test_a_list_is_learnt_once_and_asked_for_plainly(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal, data = InterfacePortal(INTERFACES[name]), tmp_path / "data"
    with serving(portal) as server:
        got = harvest(data, portal.registry(server), portal.site)
        assert got.paths("new") == portal.reports
        assert got.kinds() == {"list_differs": {portal.start}}
        assert got.stats["completeness"] == "complete"
        assert got.stats["read_twice"] == 1
        assert len(got.asked) == got.stats["requests"]
        assert len([path for path in got.asked if path.startswith("/api")]) == 4, "three pages, and page one once more"
        kept = [one for one in got.captures if "/api" in one["url"]]
        assert len(kept) == 3, "the raw answers are in the archive"
        (reading,) = readings(data)
        assert json.loads(str(reading["recipe"]))["rows"]

        portal.rows.insert(
            0, new := row(0) | {"id": 9, "uuid": "f" * 32, "url": "/art/9999.html", "title": "青山县2024年年报"}
        )
        portal.put(new)
        later(data)
        again = without_browser(portal, server, data, monkeypatch)
    assert len(again.paths("new")) == 1
    assert again.stats["completeness"] == "complete"
    assert again.kinds() == {}
    assert len([path for path in again.asked if path.startswith("/api")]) == 4


def test_readings_that_agree_are_remembered(tmp_path: Path) -> None:
    portal, data = PlainPortal(14), tmp_path / "data"
    first = portal.site.pages[portal.start]
    portal.site.pages[portal.start] = replace(first, body=first.body.replace(b"</body>", b"<script>let a = 1</script>"))
    with serving(portal) as server:
        got = harvest(data, portal.registry(server), portal.site)
        assert got.kinds() == {}
        assert (got.stats["read_twice"], got.stats["completeness"]) == (1, "complete")
        assert sorted(got.asked) == sorted({*portal.reports, "/robots.txt", portal.start, portal.address(2)}), "once"
        assert [one["agrees"] for one in readings(data)] == [1]
        later(data)
        again = harvest(data, portal.registry(server), portal.site)
        assert again.stats["read_twice"] == 0
        with Store.open(data) as store:
            store.connection.execute("UPDATE list_readings SET items = 15")
        later(data)
        assert harvest(data, portal.registry(server), portal.site).stats["read_twice"] == 1, "fewer items than before"


def test_what_a_script_adds_to_a_static_list_is_found(tmp_path: Path) -> None:
    static = "<ul><li><a href='/art/1.html'>青山县财政局2019年政府信息公开工作年度报告</a></li></ul>"
    portal = InterfacePortal(INTERFACES["query"], below=static)
    portal.add_report("/art/1.html", "青山县财政局", 2019)
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.paths("new") == portal.reports
    assert got.kinds() == {"list_differs": {portal.start}}


def test_a_token_keeps_the_list_with_the_browser(tmp_path: Path) -> None:
    ask = "fetch('/api?page=' + n + '&sign=' + btoa('k' + n*n + 'x'))"
    portal = InterfacePortal(replace(INTERFACES["query"], ask=ask))
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
        assert got.paths("new") == portal.reports
        assert [one["recipe"] for one in readings(tmp_path / "data")] == [None]
        assert len([one for one in got.captures if "/api" in one["url"]]) == 3
        later(tmp_path / "data")
        again = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert again.stats["read_twice"] == 1
    assert again.stats["completeness"] == "complete"


def test_without_a_browser_the_end_is_unknown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    portal = InterfacePortal(INTERFACES["query"])
    with serving(portal) as server:
        got = without_browser(portal, server, tmp_path / "data", monkeypatch)
    assert got.stats["completeness"] != "complete"
    assert got.stats["read_once"] == 1
    assert "needs_browser" in got.kinds()


@pytest.mark.slow
def test_what_was_learnt_serves_another_archive_without_a_browser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal, data = InterfacePortal(INTERFACES["json"]), tmp_path / "data"
    with serving(portal) as server:
        harvest(data, portal.registry(server), portal.site)
        file = tmp_path / "data.toml"
        learnt = CliRunner().invoke(cli, ["portals", "learn", "sim", "--portals", str(file), "--data", str(data)])
        assert learnt.output.count("[[portal.recipe]]") == 1
        shown = CliRunner().invoke(cli, ["portals", "show", "sim", "--portals", str(file), "--data", str(data)])
        assert json.loads(shown.stdout)["recipe"][0]["method"] == "POST"
        monkeypatch.setenv("HARVESTER_CHROMIUM", "/nonexistent")
        got = harvest(tmp_path / "other", learnt.stdout, portal.site)
    assert got.paths("new") == portal.reports
    assert got.stats["completeness"] == "complete"
