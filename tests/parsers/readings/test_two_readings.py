"""Two readings that are really two: what they share is written down, and walked here."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from parsers.interpret import interpret
from parsers.report import Attribution, Hints
from tests import printed

ROOT = Path(__file__).resolve().parents[3]
PAIRS = tomllib.loads((ROOT / "parsers/formats/two_readings.toml").read_text("utf-8"))["pair"]


def source_of(module: str) -> Path:
    path = ROOT / module.replace(".", "/")
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def imported(module: str) -> Iterator[str]:
    """Our own modules that a module imports, at its top or inside a function."""
    for node in ast.walk(ast.parse(source_of(module).read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("parsers"):
            for name in node.names:
                inner = f"{node.module}.{name.name}"
                yield inner if source_of(inner).exists() else str(node.module)


def reached(start: str, without: str = "") -> set[str]:
    """Every module of ours that a module needs, itself included."""
    seen: set[str] = set()
    pending = [start]
    while pending:
        module = pending.pop()
        if module not in seen and module != without:
            seen.add(module)
            pending += imported(module)
    return seen


@pytest.mark.parametrize("pair", PAIRS, ids=[pair["format"] for pair in PAIRS])
def test_what_two_readings_share_is_written_down(pair: dict[str, Any]) -> None:
    shared = reached(pair["first"], without=pair["second"]) & reached(pair["second"])
    assert set(pair["shared"]) == shared | set(pair.get("also", ()))


def test_docs_say_what_is_shared() -> None:
    text = (ROOT / "docs/reading.md").read_text("utf-8")
    for pair in PAIRS:
        for module, reason in pair["shared"].items():
            assert f"| {pair['format']} | `{module}` | {reason} |" in text


def test_readings_that_share_code_accuse_nobody() -> None:
    """The printed sums do not add up in either reading; whose error it is stays open where one error makes two."""
    truth = printed.balanced("gen2021")
    texts = {**truth.texts, "requests/granted/enterprise": "9999"}
    first = printed.content(*printed.report(printed.Truth("gen2021", texts)), method="one")
    hints = Hints(agency="青石县示范局", year=2022)
    said = {}
    for independent in (True, False):
        second = replace(first, method="two", independent=independent)
        report = interpret(first, second, hints).report
        assert report is not None
        said[independent] = (
            {finding.attribution for finding in report.findings if finding.code.startswith("T3")},
            report.readings_agree,
        )
    assert said == {True: ({Attribution.PUBLISHER}, True), False: ({Attribution.UNKNOWN}, None)}
