"""Pictures inside a document that has no tables of its own: a report pasted or scanned into Word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from parsers.content import Content, Page, Paragraph, Place, Table, Unreadable
from parsers.formats import image

MOST = 20
"""Pictures read from one document."""

SMALLEST_BYTES = 20_000
"""A picture of a table is larger than any emblem."""

Picture = tuple[str, bytes]


def with_pictures(content: Content, pictures: Iterable[Picture]) -> Content:
    """The content followed by what recognition reads in its pictures, each a page; what fails is a note."""
    blocks: list[Paragraph | Table] = list(content.blocks)
    pages: list[Page] = []
    notes: list[str] = []
    for name, data in list(pictures)[:MOST]:
        try:
            read = image.read(data)
        except Unreadable as error:
            notes.append(f"{name}: {error.kind}: {error.message}")
            continue
        first = len(pages)
        pages += [replace(page, number=page.number + first) for page in read.pages]
        blocks += [_moved(block, name, first) for block in read.blocks]
    method = f"{content.method}+ocr" if pages else content.method
    return replace(content, method=method, blocks=tuple(blocks), pages=tuple(pages), notes=(*content.notes, *notes))


def _moved(block: Paragraph | Table, name: str, pages: int) -> Paragraph | Table:
    place = _inside(block.place, name, pages)
    if isinstance(block, Paragraph):
        return replace(block, place=place)
    return replace(
        block, place=place, cells=tuple(replace(cell, place=_inside(cell.place, name, pages)) for cell in block.cells)
    )


def _inside(place: Place, name: str, pages: int) -> Place:
    page = None if place.page is None else place.page + pages
    return Place(page, place.box, f"{name}!{place.path or ''}")
