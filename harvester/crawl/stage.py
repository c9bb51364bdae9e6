"""The crawl: every portal visited in one process, stored as it goes; and the rehearsals that store nothing."""

from __future__ import annotations

import asyncio
import ctypes
import logging
import multiprocessing
import os
import signal
import sqlite3
import threading
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from archive.store import Store
from archive.warc_writer import WarcWriter
from harvester.crawl.archiver import CaptureWriter
from harvester.crawl.host_rests import HostRests
from harvester.crawl.progress import Display
from harvester.crawl.rehearsal import rehearse
from harvester.crawl.runner import PortalVisit, crawl_all
from harvester.crawl.write_batch import Batch
from harvester.errors import RunFailed
from harvester.installation import portals_at_once
from harvester.logs import LEVELS, JsonLines, configure
from spiders.portal import Portal
from spiders.walk.account import PortalStats
from spiders.walk.visitor import ALL_THAT_IS_DUE, Options

Stats = dict[str, dict[str, Any]]
_LOG = logging.getLogger("harvester.crawl")

GRACE = 0.5
"""Seconds that the crawl has to end in good order; a page may keep it from hearing."""

_WHEN_PARENT_ENDS = 1
"""PR_SET_PDEATHSIG of linux/prctl.h."""

NOT_VISITED = ("dead", "moved")
"""Portals of the registry that are not there any more; blocked ones are tried again, a block may end."""


def crawl(
    data: Path,
    portals: Sequence[Portal],
    *,
    run_id: str,
    options: Options = ALL_THAT_IS_DUE,
) -> Stats:
    """Visits every portal and returns its account by id. Raises RunFailed when the archive cannot be written.

    Trouble of a portal is in its account and in ``events``; it stops nobody else. Portals registered as dead or moved
    are not visited.
    """
    left = {portal.id: PortalStats(finished_reason=portal.status) for portal in portals if portal.status in NOT_VISITED}
    portals = [portal for portal in portals if portal.id not in left]
    with Store.open(data) as store, WarcWriter(store.warc, run_id) as writer, Display(len(portals)) as display:
        batch = Batch(store.connection, writer)
        keepers = {portal.id: CaptureWriter(store, writer, batch, run_id, portal.id) for portal in portals}
        rests = HostRests()
        rests.remember(store.connection, portals)
        visits = [_visit(portal, keepers[portal.id], display) for portal in portals]
        try:
            accounts = crawl_all(visits, options, at_once=portals_at_once(data), rests=rests)
        finally:
            _end(batch)
        for failure in (batch.failure, *(keeper.failure for keeper in keepers.values())):
            if failure is not None:
                raise RunFailed(f"{data}: {failure}") from failure
    return {portal_id: account.as_dict() for portal_id, account in (left | accounts).items()}


def crawl_in_child(
    data: Path,
    portals: Sequence[Portal],
    *,
    run_id: str,
    options: Options = ALL_THAT_IS_DUE,
) -> Stats:
    """`crawl` in a process of its own, whose memory goes with it. Raises RunFailed when it fails or dies."""
    manner = logging_manner()
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    job = (data, list(portals), run_id, options)
    child = context.Process(target=_child, args=(theirs, manner, *job), daemon=True)
    child.start()
    theirs.close()
    try:
        answer: Stats | str = ours.recv()
    except EOFError as error:
        child.join()
        raise RunFailed(f"the crawl died (exit code {child.exitcode}); what it stored is kept") from error
    except KeyboardInterrupt:
        end(child)
        raise
    finally:
        ours.close()
    child.join()
    if isinstance(answer, str):
        raise RunFailed(answer)
    return answer


def end(child: multiprocessing.process.BaseProcess) -> None:
    """In good order where it hears, else at once: what it stored is whole at every moment."""
    child.terminate()
    child.join(GRACE)
    if child.is_alive():
        child.kill()
        child.join()


def check(portal: Portal) -> dict[str, Any]:
    """Walks one portal's lists without storing anything: what would be harvested, and what is in the way."""
    return rehearse(portal)


def detect(url: str) -> str:
    """A registry entry for the portal at `url`, as TOML, with the family its pages show."""
    from harvester.crawl.rehearsal import look
    from spiders.registry.propose import propose

    page = look(url)
    return propose(page.text, page.url)


def _child(
    answer: Connection, manner: tuple[str, int], data: Path, portals: list[Portal], run_id: str, options: Options
) -> None:
    configure(*manner)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group: the parent says what becomes of us
    with suppress(OSError, AttributeError):  # no prctl but on Linux
        ctypes.CDLL(None).prctl(_WHEN_PARENT_ENDS, signal.SIGKILL, 0, 0, 0)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        answer.send(crawl(data, portals, run_id=run_id, options=options))
    except RunFailed as failure:
        answer.send(str(failure))
    except (OSError, sqlite3.Error) as error:
        answer.send(f"{data}: {error}")
    except asyncio.CancelledError:
        _LOG.debug("told to end; what was stored is kept")
    finally:
        answer.close()


def _end_with_parent() -> None:
    """An orphan would go on writing into a data directory that another run may hold by now.

    Where the kernel can (Linux) it ends us: a step that never gives the interpreter back lets no thread of ours run.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def logging_manner() -> tuple[str, int]:
    """How this process logs, for a child to do the same: format and verbosity."""
    root = logging.getLogger()
    as_json = any(isinstance(handler.formatter, JsonLines) for handler in root.handlers)
    verbosity = next((number for number, level in LEVELS.items() if level == root.level), 0)
    return "json" if as_json else "text", verbosity


def _visit(portal: Portal, keeper: CaptureWriter, display: Display) -> PortalVisit:
    drawn = display.closed(portal)

    def closed(account: PortalStats) -> None:
        keeper.close(account)
        drawn(account)

    return PortalVisit(portal, lambda: keeper.memory, keeper.keep, keeper.report, display.opened(portal), closed)


def _end(batch: Batch) -> None:
    """The last rows, where that can still be done."""
    try:
        batch.flush()
    except (OSError, sqlite3.Error) as error:
        batch.failure = error
