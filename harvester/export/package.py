"""The package as a folder: written beside, then put in place whole."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from secrets import token_hex
from typing import Any

from rich.console import Console
from rich.progress import Progress, TaskID

from archive.long_statements import hear_signals
from archive.read_only import fixed_address
from harvester import __version__
from harvester.data_directory import explained_errors, published_database
from harvester.definitions.media_types import MEDIA_TYPES
from harvester.errors import UsageError
from harvester.export import codebook
from harvester.export.changes import CHANGES, changes, check_since
from harvester.export.datasets import Dataset, Rows, Selection, datasets
from harvester.export.readme import readme
from harvester.export.sqlite_file import write_sqlite
from harvester.export.untouched import NAME, PARTIAL, SUMS, Snapshot, check_unchanged, held, owned, remove
from harvester.export.writers import WRITERS
from harvester.export.zip_file import write_zip

TITLE = "政务公开年报档案 · Disclosure Reports Archive"
DATABASE = "archive.db"
"""The SQLite file of the package: no table of its own, all of them in one."""
EACH = 20_000
"""Rows between two moves of the bar."""
CITATION = """cff-version: 1.2.0
message: If you use these data, please cite them with the version and the SHA-256 of SHA256SUMS.
title: 政务公开年报档案 (Disclosure Reports Archive)
type: dataset
version: {version}
authors:
  - name: The maintainers of the Disclosure Reports Archive
license: CC-BY-4.0
"""


def export(
    data: Path,
    directory: Path,
    *,
    formats: tuple[str, ...] = ("csv",),
    years: frozenset[int] | None = None,
    division: str | None = None,
    as_zip: bool = False,
    since: Path | None = None,
) -> str:
    """Write the package from the published database. Raises UsageError when nothing is published or DIR is not ours.

    `formats`: csv, xlsx, parquet, json, sqlite. `as_zip` adds one file that holds all others; `since`, the folder of
    an earlier package, adds changes.csv. The same database gives the same bytes. A package that is interrupted leaves
    the old one as it was.
    """
    database = published_database(data)
    if division is not None and not (division.isdigit() and len(division) in (2, 4, 6)):
        raise UsageError(f"{division!r} is not a division code: 37, 3708 or 370829")
    if since is not None:
        check_since(since, years, division)
        if "csv" not in formats:
            raise UsageError("changes are told between CSV files: add csv to the formats")
    if directory.is_file():
        raise UsageError(f"{directory}: is a file")
    target = directory.resolve()
    with held(target):
        before = owned(target)
        beside = beside_of(target)
        beside.mkdir()
        try:
            counts = fill(database, beside, formats, Selection(years, division), since)
            if as_zip:
                add_zip(beside, database)
            put_in_place(beside, target, before)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    return f"{directory}: " + ", ".join(f"{name} {count:,} rows" for name, count in counts.items())


def beside_of(target: Path) -> Path:
    """Where the package grows, under a name that nobody has. A mounted folder, or the one a shell stands in, cannot be
    renamed: inside it."""
    own = f"{os.getpid()}-{token_hex(4)}"
    if target.is_mount() or target == Path.cwd():
        return target / f"{PARTIAL}{own}"
    return target.with_name(f".{target.name}-{own}")


def fill(
    database: Path, folder: Path, formats: tuple[str, ...], selection: Selection, since: Path | None = None
) -> dict[str, int]:
    """Write every file; return rows by dataset."""
    counts: dict[str, int] = {}
    resources = []
    console = Console(stderr=True)
    with (
        explained_errors(database),
        closing(sqlite3.connect(fixed_address(database), uri=True)) as connection,
        Progress(console=console, disable=not console.is_terminal) as progress,
    ):
        hear_signals(connection)
        selection.install(connection)
        tables = [name for name in formats if name in WRITERS]
        task = progress.add_task("export", total=len(datasets()) * len(tables))
        for dataset in datasets():
            for name in tables:
                extension, write = WRITERS[name]
                file = folder / f"{dataset.name}.{extension}"
                rows = dataset.rows(connection, selection.parameters())
                counts[dataset.name] = write(file, dataset, shown(rows, progress, task, file.name))
                resources.append(resource(file, dataset, counts[dataset.name]))
                progress.advance(task)
    if since is not None:
        counts["changes"] = WRITERS["csv"][1](folder / "changes.csv", CHANGES, changes(since, folder))
        resources.append(resource(folder / "changes.csv", CHANGES, counts["changes"]))
    book = Dataset("codebook", "字段说明", "Codebook", (), codebook.FIELDS, lambda *_: iter(()))
    count = WRITERS["csv"][1](folder / "codebook.csv", book, codebook.rows((*datasets(), CHANGES)))
    resources.append(resource(folder / "codebook.csv", book, count))
    if "sqlite" in formats:
        reports = write_sqlite(database, folder / DATABASE, selection)
        made = Dataset("archive", "全部表与视图，SQLite", "All tables and views, SQLite", (), (), lambda *_: iter(()))
        resources.append(resource(folder / DATABASE, made, reports))
    describe(folder, database, selection, resources)
    return counts


def shown(rows: Rows, progress: Progress, task: TaskID, file: str) -> Rows:
    """The rows as they pass; the bar says which file and how many."""
    for number, row in enumerate(rows):
        if number % EACH == 0:
            progress.update(task, description=f"{file} {number:,}")
        yield row


def resource(file: Path, dataset: Dataset, rows: int) -> dict[str, Any]:
    """A Frictionless resource. The CSV is the table of record; other formats are files that hold the same rows."""
    extension = file.suffix[1:]
    made: dict[str, Any] = {
        "name": dataset.name if extension == "csv" else f"{dataset.name}-{extension}",
        "type": "table" if extension == "csv" else "file",
        "path": file.name,
        "title": dataset.zh,
        "description": dataset.en,
        "scheme": "file",
        "format": extension,
        "mediatype": MEDIA_TYPES[extension],
        "bytes": file.stat().st_size,
        "hash": f"sha256:{sha256_of(file)}",
    }
    if extension != "csv":
        return made
    return made | {"encoding": "utf-8-sig", "rows": rows, "schema": schema(dataset)}


def schema(dataset: Dataset) -> dict[str, Any]:
    fields = [
        {"name": one.name, "type": one.type, "title": one.zh, "description": one.en}
        | ({"unit": one.unit} if one.unit else {})
        for one in dataset.fields
    ]
    return {"fields": fields} | ({"primaryKey": list(dataset.key)} if dataset.key else {})


def describe(folder: Path, database: Path, selection: Selection, resources: list[dict[str, Any]]) -> None:
    """datapackage.json, CITATION.cff, SHA256SUMS. The version is the published database's own."""
    version = database.stem.removeprefix("archive-")
    package = {
        "name": NAME,
        "title": TITLE,
        "version": version,
        "licenses": [{"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0"}],
        "sources": [{"title": f"archive.db {version}, disclosure-harvester {__version__}"}],
        "selection": {
            "years": sorted(selection.years) if selection.years else None,
            "division": selection.division,
        },
        "resources": resources,
    }
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    (folder / "CITATION.cff").write_text(CITATION.format(version=version), encoding="utf-8")
    (folder / "README.md").write_text(readme(TITLE, version, selection, resources), encoding="utf-8")
    write_sums(folder)


def package_version(folder: Path) -> str:
    """The publication that a package was made from."""
    return str(json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["version"])


def add_zip(folder: Path, database: Path) -> None:
    """One file that holds all others, their checksums with them; then its own checksum beside theirs."""
    version = database.stem.removeprefix("archive-")
    write_zip(folder, folder / f"{NAME}-{version}.zip")
    write_sums(folder)


def write_sums(folder: Path) -> None:
    files = sorted(file for file in folder.iterdir() if file.name != SUMS)
    (folder / SUMS).write_text("".join(f"{sha256_of(file)}  {file.name}\n" for file in files), encoding="utf-8")


def sha256_of(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def put_in_place(beside: Path, directory: Path, before: Snapshot) -> None:
    """The old package steps aside, the new one takes its name, the files of the old one go: those and no others."""
    check_unchanged(directory, before)
    if beside.parent == directory:
        move_files(beside, directory, before)
        return
    old = beside.with_name(f"{beside.name}-old")
    os.replace(directory, old)
    os.replace(beside, directory)
    remove(old, before)


def move_files(beside: Path, directory: Path, before: Snapshot) -> None:
    """File by file, the checksums last: until they are there the old ones tell that something does not fit."""
    files = sorted(beside.iterdir(), key=lambda file: file.name == SUMS)
    kept = {file.name for file in files}
    for file in files:
        os.replace(file, directory / file.name)
    for former in before.keys() - kept:
        (directory / former).unlink(missing_ok=True)
