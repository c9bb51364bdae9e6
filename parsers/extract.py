"""One document from bytes to report: recognise, read, map by labels, read again, compare, check."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from parsers import checks
from parsers.content import Content, Page, Unreadable
from parsers.formats import recognise
from parsers.reader import Reading, read_tables
from parsers.report import Hints, Rejection, Report

EXTRACTOR_VERSION = "1"
"""Raised with every change that can change what is read from a document."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a document could not be read; kinds as in `Unreadable`."""

    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one document gave: a report, a rejection or an error. `links` are attachments it offers (href, text).

    `members` are the documents of a container; its own report is that of its best member, named by `member`.
    """

    sha256: str
    media_type: str
    report: Report | None = None
    rejected: Rejection | None = None
    error: Failure | None = None
    pages: tuple[Page, ...] = ()
    score: int | None = None
    members: tuple[Extraction, ...] = ()
    member: str | None = None
    links: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


NO_HINTS = Hints()


def extract(data: bytes, hints: Hints = NO_HINTS) -> Extraction:
    """Read one document. Bad documents give an Extraction with `error`, never an exception."""
    empty = Extraction(hashlib.sha256(data).hexdigest(), "application/octet-stream")
    try:
        return _extract(data, hints, empty)
    except Unreadable as error:
        return replace(empty, error=Failure(error.kind, error.message))
    except MemoryError:
        return replace(empty, error=Failure("too_much_memory", "the document needs more memory than is allowed"))
    except Exception as error:  # noqa: BLE001 a batch goes on after any document; what happened is in the record
        return replace(empty, error=Failure("crashed", f"{type(error).__name__}: {error}"))


def _extract(data: bytes, hints: Hints, empty: Extraction) -> Extraction:
    if not data.strip():
        raise Unreadable("empty", "the document has no content")
    found = recognise(data)
    if found is None:
        raise Unreadable("unsupported", "no known format")
    known = replace(empty, media_type=found.media_type)
    if found.read is None:
        raise Unreadable("unsupported", "a container")
    content = found.read(data)
    reading = read_tables(content)
    report = _report(content, reading) if reading else None
    return replace(known, report=report, pages=content.pages, links=content.links, notes=content.notes)


def _report(content: Content, reading: Reading) -> Report:
    return Report(
        form=reading.form,
        title="",
        agency=None,
        year=None,
        scope=None,
        publisher=None,
        published_on=None,
        sections=(),
        cells=reading.cells,
        method=content.method,
        checks=checks.check(reading.form, reading.cells),
        findings=reading.findings,
    )
