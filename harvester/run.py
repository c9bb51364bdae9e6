"""The scheduled job and its stages: crawl, parse, publish, each restartable, one at a time per data directory."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from archive import journal, news
from archive.store import Store
from harvester.contact import introduce
from harvester.crawl.middlewares.wire import DATE_SAID
from harvester.crawl.plan import explain
from harvester.crawl.stage import crawl_in_child
from harvester.data_directory import open_store, reading, working_database
from harvester.ending import is_told
from harvester.errors import HarvesterError, RunFailed
from harvester.export.release import check_settings, release_if_due
from harvester.lock import locked
from harvester.maintain.alarms import tell, told_of_failure
from harvester.maintain.expectations import held, open_alarms
from harvester.maintain.metrics import write_metrics
from harvester.portal_choice import chosen_portals
from harvester.publish.stage import publish
from harvester.read.stage import parse
from harvester.relate.across import check_across
from harvester.relate.ledger import keep_ledger
from harvester.reports.current_edition import remove_empty_reports, update_touched_reports
from harvester.run_account import RunAccount
from harvester.run_report import write_reports
from harvester.whom import ALL_KNOWN, Order, portals_to_visit
from spiders.portal import Portal
from spiders.registry.load import to_row

_LOG = logging.getLogger("harvester.run")

WITNESSES = 2
"""Portals that must agree that this machine's clock is wrong: the clock of one may be wrong itself."""

FIRST_STAGES = ("run", "crawl")
"""Those that may lay out a new data directory; the others have nothing to work on in one."""

MOST_NAMED = 20
"""Portals that are called by their ids when a run says whom it is about to contact."""


def run_all(data: Path, order: Order = ALL_KNOWN, *, cluster: str | None = None) -> RunAccount:
    """Crawl what is due, parse what is new, publish if the gates agree. Trouble on one portal stops nothing else."""
    portals, _ = portals_to_visit(data, order)
    check_settings(data)
    with told_of_failure(data):
        with stage(data, "run") as (store, account):
            harvest(store, account, portals, order)
            read_and_relate(store, account, cluster=cluster)
            publish_anew(store, account)
            account.disk = held(data)
        account.released = release_if_due(data)
        with reading(data / "archive.db") as connection:
            account.alarms = open_alarms(connection, data)
            write_metrics(connection, data, account.alarms)
    tell(data, account.alarms)
    return account


def run_crawl(data: Path, order: Order = ALL_KNOWN) -> RunAccount:
    """Only the crawl."""
    portals, _ = portals_to_visit(data, order)
    with stage(data, "crawl") as (store, account):
        harvest(store, account, portals, order)
    return account


def run_parse(
    data: Path, *, everything: bool = False, processes: int | None = None, cluster: str | None = None
) -> RunAccount:
    """Only the reading of archived documents."""
    with stage(data, "parse") as (store, account):
        read_and_relate(store, account, everything=everything, processes=processes, cluster=cluster)
    return account


def run_publish(data: Path, *, accept_readings: bool = False) -> RunAccount:
    """Only the publication."""
    with stage(data, "publish") as (store, account):
        publish_anew(store, account, accept_readings=accept_readings)
    return account


def explain_run(data: Path, order: Order = ALL_KNOWN) -> Iterator[str]:
    """What `run_all` would ask of whom, when and why, a line a thing. Asks nothing and writes nothing."""
    portals, later = portals_to_visit(data, order)
    yield from explain(data, portals, recheck=order.options.recheck, later=later)


@contextmanager
def stage(data: Path, kind: str) -> Iterator[tuple[Store, RunAccount]]:
    """Lock, open, account: what every stage does around its work. The run's row says how it ended."""
    if kind not in FIRST_STAGES:
        working_database(data)
    with locked(data, kind), open_store(data) as store:
        account = RunAccount(store.start_run(kind))
        try:
            yield store, account
        except BaseException as error:
            cut_short = isinstance(error, KeyboardInterrupt) or is_told()
            finish(store, account, "interrupted" if cut_short else "failed", str(error))
            raise
        finish(store, account, "done")


def finish(store: Store, account: RunAccount, status: str, error: str | None = None) -> None:
    """Close the run's row, tell the journal, write the reports. On a full disk none may be possible: it is said."""
    connection = store.connection
    try:
        since, ids = journal.last_ids(connection), journal.present_ids(connection)
        stats = account.as_dict() | {"ids": ids} | ({"error": error} if error else {})
        connection.execute("BEGIN IMMEDIATE")
        with connection:
            store.finish_run(account.run_id, status, stats)
            journal.append(store.warc, journal.run_entry(connection, account.run_id, account.portals, since))
        write_reports(store, account.run_id)
    except (sqlite3.Error, OSError) as trouble:
        _LOG.error("the end of run %s could not be written down: %s", account.run_id, trouble)
        if error is None:
            raise


def harvest(store: Store, account: RunAccount, portals: Sequence[Portal], order: Order) -> None:
    """Crawl in a process of its own: Scrapy can be started once in a process, and its memory goes with it."""
    introduce(portals, store.data)
    account.filtered = not order.options.whole
    known = portals if order.portals_file is not None else chosen_portals(None)  # the whole country is in the account
    store.save_portals(to_row(portal) for portal in known)
    if not all(portal.simulated for portal in portals):
        named = ", ".join(portal.id for portal in portals[:MOST_NAMED])
        rest = f" and {len(portals) - MOST_NAMED} more" if len(portals) > MOST_NAMED else ""
        _LOG.warning("about to contact %d portals: %s%s", len(portals), named, rest)
    with account.timed("crawl"):
        account.portals = crawl_in_child(store.data, portals, run_id=account.run_id, options=order.options)
    check_clock(store, account)


def check_clock(store: Store, account: RunAccount) -> None:
    """Raises RunFailed where most portals show another day than this machine: who is late hangs on its clock."""
    (contradicted,) = store.connection.execute(
        "SELECT count(DISTINCT portal_id) FROM events WHERE run_id = ? AND kind = 'clock_differs' AND detail LIKE ?",
        (account.run_id, f"{DATE_SAID}%"),
    ).fetchone()
    answered = sum(bool(stats.get("pages")) for stats in account.portals.values())
    if contradicted >= WITNESSES and contradicted * 2 > answered:
        raise RunFailed(
            f"{contradicted} of {answered} portals show another day than this machine's clock: set it; what was"
            " fetched is kept, nothing was judged by it"
        )


def read_and_relate(
    store: Store,
    account: RunAccount,
    *,
    everything: bool = False,
    processes: int | None = None,
    cluster: str | None = None,
) -> None:
    """Read documents, then what follows from many of them: last visits, checks between reports, the ledger."""
    with account.timed("parse"):
        account.parsed = parse(store, everything=everything, processes=processes, cluster=cluster)
    with account.timed("relate"):
        if everything:
            news.forget(store.connection)
        update_touched_reports(store.connection)
        remove_empty_reports(store.connection)
        check_across(store.connection)
        keep_ledger(store.connection)


def publish_anew(store: Store, account: RunAccount, *, accept_readings: bool = False) -> None:
    """The last stage."""
    with account.timed("publish"):
        account.published = publish(store, accept_readings=accept_readings)


__all__ = ["HarvesterError", "RunAccount", "run_all", "run_crawl", "run_parse", "run_publish"]
