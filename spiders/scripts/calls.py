"""Calls and members that scripts of portals use: the window, forms, jQuery's short forms, strings, lists. Pure.

What is called by no name known here is told as a call with its arguments: an address among them is likely where it
leads, whatever the function is called.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from spiders.scripts.asking import ASKING, answered_later, asked
from spiders.scripts.patterns import executed, made, replaced
from spiders.scripts.values import (
    FUNCTIONS,
    METHODS,
    OWN_FORM,
    UNKNOWN,
    Asked,
    Effect,
    Element,
    Function,
    Pattern,
    Query,
    Ref,
    Teller,
    exact,
    in_words,
    joined,
    number,
)
from spiders.scripts.window import without_windows

_MOVES = ("location.assign", "location.replace")
_PUTTING = {"html", "append", "prepend", "after", "before", "write", "writeln"}
_CLICKS = {"click", "change", "on", "bind", "live", "delegate", "addEventListener", "mousedown", "dblclick"}
_AT_ONCE = {"ready", "each", "forEach"}
_ASKED_OF_ELEMENTS = {"val": 0, "html": 0, "text": 0, "attr": 1, "prop": 1, "data": 1, "getAttribute": 1}
"""With so many arguments, or fewer, the call asks something of the element; with more it changes it."""
_LATER = ("setTimeout", "setInterval", "requestAnimationFrame")
TICKS = 12
"""Times that a clock is followed which may take the window away: such pages count down from 10 at most; chosen."""
_LEAVES = re.compile(rb"\blocation\b")


def binary(sign: str, left: Any, right: Any) -> Any:
    """``left sign right``; UNKNOWN as soon as one of them is."""
    if left is UNKNOWN or right is UNKNOWN:
        return UNKNOWN
    if sign == "+":
        if isinstance(left, (int, float)) and isinstance(right, (int, float)):
            return exact(left + right)
        return joined([in_words(left), in_words(right)])
    if sign in ("==", "===", "!=", "!=="):
        same = left == right or (sign in ("==", "!=") and in_words(left) == in_words(right))
        return same == sign.startswith("==")
    first, second = number(left), number(right)
    compute = _ARITHMETIC.get(sign)
    if compute is None or first is UNKNOWN or second is UNKNOWN or (sign in "/%" and not second):
        return UNKNOWN
    return exact(compute(first, second))


_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "%": lambda a, b: a % b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
}


def member(of: Any, key: Any, whole: str) -> Any:
    """``of.key`` or ``of[key]``; `whole` is how the script writes it."""
    if isinstance(of, (str, list)):
        if key == "length":
            return len(of)
        return of[key] if isinstance(key, int) and 0 <= key < len(of) else UNKNOWN
    if isinstance(of, dict):
        return of.get(key if isinstance(key, str) else str(key))
    if isinstance(of, Element):
        return _of_element(of, key)
    if isinstance(of, Query):
        return of if key == "searchParams" else UNKNOWN
    if isinstance(of, Ref):
        return of if key in ("elements", "contentWindow", 0) else Ref(of.name, str(key))
    if whole.startswith("document.") and whole.count(".") == 1 and isinstance(key, str):
        return Ref(f"form:{key}")  # forms may be called by their names
    return UNKNOWN


def _of_element(of: Element, key: Any) -> Any:
    """A property of the element at hand; a selector's chosen option is the element itself."""
    if key in ("options", "target", "currentTarget") or isinstance(key, int):
        return of
    if key == "selectedIndex":
        return 0
    if key == "form":
        return Ref(OWN_FORM)
    if key == "dataset":
        return {_camel(name[5:]): text for name, text in of.attributes.items() if name.startswith("data-")}
    if key in ("innerHTML", "innerText", "textContent", "text"):
        return of.text
    name = {"className": "class"}.get(str(key), str(key))
    return of.attributes.get(name, UNKNOWN)


def _camel(name: str) -> str:
    first, *rest = name.split("-")
    return first + "".join(part.capitalize() for part in rest)


def set_property(teller: Teller, of: Any, key: str, value: Any) -> None:
    """``of.key = value`` for what shows, moves or is sent."""
    if key == "innerHTML":
        teller.tell(Effect("write", in_words(value), certain=teller.certain))
    elif key == "src":
        teller.tell(Effect("frame", in_words(value), certain=teller.certain))
    elif key == "onclick" and isinstance(of, Ref) and isinstance(value, Function):
        teller.tell(Effect("bind", of.name, value))
    elif key == "href" and isinstance(of, Ref):
        teller.tell(Effect("go", in_words(value), certain=teller.certain))
    elif key in ("value", "action") and isinstance(of, Ref):
        where = of if key == "value" else Ref(of.name, "@action")
        teller.tell(Effect("set", in_words(value), where, teller.certain))


def known(teller: Teller, whole: str, of: Any, given: list[Any]) -> Any:
    """What a call means whose function is not the script's own."""
    bare = without_windows(whole)
    name = bare.rpartition(".")[2]
    first = given[0] if given else UNKNOWN
    if bare in _MOVES or (name == "open" and _is_window(whole)):
        teller.tell(Effect("go", in_words(first), certain=teller.certain))
        return UNKNOWN
    if bare.endswith(_MOVES):  # a frame's
        teller.tell(Effect("frame", in_words(first), certain=teller.certain))
        return UNKNOWN
    if whole in ("document.write", "document.writeln"):
        teller.tell(Effect("write", joined([in_words(part) for part in given]), certain=teller.certain))
        return UNKNOWN
    if bare == "eval" or name == "parseJSON":
        return teller.evaluated(first) if isinstance(first, str) else UNKNOWN
    if bare == "RegExp":
        return made(given)
    if bare in FUNCTIONS:
        return FUNCTIONS[bare](*given) if given else UNKNOWN
    if bare in _LATER or bare in ("$", "jQuery") or name in ("getElementById", "querySelector", "getElementsByName"):
        return _selected(teller, name, first)
    return _method(teller, whole, name, of, given)


def _is_window(whole: str) -> bool:
    return whole in ("open", "window.open", "parent.open", "self.open", "top.open")


def _selected(teller: Teller, name: str, first: Any) -> Any:
    """``$(…)``, ``getElementById(…)``, and code that is only put off."""
    if isinstance(first, Function):
        again = TICKS if name == "setInterval" and _LEAVES.search(first.body.text or b"") else 1
        return [teller.call(first, []) for _ in range(again)][-1]
    if name in _LATER:
        if isinstance(first, str):
            teller.follow_text(first)
        return UNKNOWN
    if not isinstance(first, str):
        return first  # $(this), $(element)
    if name == "getElementById":
        return Ref(f"#{first}")
    return Ref(f"[name={first}]" if name == "getElementsByName" else first)


def _method(teller: Teller, whole: str, name: str, of: Any, given: list[Any]) -> Any:
    first = given[0] if given else UNKNOWN
    if name == "insertAdjacentHTML" and len(given) > 1:
        teller.tell(Effect("write", in_words(given[1]), certain=teller.certain))
        return UNKNOWN
    if isinstance(of, Pattern) or isinstance(first, Pattern):
        return _of_pattern(name, of, given)
    if isinstance(of, Query) and name == "get":
        return of.fields.get(first) if isinstance(first, str) else UNKNOWN
    if isinstance(of, str) and name in METHODS:
        return METHODS[name](of, *given)
    if isinstance(of, list):
        return _of_list(teller, of, name, given)
    if isinstance(of, Element):
        return _of_attributes(of, name, given)
    if isinstance(of, Asked):
        return answered_later(of, name, given)
    if isinstance(of, Ref):
        return _of_ref(teller, of, name, given)
    return _of_no_value(teller, whole, name, given)


def _of_no_value(teller: Teller, whole: str, name: str, given: list[Any]) -> Any:
    """A function of jQuery, of the window, or of nobody known."""
    first = given[0] if given else UNKNOWN
    if name == "each" and len(given) > 1 and isinstance(given[1], Function):
        return _each(teller, first, given[1])
    if name in ASKING:
        return asked(teller, whole, given)
    if name in _CLICKS and len(given) > 2 and isinstance(given[1], str) and isinstance(given[-1], Function):
        teller.tell(Effect("bind", given[1], given[-1], teller.certain))  # $(document).on('click', '.item', …)
        return UNKNOWN
    if name in _AT_ONCE or (name == "addEventListener" and first in ("load", "DOMContentLoaded")):
        for function in given:
            if isinstance(function, Function):
                teller.call(function, [])
        return UNKNOWN
    teller.tell(Effect("call", given, whole, teller.certain))
    return UNKNOWN


def _of_pattern(name: str, of: Any, given: list[Any]) -> Any:
    """``/…/.exec(text)``, ``/…/.test(text)``, ``text.match(/…/)``, ``text.replace(/…/g, new)``."""
    first = given[0] if given else UNKNOWN
    if isinstance(of, Pattern):
        return executed(of, first, test=name == "test") if name in ("exec", "test") else UNKNOWN
    if not isinstance(of, str) or not isinstance(first, Pattern):
        return UNKNOWN
    if name == "replace":
        return replaced(of, first, given[1] if len(given) > 1 else UNKNOWN)
    return executed(first, of) if name == "match" else UNKNOWN


def _each(teller: Teller, over: Any, function: Function) -> Any:
    """``$.each(list, function (index, one) { … })``, where ``this`` is one of them."""
    pairs = list(enumerate(over)) if isinstance(over, list) else list(over.items()) if isinstance(over, dict) else []
    for key, one in pairs:
        if teller.call(function, [key, one]) is False:
            break
    return over


def _of_list(teller: Teller, of: list[Any], name: str, given: list[Any]) -> Any:
    if name == "push":
        of.extend(given)
        return len(of)
    if name == "join":
        return joined([in_words(part) for part in of], given[0] if given else ",")
    if name in ("forEach", "map") and given and isinstance(given[0], Function):
        made = [teller.call(given[0], [one, at]) for at, one in enumerate(of)]
        return made if name == "map" else None
    return UNKNOWN


def _of_attributes(of: Element, name: str, given: list[Any]) -> Any:
    """``getAttribute('data-id')``, ``attr('href')``, ``data('id')``, ``val()``, ``text()`` of the element at hand."""
    first = given[0] if given else None
    if name in ("getAttribute", "attr", "prop") and isinstance(first, str):
        return of.attributes.get(first, UNKNOWN)
    if name == "data" and isinstance(first, str):
        return of.attributes.get(f"data-{first}", UNKNOWN)
    if name == "val":
        return of.attributes.get("value", UNKNOWN)
    return of.text if name in ("text", "html") else of


def _of_ref(teller: Teller, of: Ref, name: str, given: list[Any]) -> Any:
    """Another element is filled, sent, or told what to do when it is clicked."""
    first = given[0] if given else UNKNOWN
    if name in _ASKED_OF_ELEMENTS and len(given) <= _ASKED_OF_ELEMENTS[name]:
        return teller.look_up(of.name) if name == "val" else UNKNOWN
    if name in _AT_ONCE and isinstance(first, Function):
        teller.call(first, [0, UNKNOWN])
    elif name in ("attr", "prop", "setAttribute") and first in ("src", "action", "value", "href"):
        set_property(teller, of, str(first), given[1])
    elif effect := _done_to(of, name, given):
        teller.tell(replace(effect, certain=teller.certain))
    return of


def _done_to(of: Ref, name: str, given: list[Any]) -> Effect | None:
    """What a call does to another element; None where that matters to nobody."""
    first = given[0] if given else UNKNOWN
    if name == "submit":
        return Effect("submit", of)
    if name == "load":
        data = given[1] if len(given) > 1 and isinstance(given[1], dict) else None
        more: dict[str, Any] = {"method": "GET" if data is None else "POST", "data": data, "then": []}
        return Effect("ask", in_words(first).split(" ")[0] if isinstance(first, str) else first, more)
    if name in _CLICKS and given and isinstance(given[-1], Function):
        within = f"{of.name} {given[1]}" if len(given) > 2 and isinstance(given[1], str) else of.name
        return Effect("bind", within, given[-1])
    if name == "val":
        return Effect("set", in_words(first), of)
    return Effect("write", in_words(first)) if name in _PUTTING and given else None
