"""What is evidence stays evidence: headers that imitate ours, bytes in a reason, revisits of what cannot be read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from archive.capture import Capture
from archive.store import Store
from archive.warc import WarcError, read_record
from archive.warc_writer import WarcWriter
from harvester.maintain.verify import verify
from tests.archive.test_warc import TEXT, exchange

SPOOFED = (
    ("X-Archive-Orig-Content-Encoding", "gzip"),
    ("x-archive-orig-transfer-encoding", "chunked"),
    ("X-Archive-Orig-X-Archive-Orig-Content-Type", "application/pdf"),
    ("Transfer-Encoding", "chunked"),
)


def test_headers_that_are_called_like_ours_come_back_as_they_were(tmp_path: Path) -> None:
    sent = exchange(TEXT, *SPOOFED)
    with WarcWriter(tmp_path, "r1") as writer:
        record = read_record(tmp_path, writer.write(sent, {}))
    assert record.exchange.response_headers == sent.response_headers
    assert record.exchange.header("content-encoding") is None
    assert record.content() == TEXT


@pytest.mark.parametrize("reason", ["成功".encode("gbk").decode("latin-1"), "\xff\xfe", "OK\x7f", ""])
def test_any_bytes_of_a_reason_come_back(tmp_path: Path, reason: str) -> None:
    with WarcWriter(tmp_path, "r1") as writer:
        record = read_record(tmp_path, writer.write(replace(exchange(TEXT), reason=reason), {}))
    assert (record.exchange.status, record.exchange.reason) == (200, reason)


def keep(data: Path, body: bytes, run: str) -> str:
    with Store.open(data) as store:
        row = {"id": "p", "name": "p", "division_code": None, "level": None, "family": "generic", "hosts": "[]"}
        store.save_portals([row | {"status": "active", "status_reason": None, "simulated": 1, "start_url": None}])
        run_id = store.start_run()
        with WarcWriter(store.warc, run_id) as writer:
            capture = Capture("http://a.example/x", "page", exchange(body), body, "text/html")
            return store.keep(run_id, "p", capture, writer).outcome


def test_a_revisit_refers_to_nothing_that_cannot_be_read(tmp_path: Path) -> None:
    """The record of the content is damaged, the server sends it once more: it is kept in full, and found."""
    assert keep(tmp_path, TEXT, "one") == "new"
    (file,) = (tmp_path / "warc").glob("2*.warc.gz")
    content = bytearray(file.read_bytes())
    with Store.open(tmp_path) as store:
        (digest, offset) = store.connection.execute("SELECT sha256, warc_offset FROM captures").fetchone()
        content[offset + 40 : offset + 90] = bytes(50)
        file.write_bytes(content)
        with pytest.raises(WarcError):
            store.content(digest)
    assert keep(tmp_path, TEXT, "two") == "unchanged"
    with Store.open(tmp_path) as store:
        assert store.content(digest) == TEXT


def test_verify_says_where_a_revisit_refers_to_nothing_readable(tmp_path: Path) -> None:
    keep(tmp_path, TEXT, "one")
    keep(tmp_path, TEXT, "two")
    assert verify(tmp_path).ok
    first = min((tmp_path / "warc").glob("2*.warc.gz"))
    with Store.open(tmp_path) as store:
        (offset,) = store.connection.execute("SELECT warc_offset FROM captures ORDER BY id").fetchone()
    content = bytearray(first.read_bytes())
    content[offset + 40 : offset + 90] = bytes(50)
    first.write_bytes(content)
    problems = verify(tmp_path).problems
    assert any(problem.startswith("capture 1:") for problem in problems)
    assert any(problem.startswith("capture 2") and "cannot be read" in problem for problem in problems)
