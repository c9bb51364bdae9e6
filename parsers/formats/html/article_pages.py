"""An article that a portal cuts into pages (下一页), read as the one document that it is.

The archive keeps each page as a document of its own. Here their bytes stand one behind the other, by a rule that needs
nothing but the pages: whoever has them can join them again. What stands on a further page has the page's own hash in
its path: ``page:<16 hex digits of its SHA-256>!<XPath>``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import takewhile

from parsers.content import Content, Paragraph, Place, Table, Unreadable, placed
from parsers.formats.html import html

MEDIA_TYPE = html.MEDIA_TYPE
MARK = b"%article-pages 1\n"
DIGITS = 16
"""Of a page's hash in the paths of what stands on it."""
_LENGTH = re.compile(rb"(\d{1,12})\n")
_ON_PAGE = re.compile(rf"page:([0-9a-f]{{{DIGITS}}})!(.*)", re.S)


def join(pages: Sequence[bytes]) -> bytes:
    """The pages as one document; a single page is itself. An empty page stands for one that could not be had."""
    if len(pages) == 1:
        return pages[0]
    return MARK + b"".join(b"%d\n%b" % (len(page), page) for page in pages)


def split(data: bytes) -> list[bytes]:
    """The pages of a joined document. Raises Unreadable ``corrupt``."""
    pages, at = [], len(MARK)
    while at < len(data):
        length = _LENGTH.match(data, at)
        if length is None or length.end() + int(length[1]) > len(data):
            raise Unreadable("corrupt", "the pages of the article are not whole")
        at = length.end() + int(length[1])
        pages.append(data[length.end() : at])
    return pages


def page_of(path: str | None) -> str | None:
    """How the hash of the further page begins on which a path stands; None for the first page and other documents."""
    found = _ON_PAGE.match(path or "")
    return found[1] if found else None


def on_page(path: str) -> str:
    """The path within its own page."""
    found = _ON_PAGE.match(path)
    return found[2] if found else path


def recognise(data: bytes) -> str | None:
    """Only what `join` made."""
    return MEDIA_TYPE if data.startswith(MARK) else None


def read(data: bytes) -> Content:
    """The pages one behind the other: what each prints again at head and foot stands once, a table cut between two
    pages is one table."""
    pages = split(data)
    had = [page for page in pages if page]
    content = _joined([html.read(page) for page in had], had)
    lost = tuple(f"page {number} of the article could not be had" for number, page in enumerate(pages, 1) if not page)
    return replace(content, unread=(*content.unread, *lost), notes=(*content.notes, *lost))


def second_reading(data: bytes) -> Content | None:
    """The second reading of each page, joined in the same way; None unless all of them have one."""
    pages = [page for page in split(data) if page]
    contents = [again for page in pages if (again := html.second_reading(page)) is not None]
    return _joined(contents, pages) if len(contents) == len(pages) else None


def finder(data: bytes) -> Callable[[Place], str | None]:
    """The text at a place, each page opened when it is asked for."""
    pages = split(data)
    by_hash = {_hash(page): page for page in pages}
    opened: dict[str | None, Callable[[Place], str | None]] = {}

    def find(place: Place) -> str | None:
        named = page_of(place.path)
        if named not in opened:
            opened[named] = html.finder(pages[0] if named is None else by_hash[named])
        return opened[named](replace(place, path=on_page(place.path)) if place.path else place)

    return find


def _joined(contents: Sequence[Content], pages: Sequence[bytes]) -> Content:
    first, *further = contents
    blocks = list(first.blocks)
    for content, page in zip(further, pages[1:], strict=True):
        head = _alike(first.blocks, content.blocks)
        tail = _alike(blocks[::-1], content.blocks[head:][::-1])
        blocks, foot = blocks[: len(blocks) - tail], blocks[len(blocks) - tail :]
        within = partial(_behind, prefix=f"page:{_hash(page)}!")
        own = [placed(block, within) for block in content.blocks[head : len(content.blocks) - tail]]
        _append(blocks, own)
        blocks += foot
    return replace(
        first,
        blocks=tuple(blocks),
        notes=(*dict.fromkeys(note for one in contents for note in one.notes), f"pages of the article: {len(pages)}"),
        links=tuple(dict.fromkeys(link for one in contents for link in one.links)),
        unread=tuple(dict.fromkeys(part for one in contents for part in one.unread)),
    )


def _alike(one: Sequence[Paragraph | Table], other: Sequence[Paragraph | Table]) -> int:
    """How many paragraphs two pages have in common from the beginning."""
    pairs = zip(map(_words, one), map(_words, other), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] is not None and pair[0] == pair[1], pairs))


def _words(block: Paragraph | Table) -> str | None:
    return block.text if isinstance(block, Paragraph) else None


def _append(blocks: list[Paragraph | Table], own: list[Paragraph | Table]) -> None:
    """The blocks of a further page; a table that meets one of the same width continues it."""
    above, below = blocks[-1] if blocks else None, own[0] if own else None
    if isinstance(above, Table) and isinstance(below, Table) and above.width == below.width:
        moved = (replace(cell, row=cell.row + above.height) for cell in below.cells)
        blocks[-1] = replace(above, cells=(*above.cells, *moved))
        own = own[1:]
    blocks += own


def _behind(place: Place, prefix: str) -> Place:
    """A place of a page, with the page before its path."""
    return place if place.path is None else replace(place, path=f"{prefix}{place.path}")


def _hash(page: bytes) -> str:
    return hashlib.sha256(page).hexdigest()[:DIGITS]
