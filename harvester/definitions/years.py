"""The years that an annual report may be about."""

from __future__ import annotations

POSSIBLE_YEARS = range(2008, 2100)
"""The first regulation on disclosure is of 2008; the end is only there to tell a year from any other number."""
