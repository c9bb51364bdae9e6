"""CONTRIBUTING.md keeps its word: every file, folder and name it mentions is there."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8") + (ROOT / "docs" / "architecture.md").read_text(
    encoding="utf-8"
)
PATHS = sorted(set(re.findall(r"`((?:spiders|parsers|archive|harvester|tests|docs|bench)/[\w./<>-]+)`", TEXT)))


@pytest.mark.parametrize("path", PATHS)
def test_every_path_exists(path: str) -> None:
    """A placeholder in a path stands for at least one file."""
    pattern = re.sub(r"<[^>]+>", "*", path).rstrip("/")
    assert list(ROOT.glob(pattern)), f"{path} is mentioned and does not exist"


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("NAMES", "spiders/families/family.py"),
        ("FORMATS", "parsers/formats/__init__.py"),
        ("RULES", "harvester/relate/across.py"),
        ("def recognise", "parsers/formats/html/html.py"),
    ],
)
def test_every_name_is_where_it_is_said_to_be(name: str, file: str) -> None:
    assert name in (ROOT / file).read_text(encoding="utf-8")


def test_every_verb_mentioned_is_a_command() -> None:
    from harvester.cli import cli
    from harvester.reference import walk

    commands = {path for path, _ in walk(cli, "harvester")}
    readme = (ROOT / "README.md").read_text(encoding="utf-8") + (ROOT / "README.zh.md").read_text(encoding="utf-8")
    mentioned = re.findall(r"harvester ((?:portals )?[a-z]+)\b", re.sub(r"disclosure-harvester", "", readme + TEXT))
    known = {name for path in commands for name in (path.removeprefix("harvester "),)}
    assert [name for name in mentioned if name not in known and name.split()[0] not in known and name != "runs"] == []
