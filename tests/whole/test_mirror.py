"""Every module has a test that imports it, or stands in tests/through_users.toml with the tests that prove it."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from tests.conftest import ROOT

PACKAGES = ("archive", "harvester", "parsers", "spiders")
THROUGH = tomllib.loads((ROOT / "tests" / "through_users.toml").read_text(encoding="utf-8"))["through"]


def _modules() -> Iterator[str]:
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            if not path.name.startswith("__"):
                yield ".".join(path.relative_to(ROOT).with_suffix("").parts)


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)
        elif isinstance(node, ast.Import):
            yield from (one.name for one in node.names)


def _not_imported() -> list[str]:
    imported = {name for path in (ROOT / "tests").rglob("*.py") for name in _imported(path)}
    return sorted(set(_modules()) - imported)


def test_every_module_is_tested_or_proven_through_its_users() -> None:
    patterns = [pattern for entry in THROUGH for pattern in entry["modules"]]
    assert [one for one in _not_imported() if not any(fnmatchcase(one, pattern) for pattern in patterns)] == []


def test_every_pattern_stands_for_a_module_and_for_tests_that_exist() -> None:
    left = _not_imported()
    for entry in THROUGH:
        assert (ROOT / entry["tests"]).exists(), entry["tests"]
        assert entry["reason"]
        for pattern in entry["modules"]:
            assert any(fnmatchcase(one, pattern) for one in left), f"{pattern} stands for nothing"
