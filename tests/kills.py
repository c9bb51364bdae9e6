"""Kills by the hundred: an archive that is cut down at any moment, on a bad disk, by a wrong clock, ends as the
undisturbed one.

    python -m tests.kills --kills 100 --seed 1

A round is one archive: commands are killed in the crawl, the parse, between reports, in the publication, the export,
the rebuild, or whenever; between them its disk fills up or takes nothing, a WARC file is torn, damaged, zeroed or
shifted in its middle, a run's clock is years ahead or behind. Then it is left in peace (`harvester run --recheck`) and
compared with an archive that nothing happened to. Ids that were once given out must not have changed on the way.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from sqlite3 import Error

from tests.killing import STAGES as ARMED
from tests.moved_clock import can_move, moved_clock
from tests.running import CLI, harvester, rows, started
from tests.whole.test_run import Place, placed

KILLS_A_ROUND = 5

LONGEST = {"crawl": 1.2, "parse": 2.0, "relate": 0.2, "publish": 0.6, "export": 0.6, "rebuild": 0.2}
"""Seconds at most between the beginning of a stage and the kill: about what it takes on a small archive, on a machine
that makes an undisturbed run in `CALM` seconds."""

CALM = 4.0

WHENEVER = 4.0
"""The same from the start of a run, for a kill at any moment."""

PEACE = 4
"""Runs in peace, after which nothing may be open any more."""

YEARS = 3 * 365 * 86_400
"""Seconds by which a wrong clock is wrong."""

NOT_TO_BE_WRITTEN = ("unshare", "-m", "sh", "-c", 'd=$1; shift; mount --bind "$d" "$d" &&'
                     ' mount -o remount,bind,ro "$d" "$d" && exec "$@"', "sh")  # fmt: skip
"""A command that sees the folder behind it as read-only."""

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


def command(stage: str, place: Place, data: Path) -> tuple[object, ...]:
    """What comes to the stage, whatever was done before."""
    if stage in ("crawl", "whenever"):
        return "run", "-q", "--portals", place.registry, "--data", data, "--recheck"
    if stage in ("parse", "relate"):
        return "parse", "-q", "--all", "--data", data
    if stage == "export":
        return "export", "-q", data / "package", "--data", data, "--format", "csv,xlsx,parquet,json,sqlite", "--zip"
    return stage, "-q", "--data", data


def killed_in(place: Place, data: Path, stage: str, random: Random, load: float) -> bool:
    """Start what comes to the stage and kill it there; False where it had ended before."""
    arguments = command(stage, place, data)
    if stage == "whenever":
        run = started(*arguments)
        until = time.monotonic() + random.uniform(0.2, WHENEVER) * load
        while time.monotonic() < until and run.poll() is None:
            time.sleep(0.005)
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL)
    else:
        seconds = load * LONGEST[stage] * random.random() ** 2  # rather too soon than when all is over
        run = started(stage, seconds, *arguments, command=(sys.executable, "-m", "tests.killing"))
    run.communicate()
    return run.returncode == -signal.SIGKILL


def torn(data: Path, place: Place, random: Random) -> None:
    """The newest WARC file ends in the middle of a record, as after a power cut."""
    files = sorted((data / "warc").glob("*.warc.gz"))
    if files:
        with files[-1].open("ab") as file:
            file.write(b"\x1f\x8b\x08\x00" + random.randbytes(random.randrange(10, 900)))


def in_the_middle(data: Path, random: Random, spoilt: Callable[[bytearray, int], None]) -> None:
    """Something happens to the middle of a run's WARC file."""
    files = [file for file in (data / "warc").glob("2*.warc.gz") if file.stat().st_size > 4000]
    if files:
        file = random.choice(files)
        content = bytearray(file.read_bytes())
        spoilt(content, random.randrange(1000, len(content) - 1000))
        file.write_bytes(content)


def damaged(data: Path, place: Place, random: Random) -> None:
    """Bytes are others."""

    def spoilt(content: bytearray, at: int) -> None:
        content[at : at + 40] = random.randbytes(40)

    in_the_middle(data, random, spoilt)


def zeroed(data: Path, place: Place, random: Random) -> None:
    """A part was never written, as after a power cut."""

    def spoilt(content: bytearray, at: int) -> None:
        content[at : at + 900] = bytes(len(content[at : at + 900]))

    in_the_middle(data, random, spoilt)


def shifted(data: Path, place: Place, random: Random) -> None:
    """A part is gone: no record behind it stands where its row says."""

    def spoilt(content: bytearray, at: int) -> None:
        del content[at : at + 100]

    in_the_middle(data, random, spoilt)


def full(data: Path, place: Place, random: Random) -> None:
    """A run on a disk that is full after some kilobytes."""
    room = random.choice((30_000, 120_000, 400_000))

    def limits() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    harvester("run", "-q", "--portals", place.registry, "--data", data, "--recheck", limits=limits)


def read_only(data: Path, place: Place, random: Random) -> None:
    """Everything once where nothing may be written; each ends with one line."""
    if os.getuid() != 0 or shutil.which("unshare") is None:
        return
    for stage in ("crawl", "parse", "publish", "rebuild"):
        asked = [*NOT_TO_BE_WRITTEN, str(data), *CLI, *map(str, command(stage, place, data))]
        done = subprocess.run(asked, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode in (1, 2), done
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr


def moved(data: Path, place: Place, seconds: int) -> None:
    """A run by a clock that is wrong."""
    if can_move():
        harvester(*command("crawl", place, data), env=moved_clock(data, seconds))


def ahead(data: Path, place: Place, random: Random) -> None:
    moved(data, place, YEARS)


def behind(data: Path, place: Place, random: Random) -> None:
    moved(data, place, -YEARS)


Disturbance = Callable[[Path, Place, Random], None]
DISTURBANCES: dict[str, Disturbance | None] = {
    "nothing": None,
    "torn": torn,
    "damaged": damaged,
    "zeroed": zeroed,
    "shifted": shifted,
    "full disk": full,
    "read-only": read_only,
    "clock ahead": ahead,
    "clock behind": behind,
}
STAGES = (*ARMED, "whenever")
BEFORE = {"export": "site/archive.db", "publish": "archive.db", "parse": "archive.db", "relate": "archive.db"}
"""What must be there before a command can come to its stage."""


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


def one_round(
    place: Place, data: Path, whole: dict[str, object], random: Random, account: Account, load: float = 1.0
) -> None:
    """One archive, killed `KILLS_A_ROUND` times, then compared."""
    account.rounds += 1
    known: dict[tuple[object, ...], object] = {}
    for _ in range(KILLS_A_ROUND):
        stage = random.choice(STAGES)
        if not (data / BEFORE.get(stage, ".")).exists() or (stage == "rebuild" and not any(data.glob("warc/2*"))):
            stage = "crawl"
        if killed_in(place, data, stage, random, load):
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
        began = time.monotonic()
        code, _, told = place.run(folder / "whole", "--recheck")
        assert code == 0, told
        load = max(1.0, (time.monotonic() - began) / CALM)
        whole: dict[str, object] = {name: rows(folder / "whole", sql) for name, sql in COMPARED.items()}
        while sum(account.killed.values()) < kills:
            before = len(account.differences)
            one_round(place, folder / f"round-{account.rounds + 1}", whole, random, account, load)
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
