"""docs/three-questions.ipynb answers its questions on the package of the test archive."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from harvester.export import export
from tests.conftest import ROOT
from tests.site_client import archive

__all__ = ["archive"]

NOTEBOOK = ROOT / "docs" / "three-questions.ipynb"


@pytest.fixture
def answers(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Names that the code cells leave behind."""
    pytest.importorskip("pandas")
    pytest.importorskip("duckdb")
    export(archive, tmp_path / "package")
    monkeypatch.setenv("PACKAGE", str(tmp_path / "package"))
    names: dict[str, Any] = {}
    for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
    return names


def test_first_question_agrees_with_the_site(answers: dict[str, Any], archive: Path) -> None:
    connection = sqlite3.connect(archive / "site" / "archive.db")
    expected = connection.execute(
        "select year, n, round(median, 3) from indicator_quartiles where indicator = 'disclosure_rate' and"
        " scope = 'government_aggregate' and code = '000000' and year != 2023 order by year"
    ).fetchall()
    connection.close()
    found = answers["disclosure"].drop(index=2023)
    assert [(year, row.n, row.median) for year, row in zip(found.index, found.itertuples(), strict=True)] == expected


def test_second_question_names_printed_and_implied(answers: dict[str, Any]) -> None:
    wrong = answers["wrong"]
    row = wrong[(wrong["year"] == "2023") & (wrong["code"] == "T4-SUM")].iloc[0]
    assert (row["printed"], row["implied"], row["attribution"]) == ("0", "11", "publisher")
    assert answers["whose"].sum() == len(wrong)


def test_third_question_counts_what_is_absent(answers: dict[str, Any]) -> None:
    assert len(answers["absent"]) == 5
    assert answers["by_status"]["share_found"].between(0, 1).all()
