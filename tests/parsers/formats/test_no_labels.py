"""Format readers know no form: none of their strings is a label of one; `parsers.printed` knows what tells a report."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from parsers.forms import LEGACY, MODERN, load
from parsers.printed.labels import normalise
from tests.conftest import ROOT

SHORTEST = 4
"""Characters of a label that means something alone: 合计 and 其他 are words of any table."""


def labels() -> set[str]:
    printed = (
        label
        for form_id in (*MODERN, *LEGACY)
        for table in load(form_id).tables
        for row in table.rows
        for label in row.labels
    )
    return {label for label in map(normalise, printed) if len(label) >= SHORTEST}


def strings(source: str) -> Iterator[tuple[int, str]]:
    """Strings of a module but for those that stand alone: documentation."""
    tree = ast.parse(source)
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.lineno, node.value


def known_in(path: Path, of_forms: set[str]) -> list[str]:
    """Strings that are a label, or a part of one that says which."""
    found = ((line, normalise(text)) for line, text in strings(path.read_text(encoding="utf-8")))
    return [
        f"{path.relative_to(ROOT)}:{line} {text}"
        for line, text in found
        if len(text) >= SHORTEST and any(text in label or label in text for label in of_forms)
    ]


def test_no_string_of_a_reader_is_a_label() -> None:
    of_forms = labels()
    assert len(of_forms) > 20
    modules = (ROOT / "parsers" / "formats").rglob("*.py")
    assert [one for module in modules for one in known_in(module, of_forms)] == []
