"""Other people's table readers on the same files. A peer that is not installed is left out.

A peer gives rows of texts. A row of the report counts as read when one of its rows holds the label and, after it, all
printed numbers in order: what a careful user could make of the peer's output with the form in hand.
"""

from __future__ import annotations

import io
import re
import tempfile
import unicodedata
import warnings
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from lxml import html as lxml_html

from bench.reading_corpus import Document, printed_rows

Rows = Iterator[list[str]]
Peer = tuple[str, str, str, Callable[[bytes], Rows]]
_NOISE = re.compile(r"[\W_]+")


def peers(name: str, more: Iterable[Peer] = ()) -> list[tuple[str, Callable[[bytes], Rows]]]:
    """(name and version, reader) of the installed peers for a format, `more` of them after the usual ones."""
    return [
        (f"{what} {version(package)}", read)
        for format_name, package, what, read in (*_PEERS, *more)
        if format_name == name and is_installed(package)
    ]


def is_installed(package: str) -> bool:
    """Is a peer here?"""
    try:
        version(package)
    except PackageNotFoundError:
        return False
    return True


def share_right(documents: Iterable[tuple[Document, list[list[str]]]]) -> float:
    """Share of printed cells in rows that the peer read."""
    right = total = 0
    for document, rows in documents:
        plain = [[_plain(text) for text in row] for row in rows]
        for label, texts in printed_rows(document.truth):
            total += len(texts)
            wanted = [_plain(text) for text in texts]
            right += len(texts) * any(_holds(row, _bare(label), wanted) for row in plain)
    return right / total if total else 0.0


def _holds(row: list[str], label: str, texts: list[str]) -> bool:
    at = next((index for index, text in enumerate(row) if label in _bare(text)), None)
    if at is None:
        return False
    rest = iter(row[at + 1 :] if label else row)
    return all(any(text == other for other in rest) for text in texts)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _bare(text: str) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", text))


def _texts(row: Iterable[object]) -> list[str]:
    return ["" if cell is None or cell != cell else str(cell) for cell in row]


def pdfplumber_tables(data: bytes) -> Rows:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            for table in page.extract_tables():
                yield from map(_texts, table)
            page.close()


def camelot_tables(data: bytes) -> Rows:
    import camelot

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.pdf")
        path.write_bytes(data)
        for table in camelot.read_pdf(str(path), pages="all", suppress_stdout=True):
            yield from map(_texts, table.df.itertuples(index=False))


def pymupdf_tables(data: bytes) -> Rows:
    import pymupdf

    with pymupdf.open(stream=data, filetype="pdf") as document:
        for page in document:
            for table in page.find_tables().tables:
                yield from map(_texts, table.extract())


def pandas_tables(data: bytes) -> Rows:
    import pandas

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for table in pandas.read_html(io.BytesIO(data), header=None, encoding=_encoding(data)):
            yield from map(_texts, table.astype(object).itertuples(index=False))


def _encoding(data: bytes) -> str:
    """The peer is told the right encoding; ours must find it out."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


NO_TABLES = "parsing only"


def lxml_parse(data: bytes) -> Rows:
    """Not a reader of tables: what merely parsing the page costs."""
    lxml_html.document_fromstring(data)
    yield from ()


def python_docx_tables(data: bytes) -> Rows:
    import docx

    for table in docx.Document(io.BytesIO(data)).tables:
        for row in table.rows:
            yield [cell.text for cell in row.cells]


def openpyxl_tables(data: bytes) -> Rows:
    import openpyxl

    for sheet in openpyxl.load_workbook(io.BytesIO(data), data_only=True):
        for row in sheet.iter_rows(values_only=True):
            yield _texts(row)


_PEERS: tuple[Peer, ...] = (
    ("pdf", "pdfplumber", "pdfplumber extract_tables", pdfplumber_tables),
    ("pdf", "camelot-py", "camelot read_pdf", camelot_tables),
    ("pdf", "pymupdf", "pymupdf find_tables", pymupdf_tables),
    ("html", "lxml", "lxml, parsing only", lxml_parse),
    ("html", "pandas", "pandas read_html", pandas_tables),
    ("docx", "python-docx", "python-docx", python_docx_tables),
    ("xlsx", "openpyxl", "openpyxl", openpyxl_tables),
)
