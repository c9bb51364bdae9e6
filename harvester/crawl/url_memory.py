"""The crawler's memory of one portal, out of archive.db and back into it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from archive.capture import Capture, Kept, Role, UrlState
from archive.moments import stamp
from archive.store import Store
from archive.warc import WarcError
from spiders.portal import Recipe
from spiders.walk.events import Stopped
from spiders.walk.memory import ListContext, ReadTwice, UrlRecord
from spiders.walk.politeness import is_trouble
from spiders.walk.recheck import next_document_check, next_list_check

NOT_THERE = timedelta(days=7)
"""A page that says it does not exist is not asked for again for a week; after trouble on the way the next run asks."""

CLOCKS_DIFFER = timedelta(days=1)
"""Between two clocks that are both right there is less."""

ROBOTS_LAST = timedelta(hours=24)


class StoredUrlMemory:
    """`spiders.memory.Memory` over `Store`: read once when the visit begins, written as it goes."""

    def __init__(self, store: Store, portal_id: str) -> None:
        self.store = store
        self.portal_id = portal_id
        self.failure: Exception | None = None
        latest = stamp(datetime.now(UTC) + CLOCKS_DIFFER)
        states = store.url_states(portal_id)
        self.from_the_future = sum((state.last_checked or "") > latest for state in states)
        self.states = {state.url: in_time(state, latest) for state in states}
        self.first_seen = store.first_seen(portal_id)
        self.readings = {row["url"]: to_reading(row) for row in store.list_readings(portal_id)}

    def recall(self, url: str) -> UrlRecord | None:
        """What is known of `url`."""
        state = self.states.get(url)
        return None if state is None else to_known(state)

    def known(self) -> list[UrlRecord]:
        """Everything that is remembered."""
        return [to_known(state) for state in self.states.values()]

    def body(self, url: str) -> bytes | None:
        """The archived content of `url`, None where it cannot be read: then it is asked for in full."""
        state = self.states.get(url)
        try:
            return self.store.content(state.sha256) if state is not None and state.sha256 else None
        except WarcError:
            return None

    def walked(self, urls: list[str], now: datetime) -> None:
        """Lists that need not be walked before their time."""
        for url in urls:
            if state := self.states.get(url):
                self._save(replace(state, next_check=stamp(next_list_check(now, self.newest))))

    @property
    def newest(self) -> datetime | None:
        """When the portal last showed a document that was new."""
        shown = (self.first_seen[url] for url, state in self.states.items() if state.sha256 and state.role != "list")
        return moment(newest) if (newest := max(shown, default=None)) else None

    def finished(self, url: str, now: datetime) -> None:
        """An article and its files are one step: after a kill between them it is still due."""
        state = self.states.get(url)
        if state is not None and state.sha256 is not None:
            due = next_document_check(now, min(now, moment(self.first_seen[url])))
            self._save(replace(state, next_check=stamp(due)))

    def read_twice(self, url: str) -> ReadTwice | None:
        """The last second reading of a list."""
        return self.readings.get(url)

    def keep_reading(self, reading: ReadTwice) -> None:
        """A list has been read twice."""
        self.readings[reading.url] = reading
        row = asdict(reading) | {"read_at": stamp(reading.read_at), "portal_id": self.portal_id}
        recipe = json.dumps(row["recipe"], ensure_ascii=False) if reading.recipe else None
        self._write(lambda: self.store.save_list_reading(row | {"recipe": recipe}))

    def failed(self, url: str, role: Role, status: int | None, now: datetime, context: ListContext) -> None:
        """An address that gave nothing."""
        state = self.states.get(url) or UrlState(url, self.portal_id, role)
        on_the_way = status is None or is_trouble(status)
        due = now if on_the_way else now + NOT_THERE
        looked: dict[str, Any] = {"last_checked": stamp(now), "next_check": stamp(due), **context}
        self._save(replace(state, status=status, failures=state.failures + 1, **looked))

    def kept(self, capture: Capture, kept: Kept) -> None:
        """An answer is in the archive: its validators and the day of the next look."""
        now = capture.exchange.fetched_at
        self.first_seen.setdefault(capture.url, stamp(now))
        before = self.states.get(capture.url) or UrlState(capture.url, self.portal_id, capture.role)
        context = {name: getattr(capture, name) for name in ("landing_url", "list_title", "list_date", "column_path")}
        self._save(
            replace(
                before,
                role=capture.role,
                etag=capture.exchange.header("etag") or (before.etag if kept.outcome == "unchanged" else None),
                last_modified=capture.exchange.header("last-modified")
                or (before.last_modified if kept.outcome == "unchanged" else None),
                sha256=kept.sha256,
                status=capture.exchange.status,
                failures=0,
                last_checked=stamp(now),
                next_check=stamp(self._next(capture, now)),
                **context,
            )
        )

    def _next(self, capture: Capture, now: datetime) -> datetime:
        """A list is due again at once until it has been walked to its end (`walked`), an article until what hangs on
        it was asked for (`finished`)."""
        if capture.role == "robots":
            return now + ROBOTS_LAST
        if capture.role == "list":
            return now
        if capture.outcome == "gone":
            return next_list_check(now)
        if capture.role == "page" and capture.landing_url is None:
            return now
        return next_document_check(now, min(now, moment(self.first_seen[capture.url])))

    def _save(self, state: UrlState) -> None:
        self.states[state.url] = state
        self._write(lambda: self.store.save_url_state(state))

    def _write(self, write: Callable[[], None]) -> None:
        """Raises Stopped when the archive cannot be written: the visit is over, in good order."""
        try:
            write()
        except (OSError, sqlite3.Error) as error:
            self.failure = error
            raise Stopped("archive_failed", str(error)) from error


def in_time(state: UrlState, latest: str) -> UrlState:
    """What was looked at by a clock that was ahead is due now: nobody knows when it was."""
    return replace(state, next_check=None) if (state.last_checked or "") > latest else state


def to_reading(row: sqlite3.Row) -> ReadTwice:
    """The row of a second reading as the walk sees it."""
    recipe = json.loads(row["recipe"]) if row["recipe"] else None
    if recipe is not None:
        recipe = Recipe(**recipe | {"headers": tuple((name, value) for name, value in recipe["headers"])})
    moment_read = moment(row["read_at"])
    return ReadTwice(row["url"], moment_read, bool(row["agrees"]), row["why"], row["items"], recipe)


def to_known(state: UrlState) -> UrlRecord:
    """The row as the walk sees it."""
    return UrlRecord(
        url=state.url,
        role=state.role,  # type: ignore[arg-type]
        etag=state.etag,
        last_modified=state.last_modified,
        sha256=state.sha256,
        next_check=moment(state.next_check) if state.next_check else datetime.min.replace(tzinfo=UTC),
        failures=state.failures,
        status=state.status,
        landing_url=state.landing_url,
        list_title=state.list_title,
        list_date=state.list_date,
        column_path=state.column_path,
    )


def moment(stamped: str) -> datetime:
    """A time of the database."""
    return datetime.fromisoformat(stamped.replace("Z", "+00:00"))
