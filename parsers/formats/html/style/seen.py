"""A page as it is seen: one pass that leaves in its tree what a person reads.

What is not shown is marked with the attribute `hidden` (and what a style sheet shows against it loses it), text that
nobody sees is taken out, marks are raised, deletions are struck, text made by style sheets is put in. Where it cannot
be decided what is read of a number, a `DOUBT` stands in its text. Elements, and so paths, stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from parsers.formats.html.style.browser import ATTRIBUTES, BLOCKS, NOT_SHOWN
from parsers.formats.html.style.cascade import (
    NOTHING,
    Matched,
    Rules,
    declared,
    declared_for_pseudo,
    resolved,
)
from parsers.formats.html.style.edits import break_around, put
from parsers.formats.html.style.look import ROOT, Look, look_of, renumbered, revived
from parsers.formats.html.style.placing import INLINE
from parsers.formats.html.style.runs import ElementText, RunKind, doubt, kind_of, settle
from parsers.formats.html.style.sheets import sheet_of
from parsers.formats.packages.text_effects import DOUBT

_FIELDS = frozenset(("input", "textarea", "select"))
_FALLBACK = frozenset(("meter", "progress", "audio", "video", "canvas", "iframe"))
"""Elements whose content only browsers that do not know them print."""
_DRAWN = frozenset(("img", "svg", "canvas", "object", "embed", "video", "math", "iframe"))
_BREAKS = frozenset(("block", "flex", "grid", "list-item", "table", "flow-root"))
_TELLING = frozenset("0123456789+-%件项元万亿十百千次份")
"""Of what a style sheet prints beside a number, what belongs to it; a label before it does not."""


@dataclass(slots=True)
class _Level:
    """An open element: its look, what identifies its style, the rules that mean it, the line or cell it stands in (its
    runs), the classes between it and that, and where its first run stands among all of them.

    `is_away`: it is in an element that is not shown, within its table. `is_covered`: something is painted over what is
    in it. `is_unsure`: a part of its text looks otherwise than the rest. `is_closed`: its own text is not shown, only
    elements in it.
    """

    look: Look
    signature: int = 0
    matched: Matched = NOTHING
    line: list[ElementText] = field(default_factory=list)
    classes: str = ""
    first: int = 0
    is_cell: bool = False
    is_away: bool = False
    is_covered: bool = False
    is_unsure: bool = False
    is_closed: bool = False


class SightPass:
    """The state of one pass."""

    def __init__(self, root: etree._Element) -> None:
        sheet = sheet_of(root)
        self._rules = Rules(sheet, root)
        self._is_whole = sheet.is_whole
        self._faces = frozenset(sheet.faces)
        self._relevant = ATTRIBUTES | self._rules.attributes
        self._signatures: dict[object, int] = {}
        self._known: dict[int, tuple[Look, Matched]] = {}
        self._kinds: dict[Look, RunKind] = {}
        self._levels: list[_Level] = []
        self._runs: list[ElementText] = []
        self._broken: list[etree._Element] = []
        self._root = root

    def over(self) -> None:
        """Walk the tree once, then put into it what was found."""
        self._levels.append(_Level(ROOT))
        walk = etree.iterwalk(self._root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                self._enter(element)
                if element.tag in NOT_SHOWN:
                    walk.skip_subtree()
            else:
                self._leave(element)
        self._settle(self._levels[0])
        if all(run.edited == "" or run.is_away for run in self._runs):
            return  # a page of which nothing is seen is shown by a script
        made = [run for run in self._runs if run.edited is not None]
        for run in sorted(made, key=lambda run: run.where in ("before", "after")):
            put(run)
        for element in self._broken:
            break_around(element)

    def _enter(self, element: etree._Element) -> None:
        above = self._levels[-1]
        look, signature, matched = self._look(element, above)
        if look.gone != (element.get("hidden") is not None):
            if look.gone:
                element.set("hidden", "")
            else:
                del element.attrib["hidden"]
        tag = element.tag
        if look.display.startswith("inline") or look.display in INLINE:
            name = element.get("class")
            classes = above.classes if name is None else f"{above.classes}>{name}"
            level = _Level(look, signature, matched, above.line, classes, len(self._runs), above.is_cell)
        else:
            is_cell = look.display == "table-cell"
            level = _Level(look, signature, matched, first=len(self._runs), is_cell=is_cell)
            if look.display in _BREAKS and tag not in BLOCKS:
                self._broken.append(element)
        level.is_away = tag != "table" and (look.gone or above.is_away)
        if look.gone:
            level.look = revived(look)
        elif look.covers:
            self._cover()
        self._levels.append(level)
        if matched.by_pseudo:
            level.is_unsure = self._begins_otherwise(level)
            self._generated(element, level, "before")
        level.is_closed = tag in _FALLBACK or (tag == "details" and element.get("open") is None)
        if tag in _FIELDS:
            self._field(element, level)
            return
        if tag in _DRAWN:
            self._drawn(element, level)
        if (level.is_closed or tag not in _DRAWN) and (text := element.text) and not text.isspace():
            self._add(ElementText(element, "text", text, level.look, level.classes), level)

    def _leave(self, element: etree._Element) -> None:
        level = self._levels[-1]
        if level.matched.by_pseudo:
            self._generated(element, level, "after")
        self._levels.pop()
        above = self._levels[-1]
        if level.line is not above.line:
            self._settle(level)
        if level.is_covered or level.is_unsure:
            doubt(self._runs[level.first :], even_hidden=level.is_unsure)
        if element.tag == "table":
            self._close_table(element, self._runs[level.first :])
        if (tail := element.tail) and not tail.isspace():
            self._add(ElementText(element, "tail", tail, above.look, above.classes), above)

    def _add(self, run: ElementText, level: _Level) -> None:
        self._runs.append(run)
        run.is_away = level.is_away
        if level.is_closed and run.where in ("text", "tail"):
            run.edited = ""
        else:
            level.line.append(run)

    def _look(self, element: etree._Element, above: _Level) -> tuple[Look, int, Matched]:
        """The look of an element; worked out once for all that stand in the same place and carry the same style."""
        candidates = self._rules.candidates(element)
        names = tuple(item for item in element.items() if item[0] in self._relevant) if element.attrib else ()
        is_closed = _is_closed_away(element)
        is_local = self._rules.are_all_local(candidates)
        if is_local and not names and not candidates:
            key: object = (above.signature, element.tag, is_closed)
        elif is_local:
            key = (above.signature, element.tag, names, is_closed)
        else:
            key = None
        signature = self._signatures.get(key) if key is not None else None
        if signature is not None:
            return self._again(signature)
        matched = self._rules.match(element, candidates)
        if key is None:
            key = (above.signature, element.tag, names, is_closed, matched.rules)
            signature = self._signatures.get(key)
            if signature is not None:
                return self._again(signature)
        values, custom = resolved(declared(element, matched.by_pseudo.get("", ())), above.look.custom or {})
        look = look_of(above.look, values, custom, self._faces, is_closed)
        signature = self._signatures[key] = len(self._known) + 1
        self._known[signature] = (look, matched)
        return look, signature, matched

    def _again(self, signature: int) -> tuple[Look, int, Matched]:
        """The look found before for another element; one that stands apart gets a number, and so a signature, of its
        own."""
        look, matched = self._known[signature]
        if not look.number:
            return look, signature, matched
        look = renumbered(look)
        signature = len(self._known) + 1
        self._known[signature] = (look, matched)
        return look, signature, matched

    def _generated(self, element: etree._Element, level: _Level, where: str) -> None:
        """Text that a style sheet prints before or after the content, and what it paints there."""
        rules = level.matched.by_pseudo.get(where)
        if not rules:
            return
        values, custom = resolved(declared_for_pseudo(rules), level.look.custom or {})
        content = values.get("content")
        if not isinstance(content, tuple):
            return
        look = look_of(level.look, values, custom, self._faces)
        if look.gone:
            return
        if look.covers:
            self._cover()
        text = "".join(_piece(kind, value, element) for kind, value in content)
        if _TELLING.intersection(text) or DOUBT in text:
            self._add(ElementText(element, where, text, look, level.classes, edited=text), level)

    def _begins_otherwise(self, level: _Level) -> bool:
        """Does the first letter or line of an element look otherwise than the rest, so that it may read otherwise?"""
        for name in ("first-letter", "first-line"):
            if rules := level.matched.by_pseudo.get(name):
                values, custom = resolved(declared_for_pseudo(rules), level.look.custom or {})
                look = look_of(level.look, values, custom, self._faces)
                if look.gone or kind_of(look, is_whole=True).name != kind_of(level.look, is_whole=True).name:
                    return True
        return False

    def _field(self, element: etree._Element, level: _Level) -> None:
        """What a field shows that was filled in."""
        text = element.get("value") if element.tag == "input" else "".join(map(str, element.itertext()))
        if text and not text.isspace():
            self._add(ElementText(element, "value", text, level.look, level.classes), level)

    def _drawn(self, element: etree._Element, level: _Level) -> None:
        """A picture beside digits may be one of them."""
        if level.is_cell and not _is_spacer(element):
            self._add(ElementText(element, "picture", "", level.look, level.classes), level)

    def _cover(self) -> None:
        """Something is painted over its cell, or, where nothing in that holds it, over any cell of its table."""
        is_held = False
        for level in reversed(self._levels):
            is_held = is_held or level.look.is_anchor
            if level.look.display == "table" or (level.is_cell and is_held):
                level.is_covered = True
                return

    def _settle(self, level: _Level) -> None:
        if level.line:
            settle(level.line, self._kinds, is_whole=self._is_whole, is_cell=level.is_cell)

    def _close_table(self, element: etree._Element, runs: Sequence[ElementText]) -> None:
        """A table of which nothing is seen is hidden as a whole: a script may show it."""
        shown = [run for run in runs if not run.is_away]
        if shown and all(run.edited == "" for run in shown):
            for run in shown:
                run.edited = None
            element.set("hidden", "")


def _is_closed_away(element: etree._Element) -> bool:
    """Does it stand in a `<details>` that is closed, elsewhere than in its summary, or in what is not printed?"""
    parent = element.getparent()
    if parent is not None and parent.tag in _FALLBACK:
        return True
    if parent is None or parent.tag != "details" or parent.get("open") is not None:
        return False
    return element.tag != "summary" or any(True for _ in element.itersiblings("summary", preceding=True))


def _piece(kind: str, value: str, element: etree._Element) -> str:
    if kind == "text":
        return value
    return element.get(value.lower()) or "" if kind == "attribute" else DOUBT + "0"


def _is_spacer(element: etree._Element) -> bool:
    """A picture of a few pixels, or none at all."""
    if element.tag != "img":
        return False
    sizes = [element.get(name) or "" for name in ("width", "height")]
    return not element.get("src") or any(size.strip().removesuffix("px") in ("0", "1", "2", "3") for size in sizes)


def as_seen(root: etree._Element) -> None:
    """Leave in a tree what a person sees of its page."""
    SightPass(root).over()
