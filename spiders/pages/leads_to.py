"""Where an element leads: one way from anything that can be clicked or chosen to an address. Pure.

Links, options, rows, buttons and boxes alike: by ``href``, by what the page's own script does when they are used
(``onclick="go('12')"``, ``javascript:…``, ``$('.item').click(…)``), by any attribute that holds an address, by the form
that their script sends. No function and no attribute needs to be known by its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import parse_qsl

from lxml import html

from spiders.pages.fetch import Fetch
from spiders.pages.forms import submitted, with_query
from spiders.pages.ground import Ground
from spiders.scripts.values import UNKNOWN, Effect, Element, in_words

JSON = "application/json;charset=UTF-8"
_ENDINGS = r"s?html?|jhtml|jsp|aspx?|php|do|action|pdf|docx?|wps|ofd|xlsx?|zip|rar|txt|json|xml|js"
_ADDRESS = re.compile(
    r"^(?:https?:)?[/\\]{2}[^/\\]|^\.{0,2}[/\\][^/\\]|^\?[\w.\-]+=.|^#!?/.|^\.{1,2}/?$"
    rf"|^[\w\-./\\%\u4e00-\u9fff]+\.(?:{_ENDINGS})(?:[?#]|$)",
    re.I,
)
"""A text that is an address wherever it stands; ``12`` and ``2023/01/20`` are not."""
_NO_WAY = frozenset(
    "src srcset poster background style class id title alt action content xmlns lang name type rel target cite".split()
)
"""Attributes that lead nowhere, whatever they hold."""
_SHOWN = re.compile(r"\.(?:jpe?g|png|gif|bmp|webp|svg|ico|css|mp[34]|woff2?|ttf)(?:[?#]|$)", re.I)
"""What an attribute holds to show it, not to lead there."""
_PREVENTED = re.compile(r"return\s+false|preventDefault|returnValue\s*=\s*false")
_HANDLERS = ("onclick", "onmousedown", "onmouseup", "ondblclick", "ontouchend", "onchange", "onselect")
_CLICKABLE = frozenset({"a", "area", "option", "link"})
_NO_ENTRIES = frozenset(
    "frame iframe embed object img script source video audio form meta select html body head style".split()
)
_LONGEST_ADDRESS = 1000
"""Characters: what is longer is data, not an address."""
LONGEST_IN_DATA = 500
"""The same of a text in data, where prose and pictures in base64 stand beside addresses; chosen."""


def candidates(tree: html.HtmlElement, ground: Ground) -> Iterator[html.HtmlElement]:
    """Elements that may lead somewhere, in document order."""
    bound = ground.bound if tree is ground.tree else {}
    for element in tree.iter():
        tag = element.tag
        if not isinstance(tag, str) or tag in _NO_ENTRIES:
            continue
        if tag in _CLICKABLE or element in bound or _may_lead(element.attrib):
            yield element


def leads_to(element: html.HtmlElement, ground: Ground, times: int = 1) -> Fetch | None:
    """Where `element` leads; a form's request where its script sends one; None for what leads nowhere plain.

    An option leads where its selector goes when it is chosen.
    """
    href = element.get("href") or ""
    handlers = [element.get(name) or "" for name in _HANDLERS]
    url = ground.join(href)
    if url is not None and not any(_PREVENTED.search(code) for code in handlers):
        return Fetch(url)
    codes = [code for code in (*handlers, href if href.lstrip().lower().startswith("javascript:") else "") if code]
    for effects in _effects(element, codes, ground, times):
        if found := way_of_effects(effects, element, ground):
            return found
    if element.tag == "option" and (chosen := _chosen(element, ground)) is not None:
        return chosen
    address = url or next(filter(None, map(ground.join, _addresses(element))), None)
    return Fetch(address) if address else None


def _chosen(option: html.HtmlElement, ground: Ground) -> Fetch | None:
    """Where the selector of `option` goes when it is chosen."""
    select = next(option.iterancestors("select"), None)
    value = (option.get("value") or "").strip()
    if select is None or not value:
        return None
    chosen = Element({**{str(name): str(held) for name, held in option.attrib.items()}, "value": value}, _text(option))
    codes = [code for name in _HANDLERS if (code := select.get(name))]
    told = [ground.program.handler(code, chosen) for code in codes]
    told += [ground.program.click(function, chosen) for function in ground.bound.get(select, ())]
    return next((way for effects in told if (way := way_of_effects(effects, option, ground))), None)


def way_of_code(code: str, element: html.HtmlElement, ground: Ground) -> Fetch | None:
    """Where a piece of script leads that is no handler of `element` itself (a pager's ``toPage(2)``)."""
    return way_of_effects(ground.program.handler(code, as_element(element)), element, ground)


def is_address(text: str) -> bool:
    """Is `text` an address wherever it stands?"""
    return bool(_ADDRESS.search(text.strip()))


def _may_lead(attributes: Any) -> bool:
    for name, value in attributes.items():
        if name.startswith("on"):
            if name in _HANDLERS:
                return True
        elif _holds_address(name, value):
            return True
    return False


def _addresses(element: html.HtmlElement) -> Iterator[str]:
    for name, value in element.attrib.items():
        if name != "href" and not name.startswith("on") and _holds_address(name, value):
            yield value


def _holds_address(name: str, value: str) -> bool:
    if name in _NO_WAY or len(value) >= _LONGEST_ADDRESS:
        return False
    return is_address(value) and not _SHOWN.search(value.strip())


def _effects(element: html.HtmlElement, codes: list[str], ground: Ground, times: int) -> Iterator[tuple[Effect, ...]]:
    for code in codes:
        yield ground.program.handler(code, as_element(element), times)
    for function in ground.bound.get(element, ()):
        yield ground.program.click(function, as_element(element), times)


def as_element(element: html.HtmlElement) -> Element:
    """An element as its handlers see it."""
    return Element({str(name): str(text) for name, text in element.attrib.items()}, _text(element))


def _text(element: html.HtmlElement) -> str:
    return "".join(element.itertext()).strip()


def way_of_effects(effects: Iterable[Effect], element: html.HtmlElement, ground: Ground) -> Fetch | None:
    """The request that the effects of one handler come to: where the window goes, else a form, a frame, a question."""
    told = list(effects)
    for kinds in (("go",), ("submit",), ("frame", "ask")):
        for effect in told:
            if effect.kind not in kinds:
                continue
            found = (
                submitted(effect.value, told, element, ground) if kinds == ("submit",) else request_of(effect, ground)
            )
            if found is not None:
                if effect.left:
                    ground.program.states[found.key] = effect.left
                return found
    for effect in told:
        if effect.kind == "call":
            named = (text for text in effect.value if isinstance(text, str) and is_address(text))
            if url := next(filter(None, map(ground.join, named)), None):
                return Fetch(url)
    return None


def request_of(effect: Effect, ground: Ground) -> Fetch | None:
    """The request that a move, a frame or a question of a script comes to; None where a part of it is unknown."""
    url = ground.join(str(effect.value))
    if url is None or effect.kind != "ask":
        return Fetch(url) if url else None
    data, method = effect.more["data"], effect.more["method"]
    headers = tuple((effect.more.get("headers") or {}).items())
    if isinstance(data, str) and data.lstrip()[:1] in ("{", "["):
        kinds = () if any(name.lower() == "content-type" for name, _ in headers) else (("Content-Type", JSON),)
        return Fetch(url, method=method, data=data.encode(), headers=(*headers, *kinds))
    pairs = parse_qsl(data, keep_blank_values=True) if isinstance(data, str) else list(_plain_fields(data))
    if any(value is UNKNOWN for _, value in pairs) or data is UNKNOWN:
        return None  # never sent with a name in place of its value
    fields = tuple((name, str(value)) for name, value in pairs)
    if method == "POST":
        return Fetch(url, method="POST", form=fields, headers=headers)
    return Fetch(with_query(url, fields, "utf-8"), headers=headers)


def _plain_fields(data: Any) -> Iterator[tuple[str, Any]]:
    """The fields of a form as jQuery sends them: nothing for null, UNKNOWN for what is not known."""
    for name, value in data.items() if isinstance(data, dict) else ():
        yield name, "" if value is None else in_words(value)
