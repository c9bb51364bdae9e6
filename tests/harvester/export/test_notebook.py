"""docs/three-questions.ipynb answers its questions on the package of the test archive."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from harvester.definitions.indicators import FEWEST_BODIES
from harvester.export import export
from tests.conftest import ROOT

NOTEBOOK = ROOT / "docs" / "three-questions.ipynb"


@pytest.fixture
def answers(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Names that the code cells leave behind."""
    pytest.importorskip("pandas")
    pytest.importorskip("duckdb")
    export(archive, tmp_path / "package")
    monkeypatch.setenv("HARVESTER_PACKAGE", str(tmp_path / "package"))
    names: dict[str, Any] = {}
    for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
    return names


def test_first_question_agrees_with_the_site(answers: dict[str, Any], archive: Path) -> None:
    connection = sqlite3.connect(archive / "site" / "archive.db")
    expected = connection.execute(
        "select year, n, round(median, 3) from indicator_quartiles where indicator = 'disclosure_rate' and"
        " scope = 'government_aggregate' and level = 'county' and code = '000000' and year != 2023 order by year"
    ).fetchall()
    connection.close()
    found = answers["disclosure"].drop(index=2023)
    pairs = zip(found.index, found.itertuples(), strict=True)
    assert [(year, row.n, row.median if row.n >= FEWEST_BODIES else None) for year, row in pairs] == expected


def test_second_question_names_printed_and_implied(answers: dict[str, Any]) -> None:
    wrong = answers["wrong"]
    row = wrong[(wrong["year"] == "2023") & (wrong["code"] == "T4-SUM")].iloc[0]
    assert (row["printed"], row["implied"], row["attribution"]) == ("0", "11", "publisher")
    assert answers["whose"].sum() == len(wrong)


def test_third_question_counts_what_is_absent(answers: dict[str, Any]) -> None:
    assert len(answers["absent"]) == 5
    counted = answers["by_status"].loc[("government_aggregate", 2021)]
    assert counted[["found", "late", "removed", "n"]].tolist() == [2, 1, 1, 4]
    missing = answers["absent"].query("status == 'missing'")
    assert ("白沙县人民政府", 2019) in set(zip(missing["agency_name_canonical"], missing["report_year"], strict=True))
    late = answers["late"].set_index(["agency_name_canonical", "report_year"])
    assert late.loc[("白沙县人民政府", 2021), "days_late"] == 40
    assert late["archive_url"].notna().all()


def test_few_reports_give_no_figure(answers: dict[str, Any]) -> None:
    few = answers["shown"][answers["shown"]["n"] < 10]
    assert len(few)
    assert few[["lower", "median", "upper"]].isna().all(axis=None)
    by_status = answers["by_status"]
    assert by_status.loc[by_status["n"] < 10, "share_found"].isna().all()


def test_governments_and_departments_are_counted_apart(answers: dict[str, Any]) -> None:
    assert answers["by_status"].index.names == ["agency_type", "report_year"]
    assert answers["by_status"]["n"].sum() == len(answers["coverage"])
    assert set(answers["coverage"]["simulated"]) == {answers["simulated"]}
