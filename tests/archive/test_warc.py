"""The archive keeps what went over the wire, and any WARC reader can open it."""

from __future__ import annotations

import contextlib
import gzip
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive.members import Gap
from archive.warc import Exchange, Reference, WarcError, read_record, records
from archive.warc_writer import WarcWriter

TEXT = "信息公开".encode() * 50


def exchange(body: bytes = TEXT, *headers: tuple[str, str], status: int = 200) -> Exchange:
    return Exchange(
        url="http://127.0.0.1:1/art/1.html?a=1",
        method="GET",
        request_headers=(("Host", "127.0.0.1:1"), ("User-Agent", "test")),
        request_body=b"",
        status=status,
        reason="OK",
        response_headers=(("Content-Type", "text/html"), ("X-OdD", "Kept"), *headers),
        body=body,
        fetched_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        ip_address="127.0.0.1",
    )


def test_wire_bytes_and_headers_come_back(tmp_path: Path) -> None:
    packed = exchange(gzip.compress(TEXT), ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"))
    with WarcWriter(tmp_path, "r1") as writer:
        reference = writer.write(packed, {"role": "page"})
    record = read_record(tmp_path, reference)
    assert record.exchange.body == packed.body
    assert record.exchange.response_headers == packed.response_headers
    assert record.content() == TEXT


@pytest.mark.parametrize("body", [b"not gzip at all", gzip.compress(TEXT, mtime=0)[:-9]])
def test_a_wrong_content_encoding_leaves_the_bytes_alone(body: bytes) -> None:
    assert exchange(body, ("Content-Encoding", "gzip")).content() == body


def test_every_record_has_a_digest_that_warcio_confirms(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, "r1") as writer:
        original = read_record(tmp_path, writer.write(exchange()))
        writer.write_revisit(exchange(), "a" * 64, original, {})
    with writer.path.open("rb") as file:
        kinds = []
        for record in ArchiveIterator(file, check_digests="raise"):
            record.content_stream().read()
            kinds.append(record.rec_type)
    assert kinds == ["warcinfo", "response", "request", "metadata", "revisit", "request", "metadata"]


def test_a_torn_tail_is_passed_over(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, "r1") as writer:
        first = writer.write(exchange(), {"n": 1})
        writer.write(exchange(b"second"), {"n": 2})
    writer.path.write_bytes(writer.path.read_bytes()[:-700])
    found = list(records(writer.path))
    assert found[0].reference == first
    assert found[0].harvest == {"n": 1}
    assert read_record(tmp_path, first).content() == TEXT


def test_a_wrong_reference_is_named(tmp_path: Path) -> None:
    with pytest.raises(WarcError, match=r"nowhere\.warc\.gz@7"):
        read_record(tmp_path, Reference("nowhere.warc.gz", 7))


def test_a_failed_write_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with WarcWriter(tmp_path, "r1") as writer:
        writer.write(exchange())
        size = writer.path.stat().st_size

        def full(descriptor: int) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr("os.fsync", full)
            with pytest.raises(OSError, match="No space"):
                writer.write(exchange(b"x" * 9999))
        assert writer.path.stat().st_size == size
        again = writer.write(exchange(b"after"))
    assert read_record(tmp_path, again).content() == b"after"


@pytest.mark.parametrize("part", ["head", "body"])
def test_damage_costs_one_record_and_not_the_rest(tmp_path: Path, part: str) -> None:
    bodies = [bytes(Random(number).randbytes(3000)) for number in range(4)]
    with WarcWriter(tmp_path, "r1") as writer:
        references = [writer.write(exchange(body), {"number": number}) for number, body in enumerate(bodies)]
    data = bytearray(writer.path.read_bytes())
    at = references[1].offset + (0 if part == "head" else 900)
    data[at : at + 400] = bytes(400)
    writer.path.write_bytes(data)
    gaps: list[Gap] = []
    found = list(records(writer.path, gaps))
    assert [(record.harvest["number"], record.content()) for record in found if record.harvest] == [
        (number, bodies[number]) for number in (0, 2, 3)
    ]
    assert [(gap.start, gap.is_tail) for gap in gaps] == [(references[1].offset, False)]


def test_a_torn_tail_is_a_gap_at_the_end(tmp_path: Path) -> None:
    with WarcWriter(tmp_path, "r1") as writer:
        writer.write(exchange(), {"number": 0})
        last = writer.write(exchange(Random(1).randbytes(3000)), {"number": 1})
    writer.path.write_bytes(writer.path.read_bytes()[: last.offset + 800])
    gaps: list[Gap] = []
    assert [record.harvest.get("number") for record in records(writer.path, gaps)][:1] == [0]
    assert [gap.is_tail for gap in gaps] in ([], [True])


def test_a_file_torn_anywhere_gives_what_is_whole(tmp_path: Path) -> None:
    """At every byte of the last capture: the one before is read, the torn one is a gap or lacks its harvest data."""
    with WarcWriter(tmp_path, "r1") as writer:
        first = writer.write(exchange(), {"number": 0})
        last = writer.write(exchange(Random(1).randbytes(300)), {"number": 1})
    data = writer.path.read_bytes()
    for size in range(last.offset, len(data)):
        writer.path.write_bytes(data[:size])
        gaps: list[Gap] = []
        found = list(records(writer.path, gaps))
        assert found[0].reference == first, size
        assert [record.reference for record in found[1:]] in ([], [last]), size
        assert all(gap.is_tail for gap in gaps), size
        with contextlib.suppress(WarcError):
            assert read_record(tmp_path, last).reference == last, size
