"""ZIP packages of programs whose files hold no report that is read here: presentations, drawings, books, programs.

They are told before plain archives, so that nobody looks for reports in the pictures of a presentation.
"""

from __future__ import annotations

from collections.abc import Set

from parsers.content import Content, Unreadable
from parsers.formats.opendocument.elements import type_of
from parsers.formats.packages.zip_parts import MAGIC, open_zip, parts

_OFFICE = "application/vnd.openxmlformats-officedocument"
_BY_FOLDER = {"ppt/": f"{_OFFICE}.presentationml.presentation", "visio/": "application/vnd.ms-visio.drawing"}
"""Office packages by the folder of their main part; any other is told by its list of types alone."""

_BY_MEMBER = {
    "index/document.iwa": "application/vnd.apple.iwork",
    "index.zip": "application/vnd.apple.iwork",
    "index.xml": "application/vnd.apple.iwork",
    "index.apxl": "application/vnd.apple.iwork",
    "androidmanifest.xml": "application/vnd.android.package-archive",
    "meta-inf/manifest.mf": "application/java-archive",
}


def recognise(data: bytes) -> str | None:
    """The media type of such a package. A package that names its own type in its first member is believed."""
    if not data.startswith(MAGIC):
        return None
    try:
        with open_zip(data) as archive:
            names = parts(archive).keys()
    except Unreadable:
        return None
    stated = (type_of(data) or b"").decode("ascii", "ignore")
    return stated if stated.startswith("application/") else _by_names(names)


def read(data: bytes) -> Content:
    """Raises `Unreadable` (``unsupported``) at once."""
    raise Unreadable("unsupported", f"files of the kind {recognise(data)} are not read here")


def _by_names(names: Set[str]) -> str | None:
    if "[content_types].xml" in names:
        found = (kind for folder, kind in _BY_FOLDER.items() if any(name.startswith(folder) for name in names))
        return next(found, _OFFICE)
    return next((kind for member, kind in _BY_MEMBER.items() if member in names), None)
