"""Content codings: undone under one limit at every layer, whatever the header claims."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable
from random import Random

import brotli
import pytest

from archive.codings import MOST_CODINGS, TooLarge, inflate, names, unbrotli, undo

LIMIT = 2 << 20
BOMB = bytes(64 << 20)
PLAIN = bytes(Random(1).randbytes(40_000))

BOMBS: dict[str, tuple[Callable[[bytes], bytes], list[str]]] = {
    "brotli": (lambda plain: brotli.compress(plain, quality=5), ["br"]),
    "gzip": (gzip.compress, ["gzip"]),
    "deflate": (zlib.compress, ["deflate"]),
    "raw deflate": (lambda plain: zlib.compress(plain)[2:-4], ["deflate"]),
    "doubled gzip": (lambda plain: gzip.compress(gzip.compress(plain)), ["gzip", "gzip"]),
    "gzip in brotli": (lambda plain: brotli.compress(gzip.compress(plain), quality=5), ["gzip", "br"]),
    "many members": (lambda plain: gzip.compress(plain[: LIMIT // 4]) * 64, ["gzip"]),
}
"""How each is packed, and what the header says of it; packed by the test, not by whoever imports this."""


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_costs_no_more_memory_than_the_limit(name: str) -> None:
    pack, codings = BOMBS[name]
    data = pack(BOMB)
    tracemalloc.start()
    try:
        with pytest.raises(TooLarge):
            undo(data, codings, LIMIT)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 4 * LIMIT


def test_what_is_within_the_limit_comes_back_whole() -> None:
    assert undo(brotli.compress(PLAIN), ["br"], len(PLAIN)) == PLAIN
    assert undo(gzip.compress(PLAIN), ["gzip"], len(PLAIN)) == PLAIN
    assert undo(gzip.compress(gzip.compress(PLAIN)), ["gzip", "gzip"]) == PLAIN
    assert inflate(gzip.compress(PLAIN) * 3) == PLAIN * 3


def test_a_cut_stream_is_an_error_and_not_its_beginning() -> None:
    with pytest.raises(brotli.error):
        unbrotli(brotli.compress(PLAIN)[:-9])
    with pytest.raises(zlib.error):
        inflate(gzip.compress(PLAIN)[:-9])
    assert undo(b"not encoded", ["br"]) == b"not encoded"


def test_codings_are_counted() -> None:
    with pytest.raises(TooLarge):
        undo(b"x", ["gzip"] * (MOST_CODINGS + 1))
    assert names(" GZIP, identity ,, br") == ["gzip", "br"]
    assert names(None) == []
