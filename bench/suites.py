"""Peers' test suites as a standing measure of the readers: crashes, time, memory, false accepts, cells.

HARVESTER_SUITES=DIR python -m bench suites [--write]

DIR holds checkouts of other projects, each in a folder of the name below; a folder that is not there is left out with
a line. Nothing of them is copied, and none of it holds a report: whatever is accepted as one is a fault. Every file is
read as the product reads it, in a process of its own kind with a deadline. `--write` renews docs/suites.md.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.suite_expectations import MEASURES, Measure
from bench.suite_process import Outcome, outcomes, without_ocr

PAGE = Path(__file__).resolve().parent.parent / "docs" / "suites.md"
FOLDER = "HARVESTER_SUITES"
PROCESSES = 2
MOST_SECONDS = 20.0
"""CPU seconds that one file may cost."""
MOST_MEGABYTES = 1024
"""Resident memory that one file may cost, the interpreter's own included."""
NAMED = 5
"""Files named in the page for each fault."""

SUITES = {
    "pdfplumber": ".pdf",
    "tabula-java": ".pdf",
    "camelot": ".pdf",
    "pdf.js": ".pdf",
    "qpdf": ".pdf",
    "poi": ".doc .docx .xls .xlsx .xlsb .xlsm .ppt .pptx .msg .vsd .vsdx .pub .xml",
    "test_files": ".xls .xlsx .xlsb .xlsm .ods .fods .xml .html .htm .wps .et .numbers .rtf",
    "tika": ".pdf .doc .docx .xls .xlsx .ppt .pptx .odt .ods .rtf .html .htm .eml .msg .zip .rar .7z .gz .tif .png",
    "ofdrw": ".ofd .pdf",
}
"""Folder of a checkout -> endings of the files that are read. `test_files` are SheetJS's."""


@dataclass(slots=True)
class Account:
    """What the files of one suite came to."""

    name: str
    files: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    largest: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Count one file, and name it where it is a fault."""
        self.files += 1
        self.seconds += outcome.seconds
        self.slowest = max(self.slowest, outcome.seconds)
        self.largest = max(self.largest, outcome.megabytes)
        self.verdicts[outcome.verdict] += 1
        if wrong := fault(outcome):
            self.faults.append(f"{outcome.path.name}: {wrong}")

    def row(self) -> str:
        """A line of the page's table."""
        said = self.verdicts
        return (
            f"| {self.name} | {self.files:,} | {said['crashed']} | {said['accepted']} | {said['read']:,} |"
            f" {said['refused']:,} | {1000 * self.seconds / max(1, self.files):,.0f} | {self.slowest:.1f} |"
            f" {self.largest:,} | {len(self.faults)} |"
        )


def fault(outcome: Outcome) -> str | None:
    """What is wrong with how a file was read; None for nothing."""
    if outcome.verdict in ("crashed", "accepted"):
        return f"{outcome.verdict}: {outcome.detail}"
    if outcome.seconds > MOST_SECONDS:
        return f"{outcome.seconds:.0f} s of CPU"
    return f"{outcome.megabytes:,} MB" if outcome.megabytes > MOST_MEGABYTES else None


def main(arguments: Sequence[str] | None = None) -> None:
    """Read every suite that is there and print the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="renew docs/suites.md")
    parser.add_argument("--only", nargs="+", default=list(SUITES), choices=SUITES, help="these suites")
    parser.add_argument("--sample", type=int, default=1, metavar="N", help="every Nth file")
    parser.add_argument("--ocr", action="store_true", help="recognise pictures of pages too; seconds a page")
    chosen = parser.parse_args(arguments)
    if not os.environ.get(FOLDER):
        print(f"suites: {FOLDER} names no folder with checkouts: left out")
        return
    folder = Path(os.environ[FOLDER])
    if not chosen.ocr:
        without_ocr()
    accounts = list(measured(folder, chosen))
    measures = [one for suite in chosen.only for measure in MEASURES.get(suite, ()) for one in measure(folder / suite)]
    text = page(accounts, measures)
    print(text)
    if chosen.write:
        PAGE.write_text(text, encoding="utf-8")


def measured(folder: Path, chosen: argparse.Namespace) -> Iterator[Account]:
    """The account of each suite that is there."""
    for name in chosen.only:
        files = files_of(folder / name, SUITES[name].split())[:: chosen.sample]
        if not files:
            print(f"suites: no files in {folder / name}: left out", file=sys.stderr)
            continue
        account = Account(name)
        for outcome in outcomes(files, PROCESSES, ocr=chosen.ocr):
            account.add(outcome)
        print(account.row(), flush=True)
        yield account


def files_of(folder: Path, endings: Sequence[str]) -> list[Path]:
    """The files of a checkout with one of these endings, in order; nothing of .git."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in endings and ".git" not in path.parts)
    return sorted(path for path in found if path.is_file())


def page(accounts: Sequence[Account], measures: Sequence[Measure]) -> str:
    """docs/suites.md."""
    lines = [
        "# Peers' test suites",
        "",
        "Written by `HARVESTER_SUITES=DIR python -m bench suites --write`; DIR holds checkouts of other projects. None",
        "of their files is a report: `accepted` counts those taken for one. `refused` were not read, with a reason.",
        "Pictures of pages are recognised only with `--ocr`: as on a machine without the extra, they are refused.",
        f"A fault is a crash, an accepted file, more than {MOST_SECONDS:.0f} s of CPU or {MOST_MEGABYTES:,} MB.",
        "",
        "| suite | files | crashed | accepted | read | refused | CPU ms a file | slowest (s) | most MB | faults |",
        "|---|---|---|---|---|---|---|---|---|---|",
        *(account.row() for account in accounts),
        "",
    ]
    for account in accounts:
        lines += [f"* {account.name}: {wrong}" for wrong in account.faults[:NAMED]]
    if measures:
        lines += ["", "## Cells", "", "A cell counts when its text, without white space, is found in a table.", ""]
        lines += ["| measure | reader | files | cells | recall | precision |", "|---|---|---|---|---|---|"]
        lines += [measure.row() for measure in measures]
    return "\n".join(lines) + "\n"
