"""LibreOffice, where it is installed, for what no native reader opens: converts to .docx and reads that.

One process at a time on the machine (a lock file), each with a profile of its own that is thrown away, under a time
limit; a process that hangs is killed with everything it started.
"""

from __future__ import annotations

import contextlib
import fcntl
import math
import os
import resource
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO

from parsers.content import Content, Unreadable

SECONDS = 60.0
"""CPU of one conversion."""

STARVED = 10.0
"""Times that long a conversion may take on a loaded machine."""

SIGNALLED = 128
"""Exit codes above this are a shell's word for the signal that ended what it had started."""

NOT_LOADED = b"source file could not be loaded"
"""What LibreOffice itself says of a file that it does not understand; it ends with exit code 0 all the same (7.4)."""
_INSTALL = "apt-get install --no-install-recommends libreoffice-writer-nogui"


def executable() -> str | None:
    """Path of soffice: $HARVESTER_SOFFICE, else what the search path has."""
    named = os.environ.get("HARVESTER_SOFFICE")
    return shutil.which(named) if named is not None else shutil.which("soffice") or shutil.which("libreoffice")


def convert(data: bytes, suffix: str, media_type: str, seconds: float = SECONDS) -> Content:
    """Read a document by way of .docx; raises `Unreadable` (``needs_libreoffice``, ``too_slow``, ``interrupted``,
    ``crashed``, ``corrupt``)."""
    from parsers.formats.word import docx

    content = docx.read(converted(data, suffix, "docx", seconds))
    return replace(content, media_type=media_type, method="libreoffice")


def converted(data: bytes, suffix: str, to: str, seconds: float = SECONDS) -> bytes:
    """The document in another format. `suffix` tells LibreOffice which kind it is (``.doc``)."""
    program = executable()
    if program is None:
        raise Unreadable("needs_libreoffice", f"only LibreOffice reads this kind of file; to install it: {_INSTALL}")
    with tempfile.TemporaryDirectory(prefix="harvester-soffice-") as folder, _one_at_a_time():
        source = Path(folder, f"document{suffix}")
        source.write_bytes(data)
        command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore"]
        said = Path(folder, "said")
        with said.open("wb") as stream:
            code = _run([*command, "--convert-to", to, "--outdir", folder, str(source)], seconds, stream)
        result = Path(folder, f"document.{to}")
        if code == 0 and result.is_file():
            return result.read_bytes()
        if NOT_LOADED in said.read_bytes():
            raise Unreadable("corrupt", "LibreOffice cannot open the file either")
        raise Unreadable("crashed", f"LibreOffice made nothing of the file and did not say why (exit code {code})")


def _run(command: list[str], seconds: float, said: IO[bytes]) -> int:
    """The exit code; what it says goes to `said`. A run that was ended raises: that tells nothing about the file."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said, process_group=0
    )
    slow = Unreadable("too_slow", f"LibreOffice took longer than {seconds:g} seconds")
    whole = math.ceil(seconds)  # a limit of 0 would end whatever starts, at its first tick
    try:
        with contextlib.suppress(ProcessLookupError):
            resource.prlimit(process.pid, resource.RLIMIT_CPU, (whole, whole + 1))
        code = process.wait(seconds * STARVED)
    except subprocess.TimeoutExpired:
        raise slow from None
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    ending = _signal(code)
    if ending == signal.SIGXCPU:
        raise slow
    if ending in (signal.SIGKILL, signal.SIGTERM):
        raise Unreadable("interrupted", f"LibreOffice was ended from outside (signal {ending})")
    return code


def _signal(code: int) -> int | None:
    """The signal that ended a process, its own or (by a shell's word) that of what it had started."""
    return code - SIGNALLED if code > SIGNALLED else -code if code < 0 else None


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Hold the machine-wide lock; it falls with the process that holds it."""
    with open(Path(tempfile.gettempdir(), f"harvester-soffice-{os.getuid()}.lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
