"""A takedown reaches what is published: SQL, search, packages."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from archive.store import Store
from harvester.publish.stage import publish
from tests.archived import Page, keep_pages, read_here
from tests.factory import html
from tests.factory.series import series, tell

COUNTY = series("青石县财政局", range(2022, 2024), 20, "withheld")


def counts(file: Path) -> dict[int, list[int]]:
    """Report -> number of its cells and sections."""
    with closing(sqlite3.connect(file)) as db:
        return {
            report: [
                db.execute(f"SELECT count(*) FROM {table} WHERE edition_id = ?", (edition,)).fetchone()[0]
                for table in ("cells", "sections")
            ]
            for report, edition in db.execute("SELECT id, current_edition_id FROM reports")
        }


def test_what_was_taken_down_is_published_without_its_content(tmp_path: Path) -> None:
    bodies = {year: html.fragment(tell(truth), Random(1), "plain") for year, truth in COUNTY.items()}
    pages = [
        Page(f"/{year}.html", f"<meta charset=utf-8><body>{body}</body>".encode(), COUNTY[year].title)
        for year, body in bodies.items()
    ]
    keep_pages(tmp_path, pages, at=datetime(2024, 2, 20, tzinfo=UTC))
    with Store.open(tmp_path) as store:
        read_here(store)
        before = publish(store)
        (tmp_path / "takedowns.csv").write_text("kind,id,at,reason\nreport,1,2025-04-01,个人信息\n", encoding="utf-8")
        after = publish(store)
    assert after.file != before.file
    assert min(counts(before.file)[1]) > 0
    assert counts(after.file)[1] == [0, 0]
    assert counts(after.file)[2] == counts(before.file)[2]
