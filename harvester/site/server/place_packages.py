"""The data package of one place as one zip, and its SQLite file alone, which Datasette Lite opens.

Both are made when one of them is first asked for, and kept until the next publication.
`harvester export` makes it, in a process of its own and one at a time: no page waits for it.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from pathlib import Path
from typing import Any

from datasette.utils.asgi import Response

from harvester.site.parts.file_sending import SQLITE, send_file
from harvester.site.parts.visit import published

FOLDER = "places"
"""Below data/site: places/<published file>/<code>.zip and <code>.db."""
MEDIA_TYPES = {"zip": "application/zip", "db": SQLITE}
KEPT = 200
"""Packages kept of one publication: the oldest goes when another is made."""
DATABASE = "archive.db"
"""The SQLite file of a package, by the name that `harvester export` gives it."""
LONGEST = 300.0
"""Seconds that making one may take; a province of 20,000 reports took a tenth of it."""
WAITING = 4
"""Visitors who may wait for theirs; the next is asked to come back."""


class PlacePackages:
    """Answers ``/divisions/<code>.zip`` and ``/divisions/<code>.db``."""

    def __init__(self) -> None:
        self._one = asyncio.Lock()
        self._waiting = 0

    async def answer(self, request: Any, datasette: Any, send: Any) -> Response | None:
        code, form = request.url_vars["code"], request.url_vars["form"]
        database = published(datasette)
        known = await database.read(
            lambda connection: connection.execute("select name from divisions where code = ?", (code,)).fetchone()
        )
        if known is None:
            return Response.text(f"no division has the code {code}", status=404)
        link = database.link
        file = link.parent / FOLDER / link.resolve().stem / f"{code}.{form}"
        if not file.exists():
            if self._waiting >= WAITING:
                return Response.text("other packages are being made; come back soon", 503, {"retry-after": "60"})
            self._waiting += 1
            try:
                async with self._one:
                    trouble = None if file.exists() else await _make(link.parent.parent, code, file)
            finally:
                self._waiting -= 1
            if trouble is not None:
                return Response.text(f"this package could not be made: {trouble}", 503, {"retry-after": "600"})
        headers = {"content-disposition": f'attachment; filename="{code}.{form}"'}
        await send_file(request, send, file, MEDIA_TYPES[form], headers)
        return None


async def _make(data: Path, code: str, file: Path) -> str | None:
    """Make the package; what went wrong, None where nothing did."""
    beside = file.with_name(f".{code}-{os.getpid()}")
    command = ("-m", "harvester.cli", "export", str(beside), "--division", code,
               "--format", "csv,sqlite", "--zip", "--data", str(data), "--quiet")  # fmt: skip
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        _make_room(file.parent)
        process = await asyncio.create_subprocess_exec(
            sys.executable, *command, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
        )
        try:
            _, said = await asyncio.wait_for(process.communicate(), LONGEST)
        except TimeoutError:
            process.kill()
            await process.wait()
            return f"it took more than {LONGEST:g} seconds"
        if process.returncode:
            return said.decode(errors="replace").strip().rpartition("\n")[2]
        (packed,) = beside.glob("*.zip")
        os.replace(beside / DATABASE, file.with_suffix(".db"))
        os.replace(packed, file.with_suffix(".zip"))
    except OSError as error:
        return error.strerror or type(error).__name__
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return None


def _make_room(folder: Path) -> None:
    """Packages of earlier publications go, and the oldest of this one where there are too many."""
    for other in folder.parent.iterdir():
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
    made = sorted(folder.glob("*.zip"), key=lambda one: one.stat().st_mtime)
    for one in made[: max(0, len(made) - KEPT + 1)]:
        one.unlink(missing_ok=True)
        one.with_suffix(".db").unlink(missing_ok=True)
