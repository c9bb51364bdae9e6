"""One meaning per type name in a package: who searches for a class finds one."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import pytest

from tests.conftest import ROOT


def types(source: str) -> list[str]:
    """The public classes of a module."""
    return [
        node.name for node in ast.parse(source).body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]


@pytest.mark.parametrize("package", ["archive", "harvester", "parsers", "spiders"])
def test_a_type_name_is_given_once(package: str) -> None:
    homes: defaultdict[str, list[Path]] = defaultdict(list)
    for path in (ROOT / package).rglob("*.py"):
        for name in types(path.read_text(encoding="utf-8")):
            homes[name].append(path.relative_to(ROOT))
    assert len(homes) > 5
    assert {name: paths for name, paths in homes.items() if len(paths) > 1} == {}
