"""What the second reading of HTML trusts: text in plain mark-up. It follows no style sheet, it only looks for words.

The first reading works out how text looks; this one asks whether anything near a number could change how it looks at
all. Where it could, the second reading says nothing of that number, and nothing is confirmed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.formats.html.raw_elements import raw_elements

_REMARK = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.S)
_BRACE = re.compile(r"([{}])")
_OTHER_DEVICE = re.compile(r"\bprint\b|\bspeech\b|max-(?:device-)?width\s*:\s*(?:\d{1,3}|1[01]\d\d)(?:\.\d+)?px", re.I)
_BETWEEN_PARTS = re.compile(r"[\s>+~]")
_NAME = re.compile(r"([.#])([\w-]+)")
_ATTRIBUTE = re.compile(r"([^\s=/\"'>]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?")
_ELEMENT = re.compile(r"([\w-]+)")
_TAG_NAME = re.compile(r"<?\s*([\w:]+)")
_NOT_DISPLAYED = re.compile(r"display\s*:\s*none", re.I)
_TEXT_TAGS = frozenset(
    "p span div b strong em u br a td th tr o:p center tbody thead tfoot label ins section nobr wbr i h1 h2 h3 h4 h5 "
    "h6 li ul table".split()
)
_QUIET = re.compile(
    r"align|valign|width|height|colspan|rowspan|lang|nowrap|border\w*|cell\w+|scope|title|name|class|id|style|href|target|"
    r"data-.*|aria-.*|x:.*|xml:.*|bordercolor\w*|abbr|headers|char\w*|axis|summary|rules|frame|role|face|charset"
)
"""Attributes that say nothing about colour, size or order."""
_PROPERTIES = re.compile(
    r"(?:mso-(?!hide)|border|padding|text-align|text-autospace|text-justify|font-(?:family|weight|style)|line-|word-|"
    r"layout-|page-break|tab-|punctuation|list-|overflow-wrap|min-|vertical-align:(?!su|-|\d|text)|table-|white-space|"
    r"width:(?!0)|height:(?!0)|margin[\w-]*:(?![^;]*-)|cursor|text-indent:(?!-\d{3}|\d{4})|text-decoration:(?:none|underline)|"
    r"font-size:(?:[6-9]|[1-9]\d)|background(?:-color)?:(?:white|#fff(?:fff)?|transparent|none)$|"
    r"color:(?:black|windowtext|#[0-7]{3}|#[0-7][\da-f][0-7][\da-f][0-7][\da-f]|rgb\(\d\d?,\s*\d\d?,\s*\d\d?\))$|"
    r"display:(?:block|inline|table|inline-block)$|float:none|font:[^;]*\d\dp[xt])",
    re.I,
)
"""How declarations begin that change nothing of what is read."""
_MOST = 400
"""Names that style sheets hide; a page that hides more is not followed."""


class Trust:
    """What the style sheets of one page leave trustworthy. `all_hidden`: names whose elements are not displayed."""

    def __init__(self, text: str) -> None:
        self._suspects: set[str] = set()
        self._hidden: set[str] = set()
        self._none = False
        self._known: dict[str, bool] = {}
        for attributes, sheet in raw_elements(text, "style"):
            if _OTHER_DEVICE.search(attributes) is None:
                self._read(_REMARK.sub(" ", sheet))

    @property
    def hidden_names(self) -> list[str]:
        return sorted(self._hidden)[:_MOST]

    def _read(self, sheet: str) -> None:
        for head, body, is_for_other_device in _blocks(sheet):
            if is_for_other_device or head.lstrip().startswith("@"):
                continue
            parts = [part.strip() for part in body.split(";")]
            if all(not part or _PROPERTIES.match(re.sub(r"\s*:\s*", ":", part)) for part in parts):
                continue
            for selector in head.split(","):
                self._suspect(selector.strip(), hides=_NOT_DISPLAYED.search(body) is not None)

    def _suspect(self, selector: str, *, hides: bool) -> None:
        """The names of a selector's last part; without any, or with what is not understood, nothing is trusted."""
        last = _BETWEEN_PARTS.split(selector)[-1]
        names = {f"{mark}{name}" for mark, name in _NAME.findall(last)}
        tag = _ELEMENT.match(last)
        if "\\" in selector or "[" in selector or ")" in selector:
            self._none = True
        elif names:
            self._suspects |= names
            if hides and len(names) == 1 and last == selector:
                self._hidden |= names
        elif tag and last[:1].isalnum():
            self._suspects.add(tag[1].lower())
        else:
            self._none = True

    def hides(self, attributes: str) -> bool:
        """Do style sheets not display an element with these attributes?"""
        if not self._hidden:
            return False
        marks = {"class": ".", "id": "#"}
        return any(
            f"{marks[name.lower()]}{one}" in self._hidden
            for name, value in _ATTRIBUTE.findall(attributes)
            if name.lower() in marks
            for one in value.strip("\"'").split()
        )

    def trusts(self, tag: str) -> bool:
        """May text stand in this tag (``<span style='…'``, or its end) and still be read as it is written?"""
        known = self._known.get(tag)
        if known is None:
            known = self._known[tag] = not self._none and self._is_plain(tag)
        return known

    def _is_plain(self, tag: str) -> bool:
        if tag.startswith("</"):
            return True
        found = _TAG_NAME.match(tag)
        name = found[1].lower() if found else ""
        if found is None or name not in _TEXT_TAGS or name in self._suspects:
            return False
        for attribute, value in _ATTRIBUTE.findall(tag[found.end() :]):
            if _QUIET.fullmatch(attribute.lower()) is None:
                return False
            if not self._is_quiet(attribute.lower(), value.strip("\"'")):
                return False
        return True

    def _is_quiet(self, attribute: str, value: str) -> bool:
        if attribute == "class":
            return self._suspects.isdisjoint(f".{name}" for name in value.split())
        if attribute == "id":
            return f"#{value}" not in self._suspects
        if attribute == "style":
            parts = (re.sub(r"\s*:\s*", ":", part.strip()) for part in value.split(";"))
            return all(not part or _PROPERTIES.match(part) for part in parts)
        return True


def _blocks(sheet: str) -> Iterator[tuple[str, str, bool]]:
    """(what stands before the innermost braces, what stands in them, is a group around them for paper or phones).

    Each head is looked at once, however deep the groups are.
    """
    heads: list[tuple[str, bool]] = []
    pieces = _BRACE.split(sheet)
    for text, brace in zip(pieces[::2], pieces[1::2], strict=False):  # what stands after the last brace is no block
        if brace == "{":
            outer, inherited = heads[-1] if heads else ("", False)
            heads.append((text.rpartition(";")[2], inherited or _OTHER_DEVICE.search(outer) is not None))
        elif heads:
            head, is_for_other_device = heads.pop()
            yield head, text, is_for_other_device
