"""Parts of other formats that Word takes in when it opens a .docx (w:altChunk): pages exported by web systems."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from functools import partial

from parsers.content import Place, Unreadable, placed
from parsers.formats import recognise
from parsers.formats.packages.nested import Blocks
from parsers.formats.packages.xml_tree import Element, attribute, parse
from parsers.formats.packages.zip_parts import parts, read_member

_KINDS = ("rtf", "mht", "html", "text")


def read_chunk(archive: zipfile.ZipFile, folder: str, element: Element) -> Blocks:
    """The blocks of the part that an altChunk names; none where it is missing or cannot be read."""
    info = parts(archive).get(_target(archive, folder, attribute(element, "id") or ""))
    if info is None:
        return []
    data = read_member(archive, info)
    found = recognise(data)
    if found is None or found.read is None or found.name not in _KINDS:
        return []
    try:
        blocks = found.read(data).blocks
    except Unreadable:
        return []
    return [placed(block, partial(_inside, name=info.filename)) for block in blocks]


def _target(archive: zipfile.ZipFile, folder: str, relation: str) -> str:
    """The part a relationship of the main part leads to, lower case."""
    info = parts(archive).get(f"{folder}/_rels/document.xml.rels")
    for item in parse(read_member(archive, info)) if info else ():
        if item.get("Id") == relation:
            target = (item.get("Target") or "").lower()
            return target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
    return ""


def _inside(place: Place, name: str) -> Place:
    return replace(place, path=f"{name}!{place.path or ''}")
