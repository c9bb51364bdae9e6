"""An extraction as the JSON object that ``harvester extract`` prints."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from parsers.clean_text import clean
from parsers.content import Place
from parsers.extract import Extraction
from parsers.prose.conflicts import ClaimCheck, comparisons
from parsers.prose.fees import Fact, fees
from parsers.report import Check, Evidence, Finding, Number, Report, ReportCell

Json = dict[str, Any]


def to_json(extraction: Extraction, source: str) -> Json:
    """One document: ``report``, ``rejected`` and, where it could not be read, ``error``; ``notes`` where there are any.

    `source` may be a name of a file that is not UTF-8.
    """
    made: Json = {"source": clean(source), "sha256": extraction.sha256, "media_type": extraction.media_type}
    made["report"] = _report(extraction.report) if extraction.report else None
    rejected = extraction.rejected
    made["rejected"] = {"kind": rejected.kind, "reason": rejected.reason, "score": rejected.score} if rejected else None
    if extraction.error:
        made["error"] = {"kind": extraction.error.kind, "message": extraction.error.message}
    if extraction.notes:
        made["notes"] = list(extraction.notes)
    if extraction.members:
        made["members"] = [to_json(member, f"{source}!{member.member}") for member in extraction.members]
    return made


def _report(report: Report) -> Json:
    return {
        "form": report.form,
        "title": report.title,
        "agency": report.agency,
        "year": report.year,
        "scope": report.scope,
        "publisher": report.publisher,
        "published_on": report.published_on,
        "sections": [{"number": s.number, "heading": s.heading, "text": s.text} for s in report.sections],
        "cells": [_cell(cell) for cell in report.cells],
        "checks": [_check(check) for check in report.checks],
        "findings": [_finding(finding) for finding in report.findings],
        "claims": [_claim(one) for one in comparisons(report)],
        "facts": [_fact(fact) for fact in fees(report.sections, report.year)],
        "method": report.method,
        "readings_agree": report.readings_agree,
        "evidence": [_evidence(one) for one in report.evidence],
    }


def _evidence(one: Evidence) -> Json:
    """What tells agency, year or date, with its place."""
    return {"field": one.field, "value": one.value, "kind": one.kind, "quote": one.quote, **_place(one.place)}


def _place(place: Place) -> Json:
    return {
        "page": place.page,
        "bbox": [round(edge, 2) for edge in place.box] if place.box else None,
        "path": place.path,
    }


def _cell(cell: ReportCell) -> Json:
    made: Json = {
        "table": cell.table,
        "row": cell.row,
        "column": cell.column,
        "label": cell.label,
        "raw": cell.raw,
        "state": cell.state.value,
        "value": _number(cell.value),
        "unit": cell.unit,
        **_place(cell.place),
    }
    if cell.confidence is not None:
        made["confidence"] = round(cell.confidence, 4)
    return made


def _check(check: Check) -> Json:
    return {
        "code": check.code,
        "key": check.key,
        "status": check.status.value,
        "lhs": _number(check.lhs),
        "rhs": _number(check.rhs),
        "delta": _number(check.delta),
    }


def _finding(finding: Finding) -> Json:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "attribution": finding.attribution.value,
        "message": finding.message,
        "cells": list(finding.cells),
        "implied_value": _number(finding.implied_value),
        "quote": finding.quote,
        "quote_start": finding.quote_start,
        "quote_end": finding.quote_end,
        "section": finding.section,
    }


def _claim(one: ClaimCheck) -> Json:
    """A number of the prose beside the tables: `agrees` is null where they cannot say."""
    return {
        "section": one.claim.section,
        "quote": one.claim.quote,
        "quote_start": one.claim.start,
        "quote_end": one.claim.end,
        "value": one.claim.value,
        "agrees": one.agrees,
        "printed": _number(one.printed),
        "cells": list(one.cells),
    }


def _fact(fact: Fact) -> Json:
    return {
        "id": fact.id,
        "value": _number(fact.value),
        "unit": fact.unit,
        "section": fact.section,
        "quote": fact.quote,
        "quote_start": fact.start,
        "quote_end": fact.end,
    }


def _number(value: Number | None) -> int | str | None:
    """Integers as they are; decimals as strings, for JSON would make floats of them."""
    return format(value, "f") if isinstance(value, Decimal) else value
