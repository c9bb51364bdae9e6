"""Proof that the archive still holds what its rows say: every capture's bytes, and with `full` every printed cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archive.members import Gap
from archive.store import Store
from archive.warc import Reference, WarcError, content_sha256, read_record, records, warc_files
from harvester.data_directory import reading, working_database
from harvester.following import followed
from harvester.maintain.verify_cells import CellCount, check_cells
from harvester.maintain.verify_published import check_published


@dataclass
class Verification:
    """What was looked at and what is wrong. `notes` are harmless (a torn tail after a kill)."""

    captures: int = 0
    documents: int = 0
    cells: int = 0
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.problems

    def __str__(self) -> str:
        looked = f"captures {self.captures}, documents {self.documents}" + (
            f", cells {self.cells}" if self.cells else ""
        )
        verdict = "all right" if self.ok else f"{len(self.problems)} problems"
        return "\n".join([f"verified {looked}: {verdict}", *self.problems, *(f"note: {note}" for note in self.notes)])


def verify(data: Path, *, full: bool = False) -> Verification:
    """Read the whole archive again, also where nothing can be written.

    Raises UsageError when `data` is no data directory.
    """
    account = Verification()
    with reading(working_database(data)) as connection:
        store = Store.over(data, connection)
        account.problems += check_captures(store, account)
        account.problems += check_documents(store, account)
        account.problems += check_files(store, account)
        if full:
            count = CellCount()
            account.problems += check_cells(store, count)
            account.problems += check_published(store, count)
            account.cells = count.cells
            if count.pictured:
                account.notes.append(f"{count.pictured} cells stand in pictures and were not looked at")
    return account


def check_captures(store: Store, account: Verification) -> Iterator[str]:
    """Every capture points at a record of its address that holds, or refers to, its bytes."""
    readable: dict[str, bool] = {}
    (count,) = store.connection.execute("SELECT count(*) FROM captures").fetchone()
    captures = store.connection.execute("SELECT * FROM captures ORDER BY warc_file, warc_offset")
    for row in followed(captures, "captures", count):
        account.captures += 1
        reference = Reference(row["warc_file"], row["warc_offset"])
        try:
            record = read_record(store.warc, reference)
            held = record.content_sha256 if record.is_revisit else content_sha256(record.content())
        except WarcError as error:
            yield f"capture {row['id']}: {error}"
            continue
        if row["sha256"] is None:
            continue
        if held != row["sha256"]:
            yield f"capture {row['id']} ({row['url']}): bytes at {reference.file}@{reference.offset} have another hash"
        elif record.is_revisit and not is_readable(store, row["sha256"], readable):
            yield f"capture {row['id']} ({row['url']}): the content that it refers to cannot be read"


def is_readable(store: Store, digest: str, known: dict[str, bool]) -> bool:
    """Can the archive give this content? Each is looked for once."""
    if digest not in known:
        try:
            store.content(digest)
            known[digest] = True
        except WarcError:
            known[digest] = False
    return known[digest]


def check_documents(store: Store, account: Verification) -> Iterator[str]:
    for row in store.connection.execute("SELECT sha256 FROM documents ORDER BY sha256").fetchall():
        account.documents += 1
        try:
            store.content(row["sha256"])
        except WarcError as error:
            yield f"document {row['sha256'][:12]}: {error}"


def check_files(store: Store, account: Verification) -> Iterator[str]:
    """Damage anywhere in a file: a rebuild needs what is told of a capture too. Harmless is what a kill leaves behind:
    a torn tail, and records that no row points at."""
    for file in warc_files(store.warc):
        rows = store.connection.execute("SELECT warc_offset FROM captures WHERE warc_file = ?", (file.name,))
        known = {row[0] for row in rows}
        gaps: list[Gap] = []
        count = sum(record.reference.offset not in known for record in records(file, gaps))
        if count:
            account.notes.append(f"{file.name}: {count} records without a row")
        account.notes += [str(gap) for gap in gaps if gap.is_tail]
        yield from (str(gap) for gap in gaps if not gap.is_tail)
