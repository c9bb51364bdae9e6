"""OFD, the national fixed-layout format (GB/T 33190-2016). Read like a PDF: by lines drawn, and again by words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from parsers.content import Box, Content, Place, Unreadable
from parsers.formats.ofd.package import Package, leaves, open_package
from parsers.formats.ofd.page import DrawnPage, drawn, sheet_of
from parsers.formats.packages.zip_parts import MAGIC
from parsers.formats.paged.layout import ruled
from parsers.formats.paged.page_breaks import continued
from parsers.formats.paged.picture_regions import regions
from parsers.formats.paged.sheet import Sheet
from parsers.formats.paged.text_at import text_at
from parsers.formats.paged.two_readings import Told, by_lattice, by_words

MEDIA_TYPE = "application/ofd"


def recognise(data: bytes) -> str | None:
    """A ZIP with OFD.xml at its root."""
    if not data.startswith(MAGIC):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.lstrip("/").lower() for name in archive.namelist()[:20_000]}
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, OverflowError, IndexError):
        return MEDIA_TYPE if b"OFD.xml" in data[:4096] else None
    return MEDIA_TYPE if "ofd.xml" in names else None


@lru_cache(maxsize=1)
def opened(data: bytes) -> tuple[Package, tuple[tuple[Sheet, DrawnPage], ...]]:
    """The package and its pages; the last one is kept, for it is read a second time at once."""
    package = open_package(data)
    pages = tuple((sheet_of(leaf, marks), marks) for leaf, marks in ((leaf, drawn(leaf)) for leaf in leaves(package)))
    if not pages:
        raise Unreadable("corrupt", "the OFD file has no pages")
    return package, pages


def read(data: bytes) -> Content:
    """Tables and paragraphs of every page; scanned pages by recognition."""
    package, pages = opened(data)
    found = [sheet for sheet, _ in pages]
    content = by_lattice(found, Told(), MEDIA_TYPE, "ofd")
    wanted = [(sheet, marks) for sheet, marks in pages if regions(sheet)]
    if wanted:
        content = _with_scans(package, content, wanted)
    title = package.meta.get("Title")
    return replace(content, meta={"title": title} if title else {})


def _with_scans(package: Package, content: Content, wanted: Sequence[tuple[Sheet, DrawnPage]]) -> Content:
    from parsers.formats.ofd.picture import ofd_picture
    from parsers.formats.pictures.loose_tables import SeenPage, blocks_of, with_loose_tables
    from parsers.formats.pictures.read_image import read_drawn

    seen: list[SeenPage] = []
    for sheet, marks in wanted:
        seen.extend(read_drawn(partial(ofd_picture, package, sheet, marks), sheet.page, regions(sheet)))
    blocks = [*content.blocks, *blocks_of(seen)]
    blocks.sort(key=lambda block: (block.place.page or 0, block.place.box[1] if block.place.box else 0.0))
    read_so_far = replace(content, method="ocr", blocks=tuple(continued(blocks)))
    return read_so_far if content.words else with_loose_tables(read_so_far, seen)


def second_reading(data: bytes) -> Content | None:
    """Tables by text lines alone; None for scans and where the first reading was made that way too."""
    _, pages = opened(data)
    found = [sheet for sheet, _ in pages]
    if any(map(regions, found)) or not any(map(ruled, found)):
        return None
    return by_words(found, Told(), MEDIA_TYPE, "ofd")  # by the same placed letters: it confirms nothing


def locate(data: bytes, page: int, box: Box) -> str | None:
    """The text in a box (points) of a page (from 1); None where a picture stands there."""
    return text_at((sheet for sheet, _ in opened(data)[1]), page, box)


def finder(data: bytes) -> Callable[[Place], str | None]:
    """`locate` for many places of one document."""
    found = [sheet for sheet, _ in opened(data)[1]]
    return lambda place: text_at(found, place.page, place.box) if place.page and place.box else None
