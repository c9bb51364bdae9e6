"""One document from bytes to report: recognise, read, read again, interpret; containers member by member."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from parsers.clean_text import clean, cleaned
from parsers.content import Content, Page, Place, Unreadable
from parsers.formats import Format, recognise
from parsers.formats.containers import picture_pages
from parsers.formats.damage import own_error
from parsers.interpret import interpret
from parsers.locate import PART, whole
from parsers.metadata.several import parts
from parsers.readings.digit_shapes import by_shape
from parsers.report import Attribution, Finding, Hints, Rejection, Report, Status
from parsers.tables.running_text.rebuild import unflatten
from parsers.trace import Trace

EXTRACTOR_VERSION = "6"
"""Raised with every change that can change what is read from a document."""

DEEPEST = 3
"""Containers within containers that are opened."""

NO_HINTS = Hints()

UNPROVEN = frozenset({"placeholder", "blank_template", "landing_page", "index", "shell", "other"})
"""Rejections for what a document lacks. They are no answer where a part of it could not be read."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a document could not be read; kinds as in `Unreadable`."""

    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one document gave: a report, a rejection or an error. `links` are attachments it offers (href, text).

    `members` are the documents of a container, or the reports of a document that carries several (``@1``, ``@2`` …),
    each with its name in `member`; the container's own report is that of its best member.
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


def extract(data: bytes, hints: Hints = NO_HINTS, trace: Trace | None = None) -> Extraction:
    """Read one document. Bad documents give an Extraction with `error`, never an exception.

    A `trace` is filled with what each stage made of it.
    """
    return _extract(data, hints, 0, trace)


def _extract(data: bytes, hints: Hints, depth: int, trace: Trace | None) -> Extraction:
    made = Extraction(hashlib.sha256(data).hexdigest(), "application/octet-stream")
    try:
        found = recognise(data) if data.strip() else None
        if found is None:
            raise Unreadable("unsupported" if data.strip() else "empty", "no format that can be read")
        made = replace(made, media_type=found.media_type)
        if trace is not None:
            trace.format = found.name
        if found.members is not None:
            return _container(made, found, data, hints, depth, trace)
        return _document(made, found, data, hints, trace)
    except Unreadable as error:
        return replace(made, error=Failure(error.kind, clean(error.message)))
    except MemoryError:
        return replace(made, error=Failure("too_much_memory", "the document needs more memory than is allowed"))
    except Exception as error:  # noqa: BLE001 a batch goes on after any document; what happened is in the record
        return replace(made, error=Failure("crashed", own_error(error)))


def _document(made: Extraction, found: Format, data: bytes, hints: Hints, trace: Trace | None) -> Extraction:
    assert found.read is not None
    content = found.read(data)
    notes: list[str] = []
    again = _opinion(found.second_reading, data, notes)
    several = parts(content)
    if several:
        others = parts(again) if again is not None else []
        alike = others if len(others) == len(several) else [None] * len(several)
        pairs = zip(several, alike, strict=True)
        told = (*content.unread, *content.notes, *notes)
        made = replace(made, pages=content.pages, links=content.links, notes=told)
        return _several(made, found, [(one, other) for one, other in pairs], hints, trace)
    second = _second(found, content, again)
    result = interpret(content, second, hints, trace)
    if found.arbitrate and second is not None and result.report is not None and not result.report.readings_agree:
        third = interpret(content, _opinion(found.arbitrate, data, notes), hints, trace)
        result = third if third.report is not None and third.report.readings_agree else result
    if content.unread and result.rejected is not None and result.rejected.kind in UNPROVEN:
        raise Unreadable("corrupt", "; ".join(content.unread))
    return replace(
        made,
        report=result.report,
        rejected=result.rejected,
        score=result.score,
        pages=content.pages,
        links=content.links,
        notes=(*content.unread, *content.notes, *notes),
    )


def _second(found: Format, content: Content, again: Content | None) -> Content | None:
    """The reading that is compared with the first: the shapes of digits, the format's own, running text."""
    if (shapes := by_shape(content)) is not None:
        return shapes
    if again is None and found.name == "text" and content.method != "text-html":
        flat = unflatten(content)  # labels and the numbers behind them, blind to tabs and lines
        return replace(flat, independent=True) if flat else None
    return again


def _several(
    made: Extraction,
    found: Format,
    readings: Sequence[tuple[Content, Content | None]],
    hints: Hints,
    trace: Trace | None,
) -> Extraction:
    """A document with several reports: each is a member of it; what the list said is said of them all."""
    own = replace(hints, title=None, agency=None, year=None)
    results = [interpret(content, _second(found, content, again), own, trace) for content, again in readings]
    members = tuple(
        replace(made, report=one.report, rejected=one.rejected, score=one.score, member=f"{PART}{number}")
        for number, one in enumerate(results, 1)
    )
    return _gathered(made, members)


def _opinion(read: Callable[[bytes], Content | None] | None, data: bytes, notes: list[str]) -> Content | None:
    """Another reading where the format has one; one that fails says nothing against the first, but is noted."""
    if read is None:
        return None
    try:
        return read(data)
    except Unreadable as error:
        notes.append(f"another reading: {clean(error.message)}")
    except Exception as error:  # noqa: BLE001 it costs the confirmation, not the document
        notes.append(f"another reading: {own_error(error)}")
    return None


def _container(
    made: Extraction, found: Format, data: bytes, hints: Hints, depth: int, trace: Trace | None
) -> Extraction:
    assert found.members is not None
    if depth >= DEEPEST:
        raise Unreadable("unsupported", f"containers more than {DEEPEST} deep")
    pictures, others = picture_pages.split(found.members(data))
    first = next(others, None)
    if first is None and len(pictures) > 1:
        pages = replace(found, members=None, read=lambda _: cleaned(picture_pages.read(pictures, made.media_type)))
        return _document(made, pages, data, hints, trace)
    given = chain(pictures, () if first is None else (first,), others)
    members = tuple(_member(name, content, hints, depth, trace) for name, content in given)
    if not members:
        raise Unreadable("empty", "the container holds no documents")
    return _gathered(made, members)


def _member(name: str, content: bytes, hints: Hints, depth: int, trace: Trace | None) -> Extraction:
    own = Trace() if trace is not None else None
    if trace is not None and own is not None:
        trace.members.append((name, own))
    return replace(_extract(content, hints, depth + 1, own), member=name)


def _gathered(made: Extraction, members: tuple[Extraction, ...]) -> Extraction:
    """What a container is itself: its best member, with a word on how many reports it carries."""
    leaves = list(_leaves(members))
    name, best = max(leaves, key=lambda leaf: _worth(leaf[1]))
    count = sum(leaf.report is not None for _, leaf in leaves)
    return replace(
        made,
        report=_one_of(count, _inside(name, best.report)) if best.report else None,
        rejected=best.rejected,
        error=None if best.report or best.rejected else best.error,
        score=best.score,
        pages=best.pages,
        members=members,
    )


def _leaves(members: tuple[Extraction, ...], above: str = "") -> Iterator[tuple[str, Extraction]]:
    """Every document in a container and in the containers within, with the path of names to it."""
    for member in members:
        name = f"{above}{member.member}"
        if member.members:
            yield from _leaves(member.members, f"{name}!")
        else:
            yield name, member


def _one_of(count: int, report: Report) -> Report:
    """The report with a word on the others beside it."""
    if count < 2:
        return report
    message = f"文件中有 {count} 份报告，这里是其中一份，各份均在 members 中"
    finding = Finding("SEVERAL-REPORTS", "notice", Attribution.UNKNOWN, message)
    return replace(report, findings=(finding, *report.findings))


def _inside(name: str, report: Report) -> Report:
    """The report with each cell's place told from outside the container."""
    name = whole(name)
    if not name:
        return report
    cells = (
        replace(cell, place=replace(cell.place, path=f"{name}!{cell.place.path or ''}"))
        if cell.place != Place()
        else cell
        for cell in report.cells
    )
    return replace(report, cells=tuple(cells))


def _worth(extraction: Extraction) -> tuple[int, int, int, int]:
    """Reports before rejections before errors; among reports the fullest with the fewest failed sums."""
    report = extraction.report
    if report is None:
        return (0, int(extraction.rejected is not None), 0, 0)
    numbers = sum(cell.value is not None for cell in report.cells)
    fails = sum(check.status is Status.FAIL for check in report.checks)
    return (1, len(report.cells), numbers, -fails)
