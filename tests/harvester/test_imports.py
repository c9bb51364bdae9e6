"""What a command does not need it does not import: `--help` and `portals list` are answered at once."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"scrapy", "twisted", "datasette", "sqlite_utils", "pandas", "numpy", "lxml", "pdfplumber", "pyarrow", "rich"}


@pytest.mark.parametrize(
    ("module", "allowed"),
    [
        ("harvester.cli", set()),
        ("harvester.portal_choice", {"lxml"}),
        ("parsers.extract", {"lxml"}),
        ("parsers.output.json_report", {"lxml"}),
    ],
)
def test_heavy_packages_are_imported_by_those_who_need_them(module: str, allowed: set[str]) -> None:
    script = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert loaded & HEAVY <= allowed
