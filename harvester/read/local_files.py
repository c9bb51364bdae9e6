"""Local files through the same workers that read the archive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from harvester.errors import UsageError

if TYPE_CHECKING:
    from parsers.extract import Extraction


def extract_files(files: Sequence[Path], *, processes: int | None = None) -> Iterator[tuple[str, Extraction]]:
    """Yield (path as given, extraction) for each file, in the order given.

    Raises UsageError before anything is read when a file is not there: a typing mistake, not a bad document.
    """
    for path in files:
        if not path.is_file():
            raise UsageError(f"{path}: {'is a directory' if path.is_dir() else 'no such file'}")
    from harvester.read.jobs import Job
    from harvester.read.worker_pool import extract_many

    jobs = (Job(key=number, source=path) for number, path in enumerate(files))
    ready: dict[int, Extraction] = {}
    following = 0
    for number, extraction in extract_many(jobs, processes=min(processes or 2, len(files))):
        ready[number] = extraction
        while following in ready:
            yield str(files[following]), ready.pop(following)
            following += 1
