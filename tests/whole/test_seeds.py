"""The five seed reports, cell for cell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parsers.extract import extract
from parsers.report import Report, State


def read_seed(seeds: Path, number: int) -> tuple[Report, dict[str, int | None]]:
    (document,) = seeds.glob(f"{number:03}_*.txt")
    truth = json.loads((seeds / f"seed-{number:03}.truth.json").read_text(encoding="utf-8"))
    extraction = extract(document.read_bytes())
    assert extraction.report is not None, extraction
    assert extraction.report.form == truth["form"]
    return extraction.report, truth["cells"]


@pytest.mark.parametrize("number", range(5))
def test_every_cell_of_a_seed_is_exact(seeds: Path, number: int) -> None:
    report, truth = read_seed(seeds, number)
    read = {cell.key: cell.value for cell in report.cells}
    assert read == truth
    states = {cell.key: cell.state for cell in report.cells}
    assert states == {key: State.BLANK if value is None else State.NUMBER for key, value in truth.items()}


def test_the_sixteenth_number_is_a_finding(seeds: Path) -> None:
    report, _ = read_seed(seeds, 1)
    (finding,) = [finding for finding in report.findings if finding.code == "T4-WIDTH"]
    assert finding.severity == "error"
    assert len(finding.cells) == 15


@pytest.mark.parametrize("number", range(5))
def test_no_row_of_a_seed_is_left_over_or_missing(seeds: Path, number: int) -> None:
    report, _ = read_seed(seeds, number)
    codes = {finding.code for finding in report.findings}
    assert not codes & {"ROW-UNCLAIMED", "ROW-MISSING"}


def test_a_label_cut_by_the_page_is_whole(seeds: Path) -> None:
    report, _ = read_seed(seeds, 3)
    labels = {cell.label for cell in report.cells if cell.row == "refused_deliberative_process"}
    assert labels == {"6. 属于四类过程性信息"}
