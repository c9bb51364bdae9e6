"""Answers that are small on the wire and huge behind their coding, or coded as nobody asked: each costs itself."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest

from harvester.sample.server import Answer
from spiders.walk import politeness
from tests.harvester.crawl.test_politeness import visit
from tests.portals.generic import PlainPortal

BOMB = bytes(100 << 20)
ANSWERS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda plain: brotli.compress(plain, quality=5),
    "gzip, gzip": lambda plain: gzip.compress(gzip.compress(plain)),
    "gzip, br": lambda plain: brotli.compress(gzip.compress(plain), quality=5),
    "gzip, gzip, gzip, gzip, gzip": lambda _plain: b"x",
}


@pytest.mark.parametrize("coding", ANSWERS)
def test_a_bomb_is_refused_and_the_rest_is_harvested(tmp_path: Path, coding: str) -> None:
    portal = PlainPortal(3)
    path = sorted(portal.reports)[0]
    portal.site.faults[path] = [Answer(ANSWERS[coding](BOMB), headers=(("Content-Encoding", coding),))] * 9
    got = visit(portal, tmp_path)
    assert got.paths("new") == portal.reports - {path}
    assert got.kinds() == {"too_large": {path}}


def test_a_coding_that_was_not_asked_for_is_no_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(politeness, "LEAST_PAUSE", 0.01)
    portal = PlainPortal(3)
    path = sorted(portal.reports)[0]
    portal.site.faults[path] = [Answer(b"\x28\xb5\x2f\xfd....", headers=(("Content-Encoding", "zstd"),))] * 9
    got = visit(portal, tmp_path)
    assert got.paths("new") == portal.reports - {path}
    assert got.kinds() == {"wrong_encoding": {path}}


def test_brotli_that_nobody_asked_for_is_read_all_the_same(tmp_path: Path) -> None:
    portal = PlainPortal(3)
    path = sorted(portal.reports)[0]
    plain = portal.site.pages[path].body
    portal.site.pages[path] = Answer(brotli.compress(plain), headers=(("Content-Encoding", "br"),))
    got = visit(portal, tmp_path)
    assert got.paths("new") == portal.reports
    assert got.kinds() == {}
