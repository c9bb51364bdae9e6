"""What is installed, what is missing, what that costs, and the line that installs it."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import requires
from importlib.util import find_spec
from pathlib import Path

from harvester import __version__
from harvester.contact import VARIABLE, contact
from harvester.data_directory import reading
from harvester.errors import RunFailed
from harvester.installation import FILE, PORTALS_AT_ONCE, PREFIX, portals_at_once
from harvester.maintain.alarms import WAYS, ways
from spiders.rendering.chromium import chromium, unsandboxed

OFFICE = ("soffice", "libreoffice")
UNPACKERS = ("bsdtar", "unrar", "unar", "7z")


@dataclass(frozen=True, slots=True)
class Piece:
    """An optional piece: how to find it, what happens without it, what installs it."""

    name: str
    find: Callable[[], str | None]
    without: str
    install: str


def command(*names: str) -> Callable[[], str | None]:
    return lambda: next((path for name in names if (path := shutil.which(name))), None)


def module(*names: str) -> Callable[[], str | None]:
    return lambda: names[0] if all(find_spec(name) for name in names) else None


def packages(extra: str) -> str:
    """The line that installs an extra's packages by their own names, with pip or with what takes its place."""
    wanted = [
        line.split(";")[0].strip() for line in requires("disclosure-harvester") or () if f'extra == "{extra}"' in line
    ]
    return f"{installer()} " + " ".join(f"'{one}'" for one in wanted)


def installer() -> str:
    """What installs into this very environment: pipx, pip where it has one, else uv."""
    if "pipx" in Path(sys.prefix).parts:
        return "pipx inject disclosure-harvester"
    if find_spec("pip") is not None:
        return f"{sys.executable} -m pip install"
    return f"uv pip install --python {sys.executable}"


def chinese_fonts() -> str | None:
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts", Path("/Library/Fonts"))
    patterns = ("*CJK*", "*wqy*", "*PingFang*", "*simsun*", "*SourceHan*")
    found = (file for folder in folders if folder.is_dir() for pattern in patterns for file in folder.rglob(pattern))
    return next((str(file) for file in found if file.is_file()), None)


PIECES = (
    Piece(
        "browser (playwright)",
        module("playwright"),
        "no list is read a second time: portals whose lists only scripts make end as `unknown`, all others run",
        packages("browser"),
    ),
    Piece(
        "Chromium",
        chromium,
        "no list is read a second time: portals whose lists only scripts make end as `unknown`, all others run",
        "apt install chromium   (or: playwright install chromium; or set HARVESTER_CHROMIUM)",
    ),
    Piece(
        "OCR (rapidocr)",
        module("rapidocr", "onnxruntime"),
        "scans are archived and marked `needs_ocr`; nothing is guessed",
        packages("ocr"),
    ),
    Piece(
        "Parquet (pyarrow)",
        module("pyarrow"),
        "`export --format parquet` ends with one line; the other formats are written",
        packages("parquet"),
    ),
    Piece(
        "Cluster (distributed)",
        module("distributed"),
        "`run --cluster` and `worker` end with one line; this machine reads alone",
        packages("cluster"),
    ),
    Piece(
        "LibreOffice",
        command(*OFFICE),
        "Word files that the built-in reader cannot open stay unread; the others are read all the same",
        "apt install libreoffice-writer-nogui",
    ),
    Piece(
        "RAR unpacker",
        command(*UNPACKERS),
        "RAR files are archived and marked `needs_unrar`",
        "apt install libarchive-tools",
    ),
    Piece(
        "Chinese fonts",
        chinese_fonts,
        "page images of PDFs without embedded fonts show boxes; reading them is not affected",
        "apt install fonts-noto-cjk",
    ),
)


def doctor(data: Path) -> str:
    """The whole examination as text, one paragraph a piece that is missing."""
    return "\n".join([*base(data), "", *(line for piece in PIECES for line in examine(piece))])


def base(data: Path) -> Iterator[str]:
    """What must be there, and is, since this runs."""
    place = next((folder for folder in (data, *data.absolute().parents) if folder.exists()), Path())
    free = shutil.disk_usage(place).free / 2**30
    yield f"disclosure-harvester {__version__}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    yield f"ok       {sys.executable}"
    yield f"{'ok     ' if free > 1 else 'LOW    '}  {free:.1f} GB free for {data}"
    address = contact(data)
    yield (
        f"ok       contact: {address}"
        if address
        else f"MISSING  contact: no real portal is asked without one; set {VARIABLE}"
    )
    yield f"ok       portals at once: {portals_at_once(data)} ({PREFIX}{PORTALS_AT_ONCE.upper()}, or in {data / FILE})"
    told = "; ".join(ways(data)) or f"nobody is told: set one of {', '.join(WAYS)} in {data / FILE}"
    yield f"{'ok      ' if ways(data) else '        '} alarms: {told}"
    yield from holdings(data, place)
    if not has_fts5():
        yield "MISSING  SQLite's FTS5: the site cannot search; use a Python whose SQLite has it"


def holdings(data: Path, place: Path) -> Iterator[str]:
    """The data directory: whether it can be written, what is in it, whether it is published."""
    if not os.access(place, os.W_OK):
        yield f"MISSING  the right to write to {place}: nothing can be harvested there"
    if not (data / "archive.db").exists():
        yield f"         {data}: nothing harvested yet"
        return
    try:
        with reading(data / "archive.db") as connection:
            (reports,) = connection.execute("SELECT count(*) FROM reports").fetchone()
        yield f"ok       archive.db: {reports:,} reports"
    except RunFailed as error:
        yield f"BROKEN   {error}"
    link = data / "site" / "archive.db"
    yield f"ok       published: {link.resolve().name}" if link.exists() else "         nothing published yet"


def examine(piece: Piece) -> Iterator[str]:
    found = piece.find()
    if found is not None:
        yield f"ok       {piece.name}: {found}"
        if piece.find is chromium and (reason := unsandboxed()):
            yield f"           without its sandbox: {reason}"
        return
    yield f"missing  {piece.name}"
    yield f"           without it: {piece.without}"
    yield f"           to install: {piece.install}"


def has_fts5() -> bool:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE probe USING fts5(text)")
    except sqlite3.OperationalError:
        return False
    finally:
        connection.close()
    return True
