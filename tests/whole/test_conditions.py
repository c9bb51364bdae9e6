"""Conditions read like a sentence: ruff counts branches, not the `and` and `or` in them; this does."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

PACKAGES = ("archive", "bench", "harvester", "parsers", "spiders")
MOST_IN_A_FUNCTION = 10
"""Boolean operators; the longest functions that still read well have eight to ten (measured over 6,000)."""
MOST_IN_A_CONDITION = 5
"""Six facts beside each other; more are predicates with a name."""


def operators(node: ast.AST) -> int:
    return sum(len(part.values) - 1 for part in ast.walk(node) if isinstance(part, ast.BoolOp))


def conditions(function: ast.AST) -> Iterator[ast.BoolOp]:
    return (node for node in ast.walk(function) if isinstance(node, ast.BoolOp))


def too_much(source: str) -> list[str]:
    """The functions of a module that hold more than they should."""
    functions = (
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return [
        f"{function.lineno} {function.name}"
        for function in functions
        if operators(function) > MOST_IN_A_FUNCTION
        or any(operators(condition) > MOST_IN_A_CONDITION for condition in conditions(function))
    ]


def modules() -> Iterator[Path]:
    return (file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))


def test_no_condition_is_longer_than_a_sentence() -> None:
    found = [f"{file.relative_to(ROOT)}:{where}" for file in modules() for where in too_much(file.read_text("utf-8"))]
    assert found == [], "name the parts of these conditions"


def test_a_condition_too_long_is_seen() -> None:
    fact = "def f(a):\n    return "
    assert too_much(fact + " and ".join("a" * (MOST_IN_A_CONDITION + 2))) == ["1 f"]
    assert too_much(fact + " or ".join("a" * (MOST_IN_A_CONDITION + 1))) == []
    assert too_much("def f(a):\n" + "    a = a and a\n" * (MOST_IN_A_FUNCTION + 1)) == ["1 f"]
