"""The scheduled job from end to end, as a process of its own: what is new, what a kill leaves, what is said."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from harvester.lock import locked
from tests.factory import html as written
from tests.factory.series import series, tell
from tests.portals.generic import PlainPortal
from tests.portals.simulator import html, serving
from tests.running import content, harvester, rows, started

SERIES = series("青山县财政局", range(2018, 2023), 20, "run")
OTHERS = series("青山县教育局", range(2021, 2023), 20, "run")


class RealPortal(PlainPortal):
    """The static portal with reports that have all their tables."""

    def put(self, path: str, agency: str, year: int) -> None:
        truth = (SERIES if agency == "青山县财政局" else OTHERS)[year]
        self.titles[path] = truth.title
        self.site.page(path, html(written.fragment(tell(truth), Random(1), "plain"), truth.title))
        self.reports.add(path)


def portal() -> RealPortal:
    made = RealPortal(0)
    for year in SERIES:
        made.put(f"/xxgk/nb/content/{year}.html", "青山县财政局", year)
    made.lists()
    return made


@dataclass(frozen=True, slots=True)
class Place:
    """A running portal with its registry file."""

    portal: RealPortal
    registry: Path

    def run(self, data: Path, *options: object, limits: Callable[[], None] | None = None) -> tuple[int, str, str]:
        done = harvester("run", "--portals", self.registry, "--data", data, *options, limits=limits)
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, done.stdout, done.stderr


@contextmanager
def placed(folder: Path) -> Iterator[Place]:
    made = portal()
    with serving(made) as server:
        registry = folder / "portals.toml"
        registry.write_text(made.registry(server), "utf-8")
        yield Place(made, registry)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """One portal for the tests that leave it as it is."""
    with placed(tmp_path_factory.mktemp("place")) as made:
        yield made


@pytest.fixture(scope="module")
def whole(place: Place, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of an undisturbed run."""
    data = tmp_path_factory.mktemp("whole") / "data"
    code, told, _ = place.run(data)
    assert code == 0
    assert "5 report" in told
    return data


def ended(data: Path) -> list[str]:
    """How each run ended, oldest first."""
    return [status for (status,) in rows(data, "SELECT status FROM runs ORDER BY rowid")]


@pytest.mark.slow
def test_a_run_leaves_everything_in_its_place(whole: Path) -> None:
    assert rows(whole, "SELECT count(*), min(simulated) FROM reports") == [(5, 1)]
    (folder,) = (whole / "runs").iterdir()
    account = json.loads((folder / "report.json").read_text("utf-8"))
    assert account["run"]["status"] == "done"
    assert set(account["seconds"]) == {"crawl", "parse", "relate", "publish"}
    assert [portal["finished_reason"] for portal in account["portals"].values()] == ["finished"]
    assert "sim" in (folder / "report.md").read_text("utf-8")
    with closing(sqlite3.connect(f"file:{whole / 'site' / 'archive.db'}?mode=ro", uri=True)) as published:
        assert published.execute("SELECT count(*) FROM requests_wide").fetchone() == (5,)


@pytest.mark.slow
def test_what_changes_appears_and_nothing_else(tmp_path: Path) -> None:
    with placed(tmp_path) as place:
        data = tmp_path / "data"
        assert place.run(data)[0] == 0
        assert "new 0, changed 0" in place.run(data)[1]
        changing, going, coming = (f"/xxgk/nb/content/{name}.html" for name in (2020, 2018, 99001))
        place.portal.site.page(changing, html(written.fragment(tell(OTHERS[2021]), Random(1), "plain")))
        place.portal.put(coming, "青山县教育局", 2022)
        place.portal.lists()
        del place.portal.site.pages[going]
        code, told, _ = place.run(data, "--recheck")
    assert code == 0
    assert "new 1, changed" in told
    outcomes = rows(
        data,
        "SELECT outcome, substr(url, instr(url, '/xxgk')) FROM captures WHERE role = 'page' AND outcome != 'unchanged'"
        " AND run_id = (SELECT id FROM runs ORDER BY rowid DESC LIMIT 1) ORDER BY 1",
    )
    assert outcomes == [("changed", changing), ("gone", going), ("new", coming)]
    assert rows(data, "SELECT year FROM reports WHERE removed_at IS NOT NULL") == [(2018,)]
    assert rows(data, "SELECT count(*) FROM editions") == [(7,)]
    assert ended(data) == ["done"] * 3


PHASES = {
    "crawl": "SELECT count(*) FROM captures",
    "parse": "SELECT count(*) FROM documents WHERE extractor_version IS NOT NULL",
}


def wait_until(data: Path, sql: str) -> None:
    """Until the query counts something, or the run is over."""
    for _ in range(3000):
        try:
            if rows(data, sql)[0][0]:
                return
        except sqlite3.Error:
            # The database or its tables are still being made.
            pass
        time.sleep(0.02)
    pytest.fail("the run never came so far")


@pytest.mark.slow
@pytest.mark.parametrize("phase", PHASES)
def test_a_kill_at_any_moment_costs_nothing(place: Place, whole: Path, tmp_path: Path, phase: str) -> None:
    data = tmp_path / "data"
    run = started("run", "--portals", place.registry, "--data", data)
    wait_until(data, PHASES[phase])
    os.kill(run.pid, signal.SIGKILL)
    run.communicate()
    assert place.run(data)[0] == 0
    assert content(data) == content(whole)
    assert ended(data)[-1] == "done"
    assert set(ended(data)) <= {"interrupted", "done"}
    assert harvester("verify", "--data", data).returncode == 0


@pytest.mark.slow
def test_a_gate_that_refuses_is_exit_code_three(whole: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(whole / "archive.db")) as connection:
        copy = tmp_path / "data"
        copy.mkdir()
        connection.execute("VACUUM INTO ?", (str(copy / "archive.db"),))
    with closing(sqlite3.connect(copy / "archive.db")) as connection, connection:
        connection.execute("UPDATE cells SET path = NULL WHERE row_id = 'granted'")
    done = harvester("publish", "--data", copy)
    assert done.returncode == 3
    assert done.stderr.startswith("harvester: not published")
    assert "without a place" in done.stderr


@pytest.mark.parametrize(
    ("text", "said"), [("[[portal]]\nid = ", "portals.toml"), ('[[portal]]\nid = "x"\n', "portals.toml")]
)
def test_a_malformed_registry_is_exit_code_two(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "portals.toml").write_text(text, "utf-8")
    done = harvester("run", "--portals", tmp_path / "portals.toml", "--data", tmp_path / "data")
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_second_run_at_the_same_time_is_told_who_is_there(place: Place, tmp_path: Path) -> None:
    with locked(tmp_path, "run"):
        code, _, told = place.run(tmp_path)
    assert code == 2
    assert f"process {os.getpid()}" in told


def test_a_data_directory_that_cannot_be_written(place: Place, tmp_path: Path) -> None:
    (tmp_path / "data").symlink_to("/proc/self/fdinfo")
    code, _, told = place.run(tmp_path / "data")
    assert code == 1
    assert len(told.strip().splitlines()) == 1
