"""One pass over a page: paragraphs and tables in the order they are printed, each with its XPath."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from parsers.content import Paragraph, Place, Table
from parsers.formats.html.div_tables import BOXES, drawn_rows
from parsers.formats.html.table import is_layout, part_of, printed_rows, table_of, unnested
from parsers.formats.html.tree import BLOCKS, BREAK, UNSEEN, hidden, source_text, squeeze
from parsers.formats.packages.text_effects import DOUBT

MAX_PATH_STEPS = 250
"""Deeper elements are placed at their ancestor of that depth: paths of a hostile page stay short."""

_KEEPS_LINES = ("pre", "xmp")
_DOUBTED = re.compile(rf"[\d,.]*{DOUBT}[\d,.]*")
"""A number in running text of which nobody can say how it is read."""
_ARTICLE = re.compile(
    r"\b(?:zoom|zoomcon|ucapcontent|ucap-content|trs_editor|trs_editor_view|trs_ueditor|vsb_content\w*|v_news_content|"
    r"j-fontcontent|bt_content|article-content|article_content|ivs_content|detail-content|news_content|conttext|"
    r"xxgk_content|txt_txt|content_body|bmbox|wzy1|pages_content)\b",
    re.IGNORECASE,
)
_CONTAINERS = frozenset(("div", "td", "section", "article", "main", "ucapcontent", "span", "body", "p"))
_LISTS = frozenset(("ul", "ol", "nav", "dl"))
_PLAIN_TEXT = etree.XPath("boolean(.//text()[normalize-space() and not(ancestor::a)])")
_ALL_TEXT = etree.XPath("string()", smart_strings=False)
_LISTS_TRIED = 100
"""Lists with text of their own after which no more are looked at as menus: looking costs their whole length."""
_MOST_NAMED = 50
_FEW_LINKS = 3


@dataclass(slots=True)
class Flow:
    """What a page prints, top to bottom.

    `linked` holds the indices of paragraphs that are mostly links; `named` the paths of elements whose name, id or
    class says that they hold the article.
    """

    blocks: list[Paragraph | Table] = field(default_factory=list)
    linked: set[int] = field(default_factory=set)
    named: list[str] = field(default_factory=list)
    images: int = 0
    hidden_tables: int = 0


class Walk:
    """The state of one pass. `show_hidden` reads also what the page hides (a script may show it later); `prefix`
    is put before every path; of tables drawn with boxes those are read that `drawn` accepts."""

    def __init__(
        self, *, show_hidden: bool = False, prefix: str = "", drawn: Callable[[Table], bool] | None = None
    ) -> None:
        self.flow = Flow()
        self._prefix = prefix
        self._show_hidden = show_hidden
        self._drawn = drawn
        self._steps: list[str] = []
        self._counts: list[dict[str, int]] = [{}]
        self._pieces: list[str] = []
        self._letters = 0
        self._linked_letters = 0
        self._in_link = 0
        self._in_pre = 0
        self._taken: list[bool] = []
        self._lists_tried = 0

    def over(self, root: etree._Element) -> Flow:
        """Walk the tree once, without recursion."""
        walk = etree.iterwalk(root, events=("start", "end"))
        left_out: etree._Element | None = None
        for event, element in walk:
            if event == "start":
                if not self._enter(element):
                    left_out = element
                    walk.skip_subtree()
            else:
                self._leave(element, entered=element is not left_out)
                left_out = None
        self._end_paragraph()
        return self.flow

    def _enter(self, element: etree._Element) -> bool:
        """Begin an element; False when its content is not to be walked."""
        tag = str(element.tag)
        self._step(tag)
        if tag in UNSEEN:
            return False
        if hidden(element) and not (self._show_hidden and next(element.iter("table"), None) is not None):
            self.flow.hidden_tables += sum(1 for _ in element.iter("table"))
            return False
        part = part_of(element)
        if not self._enter_grid(element, part):
            return False
        if tag in _LISTS and self._lists_tried < _LISTS_TRIED and self._take_menu(element):
            return False
        self._counts.append({})
        if tag in BLOCKS:
            self._begin_block(element)
        elif tag == "br":
            self._pieces.append(BREAK)
        elif tag == "a":
            self._in_link += 1
        elif tag == "img":
            self.flow.images += 1
        if tag in _KEEPS_LINES:
            self._in_pre += 1
        self._add(element.text)
        return True

    def _leave(self, element: etree._Element, *, entered: bool) -> None:
        tag = element.tag
        if entered:
            if tag in BLOCKS:
                self._end_paragraph()
            elif tag == "a":
                self._in_link -= 1
            if tag in _KEEPS_LINES:
                self._in_pre -= 1
            if self._taken and part_of(element) == "table":
                self._taken.pop()
            self._counts.pop()
        self._steps.pop()
        self._add(element.tail)

    def _step(self, tag: str) -> None:
        counts = self._counts[-1]
        if not tag.isalnum():
            tag = "*"
        counts[tag] = number = counts.get(tag, 0) + 1
        if tag != "*":
            counts["*"] = counts.get("*", 0) + 1
        self._steps.append(f"{tag}[{number}]")

    def _path(self) -> str:
        return self._prefix + "/" + "/".join(self._steps[:MAX_PATH_STEPS])

    def _begin_block(self, element: etree._Element) -> None:
        step = self._steps.pop()
        self._end_paragraph()
        self._steps.append(step)
        if element.tag in _CONTAINERS:
            name = f"{element.tag} {element.get('id', '')} {element.get('class', '')}"
            if len(self.flow.named) < _MOST_NAMED and _ARTICLE.search(name):
                self.flow.named.append(self._path())

    def _enter_grid(self, element: etree._Element, part: str | None) -> bool:
        """Read a table, or what is drawn as one; False when there is nothing more in the element to walk."""
        if part == "table":
            return self._enter_table(element)
        if part is None and self._drawn and element.tag in BOXES:
            return not self._take_drawn(element, self._drawn)
        return part not in ("cell", "caption") or not (self._taken and self._taken[-1])

    def _enter_table(self, element: etree._Element) -> bool:
        """Read a table of data; False when there is nothing more in it to walk.

        A layout table is walked like the rest of the page. Of a table of data only what strayed between its cells is.
        """
        path = self._path() if len(self._steps) <= MAX_PATH_STEPS else self._prefix + _numbered(element)
        rows, strays = printed_rows(element, path)
        if is_layout(element, rows):
            self._taken.append(False)
            return True
        self._end_paragraph()
        for caption in element.iterchildren("caption"):
            self._add(source_text(caption))
            self._end_paragraph()
        self.flow.blocks.append(table_of(unnested(element, rows), path))
        if strays:
            self._taken.append(True)
        return strays

    def _take_drawn(self, element: etree._Element, accepts: Callable[[Table], bool]) -> bool:
        """Read an element made of rows of boxes as a table."""
        rows = drawn_rows(element, self._path()) if len(self._steps) <= MAX_PATH_STEPS else []
        if not rows or not accepts(table := table_of(rows, self._path())):
            return False
        self._end_paragraph()
        self.flow.blocks.append(table)
        return True

    def _take_menu(self, element: etree._Element) -> bool:
        """Read a list of nothing but links at once; one link a line where it may list reports."""
        if sum(1 for _ in islice(element.iter("a"), _FEW_LINKS)) < _FEW_LINKS:
            return False
        if _PLAIN_TEXT(element):
            self._lists_tried += 1
            return False
        if next(element.iter("table"), None) is not None:
            return False
        self._end_paragraph()
        self._in_link += 1
        text = str(_ALL_TEXT(element))
        self._add(BREAK.join(map(str, element.itertext())) if "公开" in text else text)
        self._end_paragraph()
        self._in_link -= 1
        return True

    def _add(self, text: str | None) -> None:
        if not text:
            return
        if self._in_pre:
            text = text.replace("\n", BREAK)
        self._pieces.append(text)
        if self._in_link:
            self._linked_letters += len(text)
        self._letters += len(text)

    def _end_paragraph(self) -> None:
        if not self._pieces:
            return
        text = squeeze("".join(self._pieces))
        if DOUBT in text:
            text = _DOUBTED.sub("\ufffd", text)
        if text and not text.isspace():
            if self._linked_letters * 2 > self._letters:
                self.flow.linked.add(len(self.flow.blocks))
            self.flow.blocks.append(Paragraph(text, Place(path=self._path())))
        self._pieces.clear()
        self._letters = self._linked_letters = 0


def _numbered(table: etree._Element) -> str:
    """An XPath for a table too deep for steps."""
    for number, other in enumerate(table.getroottree().iter(table.tag), 1):
        if other is table:
            return f"(//{table.tag})[{number}]"
    raise ValueError("the table is not in its own tree")
