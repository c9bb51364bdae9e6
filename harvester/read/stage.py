"""Every archived document that this extractor has not read, through the workers, into the database."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from sqlite3 import DataError

from archive.store import Store
from harvester.following import followed
from harvester.read.article_parts import enter_parts, held, joined_content, pages_of
from harvester.read.cluster import read_on_cluster
from harvester.read.in_order import extract_in_order
from harvester.read.ingest import STARTED, ingest, mark_open, mark_started
from harvester.read.jobs import Job
from harvester.read.worker_process import INTERRUPTED, UNAVAILABLE, failed
from harvester.reports.publisher import origin
from parsers.extract import EXTRACTOR_VERSION, Extraction
from parsers.report import Hints
from spiders.words.titles import judge

OFTEN = 3
"""Readings broken off, after which a document lets the others go first."""

OPEN = (UNAVAILABLE, INTERRUPTED)
"""Errors that say nothing of the document."""

UNSTORABLE = "unstorable"
"""Error of a document that was read and says what no database keeps: a number too large, half a character."""

MET_ELSEWHERE = """SELECT f.sha256 FROM foreign_copies f JOIN captures c ON c.sha256 = f.sha256
    WHERE c.portal_id != f.portal_id AND c.id > f.captures_weighed"""
"""Copies of another place's report that were met on a further portal since: perhaps on the agency's own."""

_LOG = logging.getLogger("harvester.parse")


@dataclass(frozen=True, slots=True)
class ParseAccount:
    """What a parse did: documents read, by kind; those whose archived bytes could not be had (`lost`), and those whose
    reading was broken off by others each time (`interrupted`): the next parse takes them up again."""

    read: int
    kinds: dict[str, int]
    lost: int = 0
    interrupted: int = 0

    def __str__(self) -> str:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(self.kinds.items()))
        lost = f"; {self.lost} not to be had from the archive, run `harvester verify`" if self.lost else ""
        cut = f"; {self.interrupted} broken off from outside, still open" if self.interrupted else ""
        return f"documents read: {self.read}{f' ({kinds})' if kinds else ''}{lost}{cut}"


def parse(
    store: Store,
    *,
    everything: bool = False,
    processes: int | None = None,
    cluster: str | None = None,
    progress: Callable[[str, str], None] | None = None,
) -> ParseAccount:
    """Read what is due: new documents, and all of them when the extractor has changed or `everything` is asked for.

    `cluster` is the address of a Dask scheduler whose workers read; without one processes of this machine do.
    Only the archive is read, never the network. A document that cannot be read costs its own row and nothing else; one
    whose bytes are damaged or gone keeps what was read from it before.
    """
    kinds: Counter[str] = Counter()
    interrupted = 0
    further = enter_parts(store, due(store, everything))
    digests = [sha256 for sha256 in due(store, everything) if sha256 not in further]
    if cluster is None:
        read = extract_in_order(jobs(store, digests), processes=processes)
    else:
        read = read_on_cluster(cluster, jobs(store, digests))
    for sha256, extraction in followed(read, "documents read", len(digests)):
        if extraction.error is not None and extraction.error.kind in OPEN:
            _LOG.error("%s: %s", sha256[:12], extraction.error.message)
            mark_open(store, sha256, extraction.error)
            interrupted += extraction.error.kind == INTERRUPTED
            continue
        kind = ingest_what_can_be_kept(store, sha256, extraction)
        kinds[kind] += 1
        if extraction.error is not None:
            _LOG.warning("%s: %s (%s)", sha256[:12], extraction.error.message, extraction.error.kind)
        if progress is not None:
            progress(sha256, kind)
    return ParseAccount(kinds.total(), dict(kinds), len(digests) - kinds.total() - interrupted, interrupted)


def ingest_what_can_be_kept(store: Store, sha256: str, extraction: Extraction) -> str:
    """Enter a document; one whose rows the database cannot hold costs itself and no other. Returns its kind."""
    try:
        return ingest(store, sha256, extraction)
    except (OverflowError, UnicodeEncodeError, DataError) as error:
        _LOG.error("%s: the database cannot hold what was read: %s", sha256[:12], error)
        return ingest(store, sha256, failed(sha256, extraction.media_type, UNSTORABLE, type(error).__name__))


def due(store: Store, everything: bool) -> list[str]:
    """Documents to read, by run, portal and address; those whose reading was broken off `OFTEN` behind the others.

    The order does not depend on which portal answered first: nor do the ids that are given as documents come in.
    A run that is killed again and again must not always be in the same documents.
    """
    rows = store.connection.execute(
        "SELECT d.sha256 FROM documents d WHERE ? OR d.kind = 'pending' OR d.extractor_version IS NOT ?"
        f" OR d.sha256 IN ({MET_ELSEWHERE})"
        " ORDER BY iif(d.extractor_version LIKE ?, CAST(substr(d.extractor_version, ?) AS INTEGER) / ?, 0),"
        " (SELECT min(json_array(run_id, portal_id, url)) FROM captures WHERE sha256 = d.sha256)",
        (everything, EXTRACTOR_VERSION, f"{STARTED}%", len(STARTED) + 1, OFTEN),
    )
    return [row[0] for row in rows]


def jobs(store: Store, digests: list[str]) -> Iterator[Job[str]]:
    """One job a document, marked as started. The worker reads the bytes itself: none pass through this process."""
    for sha256 in digests:
        pages = [held(store, page) if page is not None else None for page in pages_of(store, sha256)]
        if pages[0] is None or not pages[0][0]:
            _LOG.error("%s: no capture holds these bytes; run `harvester verify`", sha256)
            continue
        mark_started(store, sha256)
        yield Job(sha256, partial(joined_content, store.warc, pages), hints(store, sha256))


def hints(store: Store, sha256: str) -> Hints:
    """What the crawl knows about a document; weaker than anything printed in it."""
    found = origin(store.connection, sha256)
    if found is None:
        return Hints()
    listed = judge(found.list_title or "", found.column_path)
    return Hints(
        title=found.list_title,
        agency=listed.agency,
        year=listed.year,
        published_on=found.list_date,
        url=found.url,
        place_name=found.place_name,
        seen_on=found.first_seen_at[:10],
    )
