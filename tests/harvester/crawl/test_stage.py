"""Many portals in one crawl: trouble of one is nobody else's, and what cannot be stored is one clear line."""

from __future__ import annotations

import gc
import gzip
import logging
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
import weakref
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive.store import Store
from archive.warc import Reference, read_record
from harvester.crawl.archiver import CaptureWriter
from harvester.crawl.host_rests import by_host
from harvester.crawl.progress import Display
from harvester.crawl.runner import portal_settings, settings_of
from harvester.crawl.stage import check, crawl, crawl_in_child, detect
from harvester.crawl.transport import tls_context
from harvester.crawl.url_memory import StoredUrlMemory
from harvester.errors import RunFailed, UsageError
from harvester.installation import portals_at_once
from harvester.sample.server import Answer
from harvester.settings import USER_AGENT
from spiders.families.family import Family
from spiders.pages.listing import entries
from spiders.pages.page import Page
from spiders.portal import Politeness, Portal, Start
from spiders.registry.load import load, to_row
from spiders.walk.account import PortalStats
from tests.portals.generic import AgencyPortal, PlainPortal
from tests.portals.simulator import harvest, html, serving
from tests.portals.trs import TrsPortal


def portal_at(host: str, portal_id: str = "one", path: str = "/xxgk/nb/", *, simulated: bool = True) -> Portal:
    start = (Start(f"http://{host}{path}", layout="flat"),)
    politeness = Politeness(delay=0.0)
    return Portal(
        portal_id, "n", "990001", "county", (host,), "generic", start, simulated=simulated, politeness=politeness
    )


def opened(data: Path, *portals: Portal) -> str:
    with Store.open(data) as store:
        store.save_portals(to_row(portal) for portal in portals)
        return store.start_run("crawl")


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_an_unreachable_and_a_dying_portal_stop_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def dying(page: Page, article: object) -> object:
        if "/xxgk/dies/" in page.url:
            raise ZeroDivisionError("a bug in a family")
        return entries(page, article)  # type: ignore[arg-type]

    monkeypatch.setattr(Family, "entries", lambda self, page: dying(page, self.article))
    good, bad = PlainPortal(4), PlainPortal(4)
    bad.site.pages["/xxgk/dies/"] = bad.site.pages[bad.start]
    with serving(good) as server, serving(bad) as other:
        portals = [
            portal_at(f"127.0.0.1:{closed_port()}", "away"),
            portal_at(other.host, "dies", "/xxgk/dies/"),
            portal_at(server.host, "good"),
        ]
        run_id = opened(tmp_path / "data", *portals)
        stats = crawl(tmp_path / "data", portals, run_id=run_id)
    assert stats["good"]["new"] == 4
    assert stats["away"]["finished_reason"] == "robots_unavailable"
    assert stats["dies"]["finished_reason"] == "died"
    assert stats["dies"]["events"] == {"spider_error": 1}


def test_portals_that_share_a_host_take_turns(tmp_path: Path) -> None:
    portal = PlainPortal(6)
    with serving(portal) as server:
        portals = [portal_at(server.host, "first"), portal_at(server.host, "second")]
        run_id = opened(tmp_path / "data", *portals)
        crawl(tmp_path / "data", portals, run_id=run_id)
    assert {asked.overlapping for asked in portal.site.log} == {0}


def test_a_host_is_left_in_peace_between_portals_and_runs(tmp_path: Path) -> None:
    portal = PlainPortal(2)
    with serving(portal) as server:
        polite = Politeness(delay=0.8)
        portals = [replace(portal_at(server.host, name), politeness=polite) for name in ("first", "second")]
        crawl(tmp_path / "data", portals[:1], run_id=opened(tmp_path / "data", *portals))
        alone = len(portal.site.log)
        crawl(tmp_path / "data", portals, run_id=opened(tmp_path / "data", *portals))
    gaps = [later.at - earlier.at for earlier, later in pairwise(portal.site.log)]
    assert len(gaps) > alone
    assert min(gaps) >= 0.79


def test_a_portal_s_addresses_are_read_when_its_visit_begins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And let go when it ends."""
    held: set[str] = set()
    most: list[int] = []

    class Counting(StoredUrlMemory):
        def __init__(self, store: Store, portal_id: str) -> None:
            super().__init__(store, portal_id)
            held.add(portal_id)
            most.append(len(held))
            weakref.finalize(self, held.discard, portal_id)

    monkeypatch.setattr("harvester.crawl.archiver.StoredUrlMemory", Counting)
    portal = PlainPortal(2)
    with serving(portal) as server:
        portals = [portal_at(server.host, name) for name in ("first", "second", "third")]
        monkeypatch.setattr("harvester.crawl.archiver.CaptureWriter.close", collected(CaptureWriter.close))
        crawl(tmp_path / "data", portals, run_id=opened(tmp_path / "data", *portals))
    gc.collect()
    assert len(most) == 3
    assert held == set()


def collected(close: Callable[..., None]) -> Callable[..., None]:
    """What is let go in a circle goes at once."""

    def then(*arguments: object) -> None:
        close(*arguments)
        gc.collect()

    return then


@pytest.mark.parametrize(("told", "at_once"), [(None, 64), ("3", 3)])
def test_portals_at_once_is_a_setting(tmp_path: Path, told: str | None, at_once: int) -> None:
    if told:
        (tmp_path / "harvester.toml").write_text(f"portals_at_once = {told}\n")
    assert portals_at_once(tmp_path) == at_once


@pytest.mark.parametrize("told", ["0", "many", "5000"])
def test_portals_at_once_is_a_number_that_can_be(monkeypatch: pytest.MonkeyPatch, told: str) -> None:
    monkeypatch.setenv("HARVESTER_PORTALS_AT_ONCE", told)
    with pytest.raises(UsageError, match="portals_at_once"):
        portals_at_once(None)


def test_a_full_disk_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    portal = PlainPortal(3)
    with serving(portal) as server:
        portals = [portal_at(server.host)]
        run_id = opened(tmp_path / "data", *portals)
        monkeypatch.setattr(Store, "keep", full)
        with pytest.raises(RunFailed, match="No space left on device"):
            crawl(tmp_path / "data", portals, run_id=run_id)


def test_a_name_that_leads_into_a_private_network_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    portal = PlainPortal(3)
    with serving(portal) as server:
        port = server.host.split(":")[1]
        private = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", int(port)))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: private)
        portals = [portal_at(f"rebound.example:{port}", simulated=False)]
        run_id = opened(tmp_path / "data", *portals)
        stats = crawl(tmp_path / "data", portals, run_id=run_id)
    assert portal.site.log == []
    assert stats["one"]["events"] == {"unsafe_address": 1}


def test_a_portal_that_changed_its_system_is_read_as_what_it_is(tmp_path: Path) -> None:
    portal = TrsPortal()
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server, "ucap"), portal.site)
    assert got.kinds()["layout_changed"] == {portal.start}
    assert got.paths("new") == portal.reports


def test_a_report_at_its_columns_own_address(tmp_path: Path) -> None:
    portal = AgencyPortal()
    for path in [path for path in portal.site.pages if path.endswith("/zfxxgknb/")]:
        reports = [one for one in portal.reports if one.startswith(path)]
        portal.reports -= set(reports)
        portal.site.pages[path] = portal.site.pages[reports[0]]
        portal.reports.add(path)
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    assert got.paths("new") == portal.reports


def test_paths_drift_and_the_home_page_knows(tmp_path: Path) -> None:
    portal = PlainPortal(5)
    portal.site.page("/", html('<a href="/xxgk/nb/">政府信息公开年报</a>' + "<a href='/x/'>新闻</a>" * 9))
    with serving(portal) as server:
        registry = portal.registry(server).replace("/xxgk/nb/", "/old/nb/")
        got = harvest(tmp_path / "data", registry, portal.site)
    assert got.paths("new") == portal.reports
    assert got.kinds() == {"http_error": {"/old/nb/"}}


def test_a_rehearsal_stores_nothing_and_fetches_no_document() -> None:
    portal = PlainPortal(12)
    with serving(portal) as server:
        told = check(portal_at(server.host))
    assert len(told["items"]) == 12
    assert told["completeness"] == "complete"
    assert not portal.reports & set(portal.site.paths())


def test_detect_names_the_family_and_what_is_in_the_way() -> None:
    portal = TrsPortal()
    with serving(portal) as server:
        assert 'family = "trs"' in detect(f"{server.url}{portal.start}")
    with pytest.raises(RunFailed, match=server.host):
        detect(f"{server.url}{portal.start}")
    with pytest.raises(UsageError, match="not a web address"):
        detect("gov.cn")


def test_one_line_a_portal_in_the_logs(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    portal = PlainPortal(4)
    with serving(portal) as server, caplog.at_level(logging.INFO, "harvester.crawl"):
        portals = [portal_at(server.host)]
        crawl(tmp_path / "data", portals, run_id=opened(tmp_path / "data", *portals))
    lines = [record.getMessage() for record in caplog.records if record.name == "harvester.crawl"]
    assert lines == [
        "one: finished; 6 requests, 4 reports listed (complete), new 4, changed 0, unchanged 0, gone 0; no trouble"
    ]


def test_chains_of_hosts() -> None:
    def at(portal_id: str, *hosts: str) -> Portal:
        return Portal(portal_id, "n", "990001", "county", hosts, "generic", (Start(f"http://{hosts[0]}/"),))

    chains = by_host([at("a", "x", "y"), at("b", "z"), at("c", "w"), at("d", "w"), at("e", "w", "y")])
    assert [[one.id for one in chain] for chain in chains] == [["b"], ["a", "c", "d", "e"]]
    chains = by_host([at("a", "*.qs.gov.cn"), at("b", "xx.qs.gov.cn"), at("c", "qs.gov.cn"), at("d", "ys.gov.cn")])
    assert [[one.id for one in chain] for chain in chains] == [["a", "b", "c"], ["d"]]


def test_a_crawl_in_a_child_tells_what_the_crawl_tells(tmp_path: Path) -> None:
    portal = PlainPortal(4)
    with serving(portal) as server:
        portals = [portal_at(server.host)]
        stats = crawl_in_child(tmp_path / "data", portals, run_id=opened(tmp_path / "data", *portals))
    assert stats["one"]["new"] == 4


KILLED = """
import sys
from pathlib import Path
from harvester.crawl.stage import crawl_in_child
from spiders.registry.load import load
if __name__ == "__main__":
    crawl_in_child(Path(sys.argv[1]), load(Path(sys.argv[2])), run_id=sys.argv[3])
"""


def test_a_killed_crawl_leaves_no_orphan_and_is_completed_by_the_next(tmp_path: Path) -> None:
    portal = PlainPortal(24)
    data, file, script = tmp_path / "data", tmp_path / "portals.toml", tmp_path / "killed.py"
    script.write_text(KILLED)
    with serving(portal) as server:
        registry = portal.registry(server)
        file.write_text(registry.replace("delay = 0\n", "delay = 0.05\n"))
        run_id = opened(data, *load(file))
        parent = subprocess.Popen(
            [sys.executable, script, data, file, run_id], env={**os.environ, "PYTHONPATH": os.getcwd()}
        )
        while len(portal.site.log) < 8:
            assert parent.poll() is None, "the crawl ended before it was killed"
            time.sleep(0.01)
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        time.sleep(0.5)
        asked = len(portal.site.log)
        time.sleep(0.5)
        assert len(portal.site.log) == asked, "the child went on without its parent"
        with Store.open(data) as store:
            kept = {
                row["url"]
                for row in store.connection.execute("SELECT url FROM documents d JOIN captures c USING (sha256)")
            }
        rest = harvest(data, registry, portal.site)
    assert kept
    assert {path for path in portal.reports if not any(url.endswith(path) for url in kept)} == rest.paths("new")


def test_a_keeper_says_what_it_cannot_record(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    from spiders.walk.events import Event

    store = Store.open(tmp_path / "data")
    keeper = CaptureWriter(store, None, None, "run", "portal")  # type: ignore[arg-type]
    store.close()
    keeper.report(Event("timeout", "http://x/", ""))
    assert keeper.failure is not None
    assert "could not be written" in caplog.text


def test_the_archive_holds_what_went_over_the_wire(tmp_path: Path) -> None:
    portal = PlainPortal(2)
    path = sorted(portal.reports)[0]
    plain = portal.site.pages[path].body
    packed = gzip.compress(plain, mtime=0)
    headers = (("Content-Encoding", "gzip"), ("x-Odd-CASE", "kept"))
    portal.site.pages[path] = Answer(packed, headers=headers)
    with serving(portal) as server:
        got = harvest(tmp_path / "data", portal.registry(server), portal.site)
    row = next(row for row in got.captures if row["url"].endswith(path))
    record = read_record(tmp_path / "data" / "warc", Reference(row["warc_file"], row["warc_offset"]))
    assert record.exchange.body == packed
    assert record.exchange.content() == plain
    assert ("x-Odd-CASE", "kept") in record.exchange.response_headers
    assert row["size"] == len(plain)
    with (tmp_path / "data" / "warc" / row["warc_file"]).open("rb") as stream:
        requests = [one.http_headers for one in ArchiveIterator(stream) if one.rec_type == "request"]
    assert {request.get_header("User-Agent") for request in requests} == {USER_AGENT}


def test_old_tls_is_for_portals_that_need_it() -> None:
    def context(tls: str | None) -> ssl.SSLContext:
        politeness = Politeness(tls=tls)
        portal = Portal(
            "x", "n", "990001", "county", ("x.cn",), "generic", (Start("http://x.cn/"),), politeness=politeness
        )
        settings = settings_of("harvester.settings")
        settings.update(portal_settings(portal), priority="spider")
        return tls_context(settings)

    assert context("legacy").minimum_version == ssl.TLSVersion.TLSv1
    assert context(None).minimum_version >= ssl.TLSVersion.TLSv1_2


def test_the_display_says_what_is_left() -> None:
    display = Display(3)
    account = PortalStats(pages=40, reports=12)
    account.events["timeout"] = 2
    display.opened(portal_at("127.0.0.1:1"))(account)
    assert display.line().startswith("portals 0/3 · pages 40 · reports 12 · trouble 2 · 0:00 · time left unknown")
    display.closed(portal_at("127.0.0.1:1"))(account)
    assert display.line().startswith("portals 1/3")
    assert display.line().endswith("left")


def test_portals_registered_as_dead_are_left_alone(tmp_path: Path) -> None:
    portal = PlainPortal(2)
    with serving(portal) as server:
        gone = replace(portal_at(server.host), status="dead")
        stats = crawl(tmp_path / "data", [gone], run_id=opened(tmp_path / "data", gone))
    assert portal.site.log == []
    assert stats["one"]["finished_reason"] == "dead"
