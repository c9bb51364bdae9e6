"""Answers of interfaces as plain values: where their rows stand, whatever they are written in. Pure.

A path is names with dots between them; a list on the way is passed through, so that ``data.list.title`` names the
title of every item. ``*`` passes through an object whose names are numbers or ids.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from parsers.formats.html.embedded_json import embedded_article
from spiders.pages.listing import is_report_page
from spiders.pages.page import Page
from spiders.pages.script_values import NotLiteral, literal

MOST_DEPTH = 40
"""Nested deeper than this, an answer is no list."""
_JSONP = re.compile(r"^[^({\[<]{0,200}\(\s*(?=[{\[])")
_HTML = re.compile(r"<\s*(?:a|li|tr|div|ul|table|dd)\b", re.I)
_XML = re.compile(
    r"^\s*(?:<\?xml|<(?!(?:html|head|body|div|section|ul|ol|li|dl|d[td]|table|t[hrd]|tbody|a|p|span|h\d|form|script)\b)"
    r"[a-z][\w-]*>\s*<)",
    re.I,
)
_NUMBERED = re.compile(r"\d+|[0-9a-f]{16,}")


_PAGE = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Rows:
    """Objects that stand at one path of an answer."""

    path: str
    items: tuple[Mapping[str, Any], ...]


def value_of(page: Page) -> Any:
    """An answer as nested values: JSON, JSONP, a JavaScript literal, XML. None for what is none of these."""
    text = page.text.strip().lstrip("\ufeff")
    if _XML.match(text):
        return _of_xml(text)
    if text[:1] not in "{[":
        called = _JSONP.match(text)
        if called is None:
            return None
        text = text[called.end() :]
    return _parsed(text)


def rows_in(value: Any) -> list[Rows]:
    """All objects of `value`, by the path where they stand."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for path, item in _objects(value, "", 0):
        found.setdefault(path, []).append(item)
    return [Rows(path, tuple(items)) for path, items in found.items()]


def fragments_in(value: Any) -> dict[str, str]:
    """Pieces of HTML in `value`, by path; those of one list joined."""
    found: dict[str, list[str]] = {}
    for path, text in leaves(value):
        if isinstance(text, str) and _HTML.search(text):
            found.setdefault(path, []).append(text)
    return {path: "\n".join(pieces) for path, pieces in found.items()}


def carries_report(page: Page) -> bool:
    """Is a report printed in this answer, or in a piece of HTML within it, however that is wrapped?"""
    if page.is_html:
        return is_report_page(page)
    if embedded_article(page.text) is not None:
        return True
    pieces = fragments_in(value_of(page)).values()
    return any(is_report_page(replace(page, body=piece.encode(), content_type=_PAGE)) for piece in pieces)


def at(value: Any, path: str) -> list[Any]:
    """Whatever stands at a path: one for each way that leads there."""
    found = [value]
    for name in path.split(".") if path else ():
        found = [inner for one in found for outer in flattened(one) for inner in _step(outer, name)]
    return [inner for one in found for inner in flattened(one)]


def flattened(value: Any) -> Iterator[Any]:
    """The items of lists within lists; a value that is no list is its own only item."""
    if isinstance(value, list):
        for inner in value:
            yield from flattened(inner)
    else:
        yield value


def leaves(value: Any, path: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Every plain value (no object, no list) with its path."""
    if depth > MOST_DEPTH:
        return
    if isinstance(value, Mapping):
        for name, inner in _named(value):
            yield from leaves(inner, f"{path}.{name}" if path else name, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, path, depth + 1)
    else:
        yield path, value


def _objects(value: Any, path: str, depth: int) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if depth > MOST_DEPTH:
        return
    if isinstance(value, list):
        for inner in value:
            yield from _objects(inner, path, depth + 1)
    elif isinstance(value, Mapping):
        if path or depth:
            yield path, value
        for name, inner in _named(value):
            yield from _objects(inner, f"{path}.{name}" if path else name, depth + 1)


def _named(value: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The entries of an object; names that are only numbers or ids say nothing, and are written ``*``."""
    numbered = len(value) > 1 and all(_NUMBERED.fullmatch(str(name)) for name in value)
    return [("*" if numbered else str(name), inner) for name, inner in value.items() if "." not in str(name)]


def _step(value: Any, name: str) -> list[Any]:
    if not isinstance(value, Mapping):
        return []
    if name == "*":
        return list(value.values())
    return [value[name]] if name in value else []


def _parsed(text: str) -> Any:
    with suppress(ValueError, RecursionError):
        return json.JSONDecoder().raw_decode(text)[0]
    try:
        return literal(text)
    except (NotLiteral, RecursionError):
        return None


def _of_xml(text: str) -> Any:
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode(), parser)
    return None if root is None else {_tag(root): _element(root, 0)}


def _element(node: Any, depth: int) -> Any:
    """Text of an element without children; else an object of lists, attributes among them."""
    children = [child for child in node if isinstance(child.tag, str)]
    if (not children and not node.attrib) or depth > MOST_DEPTH:
        return "".join(node.itertext()).strip()
    found: dict[str, Any] = dict(node.attrib)
    for child in children:
        found.setdefault(_tag(child), []).append(_element(child, depth + 1))
    if not children:
        found["text"] = "".join(node.itertext()).strip()
    return {name: inner[0] if isinstance(inner, list) and len(inner) == 1 else inner for name, inner in found.items()}


def _tag(node: Any) -> str:
    return str(etree.QName(node).localname)
