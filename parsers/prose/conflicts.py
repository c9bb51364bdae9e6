"""Prose against tables: NARRATIVE-CONFLICT findings with the clause quoted.

The table is the record, the prose is evidence. No finding where a needed cell has no number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from parsers.prose.claims import Claim, Context, claims
from parsers.prose.phrases import Sum
from parsers.report import Attribution, Finding, Number, Report, ReportCell, Section, State

FIGURES: Mapping[str, tuple[str, ...]] = {
    "refused": ("refused_",),
    "not_provided": ("not_provided_",),
    "not_processed": ("not_processed_",),
}
"""Figures of table three that are sums of rows, by the beginning of their rows' ids."""

_DOCUMENTS = {
    "documents_issued": ("issued", "newly_made"),
    "documents_repealed": ("repealed",),
    "documents_in_force": ("in_force",),
}
_PATHS = ("review", "litigation_direct", "litigation_after_review")
_APPLICANTS = (
    "natural_person",
    "enterprise",
    "research_institution",
    "public_interest_org",
    "legal_services_org",
    "other_org",
)


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """A claim beside the tables. `agrees` is None where the tables cannot say; `printed` is what they say."""

    claim: Claim
    agrees: bool | None
    printed: Number | None
    cells: tuple[str, ...]


def comparisons(report: Report) -> tuple[ClaimCheck, ...]:
    """Every number of the prose that speaks of a cell, with what the tables say."""
    return compared(report.sections, report.cells, Context(report.year, report.agency))


def compared(sections: Iterable[Section], cells: Iterable[ReportCell], context: Context) -> tuple[ClaimCheck, ...]:
    """The same for sections and cells that were stored: those that agree can be marked as checked."""
    printed = {cell.key: cell for cell in cells}
    if not any(cell.state is State.NUMBER for cell in printed.values()):
        return ()
    return tuple(
        compare(claim, printed) for section in sections for claim in claims(section.text, section.number, context)
    )


def conflicts(report: Report) -> tuple[Finding, ...]:
    """NARRATIVE-CONFLICT for every claim that no reading of the tables supports."""
    attribution = Attribution.PUBLISHER if report.readings_agree else Attribution.UNKNOWN
    return tuple(
        Finding(
            "NARRATIVE-CONFLICT",
            "warning",
            attribution,
            f"正文写作“{one.claim.quote}”，表中为 {one.printed}",
            one.cells,
            quote=one.claim.quote,
            quote_start=one.claim.start,
            quote_end=one.claim.end,
            section=one.claim.section,
        )
        for one in comparisons(report)
        if one.agrees is False
    )


def compare(claim: Claim, cells: Mapping[str, ReportCell]) -> ClaimCheck:
    """One claim against every sum under which it would hold."""
    found = [total(names, cells) for names in claim.sums]
    known = [(value, keys) for value, keys in found if value is not None]
    if not known:
        return ClaimCheck(claim, None, None, ())
    if any(value == claim.value for value, _ in known):
        return ClaimCheck(claim, True, claim.value, known[0][1])
    # Where one reading of the sentence cannot be checked it may be the one that was meant.
    agrees = False if len(known) == len(found) else None
    return ClaimCheck(claim, agrees, known[0][0], known[0][1])


def total(names: Sum, cells: Mapping[str, ReportCell]) -> tuple[Number | None, tuple[str, ...]]:
    """The sum of figures and the cells it rests on; None where a cell has no number."""
    value: Number = 0
    keys: list[str] = []
    for name in names:
        for one, used in figure(name, cells):
            if one is None:
                return None, ()
            value += one
            keys += used
    return (value, tuple(keys)) if keys else (None, ())


def figure(name: str, cells: Mapping[str, ReportCell]) -> Iterator[tuple[Number | None, list[str]]]:
    """The values that make up one figure, each with its cells."""
    if name in _DOCUMENTS:
        columns = _DOCUMENTS[name]
        keys = [f"proactive_disclosure/normative_documents/{column}" for column in columns]
        yield next(((cells[key].value, [key]) for key in keys if key in cells), (None, []))
    elif name.partition(":")[0] in _PATHS:
        path, _, outcome = name.partition(":")
        key = f"review_litigation/{path}/{outcome or 'total'}"
        yield (cells[key].value, [key]) if key in cells else (None, [])
    else:
        prefixes = FIGURES.get(name)
        rows = dict.fromkeys(
            cell.row
            for cell in cells.values()
            if cell.table == "requests" and (cell.row.startswith(prefixes) if prefixes else cell.row == name)
        )
        if not rows:
            yield None, []
        for row in rows:
            yield row_total(row, cells)


def row_total(row: str, cells: Mapping[str, ReportCell]) -> tuple[Number | None, list[str]]:
    """The printed total of a row of table three; where it is blank, the sum of its columns."""
    key = f"requests/{row}/total"
    printed = cells.get(key)
    if printed is not None and printed.value is not None:
        return printed.value, [key]
    parts = [cells[f"requests/{row}/{column}"] for column in _APPLICANTS if f"requests/{row}/{column}" in cells]
    numbers = [cell for cell in parts if cell.value is not None]
    if printed is None or not numbers:
        return None, []
    if any(cell.state not in (State.NUMBER, State.BLANK) for cell in (printed, *parts)):
        return None, []
    return sum((cell.value or 0 for cell in numbers), start=0), [cell.key for cell in numbers]
