"""An empty page is called so only where all of it was understood."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from archive.store import Store
from harvester.relate.ledger import keep_ledger
from tests.archived import HOST, Page, keep_pages, read_here

TITLE = "青石县审计局2022年政府信息公开工作年度报告"
HEAD = f"<html><head><meta charset=utf-8><title>{TITLE}</title></head>"
WHOLE = f"{HEAD}<body><div id=zoom><h1>{TITLE}</h1>%s</div></body></html>"


def told(data: Path) -> tuple[str, str]:
    """Status and reason of the entry that the page's title makes."""
    with Store.open(data) as store:
        read_here(store)
        keep_ledger(store.connection, date(2023, 6, 1))
        row = store.connection.execute(
            "SELECT status, reason FROM ledger WHERE year = 2022 AND evidence_capture_id"
        ).fetchone()
        return row["status"], row["reason"].partition(" ")[0].rstrip(":")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<p>内容更新中</p>", ("placeholder", "placeholder")),
        ("", ("placeholder", "placeholder")),
        ("<iframe src='/show.html'></iframe>", ("unreadable", "not_read")),
        ("<p>详见附件</p>", ("unreadable", "not_read")),
        ("<p>详见附件</p><a href='/a.pdf'>报告.pdf</a>", ("unreadable", "not_read")),
        ("<p><img src='/p1.jpg'></p>", ("unreadable", "not_read")),
        ("<p>{{ content }}</p>", ("unreadable", "not_read")),
    ],
)
def test_what_an_empty_page_is_taken_for(tmp_path: Path, body: str, said: tuple[str, str]) -> None:
    keep_pages(tmp_path, [Page("/1.html", (WHOLE % body).encode(), TITLE)], at=datetime(2023, 5, 1, tzinfo=UTC))
    assert told(tmp_path) == said


def test_a_file_that_hangs_on_it_and_could_not_be_had_leaves_it_unread(tmp_path: Path) -> None:
    keep_pages(tmp_path, [Page("/1.html", (WHOLE % "").encode(), TITLE)], at=datetime(2023, 5, 1, tzinfo=UTC))
    with Store.open(tmp_path) as store:
        store.connection.execute(
            "INSERT INTO urls (url, portal_id, role, failures, landing_url) VALUES ('x', 'sim', 'attachment', 1, ?)",
            (f"{HOST}/1.html",),
        )
    assert told(tmp_path) == ("unreadable", "not_read")
