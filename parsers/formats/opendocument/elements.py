"""What .odt and .ods have in common: the kind of the file, its mark-up, the text of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.content import Unreadable
from parsers.formats.opendocument.looks import Known, OdfLooks
from parsers.formats.packages.colours import Colour
from parsers.formats.packages.runs import joined
from parsers.formats.packages.text_effects import Manner
from parsers.formats.packages.xml_tree import Element, attribute, local, whole
from parsers.formats.packages.zip_parts import MAGIC, open_zip, parts, read_member

_FLAT = re.compile(rb'<office:document\b[^>]*\bmimetype="([^"]+)"')


NOT_PRINTED = frozenset({"note", "annotation", "tracked-changes", "hidden-text", "frame", "ruby-text"})


_CHANGES = frozenset({"change-start", "change-end"})
_FIXED = {"tab": "\t", "line-break": "\n"}


def type_of(data: bytes) -> bytes | None:
    """The media type that a package names in its first member, or one XML document in its root."""
    if data.startswith(MAGIC):
        try:
            with open_zip(data) as archive:
                kind = parts(archive).get("mimetype")
                return read_member(archive, kind, 200).strip() if kind else None
        except Unreadable:
            return None
    found = _FLAT.search(data[:16384])
    return found[1] if found else None


def part_of(data: bytes, name: str) -> bytes | None:
    """Another part of an OpenDocument package; None where there is none, or for a flat file."""
    if not data.startswith(MAGIC):
        return None
    with open_zip(data) as archive:
        info = parts(archive).get(name)
        return read_member(archive, info) if info else None


def markup_of(data: bytes) -> bytes:
    """The main part of an OpenDocument package, or the whole of a flat file.

    Raises `Unreadable` (``corrupt``, ``encrypted``).
    """
    if not data.startswith(MAGIC):
        return data
    with open_zip(data) as archive:
        named = parts(archive)
        manifest = named.get("meta-inf/manifest.xml")
        if manifest and b"encryption-data" in read_member(archive, manifest):
            raise Unreadable("encrypted", "the OpenDocument file needs a password")
        if "content.xml" not in named:
            raise Unreadable("corrupt", "the OpenDocument package has no content")
        return read_member(archive, named["content.xml"])


def paragraph_text(paragraph: Element, looks: OdfLooks | None = None, ground: Colour | None = None) -> str:
    """Printed text of a paragraph, without notes and annotations, as it is seen on that ground."""
    known = looks.known(paragraph, {}) if looks else {}
    return joined(_runs(paragraph, looks, known, ground))


def _runs(
    element: Element, looks: OdfLooks | None, known: Known, ground: Colour | None
) -> Iterator[tuple[str, Manner | None]]:
    """Printed text below an element; runs of spaces are stored as a count."""
    manner = looks.manner(known, ground) if looks else None
    yield element.text or "", manner
    for item in element:
        name = local(item)
        if name == "s":
            yield " " * count(item, "c"), manner
        elif name in _FIXED:
            yield _FIXED[name], manner
        elif looks is not None and name in _CHANGES:
            looks.change(item)
            manner = looks.manner(known, ground)
        elif name and name not in NOT_PRINTED:
            yield from _runs(item, looks, looks.known(item, known) if looks else known, ground)
        yield item.tail or "", manner


def count(element: Element, name: str, most: int = 1_000) -> int:
    """A positive count in an attribute, 1 where it is absent; repeats beyond any table are cut to `most`."""
    return max(1, min(whole(attribute(element, name), 1), most))
