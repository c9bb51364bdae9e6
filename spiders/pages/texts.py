"""Text as people see it: blanks, and the first date in it. Pure."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

DATE = re.compile(r"(20\d\d|19\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})")
_SPACE = re.compile(r"\s+")


def squeeze(text: str) -> str:
    """Runs of white space as one blank."""
    return _SPACE.sub(" ", text.replace("\u3000", " ").replace("\xa0", " ")).strip()


def find_date(text: str) -> str | None:
    """The first date in `text` as YYYY-MM-DD; split lines and dots are tolerated, days that no month has are none."""
    for found in DATE.finditer(text):
        with suppress(ValueError):
            return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    return None
