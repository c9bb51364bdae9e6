"""Archived documents as harmless HTML: the extractor's own tree, the cell marked, then sanitised.

Nothing in the result can run, load or send anything: tags, attributes and styles are on lists, images are not
fetched, and the page is served in a sandboxed frame under a policy of its own (`HEADERS`).
"""

from __future__ import annotations

import re
from html import escape

import nh3
from lxml import etree

from parsers.content import Content, Paragraph, Table

HEADERS = {
    "content-security-policy": (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'self'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
}

TAGS = set(
    "a abbr b blockquote br caption center code col colgroup dd del div dl dt em figcaption figure font h1 h2 h3 h4 h5 "
    "h6 hr i ins li mark o:p ol p pre s section small span strong sub sup table tbody td tfoot th thead tr u ul".split()
)
DROPPED = set("script style iframe object embed svg math form template noscript title head textarea select".split())
ATTRIBUTES = {
    "*": set("align valign dir lang class id style width height bgcolor color face size border nowrap".split()),
    "table": {"cellpadding", "cellspacing"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "col": {"span"},
}
STYLES = set(
    "text-align vertical-align font-weight font-style font-size color background-color line-height text-indent border "
    "border-collapse border-color border-style border-width border-top border-right border-bottom border-left width "
    "padding margin margin-left white-space".split()
)
OUTLINE = ' id="cell" class="hl-cell"'
SHEET = """<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>archived copy</title><style>
html{color-scheme:light}body{font:15px/1.75 -apple-system,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif;
margin:16px;color:#1b1b18;background:#fff;max-width:60em;overflow-wrap:anywhere}
table{border-collapse:collapse;max-width:100%}td,th{border:1px solid #999;padding:2px 6px;font-size:13px;
overflow-wrap:normal}
table p{margin:0}.hl-cell{outline:3px solid #a3271d;outline-offset:-1px;background:#fff2c9!important;scroll-margin:40vh}
.line{color:#8a867c;font-size:12px;user-select:none;padding-right:8px}</style></head><body>"""

_MARKS = re.compile("[\ufdd0-\ufdef]")
"""What the extractor puts into a tree where it is in doubt or breaks a line."""


def view(data: bytes, path: str | None) -> str:
    """The document as a page: HTML as archived, anything else as its text and tables as read."""
    from parsers import formats

    known = formats.recognise(data)
    if known is None or known.read is None:
        raise ValueError("no reader for these bytes")
    if "html" in known.media_type:
        from parsers.formats.html.tree import tree_of

        # Lists come as XML with pieces of HTML in it; the marks around them say nothing to a reader.
        return page(tree_of(data if path else data.replace(b"<![CDATA[", b"").replace(b"]]>", b"")), path)
    return as_read(known.read(data), path)


def page(tree: etree._Element, path: str | None) -> str:
    """A page's tree made harmless, the element at `path` (an XPath) outlined with id `cell`."""
    _strip_names(tree)
    _mark(tree, path)
    body = tree.find("body")
    _drop_hidden(tree)
    text = etree.tostring(body if body is not None else tree, encoding="unicode", method="html")
    return SHEET + clean(_MARKS.sub("", text))


def clean(text: str) -> str:
    return nh3.clean(
        text,
        tags=TAGS,
        attributes=ATTRIBUTES,
        filter_style_properties=STYLES,
        clean_content_tags=DROPPED,
        url_schemes={"http", "https"},
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    )


def _strip_names(tree: etree._Element) -> None:
    """Classes and ids of the page's own: its style sheets are gone, and none may look like our mark or be its aim."""
    for element in tree.iter("*"):
        for name in ("class", "id"):
            if name in element.attrib:
                del element.attrib[name]


def _mark(tree: etree._Element, path: str | None) -> None:
    if not path:
        return
    try:
        hits = tree.xpath(path.rsplit("!", 1)[-1])
    except etree.XPathError:
        return
    if isinstance(hits, list) and hits and isinstance(hits[0], etree._Element):
        hits[0].set("id", "cell")
        hits[0].set("class", "hl-cell")


def _drop_hidden(tree: etree._Element) -> None:
    """What the page does not show; without its style sheets the copy would."""
    for element in list(tree.iter("*")):
        if element.get("hidden") is not None and not any(True for _ in element.iter("table")):
            for child in element:
                element.remove(child)
            element.text = None


def as_read(content: Content, path: str | None) -> str:
    """Word, spreadsheets and text as the reader saw them; the cell, row or line at `path` outlined."""
    wanted = f"!{path}" if path else ""  # a member's name may stand before it: a.zip's "b.xls!年报!B18"
    parts = [_table(block, wanted) if isinstance(block, Table) else _line(block, wanted) for block in content.blocks]
    whole = "".join(parts)
    first, mark, rest = whole.partition(OUTLINE)  # a text line may be many cells; the frame scrolls to the first
    return SHEET + clean(first + mark + rest.replace(OUTLINE, ' class="hl-cell"'))


def _line(block: Paragraph, wanted: str) -> str:
    number = (block.place.path or "").removeprefix("line ")
    counted = f'<span class="line">{number}</span>' if number.isdigit() else ""
    return f"<p{_outline(block.place.path, wanted)}>{counted}{escape(block.text)}</p>"


def _table(block: Table, wanted: str) -> str:
    rows = []
    for row in block.rows():
        cells = "".join(
            f'<td colspan="{cell.colspan}" rowspan="{cell.rowspan}"{_outline(cell.place.path, wanted)}>'
            f"{escape(cell.text)}</td>"
            for cell in row
        )
        rows.append(f"<tr>{cells}</tr>")
    return f"{_sheet(block)}<table>{''.join(rows)}</table>"


def _sheet(block: Table) -> str:
    """The name of the sheet, where a table is one."""
    first = next((cell.place.path for row in block.rows() for cell in row if cell.place.path), "")
    name, mark, _ = (first or "").rpartition("!")
    return f'<p class="line">{escape(name)}</p>' if mark else ""


def _outline(path: str | None, wanted: str) -> str:
    return OUTLINE if path and wanted.endswith(f"!{path}") else ""
