"""What a run would ask, told without asking: by portal and list, with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from harvester.crawl.plan import first_contacts
from harvester.run import explain_run, run_crawl
from harvester.whom import Order, portals_to_visit
from spiders.portal import Portal, Start
from spiders.registry.place import Place
from tests.portals.generic import PlainPortal
from tests.portals.simulator import serving
from tests.running import harvester


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path, PlainPortal]]:
    """An archive, the registry of its one portal, and the portal."""
    folder = tmp_path_factory.mktemp("plan")
    made = PlainPortal(4)
    with serving(made) as server:
        registry = folder / "portals.toml"
        registry.write_text(made.registry(server), "utf-8")
        yield folder / "data", registry, made


def test_the_plan_names_portal_list_time_and_reason(visited: tuple[Path, Path, PlainPortal]) -> None:
    data, registry, portal = visited
    before = list(explain_run(data, Order(registry)))
    assert before[0].startswith("sim: first contact at http://127.0.0.1")
    assert before[0].endswith("now: it was never visited")
    assert portal.site.log == []
    assert not data.exists()
    run_crawl(data, Order(registry))
    asked = len(portal.site.log)
    lists, peek, documents, total = explain_run(data, Order(registry))
    assert lists.startswith("sim: list ")
    assert " from 20" in lists
    assert "last asked 20" in lists
    assert peek == "sim: first page of lists (1), now: none is due: a look whether anything is new"
    assert documents.startswith("sim: known pages and files, from 20")
    assert total.startswith("1 portals, about 1 requests")
    assert len(portal.site.log) == asked


def test_under_recheck_everything_is_asked_now(visited: tuple[Path, Path, PlainPortal]) -> None:
    data, registry, _ = visited
    told = harvester("run", "--explain", "--recheck", "--data", data, "--portals", registry)
    assert told.returncode == 0
    assert "sim: known pages and files (4), now: --recheck" in told.stdout


def portal(number: int) -> Portal:
    return Portal(f"p{number:04}", "n", "370829", "county", (f"{number}.example",), "auto", (Start("http://x/"),))


def test_first_contact_is_spread_over_runs() -> None:
    """A few a run of those that were never asked, from all over the registry; whoever was asked is asked every time."""
    portals = [portal(number) for number in range(100)]
    known: set[str] = set()
    for run in range(1, 6):
        chosen = first_contacts(portals, known, 20)
        assert len(chosen) == 20 * run
        assert known < {one.id for one in chosen}
        known = {one.id for one in chosen}
        if run == 1:
            assert max(int(one.id[1:]) for one in chosen) > 60 > 40 > min(int(one.id[1:]) for one in chosen)
    assert first_contacts(portals, known, 20) == portals


def test_a_run_over_the_country_begins_with_a_few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARVESTER_FIRST_CONTACTS_A_RUN", "7")
    assert len(portals_to_visit(tmp_path, Order(place=Place("37", None))).portals) == 7
    assert len(portals_to_visit(tmp_path, Order(everyone=True)).portals) == 7
