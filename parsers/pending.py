"""Stand-ins until metadata, lookalikes and narrative have landed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.content import Content
from parsers.report import Finding, Hints, Report


@dataclass(frozen=True, slots=True)
class Metadata:
    title: str
    agency: str | None
    year: int | None
    scope: str | None
    publisher: str | None
    published_on: str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    kind: str | None
    reason: str
    score: int


def describe(content: Content, hints: Hints) -> Metadata:
    lines = [line for line in content.text.split("\n") if "信息公开" in line and len(line) < 60]
    title = hints.title or (lines[0].strip() if lines else "")
    match = re.search(r"(20\d\d)\s*年", title)
    year = int(match[1]) if match else hints.year
    return Metadata(title, hints.agency, year, None, content.meta.get("publisher"), hints.published_on)


def judge(content: Content, tables: set[str], metadata: Metadata) -> Verdict:
    if tables:
        return Verdict(None, "", 10)
    return Verdict("other", "no table of the form", 0)


def conflicts(report: Report) -> tuple[Finding, ...]:
    return ()
