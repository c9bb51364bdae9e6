"""Requests that a script makes: their address, method and data, and the functions that get the answer. Pure."""

from __future__ import annotations

from typing import Any

from spiders.scripts.values import UNKNOWN, Asked, Effect, Function, Teller, in_words

ASKING = {"get", "post", "getJSON", "getScript", "ajax", "load", "fetch", "request"}
_ANSWERED = ("success", "complete", "done", "callback", "onSuccess", "onload")
_OF_JQUERY = {"X-Requested-With": "XMLHttpRequest"}
"""What jQuery sends with every request to its own site; servers tell by it whether to answer with a whole page."""
_LATER = {"then", "done", "success", "always", "complete"}


def asked(teller: Teller, whole: str, given: list[Any]) -> Any:
    """A call that asks, as the script writes it: ``$.ajax({…})``, ``$.get(address, data, function)``, ``fetch(…)``."""
    name = whole.rpartition(".")[2]
    first = given[0] if given else UNKNOWN
    said: dict[str, Any] = first if isinstance(first, dict) else {"url": first}
    if len(given) > 1 and isinstance(given[1], dict):
        data = given[1].get("params", given[1])
        said = said | (given[1] if name in ("fetch", "ajax") else {"data": data})
    method = in_words(said.get("type", said.get("method", "POST" if name == "post" else "GET")))
    then = [said[key] for key in _ANSWERED if isinstance(said.get(key), Function)]
    then += [one for one in given[1:] if isinstance(one, Function)]
    more = {
        "method": str(method).upper() if method is not UNKNOWN else "GET",
        "data": _with_callback(said, said.get("data", said.get("body"))),
        "headers": (_OF_JQUERY if whole.startswith(("$.", "jQuery.")) and not _is_jsonp(said) else {}) | _headers(said),
        "then": then,
    }
    teller.tell(Effect("ask", in_words(said.get("url", UNKNOWN)), more, teller.certain))
    return Asked(then)


def _is_jsonp(said: dict[str, Any]) -> bool:
    return said.get("dataType") == "jsonp"


def _with_callback(said: dict[str, Any], data: Any) -> Any:
    """JSONP asks for its answer in a call: under the name that the script gives, else under jQuery's."""
    if not _is_jsonp(said):
        return data
    named = said.get("jsonp", "callback")
    return {**(data if isinstance(data, dict) else {}), str(named): str(said.get("jsonpCallback", "callback"))}


def _headers(said: dict[str, Any]) -> dict[str, str]:
    """The headers that a script sets, as far as they are known."""
    given = said.get("headers")
    known = {
        name: value for name, value in (given if isinstance(given, dict) else {}).items() if isinstance(value, str)
    }
    kind = said.get("contentType")
    return known | ({"Content-Type": kind} if isinstance(kind, str) else {})


def answered_later(of: Asked, name: str, given: list[Any]) -> Any:
    """``.then(function)``, ``.done(function)``: one more function that gets the answer."""
    if name in _LATER:
        of.then.extend(one for one in given if isinstance(one, Function))
    return of
