"""Recorded visits: one file holds all that a visit met; walked again without network it finds the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from harvester.cli import cli
from harvester.crawl.replay import Answerer
from harvester.sample.server import Answer
from tests.portals.applications import Application
from tests.portals.generic import PlainPortal
from tests.portals.menu_mechanisms import MENUS, MechanismPortal
from tests.portals.simulator import Simulator, harvest, path_of, serving


def call(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["portals", *map(str, arguments)])


def recorded(tmp_path: Path, portal: Simulator, *options: str) -> Path:
    """The recording of a visit to `portal`, which is gone afterwards."""
    file = tmp_path / "portals.toml"
    with serving(portal) as server:
        file.write_text(portal.registry(server, "auto"), "utf-8")
        told = call(
            "record", "sim", "--portals", file, "--data", tmp_path / "data", "--to", tmp_path / "kept", *options
        )
    assert told.exit_code == 0, told.output
    assert not (tmp_path / "data").exists()
    (recording,) = (tmp_path / "kept").iterdir()
    return recording


@pytest.mark.parametrize("menu", ["plain", "query_form", "jsonp", "meta_refresh", "written_by_file"])
def test_the_same_is_found_without_the_portal(tmp_path: Path, menu: str) -> None:
    portal = MechanismPortal(MENUS[menu])
    portal.site.faults["/zwgk/"] = [Answer(b"busy", 503)]
    recording = recorded(tmp_path, portal)
    told = call("replay", recording, "--json")
    assert told.exit_code == 0, told.output
    (result,) = json.loads(told.stdout)
    assert {path_of(url) for url in result["now"]["documents"]} == portal.reports
    assert (result["lost"], result["new"], result["not_recorded"]) == ([], [], [])
    assert result["before"] == result["now"]


def test_lists_alone(tmp_path: Path) -> None:
    portal = PlainPortal()
    recording = recorded(tmp_path, portal, "--lists")
    told = call("replay", recording)
    assert told.exit_code == 0, told.output
    assert "lost" not in told.output
    assert not [asked for asked in portal.site.paths() if asked in portal.reports]


def test_what_is_not_found_any_more_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    portal = MechanismPortal(MENUS["plain"])
    recording = recorded(tmp_path, portal)
    gone = sorted(portal.reports)[0]
    of = Answerer.of
    monkeypatch.setattr(Answerer, "of", lambda told: of([one for one in told if path_of(one[0].url) != gone]))
    told = call("replay", recording)
    assert told.exit_code == 1
    assert "lost: 1" in told.output
    assert "not recorded: 1" in told.output
    assert gone in told.output


def test_the_archive_of_a_run(tmp_path: Path) -> None:
    portal = MechanismPortal(MENUS["plain"])
    with serving(portal) as server:
        harvest(tmp_path / "data", portal.registry(server, "auto"), portal.site)
    files = sorted((tmp_path / "data" / "warc").glob("2*.warc.gz"))
    told = call("replay", *files, "--json")
    assert told.exit_code == 0, told.output
    (result,) = json.loads(told.stdout)
    assert {path_of(url) for url in result["now"]["documents"]} == portal.reports


def test_a_file_that_is_cut_off_or_none(tmp_path: Path) -> None:
    recording = recorded(tmp_path, MechanismPortal(MENUS["plain"]))
    cut = tmp_path / "cut.warc.gz"
    cut.write_bytes(recording.read_bytes()[:-400])
    for file in (cut, tmp_path / "none.warc.gz"):
        told = CliRunner().invoke(cli, ["portals", "replay", str(file)])
        assert told.exit_code != 0
        assert told.exception is not None


@pytest.mark.slow
@pytest.mark.browser
def test_what_a_browser_asked_is_on_the_tape(tmp_path: Path) -> None:
    portal = Application("hash")
    recording = recorded(tmp_path, portal)
    (result,) = json.loads(call("replay", recording, "--json").stdout)
    assert {path_of(url) for url in result["now"]["documents"]} == portal.reports
    assert result["not_recorded"] == []
