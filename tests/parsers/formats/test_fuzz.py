"""Damaged files are read or refused, never a crash: a few mutations of each format on every run, the rest by hand.

An error of our own code is `crashed`, or a note where it cost only a part: never taken for the publisher's damage.
"""

from __future__ import annotations

import io
import zipfile
from importlib import import_module
from random import Random

import pytest

from parsers.extract import Extraction, extract
from parsers.formats.damage import OWN_ERROR
from tests.conftest import ROOT
from tests.factory.archives import rarred, zipped
from tests.factory.story import story
from tests.factory.truth import random_truth

FIXTURES = ROOT / "tests" / "reports" / "office"
ROUNDS = 25


def seed(name: str) -> bytes:
    random = Random(2)
    if name == "doc":
        return (FIXTURES / "plain.doc").read_bytes()
    if name in {"zip", "rar"}:
        return {"zip": zipped, "rar": rarred}[name]({"a.txt": b"hello" * 50, "b.txt": b"x" * 500})
    data: bytes = import_module(f"tests.factory.{name}").render(story(random_truth(random), random), random)
    return data


def mutated(data: bytes, random: Random) -> bytes:
    """The bytes with a few of them changed, removed, doubled, or cut off."""
    out = bytearray(data)
    for _ in range(random.choice([1, 2, 8, 30])):
        at = random.randrange(len(out))
        kind = random.random()
        if kind < 0.5:
            out[at] = random.randrange(256)
        elif kind < 0.65:
            del out[at : at + random.randint(1, 40)]
        elif kind < 0.8:
            out[at:at] = out[at : at + 100]
        elif kind < 0.92:
            out[at : at + 4] = random.choice([b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f"])
        elif at > 100:
            del out[at:]
    return bytes(out)


def mutated_inside(data: bytes, random: Random) -> bytes:
    """A ZIP package with one of its parts changed: the bytes of the package itself are sound."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = random.choice(sorted(parts))
    return zipped(parts | {name: mutated(parts[name], random)})


def own_errors(extraction: Extraction) -> list[str]:
    """What an extraction tells of errors of our own."""
    told = [extraction.error.message] if extraction.error else []
    told += [note for one in (extraction, *extraction.members) for note in one.notes]
    return [text for text in told if OWN_ERROR in text]


@pytest.mark.parametrize("name", ["docx", "xlsx", "ofd"])
def test_damaged_parts_never_crash_a_reader(name: str) -> None:
    random, data = Random(name), seed(name)
    for _ in range(ROUNDS):
        assert own_errors(extract(mutated_inside(data, random))) == []


@pytest.mark.parametrize("name", ["doc", "docx", "rtf", "xlsx", "mht", "zip", "rar", "pdf", "ofd"])
def test_damaged_files_never_crash_a_reader(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARVESTER_SOFFICE", "no-such-program")
    random, data = Random(name), seed(name)
    for _ in range(ROUNDS):
        assert own_errors(extract(mutated(data, random))) == []


FOUND = [
    (b"PK\x03\x04" + b"\0" * 26, b"PK\x01\x02\x14\0\xff\0"),
    (zipped({"a.txt": b"x"}).replace(b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\xad"), b""),
    (b'MIME-Version: 1.0\nContent-Type: text/html; charset="gb\x00k"\n\n', b"<p>x</p>"),
]
"""Heads and tails of files that once crashed a reader."""


@pytest.mark.parametrize(("head", "tail"), FOUND)
def test_what_fuzzing_found(head: bytes, tail: bytes) -> None:
    assert own_errors(extract(head + tail)) == []


def test_an_error_of_our_own_is_no_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    data = seed("xlsx")

    def broken(*_: object) -> object:
        raise ValueError("invalid literal for int() with base 10")

    monkeypatch.setattr("parsers.formats.sheets.blocks.seen", broken)
    error = extract(data).error
    assert error is not None
    assert error.kind == "crashed"
    assert "test_fuzz" in error.message
    assert "invalid literal" not in error.message
