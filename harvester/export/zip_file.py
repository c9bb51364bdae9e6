"""A package as one file, the same bytes from the same files."""

from __future__ import annotations

import shutil
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip can write: when a package was made is no part of what it says."""
_READABLE = 0o644 << 16


def write_zip(folder: Path, target: Path) -> None:
    """Every file of `folder`, by name, in a folder of the archive's own name, so that nothing spills when unpacked."""
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            if file == target:
                continue
            entry = ZipInfo(f"{target.stem}/{file.name}", _BEGINNING)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = _READABLE
            with file.open("rb") as source, archive.open(entry, "w", force_zip64=True) as packed:
                shutil.copyfileobj(source, packed, 1 << 20)
