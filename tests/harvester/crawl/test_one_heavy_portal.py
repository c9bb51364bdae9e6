"""One portal whose pages cost without measure: the others go on, SIGTERM is heard, and the event says which page."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archive.store import Store
from harvester.sample.server import Answer
from spiders.families.family import Family
from spiders.pages.entry import ListItem
from spiders.pages.page import Page
from spiders.registry.load import load
from spiders.walk import own_thread
from tests.harvester.crawl.test_politeness import visit
from tests.harvester.crawl.test_stage import KILLED, opened
from tests.portals.generic import PlainPortal
from tests.portals.simulator import serving

LINKS = "".join(f"<li><a href='/art/{number}.html'>公开信息{number}</a></li>" for number in range(300_000))
HEAVY = {
    "links": LINKS,
    "comments": "<!--" * 250_000,
    "options": "<select>" + "<option value='/a.html'>2022</option>" * 100_000,
    "deep": "<div>" * 200_000,
    "attribute": f"<a href='/{'x' * 1_000_000}'>年报</a>",
    "attributes": "<div " + " ".join(f"a{number}='1'" for number in range(90_000)) + ">",
}


@pytest.mark.slow
@pytest.mark.parametrize("shape", HEAVY)
def test_a_heavy_page_costs_itself(tmp_path: Path, shape: str) -> None:
    portal = PlainPortal(3)
    start = portal.site.pages[portal.start]
    heavy = start.body.replace(b"</body>", HEAVY[shape].encode() + b"</body>")
    portal.site.pages[portal.start] = Answer(heavy)
    got = visit(portal, tmp_path, limit=3)
    assert got.paths("new") & portal.reports == portal.reports


def test_a_step_without_end_ends_the_visit_with_an_event(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_thread, "LONGEST_STEP", 0.5)
    monkeypatch.setattr(own_thread, "_LOOK_EVERY", 0.1)

    def without_end(family: Family, page: Page) -> tuple[ListItem, ...]:
        while page is not None:
            pass
        return ()

    monkeypatch.setattr(Family, "entries", without_end)
    got = visit(PlainPortal(3), tmp_path)
    assert got.stats["finished_reason"] == "too_heavy"
    assert "too_heavy" in got.kinds()


HUNG = KILLED.replace(
    "if __name__",
    "import spiders.pages.soft_errors as rule, re\n"
    "rule.recognise = lambda text: re.match('(a*)*b', 'a' * 64)\n"
    "if __name__",
)


def test_sigterm_is_heard_while_a_page_is_judged_without_end(tmp_path: Path) -> None:
    """Even by a rule that never gives the interpreter back: the child is killed, what it stored is whole."""
    portal = PlainPortal(24)
    data, file, script = tmp_path / "data", tmp_path / "portals.toml", tmp_path / "hung.py"
    script.write_text(HUNG)
    with serving(portal) as server:
        file.write_text(portal.registry(server))
        run_id = opened(data, *load(file))
        env = {**os.environ, "PYTHONPATH": os.getcwd()}
        parent = subprocess.Popen([sys.executable, script, data, file, run_id], env=env)
        try:
            while not portal.site.log:
                assert parent.poll() is None, "the crawl ended by itself"
                time.sleep(0.01)
            time.sleep(1.0)
            parent.send_signal(signal.SIGINT)
            parent.wait(timeout=30)  # without end otherwise
        finally:
            parent.kill()
        with Store.open(data) as store:
            assert store.connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
