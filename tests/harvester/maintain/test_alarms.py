"""Alarms: told by each way to a receiver on this machine, once a day a kind; and what raises them."""

from __future__ import annotations

import json
import socketserver
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from archive.moments import stamp
from archive.store import Store
from harvester.errors import AlarmOpen, GateRefused, RunFailed, UsageError
from harvester.maintain import expectations
from harvester.maintain.alarms import TOLD, tell, told_of_failure
from harvester.maintain.expectations import Alarm, open_alarms
from harvester.maintain.metrics import write_metrics
from harvester.run import RunAccount
from tests.archived import HOST, Page, keep_pages, walked
from tests.running import harvester

EMPTIED = Alarm("list_emptied", ("qs: 年报 had 24 entries and has 0",))
FAILED = Alarm("run_failed", ("run 1: No space left on device",))
LIST = Page("/list.html", b"<html>list</html>", role="list")
MAY = datetime(2024, 5, 2, tzinfo=UTC)


class Web(BaseHTTPRequestHandler):
    """Keeps what is posted; answers with what it is told to."""

    got: list[dict[str, object]]
    status = 204

    def do_POST(self) -> None:
        self.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet."""


class Mail(socketserver.StreamRequestHandler):
    """Enough of SMTP to be given one letter."""

    got: list[str]

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline().strip():
            if line.upper() == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                letter = b""
                while (line := self.rfile.readline()) != b".\r\n":
                    letter += line
                self.got.append(letter.decode())
            elif line.upper() == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            self.wfile.write(b"250 ok\r\n")


@contextmanager
def receiving(server: socketserver.BaseServer) -> Iterator[int]:
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield int(server.server_address[1])  # type: ignore[misc]
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def web(tmp_path: Path) -> Iterator[type[Web]]:
    handler = type("Received", (Web,), {"got": []})
    with receiving(HTTPServer(("127.0.0.1", 0), handler)) as port:
        (tmp_path / "harvester.toml").write_text(f'alarm_webhook = "http://127.0.0.1:{port}/alarm"\n')
        yield handler


def test_a_webhook_is_given_json_once_a_day_a_kind(tmp_path: Path, web: type[Web]) -> None:
    assert tell(tmp_path, [EMPTIED], MAY) == []
    assert tell(tmp_path, [EMPTIED, FAILED], MAY + timedelta(hours=3)) == []
    assert [one["kind"] for one in web.got] == ["list_emptied", "run_failed"]
    assert web.got[0]["what"] == ["qs: 年报 had 24 entries and has 0"]
    assert "portals check" in str(web.got[0]["todo"])
    tell(tmp_path, [EMPTIED], MAY + timedelta(days=1))
    assert len(web.got) == 3


def test_what_could_not_be_told_is_told_by_the_next_run(tmp_path: Path, web: type[Web]) -> None:
    web.status = 500
    assert "could not be told: HTTP Error 500" in tell(tmp_path, [EMPTIED], MAY)[0]
    web.status = 200
    assert tell(tmp_path, [EMPTIED], MAY) == []
    assert len(web.got) == 2


def test_a_command_is_given_json_and_a_way_that_fails_stops_no_other(tmp_path: Path, web: type[Web]) -> None:
    taken = tmp_path / "taken.json"
    script = tmp_path / "take.py"
    script.write_text(f"import sys, pathlib; pathlib.Path({str(taken)!r}).write_text(sys.stdin.read())")
    with (tmp_path / "harvester.toml").open("a") as file:
        file.write(f'alarm_command = "{sys.executable} {script}"\nalarm_email = "a@b.example"\n')
        file.write('alarm_smtp = "127.0.0.1:9"\n')
    (trouble,) = tell(tmp_path, [FAILED], MAY)
    assert trouble.startswith("alarm_email: run_failed could not be told")
    assert json.loads(taken.read_text())["what"] == ["run 1: No space left on device"]
    assert len(web.got) == 1


def test_a_letter(tmp_path: Path) -> None:
    handler = type("Letters", (Mail,), {"got": []})
    with receiving(socketserver.TCPServer(("127.0.0.1", 0), handler)) as port:
        text = f'alarm_email = "keeper@archive.example"\nalarm_smtp = "127.0.0.1:{port}"\n'
        (tmp_path / "harvester.toml").write_text(text)
        assert tell(tmp_path, [FAILED], MAY) == []
    (letter,) = handler.got  # type: ignore[attr-defined]
    assert "To: keeper@archive.example" in letter
    assert "Subject: [disclosure-harvester] run_failed (1)" in letter
    assert "No space left on device" in letter


def test_a_damaged_note_of_what_was_told_hides_nothing(tmp_path: Path, web: type[Web]) -> None:
    (tmp_path / TOLD).write_text("no JSON")
    tell(tmp_path, [FAILED], MAY)
    assert len(web.got) == 1


@pytest.mark.parametrize(
    ("error", "kind"), [(RunFailed("disk full"), "run_failed"), (GateRefused("a gate"), "publication_refused")]
)
def test_a_run_that_fails_tells_before_it_ends(tmp_path: Path, web: type[Web], error: Exception, kind: str) -> None:
    with pytest.raises(type(error)), told_of_failure(tmp_path):
        raise error
    assert [one["kind"] for one in web.got] == [kind]


def test_wrong_usage_alarms_nobody(tmp_path: Path, web: type[Web]) -> None:
    with pytest.raises(UsageError), told_of_failure(tmp_path):
        raise UsageError("in use")
    assert web.got == []


# What is expected


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    keep_pages(tmp_path, [Page("/x.html", b"x")], at=MAY)
    with Store.open(tmp_path) as store:
        store.connection.execute("UPDATE runs SET kind = 'run'")
        yield store


def alarms(store: Store, now: datetime = MAY) -> dict[str, tuple[str, ...]]:
    return {one.kind: one.what for one in open_alarms(store.connection, store.data, now)}


def visit(store: Store, items: int, days: int, **otherwise: object) -> None:
    walked(store, f"r{days}", "sim", LIST, MAY + timedelta(days=days), items=items, **otherwise)


def test_a_list_that_had_many_and_has_none(store: Store) -> None:
    visit(store, 24, -7)
    assert alarms(store) == {}
    visit(store, 0, 0)
    assert alarms(store) == {"list_emptied": ("sim: 年报 had 24 entries and has 0",)}
    assert alarms(store, MAY + timedelta(days=70)) == {}


@pytest.mark.parametrize(
    ("before", "after", "otherwise"),
    [(24, 13, {}), (4, 0, {}), (24, 0, {"is_whole": 0}), (24, 0, {"visit_ended": "budget"})],
    ids=["half is left", "never had many", "for some years only", "a visit cut short"],
)
def test_a_list_that_is_no_alarm(store: Store, before: int, after: int, otherwise: dict[str, object]) -> None:
    visit(store, before, -7)
    visit(store, after, 0, **otherwise)
    assert alarms(store) == {}


def test_a_portal_that_is_quiet_in_season(store: Store) -> None:
    store.connection.execute("INSERT INTO agencies (id, name, division_code, portal_id) VALUES (1, 'a', '1', 'sim')")
    for scope in ("a", "b", "c"):
        store.connection.execute("INSERT INTO reports (agency_id, year, scope) VALUES (1, 2022, ?)", (scope,))
    assert alarms(store) == {"portal_quiet": ("sim: 3 reports of 2022, none of 2023",)}
    assert alarms(store, datetime(2024, 2, 1, tzinfo=UTC)) == {}
    store.connection.execute("INSERT INTO reports (agency_id, year, scope) VALUES (1, 2023, 'a')")
    assert alarms(store) == {}


def unanswered(store: Store, days: list[int], kind: str = "robots_unavailable") -> None:
    for day in days:
        store.connection.execute(
            "INSERT INTO events (run_id, portal_id, url, kind, detail, at)"
            " VALUES (?, 'sim', ?, ?, 'leads to http://new/', ?)",
            (f"r{day}", f"{HOST}/", kind, stamp(MAY + timedelta(days=day))),
        )


@pytest.mark.parametrize(
    ("days", "dead"), [([1, 8, 15, 22, 29], True), ([1, 8, 15, 22], False), ([1, 2, 3, 4, 5], False)]
)
def test_a_portal_that_answers_nothing_for_weeks_is_perhaps_dead(store: Store, days: list[int], dead: bool) -> None:
    unanswered(store, days)
    now = MAY + timedelta(days=30)
    assert ("portal_dead" in alarms(store, now)) == dead
    keep_pages(store.data, [Page("/y.html", b"y")], at=now)
    assert "portal_dead" not in alarms(store, now)


def test_a_portal_whose_home_leads_elsewhere_is_shown_for_confirmation(store: Store) -> None:
    unanswered(store, [1], "off_host")
    assert alarms(store)["portal_moved"] == ("sim: its start address leads to http://new/ (seen 2024-05-03T00:00:00Z)",)
    keep_pages(store.data, [Page("/y.html", b"y")], at=MAY + timedelta(days=2))
    assert "portal_moved" not in alarms(store)


def editions(store: Store, first: int, count: int, unread: int, seen: str) -> None:
    """Reports of one body of which so many cells in ten were not read."""
    store.connection.execute(
        "INSERT OR IGNORE INTO agencies (id, name, division_code, portal_id) VALUES (1, 'a', '1', 'sim')"
    )
    for number in range(first, first + count):
        sha = f"{number:064x}"
        store.connection.execute("INSERT INTO documents (sha256, read_at) VALUES (?, ?)", (sha, seen))
        store.connection.execute("INSERT INTO reports (id, agency_id, year) VALUES (?, 1, ?)", (number, 1990 + number))
        store.connection.execute(
            "INSERT INTO editions (id, report_id, sha256, first_seen_at) VALUES (?, ?, ?, ?)",
            (number, number, sha, seen),
        )
        store.connection.executemany(
            "INSERT INTO cells (edition_id, table_id, row_id, column_id, state) VALUES (?, 't', ?, 'c', ?)",
            [(number, str(n), "unreadable" if n % 10 < unread else "number") for n in range(100)],
        )


@pytest.mark.parametrize(("unread", "cases"), [(6, 1), (1, 0)])
def test_a_fall_in_cells_read(store: Store, unread: int, cases: int) -> None:
    editions(store, 1, 3, 1, "2024-01-01T00:00:00Z")
    store.connection.execute("UPDATE runs SET started_at = '2024-05-01T00:00:00Z'")
    editions(store, 10, 3, unread, "2024-05-01T01:00:00Z")
    told = alarms(store).get("cells_fell", ())
    assert len(told) == cases
    assert all(one == "sim: 60% of the cells of 3 new documents not read, 10% before" for one in told)


def test_a_disk_that_will_be_full(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = stamp(datetime.now(UTC) - timedelta(days=10))
    row = (begun, begun, '{"disk": {"held": 1000000000, "free": 9}}')
    store.connection.execute("UPDATE runs SET started_at = ?, finished_at = ?, stats = ?", row)
    for free, said in ((20 << 30, "full in 24 days"), (40 << 30, None), (1 << 20, "0.0 GB are free")):
        monkeypatch.setattr(expectations, "held", lambda _, free=free: {"held": 10_000_000_000, "free": free})
        told = alarms(store).get("disk_full_soon", ())
        assert (said is None and not told) or (said is not None and said in told[0])


def test_a_run_that_failed_until_one_ends_well(store: Store) -> None:
    store.finish_run(store.start_run("run"), "failed", {"error": "No space left on device"})
    assert "No space left on device" in alarms(store)["run_failed"][0]
    store.finish_run(store.start_run("run"), "done", {})
    assert "run_failed" not in alarms(store)


def test_a_run_that_is_late_by_its_own_habit(store: Store) -> None:
    store.connection.execute("DELETE FROM runs")
    for day in range(4):
        at = stamp(MAY + timedelta(days=day))
        store.connection.execute(
            "INSERT INTO runs (id, kind, started_at, status) VALUES (?, 'run', ?, 'done')", (day, at)
        )
    last = MAY + timedelta(days=3)
    assert alarms(store, last + timedelta(hours=30)) == {}
    assert "61 hours ago; usually 24" in alarms(store, last + timedelta(hours=61))["run_late"][0]


# What cron and Prometheus see


@pytest.mark.slow
def test_status_shows_alarms_and_ends_with_4_when_asked(store: Store, web: type[Web]) -> None:
    store.finish_run(store.start_run("run"), "failed", {"error": "No space left on device"})
    plain, asked, again = (
        harvester("status", "--data", store.data, *more) for more in ((), ("--alarms",), ("--alarms",))
    )
    assert plain.returncode == 0
    assert "ALARM run_failed" in plain.stdout
    assert asked.returncode == again.returncode == 4
    assert [one["kind"] for one in web.got] == ["run_failed"]


def test_a_run_with_an_open_alarm_ends_with_4() -> None:
    with pytest.raises(AlarmOpen, match="had 24 entries and has 0") as ended:
        RunAccount("r", alarms=[EMPTIED]).check_alarms()
    assert ended.value.exit_code == 4


def test_metrics_are_openmetrics(store: Store) -> None:
    figures = {"portals": {"sim": {"requests": 7, "new": 2}}, "seconds": {"crawl": 1.5}}
    store.finish_run(store.start_run("run"), "done", figures)
    lines = write_metrics(store.connection, store.data, [EMPTIED]).read_text().splitlines()
    assert lines[-1] == "# EOF"
    samples = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    assert samples['harvester_last_run_crawl{what="requests"}'] == "7"
    assert samples['harvester_last_run_stage_seconds{stage="crawl"}'] == "1.5"
    assert samples['harvester_alarm_cases{kind="list_emptied"}'] == "1"
    assert samples["harvester_last_run_ok"] == "1"
    assert float(samples["harvester_disk_free_bytes"]) > 0
