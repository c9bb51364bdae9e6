"""Releases come when they are due, say what changed, and go by a rule; what anybody changed stays."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from harvester.errors import UsageError
from harvester.export import release
from harvester.export.release import FOLDER, check_settings, prune, release_if_due, releases
from tests.site_archive import publish_again


@pytest.fixture
def data(archive: Path, tmp_path: Path) -> Path:
    """A published archive without any release."""
    (tmp_path / "site").mkdir()
    shutil.copy((archive / "site" / "archive.db").resolve(), tmp_path / "site")
    (tmp_path / "site" / "archive.db").symlink_to("archive-000000000001.db")
    return tmp_path


def names(data: Path) -> list[str]:
    return [one.name for one in releases(data)]


def test_a_release_is_made_when_it_is_due_and_says_what_changed(data: Path) -> None:
    assert release_if_due(data, date(2026, 1, 5)) is None  # nobody asked for any
    (data / "harvester.toml").write_text('release_every = "month"\nrelease_formats = "csv"\n', encoding="utf-8")
    assert release_if_due(data, date(2026, 1, 5))
    assert release_if_due(data, date(2026, 1, 31)) is None
    assert release_if_due(data, date(2026, 2, 1)) is None  # nothing was published since
    publish_again(data, "000000000002", "UPDATE cells SET raw = '77', value = 77 WHERE edition_id = 1 AND position = 3")
    assert release_if_due(data, date(2026, 2, 2))
    assert names(data) == ["2026-01-05", "2026-02-02"]
    assert (data / FOLDER / "2026-02-02" / "changes.csv").exists()
    assert not (data / FOLDER / "2026-01-05" / "changes.csv").exists()
    assert list((data / FOLDER / "2026-02-02").glob("*.zip"))


def test_old_ones_go_but_the_last_of_a_year_and_what_was_changed_stay(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HARVESTER_RELEASE_KEEP", "2")
    for name in ("2024-11-01", "2024-12-01", "2025-01-01", "2025-02-01", "2025-03-01", "2025-04-01"):
        folder = data / FOLDER / name
        folder.mkdir(parents=True)
        (folder / "datapackage.json").write_text('{"name": "disclosure-reports-archive"}', encoding="utf-8")
        digest = "0" * 64 if name == "2025-02-01" else release_digest(folder / "datapackage.json")
        (folder / "SHA256SUMS").write_text(f"{digest}  datapackage.json\n", encoding="utf-8")
    assert [one.name for one in prune(data)] == ["2024-11-01", "2025-01-01"]
    assert names(data) == ["2024-12-01", "2025-02-01", "2025-03-01", "2025-04-01"]


def release_digest(file: Path) -> str:
    import hashlib

    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_setting_that_says_nothing_known_is_refused_before_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HARVESTER_RELEASE_EVERY", "fortnight")
    with pytest.raises(UsageError, match="day, week, month"):
        check_settings(tmp_path)
    assert release.PERIODS.keys() == {"day", "week", "month"}
