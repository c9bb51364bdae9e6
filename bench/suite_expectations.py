"""What suites say that their files hold, against what is read of them, ours beside other readers.

* tabula-java carries the tables of the ICDAR 2013 competition: each cell with its text (``*-str.xml``).
* SheetJS gives the sheets of its workbooks as CSV, as a spreadsheet shows them.
* Of the others' Word files python-docx tells the cells: no truth, a second opinion.

Cells are compared as texts without white space, however often each stands in a file; places are not compared.
"""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from lxml import etree

from bench.reading_peers import Peer, Rows, peers, python_docx_tables
from parsers.content import Table, Unreadable
from parsers.formats import recognise

Cells = Counter[str]
SHEETS = ("xls", "docx")
"""Formats whose rows of one cell are paragraphs to us."""
FROM_POI = "apachepoi_"
"""How SheetJS names the workbooks that it takes from the suite of Apache POI."""
MOST_BYTES = 3 << 20
"""Workbooks beyond this are left out of the comparison: some hold a million cells, and all count the same."""


@dataclass(slots=True)
class Measure:
    """One reader on the files of one measure. `recall`: share of the expected cells found; `precision`: of the found
    ones expected (None where what is expected is not all that is there)."""

    name: str
    reader: str
    files: int = 0
    cells: int = 0
    found: int = 0
    right: int = 0
    has_precision: bool = True

    def add(self, expected: Cells, found: Cells) -> None:
        """Count one file."""
        self.files += 1
        self.cells += expected.total()
        self.found += found.total()
        self.right += (expected & found).total()

    def row(self) -> str:
        """A line of the page's table."""
        precision = f"{self.right / max(1, self.found):.3f}" if self.has_precision else "–"
        recall = f"{self.right / max(1, self.cells):.3f}"
        return f"| {self.name} | {self.reader} | {self.files} | {self.cells:,} | {recall} | {precision} |"


def ours(data: bytes) -> Rows:
    """Rows of the tables of our first reading. Nothing for a file that is refused."""
    form = recognise(data)
    if form is None or form.read is None:
        return
    try:
        content = form.read(data)
    except Unreadable:
        return
    for block in content.blocks:
        if isinstance(block, Table):
            yield from ([cell.text for cell in cells] for cells in block.rows())
        elif form.name in SHEETS:
            yield block.text.splitlines()


def icdar(folder: Path) -> Iterator[Measure]:
    """The ICDAR 2013 tables: most of them have no lines."""
    told = sorted(folder.rglob("*-str.xml"))
    files = [(path.with_name(path.name.replace("-str.xml", ".pdf")), path) for path in told]
    yield from _measured("ICDAR 2013", [(pdf, _icdar_cells(xml)) for pdf, xml in files if pdf.is_file()], "pdf")


def _icdar_cells(path: Path) -> Cells:
    root = etree.fromstring(path.read_bytes())
    return cells_of([cell.findtext("content") or "" for cell in root.iter("cell")])


def sheets(folder: Path) -> Iterator[Measure]:
    """Workbooks with the CSV files that SheetJS expects of them (``book.xlsx.0.csv``)."""
    books = []
    for book, parts in groupby(sorted(folder.glob("*.*.*.csv")), key=lambda path: path.name.rsplit(".", 2)[0]):
        source = folder / book
        if book.startswith(FROM_POI):
            source = folder.parent / "poi" / "test-data" / "spreadsheet" / book.removeprefix(FROM_POI)
        if source.is_file() and source.suffix in (".xlsx", ".xls") and source.stat().st_size < MOST_BYTES:
            books.append((source, sum((_csv_cells(part) for part in parts), Cells())))
    for ending in (".xlsx", ".xls"):
        chosen = [(path, cells) for path, cells in books if path.suffix == ending]
        yield from _measured(f"SheetJS {ending}", chosen, ending[1:])


def _csv_cells(path: Path) -> Cells:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        return cells_of(text for row in csv.reader(line.replace("\0", "") for line in lines) for text in row)


def word_files(folder: Path) -> Iterator[Measure]:
    """Word files of a suite: python-docx's cells in ours."""
    measure = Measure(f"{folder.name} .docx, of python-docx's", "ours", has_precision=False)
    for path in sorted(folder.rglob("*.docx")):
        data = path.read_bytes()
        told = _read(python_docx_tables, data)
        if told:
            measure.add(told, _read(ours, data))
    if measure.files:
        yield measure


def _measured(name: str, files: list[tuple[Path, Cells]], kind: str) -> Iterator[Measure]:
    if not files:
        return
    readers: list[tuple[str, Callable[[bytes], Rows]]] = [("**ours**", ours), *peers(kind, EXTRA)]
    for reader, read in readers:
        measure = Measure(name, reader)
        for path, expected in files:
            measure.add(expected, _read(read, path.read_bytes()))
        yield measure


def _read(read: Callable[[bytes], Rows], data: bytes) -> Cells:
    """The cells that a reader finds; none where it fails, which the recall says."""
    found: list[str] = []
    try:
        for row in read(data):
            found += row
    except Exception:  # noqa: BLE001  a peer that fails on a file has read what it gave until then
        return cells_of(found)
    return cells_of(found)


def cells_of(texts: Iterable[str]) -> Cells:
    """Texts without white space and in one width, empty ones left out."""
    plain = ("".join(unicodedata.normalize("NFKC", text).split()) for text in texts)
    return Counter(text for text in plain if text)


def tabula(mode: str) -> Callable[[bytes], Rows]:
    """tabula-java through tabula-py, which carries its jar; needs Java. `mode`: lattice or stream."""

    def read(data: bytes) -> Rows:
        import io

        import tabula as library  # type: ignore[import-not-found]  # nobody's dependency: it needs Java

        options = {mode: True, "pages": "all", "pandas_options": {"header": None}, "silent": True}
        for frame in library.read_pdf(io.BytesIO(data), **options):
            for row in frame.itertuples(index=False):
                yield ["" if cell is None or cell != cell else str(cell) for cell in row]

    return read


def xlrd_rows(data: bytes) -> Rows:
    """Values of an Excel 97 workbook, whole numbers without ``.0``."""
    import xlrd

    for sheet in xlrd.open_workbook(file_contents=data):
        for number in range(sheet.nrows):
            yield [f"{cell:g}" if isinstance(cell, float) else str(cell) for cell in sheet.row_values(number)]


EXTRA: tuple[Peer, ...] = (
    ("xls", "xlrd", "xlrd", xlrd_rows),
    ("pdf", "tabula-py", "tabula, lattice", tabula("lattice")),
    ("pdf", "tabula-py", "tabula, stream", tabula("stream")),
)

MEASURES: dict[str, tuple[Callable[[Path], Iterator[Measure]], ...]] = {
    "tabula-java": (icdar,),
    "test_files": (sheets,),
    "poi": (word_files,),
    "tika": (word_files,),
}
"""Suite -> its measures."""
