"""Stand-in until the comparison of narrative and tables has landed."""

from __future__ import annotations

from parsers.report import Finding, Report


def conflicts(report: Report) -> tuple[Finding, ...]:
    """Nothing yet."""
    return ()
