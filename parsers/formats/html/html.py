"""HTML: pages of portals, fragments, pages saved by office programs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from parsers.content import Content, Paragraph, Place, Table, Unreadable
from parsers.formats.html.about import about
from parsers.formats.html.article import article_of, is_of_form
from parsers.formats.html.data_pictures import with_data_pictures
from parsers.formats.html.embedded_json import EMBEDDED, embedded_article
from parsers.formats.html.links import links_of
from parsers.formats.html.notes import ASKS, HIDDEN, SHELL
from parsers.formats.html.second_reading import second_reading
from parsers.formats.html.table import is_small_nest
from parsers.formats.html.tree import printed, seen_tree, tree_of
from parsers.formats.html.walk import Flow, Walk
from parsers.printed.report_signs import TABLE3_LAST, are_all_told, tables_told

__all__ = ["MEDIA_TYPE", "locate", "read", "recognise", "second_reading"]

MEDIA_TYPE = "text/html"
_ASKS = re.compile(
    r"XMLHttpRequest|\bfetch\s*\(|\baxios\b|\.(?:ajax|getJSON|getScript|load)\s*\(|\$\.(?:get|post)\s*\(|\bnew\s+Vue\b"
)
_LITTLE = 400
"""Characters of text that a page without its article may have: a head, a foot, a title."""
_WINDOW = 65_536
_PAGE = re.compile(rb"<!doctype\s+html|<(?:html|head|body|frameset)\b", re.IGNORECASE)
_PIECE = re.compile(
    rb"<(?:p|div|table|tbody|tr|td|span|h[1-6]|br|center|font|ucap\w+|script|style|meta|title|a|ul|li|section|article|"
    rb"strong|b|img|form|iframe|link|!--)(?=[\s>/])",
    re.IGNORECASE,
)
_NOT_OURS = re.compile(
    rb"<w:wordDocument|<Workbook\b|<pkg:package|<rss\b|<urlset\b|<svg\b|^\s*(?:MIME-Version|From|Content-Type):|^\s*[{\[]",
    re.IGNORECASE,
)


def recognise(data: bytes) -> str | None:
    """``text/html`` for a page or a fragment that begins with mark-up."""
    head = data[:_WINDOW].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    page, other = _PAGE.search(head[:8192]), _NOT_OURS.search(head[:512])
    if other and (page is None or other.start() < page.start()):
        return None
    if page:
        return MEDIA_TYPE
    return MEDIA_TYPE if head.startswith(b"<") and _PIECE.search(head[:2048]) else None


def read(data: bytes) -> Content:
    """The article of a page: its paragraphs and tables with their XPaths, valid for `locate`.

    Raises Unreadable ``empty`` or ``too_large``. A page without an article gives a Content without blocks.
    """
    root = tree_of(data)
    flow = Walk().over(root)
    notes = []
    shown = _tables_told(flow)
    if not are_all_told(shown):
        for other, note in _elsewhere(root, flow):
            if _tables_told(other) > shown:
                flow, notes = other, [note]
                break
    blocks = article_of(flow)
    if flow.images:
        notes.append(f"images: {flow.images}")
    if not flow.blocks and next(root.iter("script", "frame", "iframe"), None) is not None:
        notes.append(SHELL)
    elif _is_asked_for(root, blocks):
        notes.append(ASKS)
    content = Content(
        media_type=MEDIA_TYPE,
        method="html",
        blocks=blocks,
        meta=about(root, flow),
        notes=tuple(notes),
        links=links_of(root),
    )
    return with_data_pictures(root, content)


def locate(data: bytes, path: str) -> str:
    """The printed text at a path that `read` gave for these bytes.

    Raises Unreadable ``corrupt`` when nothing, or more than one element, stands there.
    """
    return _located(tree_of(data), path)


def finder(data: bytes) -> Callable[[Place], str | None]:
    """`locate` for many places of one page; None for places without a path and for those in its pictures."""
    root = tree_of(data)
    return lambda place: None if place.path is None or place.page is not None else _located(root, place.path)


def _located(root: etree._Element, path: str) -> str:
    if path.startswith(EMBEDDED):
        inner = _embedded(root)
        if inner is None:
            raise Unreadable("corrupt", "the page carries no article in its script")
        root, path = seen_tree(inner), path.removeprefix(EMBEDDED)
    found = root.getroottree().xpath(path)
    if not isinstance(found, list) or len(found) != 1 or not isinstance(found[0], etree._Element):
        raise Unreadable("corrupt", f"no single element at {path}")
    return printed(found[0], nested_tables=is_small_nest(found[0]))


def _is_asked_for(root: etree._Element, blocks: tuple[Paragraph | Table, ...]) -> bool:
    """Has the page hardly a word, no table, and a script that fetches something?"""
    little = sum(len(one.text) if isinstance(one, Paragraph) else _LITTLE for one in blocks) < _LITTLE
    return little and any(_ASKS.search(script.text or "") for script in root.iter("script"))


def _tables_told(flow: Flow) -> frozenset[str]:
    """Which tables of the form a page prints, each by a word of its own; none where it prints no table of a form."""
    tables = [block for block in flow.blocks if isinstance(block, Table) and is_of_form(block)]
    return tables_told("|".join(cell.text for table in tables for cell in table.cells)) if tables else frozenset()


def _elsewhere(root: etree._Element, flow: Flow) -> Iterator[tuple[Flow, str]]:
    """Other places where a page may keep its article: parts shown by a script, a string in a script."""
    if flow.hidden_tables:
        yield Walk(show_hidden=True).over(root), HIDDEN
    if any(isinstance(block, Paragraph) and TABLE3_LAST in block.text for block in flow.blocks):
        yield Walk(drawn=is_of_form).over(root), "tables drawn with boxes"
    inner = _embedded(root)
    if inner is not None:
        yield Walk(prefix=EMBEDDED).over(seen_tree(inner)), "article read from the page's script"


def _embedded(root: etree._Element) -> str | None:
    """The article that a script of the page carries."""
    texts = (script.text or "" for script in root.iter("script"))
    return next((article for article in map(embedded_article, texts) if article), None)
