"""A page's script as a whole: what it does when the page loads, and what a handler of it does when it is used."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from spiders.scripts.follow import Follower
from spiders.scripts.nodes import parse
from spiders.scripts.values import Effect, Element, Function, Scope

_LONGEST = 2 << 20
"""Characters of script of one page that are read: a portal's own menu is shorter than any library."""


class Program:
    """The scripts of one page, in their order. `address`: the page's own."""

    def __init__(self, sources: Sequence[str], address: str = "") -> None:
        self.sources = tuple(sources)
        self.address = address
        self.scope = Scope()

    @cached_property
    def by_source(self) -> tuple[tuple[Effect, ...], ...]:
        """What happens by itself when the page is loaded, script by script. A function may be called before its
        script comes: what is only put off (``onload``) is followed at the end of its own script.
        """
        follower, left, told = Follower(self.address), _LONGEST, []
        for source in self.sources:
            before = len(follower.effects)
            if source.strip() and len(source) <= left:
                left -= len(source)
                follower.run(parse(source), self.scope)
            told.append(tuple(follower.effects[before:]))
        return tuple(told)

    @cached_property
    def effects(self) -> tuple[Effect, ...]:
        """What happens by itself when the page is loaded."""
        return tuple(effect for effects in self.by_source for effect in effects)

    def handler(self, code: str, element: Element) -> tuple[Effect, ...]:
        """What ``onclick="code"`` or ``href="javascript:code"`` does on `element`."""
        follower = self._follower(element)
        follower.run(parse(code.strip().removeprefix("javascript:")), Scope(around=self.scope))
        return tuple(follower.effects)

    def click(self, handler: Function, element: Element) -> tuple[Effect, ...]:
        """What a function that handles clicks (an effect of kind ``bind``) does on `element`."""
        return self.call(handler, [element], element)

    def call(self, function: Function, arguments: Sequence[Any], this: Element) -> tuple[Effect, ...]:
        """What a function of the script does."""
        follower = self._follower(this)
        names = dict(zip(function.parameters, arguments, strict=False))
        follower.run(function.body, Scope(names, function.scope))
        return tuple(follower.effects)

    def _follower(self, element: Element) -> Follower:
        _ = self.effects  # fills the scope
        follower = Follower(self.address)
        follower.this = element
        return follower
