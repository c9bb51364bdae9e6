"""A disk is lost and a copy of warc/ is all there is: the archive comes back by the commands of docs/operate.md."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.running import content, harvester, rows
from tests.whole.test_run import placed

IDS = (
    "SELECT id, name FROM agencies ORDER BY id",
    "SELECT id, agency_id, year, current_edition_id FROM reports ORDER BY id",
    "SELECT id, report_id, sha256 FROM editions ORDER BY id",
    "SELECT url, next_check FROM urls WHERE role IN ('list', 'page') ORDER BY url",
)


@pytest.mark.slow
def test_an_archive_comes_back_from_its_warc_files_alone(tmp_path: Path) -> None:
    with placed(tmp_path) as place:
        data, restored = tmp_path / "data", tmp_path / "restored"
        assert place.run(data)[0] == 0
        shutil.copytree(data / "warc", restored / "warc")
        for verb in ("rebuild", "parse", "publish"):
            told = harvester(verb, "--data", restored)
            assert told.returncode == 0, told.stderr
        assert content(restored) == content(data)
        assert [rows(restored, sql) for sql in IDS] == [rows(data, sql) for sql in IDS]
        assert harvester("verify", "--data", restored).returncode == 0
        asked = []
        for archive in (data, restored):
            before = len(place.portal.site.log)
            assert place.run(archive)[0] == 0
            asked.append(sorted(place.portal.site.paths()[before:]))
        assert asked[0] == asked[1]
        assert len(asked[1]) <= 2
