"""A rebuild that is killed half way: the archive that was there stays, and half of one is never taken for it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from harvester.maintain import rebuild as rebuilding
from harvester.maintain.rebuild import rebuild
from tests.archived import keep_pages
from tests.harvester.read.test_stage import COUNTY, FIRST, LIST, page
from tests.running import rows

KILLED = """
import os, signal, sys
from pathlib import Path
from harvester.maintain import rebuild
rebuild.Restoring.journal = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
rebuild.rebuild(Path(sys.argv[1]))
"""


def test_half_a_rebuild_is_no_archive(tmp_path: Path) -> None:
    keep_pages(tmp_path, [LIST, page(COUNTY[2021])], at=FIRST)
    before = rows(tmp_path, "SELECT url, sha256 FROM captures ORDER BY id")
    killed = subprocess.run([sys.executable, "-c", KILLED, tmp_path], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert rows(tmp_path, "SELECT url, sha256 FROM captures ORDER BY id") == before
    os.remove(tmp_path / "archive.db")
    rebuild(tmp_path)
    assert rows(tmp_path, "SELECT url, sha256 FROM captures ORDER BY id") == before
    assert not list(tmp_path.glob(f"{rebuilding.GROWING}*"))
