"""Archives that Python does not unpack (RAR with compression, 7z), through libarchive's bsdtar where it is installed.

bsdtar turns the archive into a tar stream, which is read here under limits; nothing is written to disk but a copy of
the archive itself.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

from parsers.content import Unreadable
from parsers.formats.containers.litter import is_litter
from parsers.formats.limits import MAX_MEMBERS, MAX_PART_BYTES, MAX_UNPACKED_BYTES

SECONDS = 60.0
_PREFIX = re.compile(r"^bsdtar: (?:Error reading archive \S+: )?")
_INSTALL = "apt-get install libarchive-tools"


def unpacked(data: bytes, kind: str) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of the files in an archive, litter left out.

    Raises `Unreadable` (``needs_unrar``, ``encrypted``, ``too_large``, ``unsupported``, ``corrupt``).
    """
    program = shutil.which("bsdtar")
    if program is None:
        raise Unreadable("needs_unrar", f"no tool here unpacks {kind}; to install one: {_INSTALL}")
    with tempfile.TemporaryDirectory(prefix="harvester-unpack-") as folder:
        source, complaints = Path(folder, "archive"), Path(folder, "complaints")
        source.write_bytes(data)
        with (
            open(complaints, "wb") as told,
            _running([program, "-cf", "-", "--format", "pax", f"@{source}"], told) as run,
        ):
            assert run.stdout is not None
            try:
                with tarfile.open(fileobj=run.stdout, mode="r|") as archive:
                    yield from _files(archive, kind)
            except (tarfile.TarError, EOFError, OSError) as error:
                raise _refused(kind, complaints, str(error)) from error
            if run.wait() != 0:
                raise _refused(kind, complaints, f"bsdtar ended with {run.returncode}")


@contextlib.contextmanager
def _running(command: list[str], told: object) -> Iterator[subprocess.Popen[bytes]]:
    """The process, killed with its group at the end or when its time is over."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=told, process_group=0, env=environment
    )  # type: ignore[call-overload]

    def kill() -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)

    watch = Timer(SECONDS, kill)
    watch.start()
    try:
        with process:
            try:
                yield process
            finally:
                kill()
    finally:
        watch.cancel()


def _files(archive: tarfile.TarFile, kind: str) -> Iterator[tuple[str, bytes]]:
    left, count = MAX_UNPACKED_BYTES, 0
    for info in archive:
        if not info.isreg() or is_litter(info.name):
            continue
        count += 1
        limit = min(left, MAX_PART_BYTES)
        if count > MAX_MEMBERS or info.size > limit:
            raise Unreadable("too_large", f"the {kind} archive has more or larger files than are read")
        member = archive.extractfile(info)
        content = member.read() if member is not None else b""
        left -= len(content)
        yield info.name, content


def _refused(kind: str, complaints: Path, otherwise: str) -> Unreadable:
    """What bsdtar said, as the error it stands for."""
    said = complaints.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    reason = _PREFIX.sub("", said[0]) if said else otherwise
    lower = reason.lower()
    if "encrypt" in lower or "passphrase" in lower:
        return Unreadable("encrypted", f"the {kind} archive needs a password")
    is_known = "unavailable" in lower or "unsupported" in lower
    return Unreadable("unsupported" if is_known else "corrupt", f"the {kind} archive cannot be unpacked: {reason}")
