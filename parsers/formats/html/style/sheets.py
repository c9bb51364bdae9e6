"""Style sheets into rules: what holds on a screen, nested rules unfolded, layers in their order."""

from __future__ import annotations

import base64
import binascii
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from urllib.parse import unquote_to_bytes

import tinycss2
from cssselect2 import SelectorError, compile_selector_list
from lxml import etree

from parsers.formats.html.style import media
from parsers.formats.html.style.declarations import Declaration, of_block
from parsers.formats.html.style.lengths import Token

LONGEST = 400_000
"""Characters of all style sheets of a page; what comes after is as unknown as a sheet kept elsewhere."""
MOST_RULES = 5_000
LONGEST_SELECTOR = 20_000
DEEPEST = 12
"""Rules within rules that are followed."""

_GROUPS = frozenset(("media", "supports", "layer", "scope", "container", "starting-style"))
_DATA = "data:text/css"
_ALWAYS = re.compile(r":(?:read-only|defined|dir\(\s*ltr\s*\))(?![\w(-])", re.IGNORECASE)
"""True of every element that holds text; the library does not know them."""
_BY_NEIGHBOURS = re.compile(r"[+~]|:(?:first-(?!l)|last-|only-|nth-|has|empty)", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\[\s*(?:[\w*-]*\|)?([\w-]+)")

LayerRank = tuple[float, ...]
UNLAYERED: LayerRank = (math.inf,)


@dataclass(frozen=True, slots=True)
class Rule:
    """One selector, compiled by cssselect2, with what it declares. Of a sheet's rules a later one wins.

    `is_local`: whether an element is meant does not hang on its neighbours or its content. `attributes` are those that
    the selector asks for beside class and id.
    """

    selector: Token
    declarations: tuple[Declaration, ...]
    layer: LayerRank
    is_local: bool
    attributes: frozenset[str]


@dataclass(slots=True)
class StyleSheet:
    """The rules of a page. `is_whole` is false where a part of its style is kept elsewhere or was cut off;
    `faces` are the families whose letters the page itself draws."""

    rules: list[Rule] = field(default_factory=list)
    is_whole: bool = True
    faces: set[str] = field(default_factory=set)


def sheet_of(root: etree._Element) -> StyleSheet:
    """All style sheets of a page that hold on a screen, in order."""
    texts: list[str] = []
    is_whole = True
    for element in root.iter("style", "link"):
        if element.tag == "link":
            text = _linked(element)
            is_whole = is_whole and text is not None
        else:
            text = _embedded(element)
        if text:
            texts.append(text)
    joined = "\n".join(texts)
    found = _parsed(joined[:LONGEST])
    return StyleSheet(found.rules, is_whole and found.is_whole and len(joined) <= LONGEST, found.faces)


def _embedded(element: etree._Element) -> str:
    kind = (element.get("type") or "text/css").strip().lower()
    if kind not in ("text/css", "") or any(True for _ in element.iterancestors("template", "noscript")):
        return ""
    return (element.text or "") if media.holds(element.get("media") or "") else ""


def _linked(element: etree._Element) -> str | None:
    """The sheet a link carries itself, "" for a link to none; None for one that is kept elsewhere."""
    relations = (element.get("rel") or "").lower().split()
    if "stylesheet" not in relations or "alternate" in relations or not media.holds(element.get("media") or ""):
        return ""
    address = (element.get("href") or "").strip()
    if not address.lower().startswith(_DATA):
        return None
    head, _, body = address.partition(",")
    raw = unquote_to_bytes(body)
    if head.lower().endswith(";base64"):
        try:
            raw = base64.b64decode(raw)
        except binascii.Error:
            return None
    return raw.decode("utf-8", "replace")


@lru_cache(maxsize=32)
def _parsed(text: str) -> StyleSheet:
    """The rules of a text; pages of one site carry the same ones."""
    reader = _Reader()
    if text:
        reader.read(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True), (), "", 0)
    return reader.sheet()


class _Reader:
    """Walks one text; layers are ranked when all their names are known."""

    def __init__(self) -> None:
        self._found: list[tuple[Rule, tuple[str, ...]]] = []
        self._layers: dict[tuple[str, ...], int] = {}
        self._anonymous = 0
        self._is_whole = True
        self._faces: set[str] = set()

    def sheet(self) -> StyleSheet:
        rules = [replace(rule, layer=self._rank(layer)) for rule, layer in self._found]
        return StyleSheet(rules, self._is_whole, self._faces)

    def read(self, nodes: Sequence[Token], layer: tuple[str, ...], around: str, depth: int) -> None:
        """Rules and groups of rules; `around` is the selector of the rule they stand in."""
        for node in nodes:
            if len(self._found) > MOST_RULES or depth > DEEPEST:
                self._is_whole = False
                return
            try:
                if node.type == "qualified-rule":
                    self._rule(node, layer, around, depth)
                elif node.type == "at-rule":
                    self._group(node, layer, around, depth)
            except RecursionError:  # brackets within brackets, thousands deep
                self._is_whole = False

    def _rule(self, node: Token, layer: tuple[str, ...], around: str, depth: int) -> None:
        selector = _nested(node.prelude, around)
        contents = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
        self._add(selector, of_block(contents), layer)
        inner = [part for part in contents if part.type in ("qualified-rule", "at-rule")]
        if inner:
            self.read(inner, layer, selector, depth + 1)

    def _add(self, selector: str, declarations: tuple[Declaration, ...], layer: tuple[str, ...]) -> None:
        """A selector that no browser takes makes its whole rule void."""
        if not declarations:
            return
        if len(selector) > LONGEST_SELECTOR:
            self._is_whole = False
            return
        try:
            compiled = compile_selector_list(_ALWAYS.sub(":not(:hover)", selector))
        except SelectorError:
            return
        is_local = _BY_NEIGHBOURS.search(selector) is None
        attributes = frozenset(name.lower() for name in _ATTRIBUTE.findall(selector))
        self._found += [
            (Rule(one, declarations, UNLAYERED, is_local, attributes), layer)
            for one in compiled
            if not one.never_matches
        ]

    def _group(self, node: Token, layer: tuple[str, ...], around: str, depth: int) -> None:
        name = node.lower_at_keyword
        if name == "import":
            self._is_whole = False
        elif name == "font-face" and node.content:
            self._face(node.content)
        if name not in _GROUPS:
            return
        if name == "layer":
            names = ["".join(part.serialize() for part in one).strip() for one in _commas(node.prelude)]
            paths = [(*layer, *one.split(".")) for one in names if one]
            if node.content is None:
                for path in paths:
                    self._name(path)
                return
            self._anonymous += 1
            layer = paths[0] if paths else (*layer, f"({self._anonymous})")
            self._name(layer)
        elif node.content is None or not _applies(name, node.prelude):
            return
        if name == "scope" and not around:
            around = _scope(node.prelude)
        contents = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
        if around and name != "scope":
            self._add(around, of_block(contents), layer)
        self.read(contents, layer, around, depth + 1)

    def _name(self, path: tuple[str, ...]) -> None:
        for length in range(1, len(path) + 1):
            self._layers.setdefault(path[:length], len(self._layers))

    def _rank(self, layer: tuple[str, ...]) -> LayerRank:
        """A layer's own rules come after those of the layers within it."""
        return (*(float(self._layers[layer[: length + 1]]) for length in range(len(layer))), math.inf)

    def _face(self, content: Sequence[Token]) -> None:
        """A family whose letters stand in the page itself; nobody knows what its digits look like."""
        names: list[str] = []
        is_embedded = False
        for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
            if node.type != "declaration":
                continue
            if node.lower_name == "font-family":
                names = [str(part.value).lower() for part in node.value if part.type in ("string", "ident")]
            elif node.lower_name == "src":
                is_embedded = any(address.startswith("data:") for address in _addresses(node.value))
        if is_embedded and names:
            self._faces.add(" ".join(names))


def _applies(name: str, prelude: Sequence[Token]) -> bool:
    if name == "media":
        return media.holds(prelude)
    if name == "supports":
        return media.supports(prelude)
    return name == "scope"


def _scope(prelude: Sequence[Token]) -> str:
    """The selector of the root that `@scope (…)` names."""
    blocks = [token for token in prelude if token.type == "() block"]
    return str(tinycss2.serialize(blocks[0].content)).strip() if blocks else ""


def _nested(prelude: Sequence[Token], around: str) -> str:
    """The selector of a rule within another one, told from the top."""
    own: str = tinycss2.serialize(prelude).strip()
    if not around:
        return own.replace("&", ":root") if "&" in own else own
    parent = f":is({around})"
    parts = []
    for tokens in _commas(prelude):
        text = tinycss2.serialize(tokens).strip()
        has_and = any(token.type == "literal" and token.value == "&" for token in tokens) or "&" in text
        parts.append(text.replace("&", parent) if has_and else f"{parent} {text}")
    return ", ".join(parts)


def _commas(tokens: Sequence[Token]) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _addresses(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "url":
            yield str(token.value).lstrip().lower()
        elif token.type == "function" and token.lower_name == "url":
            yield from (str(part.value).lstrip().lower() for part in token.arguments if part.type == "string")
