"""Every word that the program can write into a column of words is explained."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from harvester.definitions.ledger_statuses import LEDGER_STATUSES
from harvester.definitions.vocabulary import vocabulary
from parsers.forms import load
from parsers.report import Attribution, State, Status
from tests.conftest import ROOT

EVENTS = {"Event", "Refused", "Stopped", "event", "_again"}
ERRORS = {"Unreadable", "Failure", "failed"}
CODE = re.compile(r"[A-Z]+\d*(-[A-Z]+)+")


def modules(*packages: str) -> Iterator[Path]:
    for package in packages:
        yield from sorted((ROOT / package).rglob("*.py"))


def told(file: Path, names: set[str]) -> Iterator[str]:
    """Single words given to calls of these names."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in names:
            for given in node.args:
                if isinstance(given, ast.Constant) and re.fullmatch(r"[a-z][a-z_0-9]+", str(given.value)):
                    yield str(given.value)


def test_every_event_is_explained() -> None:
    emitted = {word for file in modules("spiders", "harvester") for word in told(file, EVENTS)}
    assert {"challenge", "truncated", "too_large", "layout_changed"} <= emitted
    assert emitted - set(vocabulary()["events.kind"]) == set()


def test_every_error_of_a_document_is_explained() -> None:
    emitted = {word for file in modules("parsers") for word in told(file, ERRORS)}
    assert {"encrypted", "corrupt", "needs_ocr"} <= emitted
    assert emitted - set(vocabulary()["documents.reason"]) == set()


def test_every_finding_is_explained() -> None:
    emitted = {
        node.value
        for file in modules("parsers")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value)
    }
    for rule in (ROOT / "harvester" / "relate" / "rules").glob("*.sql"):
        emitted |= {match[0] for match in CODE.finditer(rule.read_text(encoding="utf-8"))}
    assert {"T4-WIDTH", "XY-CARRY", "ROW-UNCLAIMED"} <= emitted
    assert emitted - set(vocabulary()["findings.code"]) - {"UTF-8"} == set()


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("cells.state", {state.value for state in State}),
        ("checks.status", {status.value for status in Status}),
        ("findings.attribution", {attribution.value for attribution in Attribution}),
        ("ledger.status", set(LEDGER_STATUSES)),
        ("checks.code", {check.code for form in ("gen2019", "gen2021") for check in load(form).checks}),
    ],
)
def test_the_words_of_a_column_are_these(column: str, values: set[str]) -> None:
    assert set(vocabulary()[column]) == values


def test_every_word_has_both_languages() -> None:
    for words in vocabulary().values():
        assert all(zh and en and not re.search("[一-鿿]", en) for zh, en in words.values())
