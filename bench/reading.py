"""Accuracy and speed of reading, by format, beside other readers: writes docs/reading.md.

python -m bench.reading            every format; about five minutes
python -m bench.reading --quick    few documents, printed only
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import sys
import time
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import pypdfium2

from bench.reading_corpus import FORMATS, Document, corpus
from bench.reading_peers import NO_TABLES, peers, share_right
from harvester.read.jobs import Job
from harvester.read.worker_pool import extract_many
from parsers.extract import EXTRACTOR_VERSION, extract
from parsers.formats import recognise
from tests.factory.compare import differences, wrong_numbers

T = TypeVar("T")

COUNTS = {"doc": 13, "scan": 2, "pdf": 26}
COUNT = 65
BATCHES = {1: 200, 2: 1_000}
"""Documents by number of worker processes: the speed of one, the speed and the memory of two."""
ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reading.md"
PAIRS = ROOT / "parsers" / "formats" / "two_readings.toml"


@dataclass(frozen=True, slots=True)
class Measure:
    """One reader on the documents of one format. `seconds` is CPU time of this process."""

    format: str
    reader: str
    documents: int
    pages: int
    seconds: float
    right: float | None
    wrong: int | None = None

    def row(self) -> str:
        each = 1000 * self.seconds / self.documents
        page = f"{1000 * self.seconds / self.pages:.1f}" if self.pages else "–"
        right = "–" if self.right is None else f"{self.right:.2%}"
        wrong = "–" if self.wrong is None else str(self.wrong)
        speed = f"{self.documents / self.seconds:,.1f}"
        return f"| {self.format} | {self.reader} | {each:,.1f} | {page} | {speed} | {right} | {wrong} |"


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="few documents; print, do not write docs/reading.md")
    parser.add_argument("--formats", nargs="+", default=list(FORMATS), choices=FORMATS)
    chosen = parser.parse_args(arguments)
    measures = []
    for name in chosen.formats:
        documents = corpus(name, min(6, COUNTS.get(name, COUNT)) if chosen.quick else COUNTS.get(name, COUNT))
        for measure in measure_format(name, documents):
            measures.append(measure)
            print(measure.row(), flush=True)
    batches = [] if chosen.quick else measure_batches()
    text = page(measures, batches)
    if chosen.quick or len(chosen.formats) < len(FORMATS):
        print(text)
    else:
        PAGE.write_text(text, encoding="utf-8")


def measure_format(name: str, documents: list[Document]) -> Iterable[Measure]:
    """Ours, whole and first reading only, then the peers."""
    if not documents:
        return
    pages = sum(map(_pages, documents)) if name in {"pdf", "scan"} else 0
    extract(documents[0].data)
    extractions, seconds = _timed(extract, documents)
    cells = sum(len(document.truth.cells) for document in documents)
    pairs = list(zip(documents, extractions, strict=True))
    misread = sum(min(len(differences(d.truth, found)), len(d.truth.cells)) for d, found in pairs)
    wrong = sum(len(wrong_numbers(d.truth, found)) for d, found in pairs)
    yield Measure(name, "**ours, whole**", len(documents), pages, seconds, 1 - misread / cells, wrong)
    if name != "scan":
        _, seconds = _timed(_first_reading, documents)
        yield Measure(name, "ours, first reading only", len(documents), pages, seconds, 1 - misread / cells)
    for peer, read in peers(name):
        rows, seconds = _timed(partial(_rows, read), documents)
        failed = sum(found is None for found in rows)
        right = None if NO_TABLES in peer else share_right(zip(documents, [found or [] for found in rows], strict=True))
        said = f"{peer} (failed on {failed})" if failed else peer
        yield Measure(name, said, len(documents), pages, seconds, right)


def _rows(read: Callable[[bytes], Iterable[list[str]]], data: bytes) -> list[list[str]] | None:
    """A peer's rows; None where it fails."""
    try:
        return list(read(data))
    except Exception:  # noqa: BLE001  a peer that fails on a file has read nothing of it, and the table says so
        return None


def _first_reading(data: bytes) -> object:
    found = recognise(data)
    assert found is not None
    assert found.read is not None
    return found.read(data)


def _timed(read: Callable[[bytes], T], documents: list[Document]) -> tuple[list[T], float]:
    gc.collect()
    start = time.process_time()
    results = [read(document.data) for document in documents]
    return results, time.process_time() - start


def _pages(document: Document) -> int:
    opened = pypdfium2.PdfDocument(document.data)
    try:
        return len(opened)
    finally:
        opened.close()


def measure_batches() -> list[str]:
    """Many documents through the worker processes: speed by the clock, memory of a worker early and late."""
    some = [document.data for name in ("html", "docx", "pdf", "rtf") for document in corpus(name, 25)]
    rows = []
    for processes, size in BATCHES.items():
        peaks: list[float] = []
        start = time.monotonic()
        jobs = (Job(number, some[number % len(some)]) for number in range(size))
        for count, _ in enumerate(extract_many(jobs, processes=processes), 1):
            if count in {100, size - 5}:
                peaks.append(max(map(_resident, _children()), default=0.0))
        speed = size / (time.monotonic() - start)
        rows.append(f"| {processes} | {size:,} | {speed:,.0f} | {peaks[0]:.0f} MB | {peaks[1]:.0f} MB |")
    return rows


def _children() -> list[int]:
    children = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return [int(child) for path in children for child in path.read_text().split()]


def _resident(process: int) -> float:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024


def page(measures: list[Measure], batches: list[str]) -> str:
    """docs/reading.md."""
    machine = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    text = PAGE_HEAD.format(machine=machine, version=EXTRACTOR_VERSION, rows="\n".join(m.row() for m in measures))
    text += SHARED_TABLE.format(rows="\n".join(shared_rows()))
    return text + (BATCH_TABLE.format(rows="\n".join(batches)) if batches else "")


def shared_rows() -> list[str]:
    """One line for each module that both readings of a format use."""
    pairs = tomllib.loads(PAIRS.read_text("utf-8"))["pair"]
    return [f"| {pair['format']} | `{module}` | {why} |" for pair in pairs for module, why in pair["shared"].items()]


PAGE_HEAD = """\
# Reading: accuracy and speed by format

Written by `python -m bench.reading`; do not edit. The documents are made by tests/factory: random reports
whose sums hold, on both modern forms, with the blanks, split tables, merged and unmerged cells, wrong charsets
and page breaks that agencies produce. The same bytes go to every reader in the same run.

{machine}, extractor version {version}. Times are CPU seconds of one process.

| format | reader | ms a document | ms a page | documents a second | cells right | wrong numbers |
|---|---|--:|--:|--:|--:|--:|
{rows}

*Ours, whole* is everything `harvester extract` does: recognise, read, map by labels, read a second time,
compare, check the sums, read the narrative, name the agency and the year. *First reading only* is what the other
readers do: tables out of the file. *Cells right* is state and value of each cell by its name in the form; a cell
that is refused as unreadable counts as not right. *Wrong numbers* are cells that were given a number which is not
printed there. For other readers a row counts as right when one of their rows holds its label and its numbers in
order; they name no cell, join no split table and keep no place.
"""

SHARED_TABLE = """
## What two readings share

Every document is read twice. An error is called the publisher's only where both readings give every number concerned
and share no code that could have put the same error into both. Below is all of our code that the two readings of a
format have in common (parsers/formats/two_readings.toml; a test walks the imports). Formats that are not listed have no
second reading of that kind: their errors are called nobody's.

| format | used by both readings | why it could not have put an error into a number |
|---|---|---|
{rows}
"""

BATCH_TABLE = """
## Batches (HTML, Word, PDF, RTF) through worker processes

| processes | documents | documents a second (wall) | memory of a worker after 100 | at the end |
|--:|--:|--:|--:|--:|
{rows}
"""


if __name__ == "__main__":
    sys.exit(main())
