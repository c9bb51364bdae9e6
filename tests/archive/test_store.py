"""Captures: bytes first, row second, nothing twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.capture import Capture, UrlState
from archive.store import Store
from archive.warc import Exchange, WarcError
from archive.warc_writer import WarcWriter

PORTAL = {
    "id": "sim",
    "name": "模拟县",
    "division_code": "990101",
    "level": "county",
    "family": "trs",
    "hosts": "[]",
    "status": "unverified",
    "status_reason": None,
    "simulated": 1,
    "start_url": "http://127.0.0.1:1/",
}


def capture(body: bytes = b"<html>1</html>", url: str = "http://127.0.0.1:1/1.html", status: int = 200) -> Capture:
    exchange = Exchange(
        url, "GET", (), b"", status, "OK", (("ETag", '"1"'),), body, datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    )
    return Capture(url, "page", exchange, body, "text/html")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path) as store:
        store.save_portals([PORTAL])
        yield store


@pytest.fixture
def writer(store: Store) -> Iterator[WarcWriter]:
    with WarcWriter(store.warc, "r1") as writer:
        yield writer


def test_new_unchanged_changed(store: Store, writer: WarcWriter) -> None:
    run = store.start_run()
    outcomes = [store.keep(run, "sim", capture(body), writer).outcome for body in (b"a", b"a", b"b", b"a")]
    assert outcomes == ["new", "unchanged", "changed", "changed"]
    assert store.connection.execute("SELECT count(*), max(simulated) FROM documents").fetchone()[:] == (2, 1)


def test_content_comes_from_the_first_response(store: Store, writer: WarcWriter) -> None:
    run = store.start_run()
    kept = store.keep(run, "sim", capture(b"same"), writer)
    store.keep(run, "sim", capture(b"same", "http://127.0.0.1:1/mirror.html"), writer)
    assert kept.sha256 is not None
    assert store.content(kept.sha256) == b"same"
    assert writer.path.read_bytes().count(b"\x1f\x8b\x08") >= 7


def test_not_modified_keeps_the_known_content(store: Store, writer: WarcWriter) -> None:
    run = store.start_run()
    first = store.keep(run, "sim", capture(b"a"), writer)
    again = store.keep(run, "sim", replace(capture(b"", status=304), outcome="unchanged"), writer)
    assert (again.outcome, again.sha256) == ("unchanged", first.sha256)


def test_gone_has_a_record_and_no_content(store: Store, writer: WarcWriter) -> None:
    run = store.start_run()
    store.keep(run, "sim", capture(b"a"), writer)
    gone = store.keep(run, "sim", replace(capture(b"not found", status=404), outcome="gone"), writer)
    assert (gone.outcome, gone.sha256) == ("gone", None)
    assert store.keep(run, "sim", capture(b"a"), writer).outcome == "unchanged"


def test_damaged_bytes_are_noticed(store: Store, writer: WarcWriter) -> None:
    kept = store.keep(store.start_run(), "sim", capture(b"a" * 500), writer)
    data = bytearray(writer.path.read_bytes())
    data[len(data) // 3] ^= 0xFF
    writer.path.write_bytes(data)
    assert kept.sha256 is not None
    with pytest.raises(WarcError):
        store.content(kept.sha256)


def test_a_killed_run_is_marked_by_the_next(store: Store) -> None:
    dead = store.start_run()
    store.start_run()
    assert store.connection.execute("SELECT status FROM runs WHERE id = ?", (dead,)).fetchone()[0] == "interrupted"


def test_memory_of_an_address(store: Store) -> None:
    state = UrlState("http://127.0.0.1:1/", "sim", "list", etag='"1"', next_check="2026-02-01T00:00:00Z")
    store.save_url_state(state)
    store.save_url_state(replace(state, failures=2))
    assert store.url_state(state.url) == replace(state, failures=2)
    assert store.url_states("other") == []


def test_the_visits_of_a_run_are_written_each_by_itself(store: Store) -> None:
    """Three thousand portals: the account of one must not be written into a text that holds all the others."""
    run_id = store.start_run()
    sizes: list[int] = []
    store.connection.set_trace_callback(lambda statement: sizes.append(len(statement)))
    for number in range(50):
        store.save_visit(run_id, f"p{number}", {"requests": number})
    store.connection.set_trace_callback(None)
    assert len(sizes) == 50
    assert max(sizes) < 200
    store.start_run()
    (stats,) = store.connection.execute("SELECT stats FROM runs WHERE id = ?", (run_id,)).fetchone()
    assert json.loads(stats)["portals"]["p7"] == {"requests": 7}
