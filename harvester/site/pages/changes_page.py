"""What changed between two releases, row by row: theirs or ours. The same rows as changes.csv of the package."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path

from harvester.definitions.vocabulary import vocabulary
from harvester.site.parts.releases import released
from harvester.site.parts.takedowns import withheld_reports
from harvester.site.parts.visit import Answer, HtmlAnswer, PageNotFound, PageRequest

FILE = "changes.csv"
PAGE = 100
OURS = frozenset({"extractor", "correction", "archive"})
"""Causes that are our doing; `publisher` is theirs, `found` is a report that we had not met."""


def changes_page(visit: PageRequest) -> Answer:
    """``/changes/<release>``, and ``/changes`` for the newest release that says what changed."""
    listed = [one.name for one in released(visit) if any(file.name == FILE and file.here for file in one.files)]
    asked = visit.parts.get("version")
    if asked is not None and asked not in listed:
        raise PageNotFound(visit.say("没有这一版本的变化。", "No changes are known of such a release."))
    version = asked or next(iter(listed), None)
    if version is None:
        return HtmlAnswer("changes.html", {"version": None, "listed": [], "total": 0})
    file = visit.data / "exports" / version / FILE
    counts = counted(file, file.stat().st_mtime_ns)
    page, cause, change = visit.number("page", 1) or 1, visit.arg("cause"), visit.arg("change")
    wanted = [n for (one_change, one_cause), n in counts if cause in ("", one_cause) and change in ("", one_change)]
    hidden = withheld_reports(visit)
    rows = (
        row
        for row in lines(file)
        if cause in ("", row["cause"]) and change in ("", row["change"]) and int(row["report_id"]) not in hidden
    )
    return HtmlAnswer(
        "changes.html",
        {
            "version": version,
            "listed": listed,
            "counts": counts,
            "rows": list(islice(rows, (page - 1) * PAGE, page * PAGE)),
            "total": sum(wanted),
            "page": page,
            "size": PAGE,
            "ours": OURS,
            "changes": vocabulary()["changes.change"],
            "causes": vocabulary()["changes.cause"],
            "states": vocabulary()["cells.state"],
        },
    )


def lines(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        yield from csv.DictReader(stream)


@lru_cache(maxsize=16)
def counted(file: Path, _changed: int) -> list[tuple[tuple[str, str], int]]:
    """(change, cause) → rows, most first; counted once for each time the file is written."""
    return Counter((row["change"], row["cause"]) for row in lines(file)).most_common()
