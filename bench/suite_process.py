"""Files of strangers read in processes of their own: one that hangs or grows costs itself, and is measured.

A child reads paths from its standard input and answers a line of JSON for each; the parent holds the clock.
"""

from __future__ import annotations

import json
import resource
import select
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

DEADLINE = 180.0
"""Seconds on the clock after which a file is given up: nine times what it may cost, for a loaded machine."""
ADDRESSES = 6 << 30
"""Bytes of addresses that a child may have: more than the limit under test, so that exceeding it is measured."""
BATCH = 50
"""Files a thread hands to one child, so that what one left behind in memory does not count for all that follow."""


NO_OCR = "--no-ocr"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one file was read. `verdict`: read, refused, accepted, crashed. CPU seconds, peak of resident megabytes."""

    path: Path
    verdict: str
    detail: str
    seconds: float
    megabytes: int


def outcomes(files: Sequence[Path], processes: int, *, ocr: bool) -> Iterator[Outcome]:
    """Each file's outcome, in order. Without `ocr` pictures of pages are refused, as on a machine that lacks it."""
    batches = [files[start : start + BATCH] for start in range(0, len(files), BATCH)]
    with ThreadPoolExecutor(processes) as pool:
        yield from chain.from_iterable(pool.map(partial(_batch, ocr), batches))


def _batch(ocr: bool, files: Sequence[Path]) -> list[Outcome]:
    found: list[Outcome] = []
    while len(found) < len(files):
        found += _child(ocr, files[len(found) :])
    return found


def _child(ocr: bool, files: Sequence[Path]) -> list[Outcome]:
    """Outcomes up to the file that brings the child down, that one included."""
    found: list[Outcome] = []
    command = [sys.executable, "-m", __name__, *([] if ocr else [NO_OCR])]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        for path in files:
            child.stdin.write(f"{path}\n".encode())
            child.stdin.flush()
            ready, _, _ = select.select([child.stdout], [], [], DEADLINE)
            line = child.stdout.readline() if ready else b""
            if not line:
                child.kill()
                why = "the process died" if ready else f"no answer in {DEADLINE:.0f} s"
                return [*found, Outcome(path, "crashed", why, DEADLINE if not ready else 0.0, 0)]
            found.append(Outcome(**{**json.loads(line), "path": path}))
    return found


def without_ocr() -> None:
    """From here on this process has no recognition of pictures, as if its package were not installed."""
    sys.modules["rapidocr"] = None  # type: ignore[assignment]


def main(arguments: Sequence[str]) -> None:
    """The child."""
    if NO_OCR in arguments:
        without_ocr()
    from parsers.extract import extract

    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    for line in sys.stdin:
        path = Path(line.rstrip("\n"))
        data = path.read_bytes()
        _forget_peak()
        start = time.process_time()
        verdict, detail = judged(extract(data))
        outcome = Outcome(path, verdict, detail, time.process_time() - start, _peak())
        print(json.dumps({**asdict(outcome), "path": ""}), flush=True)


def judged(extraction: Any) -> tuple[str, str]:
    """(verdict, detail) of what `extract` gave."""
    if extraction.report is not None or any(member.report is not None for member in extraction.members):
        return "accepted", f"a report, score {extraction.score}"
    if extraction.error is not None:
        kind = extraction.error.kind
        return ("crashed" if kind == "crashed" else "refused"), f"{kind}: {extraction.error.message}"
    return "read", extraction.rejected.kind if extraction.rejected else ""


def _forget_peak() -> None:
    """Let the kernel count the peak of resident memory anew (proc(5), clear_refs)."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak() -> int:
    """The peak of resident memory, in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    kilobytes = next(line for line in status.splitlines() if line.startswith("VmHWM:")).split()[1]
    return int(kilobytes) // 1024


if __name__ == "__main__":
    main(sys.argv[1:])
