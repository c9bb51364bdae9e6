"""kill -9 at each step after the crawl: the next run makes of it what an undisturbed run makes."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from harvester.run import run_parse, run_publish
from tests.archived import keep_pages
from tests.factory.series import printed
from tests.harvester.maintain.test_rebuild import content
from tests.harvester.publish.test_stage import published
from tests.harvester.read.test_stage import COUNTY, FIRST, LIST, page

STEPS = {
    "harvester.read.stage.ingest": "parse",
    "harvester.read.ingest.update_current_edition": "parse",
    "harvester.run.update_touched_reports": "parse",
    "harvester.relate.across.find_text_clones": "parse",
    "harvester.relate.ledger.owed_reports": "parse",
    "harvester.run.finish": "parse",
    "harvester.publish.stage.build": "publish",
    "harvester.publish.stage.prepare": "publish",
    "harvester.publish.stage.check_gates": "publish",
    "harvester.publish.stage.swap": "publish",
    "harvester.publish.stage.sync": "publish",
}
"""Function at whose call the process is killed -> stage that comes to it."""

KILLED = """
import importlib, os, signal, sys
from pathlib import Path
from harvester.run import run_parse, run_publish

module, _, name = sys.argv[1].rpartition(".")
setattr(importlib.import_module(module), name, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
data = Path(sys.argv[3])
run_parse(data, processes=1) if sys.argv[2] == "parse" else run_publish(data)
"""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three reports that nobody has read, one of which does not follow from the year before."""
    data = tmp_path_factory.mktemp("kept")
    odd = printed(COUNTY[2023], requests__requests_carried_in__natural_person="88")
    keep_pages(data, [LIST, page(COUNTY[2021]), page(COUNTY[2022]), page(odd)], at=FIRST)
    return data


@pytest.fixture(scope="module")
def parsed(kept: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("parsed")
    shutil.copytree(kept, data, dirs_exist_ok=True)
    run_parse(data, processes=1)
    return data


@pytest.fixture(scope="module")
def undisturbed(parsed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("undisturbed")
    shutil.copytree(parsed, data, dirs_exist_ok=True)
    run_publish(data)
    return data


@pytest.mark.slow
@pytest.mark.parametrize("step", STEPS)
def test_a_kill_leaves_nothing_that_the_next_run_does_not_mend(
    kept: Path, parsed: Path, undisturbed: Path, tmp_path: Path, step: str
) -> None:
    stage = STEPS[step]
    data = tmp_path / "data"
    shutil.copytree(kept if stage == "parse" else parsed, data)
    killed = subprocess.run([sys.executable, "-c", KILLED, step, stage, str(data)], check=False, capture_output=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    if stage == "parse":
        run_parse(data, processes=1)
    run_publish(data)
    after, expected = content(data), content(undisturbed)
    assert {status for row in after.pop("runs") for status in row if status in ("running", "failed")} == set()
    expected.pop("runs")
    assert after == expected
    assert published(data, "SELECT count(*) FROM findings") == published(undisturbed, "SELECT count(*) FROM findings")
    assert [file.name for file in (data / "site").iterdir() if file.name.startswith("draft")] == []
    assert len(list((data / "site").glob("archive-*.db"))) == 1
