"""A threshold has a name: a number or code point in an order comparison says what it measures and why it is there."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

PACKAGES = ("archive", "harvester", "parsers", "spiders")
COUNTS = frozenset({0, 1, 2})
"""None, one, a pair (and -1, which is 1 with a sign) say how many things there are, not how far something may go."""


def numbers(operand: ast.AST) -> Iterator[float]:
    """The numbers that an operand reckons with: not its indices, not those of a comparison or a lambda within it."""
    if isinstance(operand, ast.Constant) and isinstance(operand.value, int | float):
        yield operand.value
    for part in ast.iter_child_nodes(operand):
        index = isinstance(operand, ast.Subscript) and part is operand.slice
        if not index and not isinstance(part, ast.Compare | ast.Lambda):
            yield from numbers(part)


def is_unnamed(operand: ast.expr) -> bool:
    """A number that is no count, or a code point or date as text."""
    if isinstance(operand, ast.Constant) and isinstance(operand.value, str):
        return True
    return any(number not in COUNTS for number in numbers(operand))


def ordered(comparison: ast.Compare) -> Iterator[ast.expr]:
    """The operands that stand beside a `<`, `<=`, `>` or `>=`."""
    operands = [comparison.left, *comparison.comparators]
    for before, sign, after in zip(operands, comparison.ops, operands[1:], strict=False):
        if isinstance(sign, ast.Lt | ast.LtE | ast.Gt | ast.GtE):
            yield from (before, after)


def unnamed(source: str) -> list[str]:
    """The order comparisons of a module that hold a number or a code point without a name."""
    return [
        f"{node.lineno} {ast.unparse(node)}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Compare) and any(map(is_unnamed, ordered(node)))
    ]


def modules() -> Iterator[Path]:
    return (file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))


def test_every_threshold_has_a_name() -> None:
    found = [f"{file.relative_to(ROOT)}:{where}" for file in modules() for where in unnamed(file.read_text("utf-8"))]
    assert found == [], "give these numbers a name that says what they measure, with the unit and the reason"


def test_a_threshold_without_a_name_is_seen() -> None:
    for comparison in (
        "a < 3",
        "0 < a <= 1.5",
        "abs(b) > 0.01 * abs(a)",
        "(a, b) >= (2, 8)",
        "a[i + 9] > -3",
        "a >= '\u4e00'",
    ):
        assert unnamed(comparison) == [f"1 {comparison}"]


def test_a_count_an_index_and_a_name_are_no_thresholds() -> None:
    for comparison in (
        "len(a) > 2",
        "a > -1",
        "a == 4",
        "a[3] < b[5]",
        "a < MOST",
        "max(a[9:]) < MOST * 2",
        "a['b'] < c.get('d')",
    ):
        assert unnamed(comparison) == []
