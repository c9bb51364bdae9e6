"""One pass over a page: paragraphs and tables in the order they are printed, each with its XPath."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from parsers.content import Paragraph, Place, Table
from parsers.formats.html_table import is_layout, part_of, printed_rows, table_of
from parsers.formats.html_tree import BLOCKS, BREAK, UNSEEN, hidden, source_text, squeeze

MAX_PATH_STEPS = 250
"""Deeper elements are placed at their ancestor of that depth: paths of a hostile page stay short."""

_KEEPS_LINES = ("pre", "xmp")
_MAY_BE_TABLE = frozenset(("table", "td", "th", "caption"))


@dataclass(slots=True)
class Flow:
    """What a page prints, top to bottom.

    `linked` holds the indices of paragraphs that are mostly links; `named` the paths of elements whose id or class
    says that they hold the article; `tables` counts the tables seen in hidden parts.
    """

    blocks: list[Paragraph | Table] = field(default_factory=list)
    linked: set[int] = field(default_factory=set)
    named: list[tuple[str, str]] = field(default_factory=list)
    images: int = 0
    hidden_tables: int = 0


class Walk:
    """The state of one pass. `show_hidden` reads also what the page hides (a script may show it later); `prefix`
    is put before every path."""

    def __init__(self, *, show_hidden: bool = False, prefix: str = "") -> None:
        self.flow = Flow()
        self._prefix = prefix
        self._show_hidden = show_hidden
        self._steps: list[str] = []
        self._counts: list[Counter[str]] = [Counter()]
        self._pieces: list[str] = []
        self._letters = 0
        self._linked_letters = 0
        self._in_link = 0
        self._in_pre = 0
        self._taken: list[bool] = []

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
        if not self._show_hidden and element.attrib and hidden(element):
            self.flow.hidden_tables += sum(1 for _ in element.iter("table"))
            return False
        part = part_of(element) if tag in _MAY_BE_TABLE or element.attrib else None
        if part == "table" and not self._enter_table(element):
            return False
        if part in ("cell", "caption") and self._taken and self._taken[-1]:
            return False
        self._counts.append(Counter())
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
        counts[tag] += 1
        counts["*"] += 1
        self._steps.append(f"{tag}[{counts[tag]}]" if tag.isalnum() else f"*[{counts['*']}]")

    def _path(self) -> str:
        return self._prefix + "/" + "/".join(self._steps[:MAX_PATH_STEPS])

    def _begin_block(self, element: etree._Element) -> None:
        step = self._steps.pop()
        self._end_paragraph()
        self._steps.append(step)
        if element.attrib:
            name = f"{element.get('id', '')} {element.get('class', '')}"
            if name != " ":
                self.flow.named.append((name, self._path()))
        elif "content" in str(element.tag):
            self.flow.named.append((str(element.tag), self._path()))

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
        self.flow.blocks.append(table_of(rows, path))
        if strays:
            self._taken.append(True)
        return strays

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
