"""Kills by the hundred: an archive that is cut down at any moment, on a bad disk, by a wrong clock, ends as the
undisturbed one.

    python -m tests.kills --kills 100 --seed 1

A round is one archive: runs are killed in the crawl, in the parse, between reports, in the publication, in the export,
or whenever; between them its disk fills up, its newest WARC file is torn, one in the middle is damaged, its clock has
been ahead. Then it is left in peace (`harvester run --recheck`) and compared with an archive that nothing happened to.
Ids that were once given out must not have changed on the way.
"""

from __future__ import annotations

import argparse
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from sqlite3 import Error

from tests.running import harvester, rows, started
from tests.whole.test_run import Place, placed

KILLS_A_ROUND = 5
LONGEST_WAIT = 60.0
"""Seconds until a run has come to the stage in which it is to die; one that ends before is not killed."""

AFTER_SIGN = 0.4
"""Seconds at most between the first sign of a stage and the kill."""

PEACE = 4
"""Runs in peace, after which nothing may be open any more."""

SIGNS = {
    "crawl": "SELECT count(*) FROM captures WHERE run_id = (SELECT max(id) FROM runs)",
    "parse": "SELECT count(*) FROM documents WHERE read_at IS NOT NULL",
    "relate": "SELECT count(*) FROM editions WHERE is_current",
    "publish": "SELECT count(*) FROM ledger",
}
"""What shows that a run has come to a stage."""

COMPARED = {
    "reports": "SELECT a.name, r.year, r.scope, r.title, r.removed_at IS NOT NULL, r.balance_status, r.published_on"
    " FROM reports r JOIN agencies a ON a.id = r.agency_id ORDER BY 1, 2, 3",
    "cells": "SELECT e.sha256, e.is_current, table_id, row_id, column_id, raw, state, value, unit, page, path"
    " FROM cells c JOIN editions e ON e.id = c.edition_id ORDER BY 1, 3, 4, 5, c.position",
    "checks": "SELECT e.sha256, code, key, status, lhs, rhs FROM checks c JOIN editions e ON e.id = c.edition_id"
    " ORDER BY 1, 2, 3",
    "contents": "SELECT DISTINCT url, sha256 FROM captures WHERE role IN ('page', 'attachment') AND sha256 IS NOT NULL"
    " ORDER BY 1, 2",
    "documents": "SELECT sha256, kind, reason FROM documents ORDER BY 1",
    "findings": "SELECT code, cell, message, attribution FROM findings ORDER BY 1, 2, 3",
    "ledger": "SELECT a.name, l.year, l.status FROM ledger l JOIN agencies a ON a.id = l.agency_id ORDER BY 1, 2",
}
IDS = "SELECT r.id, a.name, r.year, r.scope FROM reports r JOIN agencies a ON a.id = r.agency_id"


@dataclass
class Account:
    """What was done, and what came out differently. `killed` counts by stage."""

    rounds: int = 0
    killed: dict[str, int] = field(default_factory=dict)
    disturbed: dict[str, int] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        counts = [f"{name} {number}" for name, number in sorted((self.killed | self.disturbed).items())]
        total = sum(self.killed.values())
        return f"{total} kills in {self.rounds} rounds ({', '.join(counts)}): {len(self.differences)} differences"


def kill(run: object, process: int) -> None:
    """The whole group at once, as a power cut does; readers notice that their parent has gone."""
    os.killpg(process, signal.SIGKILL)


def shows(data: Path, stage: str) -> bool:
    """Has the stage begun?"""
    if stage == "export":
        return (data / "package").exists()
    if stage == "publish" and any((data / "site").glob("draft*")):
        return True
    try:
        return bool(rows(data, SIGNS[stage])[0][0])
    except (Error, IndexError):
        return False


def killed_in(place: Place, data: Path, stage: str, random: Random) -> bool:
    """Start what comes to the stage and kill it there; False where it had ended before."""
    arguments = ("run", "-q", "--portals", place.registry, "--data", data, "--recheck")
    run = started("export", data / "package", "--data", data) if stage == "export" else started(*arguments)
    until = time.monotonic() + (LONGEST_WAIT if stage != "whenever" else random.uniform(0.2, 8.0))
    while time.monotonic() < until and run.poll() is None:
        if stage != "whenever" and shows(data, stage):
            time.sleep(random.uniform(0, AFTER_SIGN))
            break
        time.sleep(0.005)
    over = run.poll() is not None
    if not over:
        kill(run, run.pid)
    run.communicate()
    return not over


def torn(data: Path, place: Place, random: Random) -> None:
    """The newest WARC file ends in the middle of a record, as after a power cut."""
    files = sorted((data / "warc").glob("*.warc.gz"))
    if files:
        with files[-1].open("ab") as file:
            file.write(b"\x1f\x8b\x08\x00" + random.randbytes(random.randrange(10, 900)))


def damaged(data: Path, place: Place, random: Random) -> None:
    """Bytes in the middle of a WARC file are others."""
    files = [file for file in (data / "warc").glob("2*.warc.gz") if file.stat().st_size > 4000]
    if files:
        file = random.choice(files)
        content = bytearray(file.read_bytes())
        at = random.randrange(1000, len(content) - 1000)
        content[at : at + 40] = random.randbytes(40)
        file.write_bytes(content)


def full(data: Path, place: Place, random: Random) -> None:
    """A run on a disk that is full after some kilobytes."""
    room = random.choice((30_000, 120_000, 400_000))

    def limits() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    harvester("run", "-q", "--portals", place.registry, "--data", data, "--recheck", limits=limits)


def ahead(data: Path, place: Place, random: Random) -> None:
    """All that is remembered was looked at by a clock that was three years ahead."""
    with open_database(data) as connection:
        for column in ("last_checked", "next_check", "first_seen"):
            connection.execute(f"UPDATE urls SET {column} = strftime('%Y-%m-%dT%H:%M:%SZ', {column}, '+3 years')")
        connection.commit()


def open_database(data: Path):  # type: ignore[no-untyped-def]
    """The working database, open for writing."""
    import sqlite3
    from contextlib import closing

    return closing(sqlite3.connect(data / "archive.db", timeout=30))


Disturbance = Callable[[Path, Place, Random], None]
DISTURBANCES: dict[str, Disturbance | None] = {
    "nothing": None,
    "torn": torn,
    "damaged": damaged,
    "full disk": full,
    "clock": ahead,
}
STAGES = (*SIGNS, "export", "whenever")


def ids(data: Path) -> dict[tuple[object, ...], object]:
    """The number of each report."""
    try:
        return {tuple(who): number for number, *who in rows(data, IDS)}
    except Error:
        return {}


def in_peace(place: Place, data: Path) -> list[str]:
    """Runs until nothing is open; what goes wrong on the way."""
    for _ in range(PEACE):
        code, _, told = place.run(data, "--recheck")
        if code == 0:
            return []
    return [f"still exit code {code} after {PEACE} runs in peace: {told.strip()}"]


def one_round(place: Place, data: Path, whole: dict[str, object], random: Random, account: Account) -> None:
    """One archive, killed `KILLS_A_ROUND` times, then compared."""
    account.rounds += 1
    known: dict[tuple[object, ...], object] = {}
    for _ in range(KILLS_A_ROUND):
        stage = random.choice(STAGES)
        if stage == "export" and not (data / "site" / "archive.db").exists():
            stage = "whenever"
        if killed_in(place, data, stage, random):
            account.killed[stage] = account.killed.get(stage, 0) + 1
        name = random.choice(tuple(DISTURBANCES))
        if (disturb := DISTURBANCES[name]) is not None and (data / "archive.db").exists():
            disturb(data, place, random)
            account.disturbed[name] = account.disturbed.get(name, 0) + 1
        known = ids(data) | known
    account.differences += [f"{data}: {what}" for what in (*in_peace(place, data), *compared(data, whole, known))]


def compared(data: Path, whole: dict[str, object], known: dict[tuple[object, ...], object]) -> list[str]:
    """What differs from the undisturbed archive, and which ids have changed."""
    different = [f"{name} differ" for name, expected in whole.items() if rows(data, COMPARED[name]) != expected]
    now = ids(data)
    different += [
        f"{who} was report {number}, is {now.get(who)}" for who, number in known.items() if now.get(who) != number
    ]
    exported = harvester("export", data / "package", "--data", data)
    return different + ([] if exported.returncode == 0 else [f"export: {exported.stderr.strip()}"])


def main(kills: int, seed: int, folder: Path, say: Callable[[str], None] = print) -> Account:
    """Rounds until so many kills are done."""
    random, account = Random(seed), Account()
    with placed(folder) as place:
        code, _, told = place.run(folder / "whole", "--recheck")
        assert code == 0, told
        whole: dict[str, object] = {name: rows(folder / "whole", sql) for name, sql in COMPARED.items()}
        while sum(account.killed.values()) < kills:
            before = len(account.differences)
            one_round(place, folder / f"round-{account.rounds + 1}", whole, random, account)
            say("\n".join([str(account), *account.differences[before:]]))
    return account


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=None, help="where the archives are left [default: thrown away]")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as thrown_away:
        done = main(asked.kills, asked.seed, asked.folder or Path(thrown_away))
    sys.exit(1 if done.differences else 0)
