"""archive.db made again from the WARC files alone is the archive that was: every table, every id."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from archive import journal
from archive.members import GZIP, Gap
from archive.schema import tables
from archive.store import Store
from harvester.errors import GateRefused, UsageError
from harvester.maintain.correct import correct
from harvester.maintain.rebuild import rebuild
from harvester.maintain.verify import verify
from harvester.run import RunAccount, finish, run_crawl, run_parse, run_publish
from harvester.sample.server import Answer
from harvester.whom import Order
from tests.archived import Page, keep_pages
from tests.factory.series import printed
from tests.harvester.read.test_stage import COUNTY, FIRST, LIST, MISSING, page
from tests.portals.simulator import serving
from tests.portals.trs import TrsPortal
from tests.running import rows

Tables = dict[str, set[tuple[object, ...]]]

OTHERWISE = {"documents": {"read_at"}, "findings": {"id"}}
"""When a document was read last, and numbers that are given anew by every check between reports."""


def content(data: Path) -> Tables:
    """Every row of every table; of the runs those that the older archive has."""
    found: Tables = {}
    with closing(sqlite3.connect(data / "archive.db")) as connection:
        for table in (one for one in tables().values() if one.name != "last_looks"):
            names = [f'"{one.name}"' for one in table.columns if one.name not in OTHERWISE.get(table.name, ())]
            found[table.name] = set(connection.execute(f"SELECT {', '.join(names)} FROM {table.name}"))
    return found


def crawl(data: Path, pages: list[Page], days: int) -> None:
    """A crawl that ended well, as far as the archive can tell."""
    run_id, _ = keep_pages(data, pages, at=FIRST + timedelta(days=days))
    with Store.open(data) as store:
        store.record_event(run_id, "sim", "http://127.0.0.1:1/x", "http_error", "status 404")
        store.set_portal_status("sim", "active", None, ok=True)
        account = RunAccount(run_id, portals={"sim": {"finished_reason": "finished", "lists": 1}})
        finish(store, account, "done")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two crawls, each read at once: a later one brings an agency and changes and removes a report; one correction."""
    data = tmp_path_factory.mktemp("whole")
    crawl(data, [LIST, page(COUNTY[2022]), page(COUNTY[2021])], 0)
    run_parse(data, processes=1)
    changed = printed(COUNTY[2022], requests__granted__total="999")
    crawl(data, [LIST, MISSING, page(changed, "/2022.html"), page(COUNTY[2023])], 30)
    run_parse(data, processes=1)
    correct(data, report_id=1, cell="requests/granted/total", value="7", reason="误录", by="测试")
    run_publish(data)
    return data


@pytest.fixture
def data(whole: Path, tmp_path: Path) -> Path:
    shutil.copytree(whole, tmp_path, dirs_exist_ok=True, symlinks=True)
    return tmp_path


@pytest.mark.slow
def test_the_rebuilt_archive_is_the_one_that_was(data: Path) -> None:
    before = content(data)
    (data / "archive.db").unlink()
    told = rebuild(data)
    assert "damaged" not in told
    run_parse(data, processes=1)
    after = content(data)
    assert before.pop("runs") < after.pop("runs")
    # The pages were kept by hand here: no crawler remembers them. After the rebuild it does.
    assert (len(before.pop("urls")), len(after.pop("urls"))) == (0, 4)
    assert after == before
    assert before["corrections"]
    assert verify(data).ok


def test_the_old_database_is_kept_each_time(data: Path) -> None:
    rebuild(data)
    rebuild(data)
    assert sorted(file.name for file in data.glob("archive-before*.db")) == [
        "archive-before-rebuild-1.db",
        "archive-before-rebuild-2.db",
    ]


def test_nothing_is_published_before_the_documents_are_read(data: Path) -> None:
    rebuild(data)
    with pytest.raises(GateRefused, match="reports without a current edition"):
        run_publish(data)


def test_damage_is_told_and_costs_one_record(data: Path) -> None:
    (captured,) = rows(data, "SELECT warc_file, warc_offset FROM captures WHERE url LIKE '%/2021.html' AND size > 99")
    file = data / "warc" / captured[0]
    content = bytearray(file.read_bytes())
    content[captured[1] : captured[1] + 60] = bytes(60)
    file.write_bytes(content)
    assert "6 captures; 1 damaged places were passed over" in rebuild(data)
    run_parse(data, processes=1)
    assert rows(data, "SELECT year FROM reports ORDER BY year") == [(2022,), (2023,)]
    run_publish(data)


def test_damage_that_only_a_rebuild_would_meet_is_found(data: Path) -> None:
    """Behind the bytes of a capture stands what its list said of it."""
    file, offset = rows(data, "SELECT warc_file, warc_offset FROM captures ORDER BY warc_file, warc_offset")[1]
    (path,) = (data / "warc").glob(file)
    content = bytearray(path.read_bytes())
    before = content.rindex(GZIP, 0, offset)
    content[before + 20 : before + 40] = bytes(20)
    path.write_bytes(content)
    (problem,) = verify(data).problems
    assert problem.startswith(f"{file}: damaged, bytes {before} to ")


def test_a_torn_journal_loses_its_last_entry_only(data: Path) -> None:
    file = data / "warc" / journal.FILE
    whole = len(list(journal.entries(file.parent)))
    file.write_bytes(file.read_bytes()[:-20])
    gaps: list[Gap] = []
    assert len(list(journal.entries(file.parent, gaps))) == whole - 1
    assert [gap.is_tail for gap in gaps] == [True]
    journal.append(file.parent, {"corrections": []})
    assert list(journal.entries(file.parent))[-1] == {"corrections": []}


def test_without_warc_files_there_is_nothing_to_rebuild_from(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no WARC files"):
        rebuild(tmp_path)


@pytest.mark.slow
def test_a_run_after_a_rebuild_asks_as_little_as_after_a_run(tmp_path: Path) -> None:
    portal = TrsPortal()
    broken = min(portal.reports)
    portal.site.faults[broken] = [Answer(status=500)] * 2
    with serving(portal) as server:
        registry = tmp_path / "portals.toml"
        registry.write_text(portal.registry(server), "utf-8")
        data, twin = tmp_path / "data", tmp_path / "twin"
        run_crawl(data, Order(registry))
        shutil.copytree(data, twin)
        before = content(data)["urls"]
        rebuild(data)
        assert content(data)["urls"] == before
        asked = []
        for folder in (data, twin):
            start = len(portal.site.log)
            run_crawl(folder, Order(registry))
            asked.append(portal.site.paths()[start:])
    assert asked[0] == asked[1]
    assert broken in asked[0]
    assert len(asked[0]) < start / 5
