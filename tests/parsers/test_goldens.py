"""Documents beside what is read from them.

Put a document into tests/reports/goldens (or a seed, which are there already) and run ``pytest --write-goldens``: what
is read now is written beside it and the test fails. Read that file against the document, then put your name into
`read_by`. From then on any change in what is read fails.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from parsers.extract import Extraction, extract
from parsers.output.json_report import to_json
from tests.conftest import ROOT

REPORTS = ROOT / "tests" / "reports"
DOCUMENTS = sorted(
    path
    for folder in ("goldens", "seeds")
    for path in (REPORTS / folder).glob("*")
    if path.is_file() and not path.name.endswith(".json")
)


def golden_of(extraction: Extraction, source: str) -> dict[str, Any]:
    """What a person can check: facts, cells by key as state and text, checks by outcome, findings."""
    made = to_json(extraction, source)
    report = made.pop("report")
    if report is None:
        return made
    cells = {f"{c['table']}/{c['row']}/{c['column']}": f"{c['state']}: {c['raw'].strip()}" for c in report.pop("cells")}
    checks = Counter(f"{check['code']} {check['status']}" for check in report.pop("checks"))
    sections = {section["heading"]: len(section["text"]) for section in report.pop("sections")}
    findings = [f"{f['code']} {f['severity']} {f['attribution']}: {f['message']}" for f in report.pop("findings")]
    del report["evidence"]  # what it tells stands in the facts
    report |= {"sections": sections, "cells": cells, "checks": dict(sorted(checks.items())), "findings": findings}
    return {**made, "report": report}


def _case(path: Path) -> Any:
    recognised = (pytest.mark.slow, pytest.mark.ocr) if path.name.startswith("scan") else ()
    return pytest.param(path, id=path.name, marks=recognised)


@pytest.mark.parametrize("document", [_case(path) for path in DOCUMENTS])
def test_golden(document: Path, request: pytest.FixtureRequest) -> None:
    golden = document.with_name(document.name + ".golden.json")
    if document.name.startswith("scan"):
        pytest.importorskip("rapidocr")
    read = golden_of(extract(document.read_bytes()), document.name)
    if not golden.exists() and request.config.getoption("--write-goldens"):
        text = json.dumps({"read_by": "", **read}, ensure_ascii=False, indent=1)
        golden.write_text(text + "\n", encoding="utf-8")
    assert golden.exists(), f"no {golden.name}: run pytest --write-goldens, then read it"
    expected = json.loads(golden.read_text(encoding="utf-8"))
    assert expected.pop("read_by"), f"{golden.name} was written by the program: read it, then fill read_by"
    assert read == expected


def test_every_seed_has_a_golden() -> None:
    assert sum(document.parent.name == "seeds" for document in DOCUMENTS) == 5
