"""A demo is made anew; whatever the last one did not write stops it, and stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from harvester.errors import UsageError
from harvester.lock import locked
from harvester.sample.demo_folder import LOCK, MARKER, clear, files, written_down


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """What a demo leaves behind, in small."""
    data = tmp_path / "demo"
    clear(data)
    with written_down(data):
        for name in (MARKER, "archive.db", "warc/1.warc.gz", "warc/journal.warc.gz", "exports/2025-01-31/reports.csv"):
            put(data / name, name)
    return data


def put(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_what_the_demo_and_every_command_writes_goes(made: Path) -> None:
    drawn = "site/pages/0a/0a1b-1-2.png"
    for name in ("site/archive-0123.db", "site/places/archive-01/990101.zip", drawn, "runs/x/report.md", "archive.db"):
        put(made / name, "later")
    clear(made)
    assert [one.name for one in made.iterdir()] == [LOCK]


OTHERS = ("notes.txt", "warc/2.warc.gz", "exports/2025-01-31/reports.csv", "exports/mine/a.csv", "site/a.txt", "runs/a")


@pytest.mark.parametrize("own", OTHERS)
def test_anything_else_stops_it_and_stays(made: Path, own: str) -> None:
    put(made / own, "not the demo's")
    before = files(made)
    with pytest.raises(UsageError, match=own):
        clear(made)
    assert {name: seen for name, seen in files(made).items() if name != LOCK} == before


def test_a_folder_in_use_is_left_alone(made: Path) -> None:
    with locked(made, "run"), pytest.raises(UsageError, match="in use"):
        clear(made)
    assert (made / MARKER).exists()


def test_a_folder_of_other_things_is_no_demo(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_bytes(b"years of work")
    with pytest.raises(UsageError, match="something else"):
        clear(tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["thesis.doc"]
