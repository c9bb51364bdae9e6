"""The archive replays elsewhere: what indexers and players of WARC files find in it, and what they pass over.

The index is made by cdxj-indexer and the WACZ by py-wacz, both of the Webrecorder project, whose player is pywb. pywb
itself plays them in tests/archive/test_pywb.py, where it can be had. Its rule for revisits is followed here: an
original is found by address, date and payload digest, and a 3xx is shown without it.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive.capture import Capture
from archive.exchange import Exchange
from archive.store import Store
from archive.warc import records
from archive.warc_writer import WarcWriter

PAGE = ("<html><body><h1>年报</h1>" + "正文" * 300 + "</body></html>").encode()
HOST = "http://www.example.gov.cn"


def answer(path: str, day: int, body: bytes = PAGE, status: int = 200, *, packed: bool = False) -> Exchange:
    """What a portal said on a day of January; a 304 has no body and a header of its own."""
    headers = [("ETag", f'"{day}"')] if status == 304 else [("Content-Type", "text/html; charset=utf-8")]
    headers += [("Content-Encoding", "gzip")] if packed else []
    sent = b"" if status == 304 else gzip.compress(body, mtime=0) if packed else body
    reason = "Not Modified" if status == 304 else "OK"
    at = datetime(2026, 1, day, 3, 4, 5, 123456, tzinfo=UTC)
    return Exchange(f"{HOST}{path}", "GET", (), b"", status, reason, tuple(headers), sent, at)


ANSWERS = [
    answer("/1.html", 1),
    answer("/copy/1.html", 2),
    answer("/1.html", 3, status=304),
    answer("/1.html", 4, packed=True),
    answer("/1.html", 5, PAGE + b"<p>new</p>"),
    answer("/1.html", 6, status=304),
]


@pytest.fixture(scope="module")
def warc(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One page, a copy of it elsewhere, unchanged twice, changed, unchanged again."""
    with Store.open(tmp_path_factory.mktemp("replayed")) as store:
        store.connection.execute("INSERT INTO portals (id, name, simulated) VALUES ('p', '网', 1)")
        run = store.start_run("crawl")
        with WarcWriter(store.warc, run) as writer:
            for exchange in ANSWERS:
                store.keep(run, "p", Capture(exchange.url, "page", exchange, exchange.content(), "text/html"), writer)
        return writer.path


@pytest.fixture(scope="module")
def found(warc: Path) -> list[dict[str, str]]:
    """The index, one entry a line: address, date (14 digits), MIME, payload digest, offset."""
    program = Path(sys.executable).with_name("cdxj-indexer")
    done = subprocess.run([str(program), str(warc)], capture_output=True, text=True, check=True)
    lines = (line.split(" ", 2) for line in done.stdout.splitlines())
    return [{"date": date, **json.loads(told)} for _, date, told in lines]


def test_players_find_the_pages_and_nothing_of_ours_beside_them(found: list[dict[str, str]]) -> None:
    assert {one["mime"] for one in found} == {"text/html", "warc/revisit"}
    assert len(found) == len(ANSWERS)
    assert sum(one["mime"] == "warc/revisit" for one in found) == 3


def test_every_revisit_resolves_by_address_date_and_digest(warc: Path, found: list[dict[str, str]]) -> None:
    originals = {
        (one["url"], one["date"], one["digest"].removeprefix("sha1:")) for one in found if one["mime"] == "text/html"
    }
    revisits = 0
    with warc.open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            if record.rec_type == "revisit":
                told = record.rec_headers.get_header
                moment = datetime.fromisoformat(told("WARC-Refers-To-Date"))
                digest = told("WARC-Payload-Digest").removeprefix("sha1:")
                assert (told("WARC-Refers-To-Target-URI"), f"{moment:%Y%m%d%H%M%S}", digest) in originals
                assert record.http_headers is None or record.http_headers.get_statuscode()[0] != "3"
                revisits += 1
            record.content_stream().read()
    assert revisits == 3


def test_what_the_server_said_comes_back_all_the_same(warc: Path) -> None:
    read = list(records(warc))
    assert [one.exchange.status for one in read] == [one.status for one in ANSWERS]
    assert [one.exchange.response_headers for one in read] == [one.response_headers for one in ANSWERS]
    assert [one.exchange.fetched_at for one in read] == [one.fetched_at for one in ANSWERS]
    assert [one.content() for one in read if not one.is_revisit] == [PAGE, PAGE, PAGE + b"<p>new</p>"]
    assert [one.harvest["outcome"] for one in read] == ["new", "new", "unchanged", "unchanged", "changed", "unchanged"]


@pytest.mark.slow
def test_a_wacz_of_it_is_valid(warc: Path, tmp_path: Path) -> None:
    wacz = Path(sys.executable).with_name("wacz")
    made = tmp_path / "archive.wacz"
    for command in (["create", "-o", str(made), str(warc)], ["validate", "-f", str(made)]):
        done = subprocess.run([str(wacz), *command], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    assert "Validation Failed" not in done.stdout
