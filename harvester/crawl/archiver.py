"""Keeper: takes what a spider yields into the archive, and what it reports into the events."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Iterator

from archive.capture import Capture, Kept
from archive.store import HARVESTED_ROLES, Store
from archive.warc_writer import WarcWriter
from harvester.crawl.url_memory import StoredUrlMemory
from harvester.crawl.write_batch import Batch
from spiders.walk.account import PortalStats
from spiders.walk.events import Event, Stopped
from spiders.walk.floods import FLOOD

FLUCTUATES_AFTER = 3
"""Visits in a row that found other bytes. A report that is corrected changes once, rarely twice."""

_LOG = logging.getLogger("harvester.crawl")


class CaptureWriter:
    """One portal's door to the archive. `failure` is set when the archive itself could not be written.

    What is remembered of the portal is read when its visit begins, and goes when it ends.
    """

    def __init__(self, store: Store, writer: WarcWriter, batch: Batch, run_id: str, portal_id: str) -> None:
        self.store = store
        self.batch = batch
        self.writer = writer
        self.run_id = run_id
        self.portal_id = portal_id
        self._memory: StoredUrlMemory | None = None
        self.failure: Exception | None = None
        if met := self.memory.from_the_future:
            self.report(Event("clock_differs", "", f"{met} addresses were looked at later than now; they are due"))

    @property
    def memory(self) -> StoredUrlMemory:
        """The portal's addresses."""
        if self._memory is None:
            self._memory = StoredUrlMemory(self.store, self.portal_id)
        return self._memory

    def keep(self, capture: Capture) -> str:
        """Bytes first, row second, then the memory of it. Raises Stopped when the archive cannot be written."""
        try:
            if self.batch.failure is not None:
                raise self.batch.failure
            self.batch.begin()
            kept = self.store.keep(self.run_id, self.portal_id, capture, self.writer)
            self.memory.kept(capture, kept)
            self._notice(capture, kept)
            self.batch.done()
        except (OSError, sqlite3.Error) as error:
            self.failure = error
            raise Stopped("archive_failed", str(error)) from error
        return kept.outcome

    def _notice(self, capture: Capture, kept: Kept) -> None:
        """A document whose bytes are others at every visit: a counter, a date, a token. The archive grows by it."""
        if kept.outcome != "changed" or capture.role not in HARVESTED_ROLES:
            return
        looks = self.store.outcomes(capture.url, FLUCTUATES_AFTER)
        if len(looks) == FLUCTUATES_AFTER and set(looks) == {"changed"}:
            self.report(Event("fluctuates", capture.url, f"other bytes at each of the last {FLUCTUATES_AFTER} visits"))

    def close(self, account: PortalStats) -> None:
        """What the visit came to, and what that says of the portal: a challenge blocks it, a report confirms it.

        In one commit with the visit's last captures: a kill must not leave a walk of which nobody knows how it ended.
        """
        try:
            self.batch.begin()
            self.store.save_visit(self.run_id, self.portal_id, account.as_dict())
            self.store.save_list_walks(self.run_id, self.portal_id, list_rows(account))
            if account.finished_reason == "challenge":
                self.store.set_portal_status(self.portal_id, "blocked", account.stopped_by, ok=False)
            elif account.finished_reason in ("finished", "limit", FLOOD) and account.found:
                self.store.set_portal_status(self.portal_id, "active", None, ok=True)
            self.batch.done()
        except (OSError, sqlite3.Error) as error:
            self.failure = error
        if self._memory is not None:
            self.failure = self.failure or self._memory.failure
            self._memory = None

    def report(self, event: Event) -> None:
        """One row in ``events``. What cannot be written is at least said."""
        try:
            self.store.record_event(self.run_id, self.portal_id, event.url, event.kind, event.detail)
        except sqlite3.Error as error:
            self.failure = error
            _LOG.error("event %s of %s could not be written: %s", event.kind, event.url, error)


def list_rows(account: PortalStats) -> Iterator[dict[str, object]]:
    """Rows of `list_walks` from the account of a visit that is over."""
    for walked in account.walked_lists:
        yield {
            "url": walked.url,
            "column_path": walked.column_path,
            "ended": walked.ended,
            "why": walked.why,
            "items": walked.items,
            "declared_items": walked.declared.items,
            "declared_pages": walked.declared.pages,
            "is_whole": int(walked.is_whole),
            "visit_ended": account.finished_reason,
            "left_out": json.dumps(walked.left, ensure_ascii=False) if walked.left else None,
        }
