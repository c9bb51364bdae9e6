"""The tree of a page, its printed text, and the way back to a place in it."""

from __future__ import annotations

import re
from itertools import pairwise

from lxml import etree

from parsers.charset import decode
from parsers.content import Unreadable
from parsers.formats.html.inner_pages import open_frames, write_tables
from parsers.formats.html.scripted import WRITES, doubt_scripted
from parsers.formats.html.shadow_roots import open_shadow_roots
from parsers.formats.html.style.plain import LINE, is_plain
from parsers.formats.limits import MAX_PART_BYTES
from parsers.formats.packages.text_effects import DOUBT

BREAK = LINE
"""Stands for a printed line break while text is put together."""

_BLOCKS = """address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure
footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup p plaintext pre search
section summary table tbody td tfoot th thead title tr ucapcontent ucaptitle ul option select xmp"""
BLOCKS = frozenset(_BLOCKS.split())
"""Elements that begin and end a printed line. Anything unknown (o:p, st1:…) is inline, as in a browser."""

UNSEEN = frozenset("script style svg template noscript head object applet textarea select".split())
"""Elements whose content is not printed."""

_FIELDS = frozenset(("textarea", "select"))
"""Of these, those that print what was typed into a cell."""

_CONTROLS = frozenset(
    """button checkbox color date datetime-local file image month password radio range reset submit time
    week""".split()
)
"""Types of `<input>` that show something else than the text of their value."""

_VOID = ("command", "keygen", "param", "source", "track", "wbr")
"""Elements without content, of which the parser does not know all."""

_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_NOT_TEXT = UNSEEN | {"br", "table", "input"}
_TABLE_TAG = re.compile(r"<(/?)(table|thead|tbody|tfoot|tr|td|th)\b[^<>]*>", re.IGNORECASE)
_STRAY_ROW_ENDS = re.compile(r"</tr\s*>(\s*)(?=<t[dh]\b)", re.IGNORECASE)
_PARSER_LIMIT = "Excessive depth"
_RESERVED = ("\x00", BREAK, DOUBT)
"""Characters that a document may not bring along: we put them there ourselves, and the parser stops at NUL."""


def parse(data: bytes) -> etree._Element:
    """The root element of a page in UTF-8: comments and processing instructions left out, nothing fetched.

    Raises Unreadable: ``too_large`` for too many bytes or levels, ``empty`` without an element.
    """
    if len(data) > MAX_PART_BYTES:
        raise Unreadable("too_large", f"the page has {len(data):,} bytes, the limit is {MAX_PART_BYTES:,}")
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, recover=True, huge_tree=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable("empty", f"no element in the page: {error}") from error
    last = parser.error_log.last_error
    if last is not None and _PARSER_LIMIT in last.message:
        raise Unreadable("too_large", "elements nested deeper than 2,000 levels")
    if root is None:
        raise Unreadable("empty", "no element in the page")
    return root


def tree_of(data: bytes) -> etree._Element:
    """The tree of a page's bytes, decoded whatever it declares, with its text as a person sees it."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Unreadable("empty", "no bytes but white space")
    return seen_tree(decode(data)[0])


def seen_tree(text: str) -> etree._Element:
    """The tree of a page with its text as a person sees it (`style.seen`)."""
    for sign in _RESERVED:
        if sign in text:
            text = text.replace(sign, "")
    data = text.encode("utf-8", "replace")
    lowered = data.lower()
    root = parse(_mended(text, data, lowered))
    if b"shadowrootmode" in lowered:
        open_shadow_roots(root)
    if b"srcdoc" in lowered:
        open_frames(root)
    if WRITES.search(lowered) is not None:
        write_tables(root)
        doubt_scripted(root)
    if not is_plain(lowered):
        from parsers.formats.html.style.seen import as_seen  # most pages need no style sheets, nor what reads them

        for element in list(root.iter(*_VOID)):
            _empty(element)
        as_seen(root)
    return root


def _empty(element: etree._Element) -> None:
    """Put what the parser took into an element that has no content behind it: a browser shows it there."""
    inner, text, tail = list(element), element.text or "", element.tail or ""
    parent = element.getparent()
    if parent is None or not (inner or text):
        return
    element.text, element.tail = None, text + ("" if inner else tail)
    at = parent.index(element) + 1
    for number, child in enumerate(inner):
        parent.insert(at + number, child)
    if inner:
        inner[-1].tail = (inner[-1].tail or "") + tail


def hidden(element: etree._Element) -> bool:
    """True when the element is not shown."""
    return element.get("hidden") is not None


def printed(element: etree._Element, *, nested_tables: bool = True) -> str:
    """The text of an element as a browser prints it: white space of the source collapsed, `&nbsp;` kept.

    Line breaks and block elements give ``\\n``. `nested_tables` false leaves out tables inside the element.
    """
    return printed_or_doubted(element, nested_tables=nested_tables).replace(DOUBT, "")


def printed_or_doubted(element: etree._Element, *, nested_tables: bool = True) -> str:
    """The same with a `DOUBT` in it where it could not be decided what is read."""
    node = element
    while len(node) == 1 and _is_blank(node.text):
        child = node[0]
        if not _is_plain(child) or not _is_blank(child.tail):
            return _printed_in_lines(element, nested_tables)
        node = child
    if len(node):
        return _printed_in_lines(node, nested_tables)
    return squeeze(node.text or "")


def _is_plain(element: etree._Element) -> bool:
    """Is its text printed as it stands?"""
    return element.tag not in _NOT_TEXT and element.get("hidden") is None


def _is_blank(text: str | None) -> bool:
    """White space of the source only; `&nbsp;` is printed."""
    return not text or not text.strip(" \t\r\n\f")


def source_text(element: etree._Element) -> str:
    """All text inside an element as it stands in the source, hidden parts included."""
    return "".join(map(str, element.itertext()))


def squeeze(text: str) -> str:
    """White space of the source collapsed as a browser does; `BREAK` becomes a line break."""
    if text.isprintable() and "  " not in text:
        return text.strip(" ")
    text = _SPACE.sub(" ", text)
    if BREAK not in text:
        return text.strip(" ")
    lines = [line.strip(" ") for line in text.split(BREAK)]
    return "\n".join(line for line in lines if line)


def _printed_in_lines(element: etree._Element, nested_tables: bool) -> str:
    pieces = [element.text or ""]
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        if node is element:
            continue
        tag = node.tag
        if event == "end":
            pieces.append((BREAK if tag in BLOCKS or tag == "br" else "") + (node.tail or ""))
        elif (tag in UNSEEN and tag not in _FIELDS) or (tag == "table" and not nested_tables) or hidden(node):
            walk.skip_subtree()
        elif tag == "select":
            pieces.append(_chosen(node))
            walk.skip_subtree()
        else:
            pieces.append((BREAK if tag in BLOCKS else "") + _own_text(node))
    return squeeze("".join(pieces))


def _own_text(node: etree._Element) -> str:
    """The text that an element prints before its children: of a field its value."""
    if node.tag == "input":
        return "" if is_control(node) or _type(node) == "hidden" else node.get("value") or ""
    return node.text or ""


def is_control(field: etree._Element) -> bool:
    """Does an `<input>` show something that is no text: a tick, dots, a button, a calendar?"""
    return _type(field) in _CONTROLS


def _type(field: etree._Element) -> str:
    return (field.get("type") or "").strip().lower()


def _chosen(field: etree._Element) -> str:
    """The choice that a field shows: the last of those marked, else the first that can be chosen. A list shows all."""
    options = list(field.iter("option"))
    if field.get("multiple") is not None or (field.get("size") or "1").strip() not in ("0", "1"):
        return BREAK.join(map(_called, options))
    marked = [option for option in options if option.get("selected") is not None]
    free = [option for option in options if option.get("disabled") is None]
    shown = [*free[:1], *marked]
    return _called(shown[-1]) if shown else ""


def _called(option: etree._Element) -> str:
    return option.get("label") or source_text(option)


def _mended(text: str, data: bytes, lowered: bytes) -> bytes:
    """The source in UTF-8, with lost tags of tables put back where their counts show that some were lost."""
    stray_rows = lowered.count(b"</tr") > lowered.count(b"<tr")
    open_tables = lowered.count(b"</table") < lowered.count(b"<table")
    if not stray_rows and not open_tables:
        return data
    text = _with_row_starts(text) if stray_rows else text
    text = _with_table_ends(text) if open_tables else text
    return text.encode("utf-8", "replace")


def _with_row_starts(text: str) -> str:
    """Rows whose ``<tr>`` was lost but whose ``</tr>`` stands: a browser begins a row there, libxml2 does not."""
    return _STRAY_ROW_ENDS.sub(r"</tr>\1<tr>", text)


def _with_table_ends(text: str) -> str:
    """Tables whose ``</table>`` was lost end with their last row, unless the next one begins inside a cell of theirs.

    A browser ends them where the next table begins; what stands between would be lost among their rows.
    """
    ends: list[int] = []
    open_tables: list[tuple[int, bool]] = []  # where the last row tag ended, and whether a cell is open
    for tag in _TABLE_TAG.finditer(text):
        closing, name = tag[1], tag[2].lower()
        if name != "table":
            if open_tables:
                open_tables[-1] = (tag.end(), name in ("td", "th") and not closing)
        elif closing:
            open_tables[-1:] = []
        else:
            while open_tables and not open_tables[-1][1]:
                ends.append(open_tables.pop()[0])
            open_tables.append((tag.end(), False))
    ends += [end for end, in_cell in open_tables if not in_cell]
    pieces = [text[start:end] for start, end in pairwise([0, *sorted(ends), len(text)])]
    return "</table>".join(pieces)
