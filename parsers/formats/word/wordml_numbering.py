"""Automatic paragraph numbers of WordprocessingML: what Word prints before the text but stores elsewhere.

Headings such as 「一、总体情况」 and labels such as 「1.属于国家秘密」 are often numbered this way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from parsers.formats.packages.xml_tree import Element, attribute, child, local, number, whole
from parsers.formats.word.ordinals import ordinal

_PLACEHOLDER = re.compile(r"%([1-9])")
_NO_NUMBER = "0"


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    style: str
    pattern: str


@dataclass(slots=True)
class Numbering:
    """Counters of one document. `levels` are by list and depth, `lists` map a numId to its abstract list."""

    levels: dict[tuple[str, int], _Level] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counters: dict[str, dict[int, int]] = field(default_factory=dict)

    def printed(self, paragraph: Element) -> str:
        """The number printed before a paragraph, empty if none. Call in document order: it counts."""
        properties = child(paragraph, "pPr")
        if properties is None:
            return ""
        listed = child(child(properties, "listPr"), "t")
        if listed is not None:
            return attribute(listed, "val") or ""
        list_id, depth = self._membership(properties)
        abstract = self.lists.get(list_id)
        level = self.levels.get((abstract, depth)) if abstract is not None else None
        if abstract is None or level is None:
            return ""
        counter = self.counters.setdefault(abstract, {})
        counter[depth] = counter.get(depth, level.start - 1) + 1
        for deeper in [d for d in counter if d > depth]:
            del counter[deeper]
        return self._text(abstract, level)

    def _membership(self, properties: Element) -> tuple[str, int]:
        """numId and depth of a paragraph: its own, else its style's."""
        style = attribute(child(properties, "pStyle"), "val") or ""
        list_id, depth = self.styles.get(style, (_NO_NUMBER, 0))
        own = child(properties, "numPr")
        if own is None:
            return list_id, depth
        own_id = attribute(child(own, "numId"), "val")
        return own_id if own_id is not None else list_id, number(child(own, "ilvl"), depth)

    def _text(self, abstract: str, level: _Level) -> str:
        def figure(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            shown = self.levels.get((abstract, depth), level)
            return ordinal(self.counters[abstract].get(depth, shown.start), shown.style)

        text = _PLACEHOLDER.sub(figure, level.pattern) if level.style not in {"bullet", "none"} else ""
        return text + " " if text[-1:].isalnum() else text


def read_numbering(numbering: Element | None, styles: Element | None) -> Numbering:
    """Counters from the numbering and style parts of a document, either of which may be absent."""
    result = Numbering()
    for item in numbering if numbering is not None else ():
        if local(item) == "abstractNum":
            _read_levels(item, attribute(item, "abstractNumId") or "", result)
    for item in numbering if numbering is not None else ():
        if local(item) == "num":
            _read_list(item, result)
    if styles is not None:
        result.styles.update(_numbered_styles(styles))
    return result


def _read_levels(container: Element, abstract: str, result: Numbering) -> None:
    for item in container:
        if local(item) == "lvl":
            depth = attribute(item, "ilvl") or "0"
            style = attribute(child(item, "numFmt"), "val") or "decimal"
            pattern = attribute(child(item, "lvlText"), "val") or ""
            if depth.isdecimal():
                result.levels[abstract, int(depth)] = _Level(number(child(item, "start"), 1), style, pattern)


def _read_list(item: Element, result: Numbering) -> None:
    """A numId; with overrides it counts on its own, as if its abstract list were another."""
    list_id = attribute(item, "numId") or ""
    abstract = attribute(child(item, "abstractNumId"), "val") or ""
    overrides = [part for part in item if local(part) == "lvlOverride"]
    if not overrides:
        result.lists[list_id] = abstract
        return
    own = f"{abstract}#{list_id}"
    result.lists[list_id] = own
    result.levels.update({(own, depth): level for (of, depth), level in result.levels.items() if of == abstract})
    for part in overrides:
        depth = whole(attribute(part, "ilvl"), -1)
        _read_levels(part, own, result)
        if level := result.levels.get((own, depth)):
            start = number(child(part, "startOverride"), level.start)
            result.levels[own, depth] = _Level(start, level.style, level.pattern)


def _numbered_styles(styles: Element) -> dict[str, tuple[str, int]]:
    """Paragraph styles that number, their own or through the style they are based on."""
    own: dict[str, tuple[str, int]] = {}
    based: dict[str, str] = {}
    for item in styles:
        name = attribute(item, "styleId")
        if local(item) != "style" or name is None:
            continue
        based[name] = attribute(child(item, "basedOn"), "val") or ""
        numbered = child(child(item, "pPr"), "numPr")
        if numbered is not None:
            list_id = attribute(child(numbered, "numId"), "val") or ""
            own[name] = (list_id, number(child(numbered, "ilvl")))
    return {name: found for name in based if (found := _inherited(name, own, based)) is not None}


def _inherited(name: str, own: dict[str, tuple[str, int]], based: dict[str, str]) -> tuple[str, int] | None:
    seen: set[str] = set()
    while name and name not in seen:
        if name in own:
            return own[name]
        seen.add(name)
        name = based.get(name, "")
    return None
