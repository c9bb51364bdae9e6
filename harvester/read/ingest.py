"""One document's extraction into rows, in one transaction: all of it or nothing."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from archive import editions
from archive.moments import now
from archive.store import Store
from harvester.read.unread_parts import wholly_read
from harvester.read.worker_process import UNAVAILABLE
from harvester.reports.current_edition import update_current_edition
from harvester.reports.foreign_copies import keep_foreign_copy, mark_foreign
from harvester.reports.publisher import Origin, Publisher, origins, rightful
from parsers.extract import EXTRACTOR_VERSION, Extraction, Failure
from parsers.report import Number, Report, Status

NOT_OURS = {"soft404", "challenge", "index", "landing_page", "audio", "other"}
FORMATS = {
    "text/html": "html",
    "application/pdf": "pdf",
    "application/msword": "doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.ms-excel": "xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/rtf": "rtf",
    "application/ofd": "ofd",
    "application/zip": "zip",
    "application/vnd.rar": "rar",
    "multipart/related": "mht",
    "text/plain": "text",
}


MOST_READINGS = 10
"""Readings of a document that may be broken off. Mostly the whole run was killed; the reader itself is limited."""

STARTED = "started "


def mark_started(store: Store, sha256: str) -> None:
    """Marked failed first, with the number of the attempt: a document that brings its run down is not tried for ever.

    A reading that did not end is tried again by the next parse, up to `MOST_READINGS` times. What was read of the
    document before stands meanwhile.
    """
    (before,) = store.connection.execute(
        "SELECT coalesce(extractor_version, '') FROM documents WHERE sha256 = ?", (sha256,)
    ).fetchone()
    attempt = int(before.removeprefix(STARTED)) + 1 if before.startswith(STARTED) else 1
    store.connection.execute(
        "UPDATE documents SET kind = iif(sha256 IN (SELECT sha256 FROM editions), kind, 'unreadable'),"
        " reason = 'crashed: reading it did not end', extractor_version = ?, read_at = ? WHERE sha256 = ?",
        (f"{STARTED}{attempt}" if attempt < MOST_READINGS else EXTRACTOR_VERSION, now(), sha256),
    )


def mark_open(store: Store, sha256: str, why: Failure) -> None:
    """Nothing was learned of the document: what was read of it before stays, and it is due again.

    Bytes that the archive cannot give are asked for as often as one likes. A reading that others broke off is counted
    (`mark_started`): a document that has its reader killed each time is not tried for ever.
    """
    store.connection.execute(
        "UPDATE documents SET reason = ?, extractor_version = iif(?, NULL, extractor_version),"
        " kind = CASE WHEN sha256 IN (SELECT sha256 FROM editions) THEN 'report'"
        " WHEN extractor_version = ? THEN 'unreadable' ELSE 'pending' END WHERE sha256 = ?",
        (f"{why.kind}: {why.message}", why.kind == UNAVAILABLE, EXTRACTOR_VERSION, sha256),
    )


def keep_as_read(store: Store, sha256: str, why: Failure) -> bool:
    """A document that was read before and cannot be read now keeps what was read; the reason says so. False where
    nothing was."""
    kept = store.connection.execute(
        "UPDATE documents SET kind = 'report', reason = ?, extractor_version = ?, read_at = ?"
        " WHERE sha256 = ? AND sha256 IN (SELECT sha256 FROM editions)",
        (f"read before, not now: {why.kind}: {why.message}", EXTRACTOR_VERSION, now(), sha256),
    )
    return kept.rowcount > 0


def ingest(store: Store, sha256: str, extraction: Extraction) -> str:
    """Write what a document gave; return its kind (report, lookalike, other, unreadable)."""
    connection = store.connection
    if extraction.error is not None and keep_as_read(store, sha256, extraction.error):
        return "report"
    met = origins(connection, sha256)
    kind, reason = verdict(extraction)
    if met:
        kind, reason = wholly_read(store, sha256, met[0].url, kind, reason)
    connection.execute("BEGIN IMMEDIATE")
    with connection:  # a full disk has taken everything back already: there is nothing to roll back then
        connection.execute(
            "UPDATE documents SET kind = ?, reason = ?, score = ?, media_type = ?, extractor_version = ?, read_at = ?"
            " WHERE sha256 = ?",
            (kind, reason, extraction.score, extraction.media_type, EXTRACTOR_VERSION, now(), sha256),
        )
        touched, kept = set[int](), []
        connection.execute("DELETE FROM foreign_copies WHERE sha256 = ?", (sha256,))
        for member, report in reports(extraction) if met else ():
            entered = enter_report(connection, sha256, member, extraction, report, met)
            if entered:
                kept.append(entered[0])
                touched.update(entered[1])
        kind = mark_foreign(connection, sha256, kind, kept)
        touched.update(editions.drop_editions(connection, sha256, kept))
        editions.replace_pages(
            connection,
            sha256,
            ({"page": page.number, "width": page.width, "height": page.height} for page in extraction.pages),
        )
        for report_id in sorted(touched):
            update_current_edition(connection, report_id)
    return kind


def verdict(extraction: Extraction) -> tuple[str, str | None]:
    """(kind, reason) of a document."""
    if extraction.report is not None:
        return "report", None
    if extraction.error is not None:
        return "unreadable", f"{extraction.error.kind}: {extraction.error.message}"
    rejected = extraction.rejected
    if rejected is None:
        return "other", "no report in it"
    kind = "other" if rejected.kind in NOT_OURS else "lookalike"
    return kind, f"{rejected.kind}: {rejected.reason}"


def reports(extraction: Extraction, prefix: str = "") -> Iterator[tuple[str | None, Report]]:
    """(member path, report) of every report a document carries; a container may carry many."""
    if not extraction.members:
        if extraction.report is not None:
            yield prefix or None, extraction.report
        return
    for member in extraction.members:
        yield from reports(member, f"{prefix}!{member.member}" if prefix else str(member.member))


def enter_report(
    connection: sqlite3.Connection,
    sha256: str,
    member: str | None,
    extraction: Extraction,
    report: Report,
    met: Sequence[Origin],
) -> tuple[int, set[int]] | None:
    """Enter one report with its edition; return the edition id and the reports touched.

    None without a year, and for another place's report: a copy creates nothing and replaces nothing.
    """
    who, found, is_own = rightful(connection, report, met)
    if not is_own:
        keep_foreign_copy(connection, sha256, member, who, found)
        return None
    if who.year is None:
        connection.execute(
            "UPDATE documents SET reason = 'the year it reports on is not stated' WHERE sha256 = ?", (sha256,)
        )
        return None
    report_id = editions.report_id(connection, report_row(connection, who, found))
    edition, moved = editions.edition_id(
        connection,
        {
            "report_id": report_id,
            "sha256": sha256,
            "member": member,
            "url": found.url,
            "landing_url": found.landing_url,
            "format": edition_format(extraction, member, report),
            "form": report.form,
            "method": report.method,
            "extractor_version": EXTRACTOR_VERSION,
            "first_seen_at": found.first_seen_at,
            "readings_agree": report.readings_agree,
            "title": report.title,
            "publisher": report.publisher,
            "published_on": report.published_on or found.list_date,
        },
    )
    editions.replace_children(connection, edition, children(report, report_id))
    return edition, {report_id} | ({moved} if moved else set())


def report_row(connection: sqlite3.Connection, who: Publisher, found: Origin) -> dict[str, Any]:
    agency = editions.agency_id(
        connection,
        {
            "name": who.name,
            "kind": who.scope,
            "division_code": who.division_code,
            "portal_id": found.portal_id,
            "simulated": int(found.simulated),
        },
    )
    return {
        "agency_id": agency,
        "agency_name": who.printed,
        "division_code": who.division_code,
        "province": who.province,
        "city": who.city,
        "county": who.county,
        "year": who.year,
        "scope": who.scope,
        "simulated": int(found.simulated),
    }


def edition_format(extraction: Extraction, member: str | None, report: Report) -> str:
    """Short name of the format: html, pdf, docx … or image_scan where OCR read it."""
    if "ocr" in report.method:
        return "image_scan"
    short = FORMATS.get(extraction.media_type)
    if short in ("zip", "rar") and member:
        return f"{short}:{member.rpartition('.')[2].lower()}"
    return short or extraction.media_type.rpartition("/")[2]


def children(report: Report, report_id: int) -> Mapping[str, list[dict[str, Any]]]:
    """Rows of cells, checks, findings and sections, without their edition."""
    return {
        "cells": [cell_row(position, cell) for position, cell in enumerate(report.cells, 1)],
        "checks": [
            {
                "code": check.code,
                "key": check.key,
                "status": check.status.value,
                "lhs": stored(check.lhs),
                "rhs": stored(check.rhs),
                "delta": stored(check.delta),
                # Those of an identity that holds follow from its code and key: two gigabytes over the nation.
                "cells": json.dumps(check.cells) if check.status is Status.FAIL else None,
            }
            for check in report.checks
        ],
        "findings": [finding_row(finding, report_id) for finding in report.findings],
        "sections": [
            {"number": section.number, "position": position, "heading": section.heading, "text": section.text}
            for position, section in enumerate(report.sections, 1)
        ],
    }


def cell_row(position: int, cell: Any) -> dict[str, Any]:
    x0, top, x1, bottom = cell.place.box or (None, None, None, None)
    return {
        "table_id": cell.table,
        "row_id": cell.row,
        "column_id": cell.column,
        "position": position,
        "label": cell.label,
        "raw": cell.raw,
        "state": cell.state.value,
        "value": stored(cell.value),
        "unit": cell.unit,
        "page": cell.place.page,
        "x0": x0,
        "top": top,
        "x1": x1,
        "bottom": bottom,
        "path": cell.place.path,
        "confidence": cell.confidence,
    }


def finding_row(finding: Any, report_id: int) -> dict[str, Any]:
    return {
        "report_id": report_id,
        "code": finding.code,
        "severity": finding.severity,
        "attribution": finding.attribution.value,
        "message": finding.message,
        "implied_value": stored(finding.implied_value),
        "cell": finding.cells[0] if finding.cells else None,
        "cells": json.dumps(finding.cells),
        "quote": finding.quote,
        "quote_start": finding.quote_start,
        "quote_end": finding.quote_end,
        "section": finding.section,
    }


def stored(value: Number | None) -> int | str | None:
    """Integers as they are, decimals as exact decimal text (the column's affinity makes a number of it)."""
    return format(value, "f") if isinstance(value, Decimal) else value
