"""SIGTERM is heard in the middle of one long SQL statement, and where nothing is heard at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from harvester.ending import WORDS
from tests.archived import keep_pages
from tests.harvester.read.test_stage import COUNTY, FIRST, LIST, page
from tests.running import rows

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
WITHOUT_END = {
    "sql": f"connection.execute({ENDLESS!r})",
    "library": "hashlib.pbkdf2_hmac('sha256', b'', b'', 2**31 - 1)",
}
STUCK = """
import hashlib, sys
import harvester.run
from harvester.cli import main

def stuck(connection):
    print("here", flush=True)
    {statement}

harvester.run.update_touched_reports = stuck
main(["parse", "-q", "--data", sys.argv[1]])
"""


@pytest.mark.parametrize("where", WITHOUT_END)
def test_sigterm_ends_what_would_never_end(tmp_path: Path, where: str) -> None:
    keep_pages(tmp_path, [LIST, page(COUNTY[2021])], at=FIRST)
    command = [sys.executable, "-c", STUCK.format(statement=WITHOUT_END[where]), tmp_path]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ)
    assert run.stdout is not None
    assert run.stdout.readline() == "here\n"
    run.terminate()
    _, said = run.communicate(timeout=60)  # without end otherwise
    assert (run.returncode, said.strip()) == (-signal.SIGTERM, WORDS)
    (status,) = rows(tmp_path, "SELECT status FROM runs ORDER BY rowid DESC LIMIT 1")[0]
    assert (
        status == "interrupted" or where == "library"
    )  # left "running" there: the next run says that it was cut short
