"""A copy of the four packages in which a recipe of CONTRIBUTING.md is carried out, and its effect looked at."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT

PACKAGES = ("harvester", "spiders", "parsers", "archive")

PUBLISH = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from archive.store import Store
from harvester.publish.stage import publish
from harvester.read.stage import parse
from harvester.relate.across import check_across
from harvester.relate.ledger import keep_ledger
from tests.archived import keep_pages
from tests.harvester.read.test_stage import COUNTY, LIST, page

data = Path(sys.argv[1])
keep_pages(data, [LIST, *map(page, COUNTY.values())], at=datetime(2024, 2, 20, tzinfo=UTC))
with Store.open(data) as store:
    parse(store, processes=1)
    check_across(store.connection)
    keep_ledger(store.connection)
    publish(store)
"""
"""Three reports of one body, from captures to the published database."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The copy, and a data directory beside it."""

    root: Path
    data: Path

    def file(self, path: str) -> Path:
        return self.root / path

    def change(self, path: str, old: str, new: str) -> None:
        """Put `new` in place of `old`, which must stand in the file once."""
        text = self.file(path).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{path}: {old!r} stands there {text.count(old)} times"
        self.file(path).write_text(text.replace(old, new), encoding="utf-8")

    def append(self, path: str, text: str) -> None:
        with self.file(path).open("a", encoding="utf-8") as stream:
            stream.write(text)

    def write(self, path: str, text: str) -> None:
        self.file(path).parent.mkdir(parents=True, exist_ok=True)
        self.file(path).write_text(text, encoding="utf-8")

    def run(self, *arguments: str, fails: bool = False) -> str:
        """`harvester` with these arguments, in the changed tree; its output, with that of errors if it is to fail."""
        return self.python("-m", "harvester.cli", "--data", str(self.data), *arguments, fails=fails)

    def script(self, text: str, *arguments: str, fails: bool = False) -> str:
        return self.python("-c", text, *arguments, fails=fails)

    def publish(self, fails: bool = False) -> str:
        return self.script(PUBLISH, str(self.data), fails=fails)

    def python(self, *arguments: str, fails: bool = False) -> str:
        environment = os.environ | {"PYTHONPATH": f"{self.root}{os.pathsep}{ROOT}", "PYTHONSAFEPATH": "1"}
        done = subprocess.run(
            [sys.executable, *arguments], capture_output=True, text=True, env=environment, cwd=self.root, check=False
        )
        assert (done.returncode != 0) == fails, f"exit code {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr if fails else done.stdout


def copy_of_packages(folder: Path) -> Tree:
    root = folder / "tree"
    root.mkdir()
    for package in PACKAGES:
        shutil.copytree(ROOT / package, root / package, ignore=shutil.ignore_patterns("__pycache__"))
    return Tree(root, folder / "data")
