"""The scheduled job and its stages: crawl, parse, publish, each restartable, one at a time per data directory."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

from archive import journal, news
from archive.store import Store
from harvester.contact import introduce
from harvester.crawl.middlewares.wire import DATE_SAID
from harvester.crawl.plan import explain, first_contacts
from harvester.crawl.stage import crawl_in_child
from harvester.data_directory import open_store, reading, working_database
from harvester.errors import AlarmOpen, HarvesterError, NobodyReached, RunFailed, StillOpen, UsageError
from harvester.installation import first_contacts as most_first_contacts
from harvester.lock import locked
from harvester.maintain.alarms import tell, told_of_failure
from harvester.maintain.expectations import Alarm, held, open_alarms
from harvester.maintain.metrics import write_metrics
from harvester.portal_choice import chosen_portals
from harvester.publish.stage import Publication, publish
from harvester.read.stage import ParseAccount, parse
from harvester.relate.across import check_across
from harvester.relate.ledger import keep_ledger
from harvester.reports.current_edition import remove_empty_reports, update_touched_reports
from harvester.run_report import write_reports
from spiders.portal import Portal
from spiders.registry.load import to_row
from spiders.registry.place import EVERYWHERE, Place
from spiders.walk.visitor import ALL_THAT_IS_DUE, Options

_LOG = logging.getLogger("harvester.run")

Stats = dict[str, dict[str, Any]]


@dataclass
class RunAccount:
    """What a run did, stage by stage; `portals` are the crawl's figures by portal id, `seconds` what each stage took.

    A `filtered` run looked for some years or some reports only: what it did not find is not missing.
    """

    run_id: str
    filtered: bool = False
    portals: Stats = field(default_factory=dict)
    parsed: ParseAccount | None = None
    published: Publication | None = None
    disk: dict[str, int] = field(default_factory=dict)
    alarms: list[Alarm] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timed(self, part: str) -> Iterator[None]:
        """The time that a part takes, whether it ends well or not."""
        started = monotonic()
        try:
            yield
        finally:
            self.seconds[part] = round(monotonic() - started, 1)

    def check_reached(self) -> None:
        """Raises NobodyReached where portals were asked and none answered anything."""
        asked = [stats for stats in self.portals.values() if stats.get("requests")]
        if asked and not any(stats.get("pages") or stats["finished_reason"] not in UNREACHED for stats in asked):
            raise NobodyReached(f"none of {len(asked)} portals could be reached; see `harvester status`")

    def check_alarms(self) -> None:
        """Raises AlarmOpen where something is not as expected."""
        if self.alarms:
            raise AlarmOpen("done, but: " + " · ".join(map(str, self.alarms)))

    def check_open(self) -> None:
        """Raises StillOpen where documents could not be read for reasons that are not theirs."""
        if self.parsed is not None and (self.parsed.lost or self.parsed.interrupted):
            raise StillOpen(f"{self.parsed.lost + self.parsed.interrupted} documents are still to be read; see above")

    def __str__(self) -> str:
        lines = [f"run {self.run_id}"]
        if self.portals:
            total = {name: sum(stats.get(name, 0) for stats in self.portals.values()) for name in COUNTED}
            lines.append(
                f"portals: {len(self.portals)}; " + ", ".join(f"{name} {count}" for name, count in total.items())
            )
        lines += [str(part) for part in (self.parsed, self.published) if part is not None]
        return "\n".join(lines)

    def as_dict(self) -> dict[str, Any]:
        return {
            "filtered": self.filtered,
            "disk": self.disk,
            "seconds": self.seconds,
            "portals": self.portals,
            "parsed": None if self.parsed is None else self.parsed.kinds,
            "lost": 0 if self.parsed is None else self.parsed.lost,
            "interrupted": 0 if self.parsed is None else self.parsed.interrupted,
            "published": None if self.published is None else self.published.file.name,
        }


WITNESSES = 2
"""Portals that must agree that this machine's clock is wrong: the clock of one may be wrong itself."""

FIRST_STAGES = ("run", "crawl")
"""Those that may lay out a new data directory; the others have nothing to work on in one."""

MOST_NAMED = 20
"""Portals that are called by their ids when a run says whom it is about to contact."""

CONTACTED = """SELECT id FROM portals p WHERE EXISTS (SELECT 1 FROM captures WHERE portal_id = p.id)
    OR EXISTS (SELECT 1 FROM events WHERE portal_id = p.id)"""
"""Portals that were asked, whether or not they answered."""

UNREACHED = ("robots_unavailable", "failures", "died")
"""Ends of a visit in which nothing was ever answered."""

COUNTED = ("requests", "new", "changed", "unchanged", "gone")


def run_all(
    data: Path,
    *,
    portals_file: Path | None = None,
    portal_ids: Sequence[str] = (),
    place: Place = EVERYWHERE,
    everyone: bool = False,
    options: Options = ALL_THAT_IS_DUE,
    cluster: str | None = None,
) -> RunAccount:
    """Crawl what is due, parse what is new, publish if the gates agree. Trouble on one portal stops nothing else."""
    portals = portals_to_visit(data, portals_file, portal_ids, place, everyone)
    with told_of_failure(data):
        with stage(data, "run") as (store, account):
            harvest(store, account, portals, options, portals_file)
            read_and_relate(store, account, cluster=cluster)
            publish_anew(store, account)
            account.disk = held(data)
        with reading(data / "archive.db") as connection:
            account.alarms = open_alarms(connection, data)
            write_metrics(connection, data, account.alarms)
    tell(data, account.alarms)
    return account


def run_crawl(
    data: Path,
    *,
    portals_file: Path | None = None,
    portal_ids: Sequence[str] = (),
    place: Place = EVERYWHERE,
    everyone: bool = False,
    options: Options = ALL_THAT_IS_DUE,
) -> RunAccount:
    """Only the crawl."""
    portals = portals_to_visit(data, portals_file, portal_ids, place, everyone)
    with stage(data, "crawl") as (store, account):
        harvest(store, account, portals, options, portals_file)
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


def portals_to_visit(
    data: Path, portals_file: Path | None, portal_ids: Sequence[str], place: Place, everyone: bool
) -> list[Portal]:
    """Whom a run contacts: whom the operator has named, by id, place or file, now or in an earlier run of this archive.

    The registry that ships has every government of the country in it: nobody is contacted because it stands there.
    Who is named by place is contacted for the first time a few a run (`first_contacts_a_run`).
    """
    chosen = chosen_portals(portals_file, portal_ids, place=place)
    if portals_file is not None or portal_ids:
        return chosen
    known = visited_portals(data)
    if place != EVERYWHERE or everyone:
        now = first_contacts(chosen, known, most_first_contacts(data))
        if len(now) < len(chosen):
            _LOG.warning("%d portals are left to later runs: first contact is spread", len(chosen) - len(now))
        return now
    if chosen := [portal for portal in chosen if portal.id in known]:
        return chosen
    raise UsageError(
        "say whom to contact: portal ids, --province 37, --level county, --all, or a registry of your own (--portals);"
        " `harvester portals list` shows who there is. Later runs go on with those without being told again"
    )


def visited_portals(data: Path) -> set[str]:
    """The portals that an earlier run of this archive has contacted."""
    if not (data / "archive.db").exists():
        return set()
    with reading(data / "archive.db") as connection:
        return {row[0] for row in connection.execute(CONTACTED)}


def explain_run(
    data: Path,
    *,
    portals_file: Path | None = None,
    portal_ids: Sequence[str] = (),
    place: Place = EVERYWHERE,
    everyone: bool = False,
    options: Options = ALL_THAT_IS_DUE,
) -> Iterator[str]:
    """What `run_all` would ask of whom, when and why, a line a thing. Asks nothing and writes nothing."""
    portals = portals_to_visit(data, portals_file, portal_ids, place, everyone)
    chosen = chosen_portals(portals_file, portal_ids, place=place)
    spread = len(chosen) - len(portals) if everyone or place != EVERYWHERE else 0
    yield from explain(data, portals, recheck=options.recheck, later=spread)


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
            finish(store, account, "interrupted" if isinstance(error, KeyboardInterrupt) else "failed", str(error))
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


def harvest(
    store: Store, account: RunAccount, portals: Sequence[Portal], options: Options, portals_file: Path | None = None
) -> None:
    """Crawl in a process of its own: Scrapy can be started once in a process, and its memory goes with it."""
    introduce(portals, store.data)
    account.filtered = not options.whole
    known = portals if portals_file is not None else chosen_portals(None)  # the whole country is in the account
    store.save_portals(to_row(portal) for portal in known)
    if not all(portal.simulated for portal in portals):
        named = ", ".join(portal.id for portal in portals[:MOST_NAMED])
        rest = f" and {len(portals) - MOST_NAMED} more" if len(portals) > MOST_NAMED else ""
        _LOG.warning("about to contact %d portals: %s%s", len(portals), named, rest)
    with account.timed("crawl"):
        account.portals = crawl_in_child(store.data, portals, run_id=account.run_id, options=options)
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
