"""``[[portal.recipe]]``: how a list is asked for plainly, as an entry of the registry says it; read and written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlsplit

from spiders.pages.fetch import host_of
from spiders.portal import Portal, Recipe

METHODS = ("GET", "POST")
_NAMES = tuple(field.name for field in fields(Recipe))
_NEEDED = ("list", "url")


class RecipeFault(ValueError):
    """What is wrong with an entry, in words."""


def read_recipe(entry: Any, portal: Portal) -> Recipe:
    """A checked recipe of `portal`: its addresses stand on the portal's hosts. Raises RecipeFault."""
    if not isinstance(entry, Mapping):
        raise RecipeFault("write [[portal.recipe]]")
    for name, value in entry.items():
        if name not in _NAMES:
            close = get_close_matches(str(name), _NAMES, 1) or _NAMES
            raise RecipeFault(f"{name}: unknown key; known are {', '.join(close)}")
        if name != "headers" and not isinstance(value, str):
            raise RecipeFault(f"{name}: {value!r} is not a text")
    for name in _NEEDED:
        _check_address(name, entry.get(name, ""), portal)
    if entry.get("method", "GET") not in METHODS:
        raise RecipeFault(f"method: {entry['method']!r} is neither GET nor POST")
    return Recipe(**{**entry, "headers": _headers(entry.get("headers", {}))})


def _check_address(name: str, url: str, portal: Portal) -> None:
    if urlsplit(url).scheme not in ("http", "https"):
        raise RecipeFault(f"{name}: {url!r} does not begin with http:// or https://")
    host = host_of(url)
    if host not in portal.hosts and not portal.has_subhost(host):
        raise RecipeFault(f"{name}: {host} is not among the hosts {', '.join(portal.hosts)}")


def _headers(given: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(given, Mapping) or not all(isinstance(value, str) for value in given.values()):
        raise RecipeFault(f"headers: {given!r} is not a table of texts")
    return tuple(given.items())


def recipe_words(recipe: Recipe) -> dict[str, Any]:
    """The recipe as it would stand in a registry file; what says nothing is left out."""
    told = {name: getattr(recipe, name) for name in _NAMES if getattr(recipe, name)}
    if recipe.method == "GET":
        told.pop("method")
    return told | ({"headers": dict(recipe.headers)} if recipe.headers else {})
