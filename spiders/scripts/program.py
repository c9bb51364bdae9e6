"""A page's script as a whole: what it does when the page loads, and what a handler of it does when it is used."""

from __future__ import annotations

from functools import cached_property

from spiders.scripts.follow import Follower
from spiders.scripts.nodes import parse
from spiders.scripts.values import Effect, Element, Function, Scope

_LONGEST = 2 << 20
"""Characters of script that are read: libraries are longer than any portal's own menu."""


class Program:
    """The scripts of one page, in their order. `address`: the page's own."""

    def __init__(self, source: str, address: str = "") -> None:
        self.source = source[:_LONGEST]
        self.address = address
        self.scope = Scope()

    @cached_property
    def effects(self) -> tuple[Effect, ...]:
        """What happens by itself when the page is loaded."""
        follower = Follower(self.address)
        if self.source:
            follower.run(parse(self.source), self.scope)
        return tuple(follower.effects)

    def handler(self, code: str, element: Element) -> tuple[Effect, ...]:
        """What ``onclick="code"`` or ``href="javascript:code"`` does on `element`."""
        follower = self._follower(element)
        follower.run(parse(code.strip().removeprefix("javascript:")), Scope(around=self.scope))
        return tuple(follower.effects)

    def click(self, handler: Function, element: Element) -> tuple[Effect, ...]:
        """What a function that handles clicks (an effect of kind ``bind``) does on `element`."""
        follower = self._follower(element)
        names = dict.fromkeys(handler.parameters[:1], element)
        follower.run(handler.body, Scope(names, handler.scope))
        return tuple(follower.effects)

    def _follower(self, element: Element) -> Follower:
        _ = self.effects  # fills the scope
        follower = Follower(self.address)
        follower.this = element
        return follower
