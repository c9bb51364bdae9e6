"""Nodes: what data name and lead to, in a page's scripts or in an answer of its interface: trees, menus, lists. Pure.

A node is an object with a text a reader would read and an address, under whatever names. zTree, jsTree, dtree, menus of
Vue pages and JSONP catalogues are all of this kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from spiders.pages.fetch import Fetch
from spiders.pages.ground import Ground
from spiders.pages.leads_to import LONGEST_IN_DATA, is_address, request_of
from spiders.pages.links import Link
from spiders.pages.page import Page
from spiders.pages.texts import find_date, squeeze
from spiders.scripts.values import Element, Function, Scope

_HAN = re.compile(r"[\u4e00-\u9fff]")
_BARE_YEAR = re.compile(r"\s*20[0-3]\d\s*")
_TAGS = re.compile(r"<[^>]+>")
_NOTHING = re.compile(r"^(?:none|about:blank|javascript:.*|#(?!!?/.).*)?$|^(?:.*/)?(?:null|undefined)(?:\.\w+)?$", re.I)
_GROUP = -2
"""`Link.group` of all that stands in data."""
_MOST_NODES = 20_000
_LONGEST_NAME = 200
"""Characters of a name: what is longer is a text."""
_DEEPEST = 40
_PARENT = re.compile(r"^(?:p_?id|parent\w*|fid|pnode\w*)$", re.I)
_MOST_PARTS = 10
"""Parts of a list that is a node itself: ``d.add(1, 0, '年报', '/nb/')``."""
_CALLED_LIKE_AN_ADDRESS = re.compile(r"url|href|link|file|path|src|addr", re.I)


@dataclass(frozen=True, slots=True)
class DataNode:
    """`name` and `addresses` of one object of the data, the likeliest address first; `fields` are its plain values."""

    name: str
    addresses: tuple[str, ...]
    fields: dict[str, Any]

    @property
    def date(self) -> str | None:
        """The first date among its values."""
        return next((date for text in self.fields.values() if (date := find_date(str(text)))), None)


def nodes(data: Any) -> Iterator[DataNode]:
    """Every object in `data` that has a name; those without an address too, for what a script makes of them."""
    waiting, met = [(data, 0)], 0
    while waiting and met < _MOST_NODES:
        value, depth = waiting.pop()
        met += 1
        if isinstance(value, dict):
            if (found := _node(value)) is not None:
                yield found
            below = list(value.values())
        else:
            below = value if isinstance(value, list) else []
            if len(below) <= _MOST_PARTS and (found := _node({str(at): part for at, part in enumerate(below)})):
                yield from (found,) if found.addresses else ()
        if depth < _DEEPEST:
            waiting.extend((part, depth + 1) for part in reversed(below) if isinstance(part, (dict, list)))


def offered(page: Page) -> tuple[Link, ...]:
    """The nodes of a page as links: of its scripts, or of the data that it is."""
    if not page.is_html:
        told = list(_of(page.json, page.ground)) if page.json is not None else []
        told = told or list(_of_program(page))
    else:
        told = list(_of_program(page))
    unique = {(way.address, node.name): (node, way) for node, way in told}
    held = {str(node.fields.get("id")): node for node in _all(page)} if told else {}
    return tuple(
        Link(way.address, node.name, node.date, _GROUP, at, _unless_plain(way), "data", within=_above(node, held))
        for at, (node, way) in enumerate(unique.values())
    )


def _unless_plain(way: Fetch) -> Fetch | None:
    return way if way.method != "GET" else None


def _all(page: Page) -> Iterator[DataNode]:
    """Every node of the page's data, those that lead nowhere too."""
    yield from nodes(page.json if not page.is_html and page.json is not None else None)
    told = [effect.value for effect in page.program.effects if effect.kind == "call"]
    yield from nodes([*page.program.scope.names.values(), *told])


def _above(node: DataNode, held: Mapping[str, DataNode]) -> tuple[str, ...]:
    """The names over a node of a flat tree: ``{id: 2, pId: 1}``; a root may name itself: ``{id: 0, pId: 0}``."""
    branch = [node]
    while len(branch) <= _DEEPEST:
        parent = next((str(value) for key, value in branch[-1].fields.items() if _PARENT.match(key)), "")
        over = held.get(parent)
        if over is None or any(over is one for one in branch):
            break
        branch.append(over)
    return tuple(one.name for one in reversed(branch[1:]))


def requests_of_scripts(page: Page) -> tuple[Fetch, ...]:
    """What the page's own scripts ask for when it is loaded, where every part of the request is known.

    Relative addresses in the answer are the page's: ``carry["base"]``.
    """
    told = [effect for effect in page.program.effects if effect.kind == "ask"] if page.is_html else []
    made = [request for effect in told if (request := request_of(effect, page.ground))]
    return tuple(
        {one.key: replace(one, probe=True, carry={"base": page.base}, found_on=page.url) for one in made}.values()
    )


def _of_program(page: Page) -> Iterator[tuple[DataNode, Fetch]]:
    program = page.program
    if not any("{" in source or "[" in source or _HAN.search(source) for source in program.sources) and page.is_html:
        return
    effects = program.effects  # fills the scope
    held = [*program.scope.names.values(), *(effect.value for effect in effects if effect.kind == "call")]
    clicked = _click_of(program.scope, held)
    yield from _of(held, page.ground, clicked)


def _of(data: Any, ground: Ground, clicked: Function | None = None) -> Iterator[tuple[DataNode, Fetch]]:
    """Nodes with their requests: by what the tree does when they are clicked, else by their addresses."""
    for node in nodes(data):
        told = ground.program.call(clicked, [None, "", node.fields], Element({})) if clicked is not None else ()
        moves = [str(effect.value) for effect in told if effect.kind in ("go", "frame")]
        for url in filter(None, map(ground.join, moves or node.addresses)):
            yield node, Fetch(url)


def _click_of(scope: Scope, held: list[Any]) -> Function | None:
    """The function that a tree's settings name for clicks (``callback: {onClick: f}``)."""
    for value in held:
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, dict):
                callback = part.get("callback")
                inner = callback if isinstance(callback, dict) else part
                found = next((of for name, of in inner.items() if "click" in name.lower()), None)
                if isinstance(found, Function):
                    return found
                if isinstance(found, str) and isinstance(scope.names.get(found), Function):
                    return scope.names[found]  # type: ignore[no-any-return]
    return None


def _node(value: dict[str, Any]) -> DataNode | None:
    texts = {name: text for name, text in value.items() if isinstance(text, str)}
    named = (squeeze(_TAGS.sub("", text)) for name, text in texts.items() if _HAN.search(text))
    name = next((text for text in named if len(text) <= _LONGEST_NAME and not is_address(text)), None)
    years = (str(held) for held in value.values() if isinstance(held, (str, int)) and _BARE_YEAR.fullmatch(str(held)))
    name = name or next(years, None)
    if name is None:
        return None
    told = [(key, text.strip()) for key, text in texts.items() if _leads(key, text.strip())]
    told.sort(key=lambda one: not _CALLED_LIKE_AN_ADDRESS.search(one[0]))
    plain = {key: text for key, text in value.items() if isinstance(text, (str, int, float))}
    return DataNode(name, tuple(dict.fromkeys(address for _, address in told)), plain)


def _leads(key: str, text: str) -> bool:
    if _NOTHING.search(text) or len(text) > LONGEST_IN_DATA:
        return False
    return is_address(text) or ("/" in text and bool(_CALLED_LIKE_AN_ADDRESS.search(key)) and not _HAN.search(text))
