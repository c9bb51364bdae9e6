"""Whose report it is, for which year, of what scope, published by whom and when.

Every source is collected with its place (`Metadata.evidence`); the strongest wins, and what disagrees becomes a
finding. The orders and weights stand in `agencies`, `years` and `dates`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.content import Content
from parsers.metadata import agencies, conflicts, years
from parsers.metadata.dates import Stated, as_evidence, possible, stated
from parsers.metadata.lines import opening_lines, prose
from parsers.metadata.titles import best, candidates, title_shown
from parsers.printed.scopes import scope_of
from parsers.printed.titles_and_agencies import tight
from parsers.printed.traditional import simplified
from parsers.report import Evidence, Finding, Hints

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Metadata:
    """`title` is as printed, without white space. `published_on` is ISO 8601. `period`: the text states the period."""

    title: str
    agency: str | None
    year: int | None
    scope: str | None
    publisher: str | None
    published_on: str | None
    period: bool = False
    evidence: tuple[Evidence, ...] = ()
    findings: tuple[Finding, ...] = ()


def describe(content: Content, hints: Hints) -> Metadata:
    """What a document says of itself; where it is silent, what the crawl knew."""
    lines = opening_lines(content)
    printed = prose(content)
    text = simplified("\n".join(filter(None, map(tight, printed.splitlines()))))
    running = text.replace("\n", "")
    titles = candidates(content, lines, hints)
    title = best(titles)
    told_agency = list(agencies.evidence(content, titles, running, lines, hints))
    agency = as_printed(agencies.chosen(told_agency, running), printed)
    dates = list(stated(content, lines, hints))
    told_year = list(years.evidence(content, titles, text, lines, hints))
    year = years.elected(told_year, hints.seen_on)
    published = _published(dates, year, hints.seen_on)
    if year is None and titles and published is not None:
        year = int(published.iso[:4]) - 1 if published.iso else None
    return Metadata(
        title=(as_printed(title.titled.text, printed) or "") if title else title_shown(content, lines, hints),
        agency=agency,
        year=year,
        scope=scope_of(agency),
        publisher=content.meta.get("publisher") or content.meta.get("source") or None,
        published_on=published.iso if published else None,
        period=years.states_period(running),
        evidence=(*told_agency, *told_year, *map(as_evidence, dates)),
        findings=tuple(_findings(told_agency, agency, told_year, year, dates, hints.seen_on)),
    )


def _published(dates: Sequence[Stated], year: int | None, seen_on: str | None) -> Stated | None:
    """The first stated date that can be."""
    return next((one for one in dates if possible(one, year, seen_on)), None)


def _findings(
    told_agency: Sequence[Evidence],
    agency: str | None,
    told_year: Sequence[Evidence],
    year: int | None,
    dates: Sequence[Stated],
    seen_on: str | None,
) -> list[Finding]:
    return [
        *conflicts.agency_conflict(told_agency, agency),
        *conflicts.year_conflict(told_year, year),
        *conflicts.years_to_come(told_year, seen_on),
        *conflicts.impossible_dates(dates, year, seen_on),
    ]


def as_printed(name: str | None, printed: str) -> str | None:
    """The name with the wide brackets that the document prints; comparing was done with narrow ones."""
    if name is None or "(" not in name:
        return name
    wide = name.replace("(", "（").replace(")", "）")
    return wide if wide in _SPACE.sub("", printed) else name
