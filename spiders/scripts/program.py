"""A page's script as a whole: what it does when the page loads, and what a handler of it does when it is used."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

from tree_sitter import Node

from spiders.scripts.follow import Follower
from spiders.scripts.nodes import parse
from spiders.scripts.values import UNKNOWN, Effect, Element, Function, Scope

_LONGEST = 2 << 20
"""Characters of script of one page that are read: a portal's own menu is shorter than any library."""


class Program:
    """The scripts of one page, in their order. `address`: the page's own; `look_up`: what a field of it holds.

    Handlers only tell what they would do: what they set is told with it (`Effect.left`) and forgotten. An answer
    (`answered`) stays.
    """

    def __init__(
        self, sources: Sequence[str], address: str = "", look_up: Callable[[str], Any] = lambda _: UNKNOWN
    ) -> None:
        self.sources = tuple(sources)
        self.address = address
        self.look_up = look_up
        self.scope = Scope()
        self.waiting: dict[str, list[Function]] = {}
        self.given: Mapping[str, Any] = {}
        self.states: dict[str, Mapping[str, Any]] = {}

    @cached_property
    def by_source(self) -> tuple[tuple[Effect, ...], ...]:
        """What happens by itself when the page is loaded, script by script. A function may be called before its
        script comes: what is only put off (``onload``) is followed at the end of its own script.
        """
        follower, left, told = Follower(self.address, self.look_up), _LONGEST, []
        for source in self.sources:
            before = len(follower.effects)
            if source.strip() and len(source) <= left:
                left -= len(source)
                follower.run(parse(source), self.scope)
            told.append(tuple(follower.effects[before:]))
        self._remember(follower.effects)
        return tuple(told)

    @cached_property
    def effects(self) -> tuple[Effect, ...]:
        """What happens by itself when the page is loaded."""
        return tuple(effect for effects in self.by_source for effect in effects)

    def handler(self, code: str, element: Element, times: int = 1) -> tuple[Effect, ...]:
        """What ``onclick="code"`` or ``href="javascript:code"`` does on `element`, pressed so many `times`."""
        body = parse(code.strip().removeprefix("javascript:"))
        return self._tried(lambda: body, lambda: Scope(around=self.scope), element, times)

    def click(self, handler: Function, element: Element, times: int = 1) -> tuple[Effect, ...]:
        """What a function that handles clicks (an effect of kind ``bind``) does on `element`."""
        return self.call(handler, [element], element, times)

    def call(self, function: Function, arguments: Sequence[Any], this: Element, times: int = 1) -> tuple[Effect, ...]:
        """What a function of the script does."""
        names = dict(zip(function.parameters, arguments, strict=False))
        return self._tried(lambda: function.body, lambda: Scope(dict(names), function.scope), this, times)

    def after(self, state: Mapping[str, Any]) -> Program:
        """The same program where handlers find the page's variables as an earlier one has left them."""
        later = copy(self)
        later.given = {**self.given, **state}
        return later

    def with_frame(self, framed: Program) -> Program:
        """The program of a frame of this page, whose handlers call functions of the page around it.

        What they set there is known to what they ask for: `states` and `waiting` are those of this page.
        """
        both = Program([*self.sources, *framed.sources], framed.address, framed.look_up)
        both.states, both.waiting = self.states, self.waiting
        return both

    def answered(self, url: str, data: Any) -> str | None:
        """The HTML that the page makes of an answer: `data` as the script gets it. None where nothing waits for it."""
        waiting = self.waiting.get(urlsplit(url).path, [])
        written: list[str] = []
        for function in waiting:
            follower = self._follower(Element({}))
            passed = follower.answer(function, data)
            if passed is not UNKNOWN and passed is not None:
                data = passed
            written += [str(effect.value) for effect in follower.effects if effect.kind == "write"]
            self._remember(follower.effects)
        return "".join(written) if waiting else None

    def _tried(
        self, body: Callable[[], Node], scope: Callable[[], Scope], element: Element, times: int
    ) -> tuple[Effect, ...]:
        """What is done the last of so many `times`. What it sets on the page is forgotten afterwards."""
        follower, before = self._follower(element), dict(self.scope.names)
        self.scope.names.update(self.given)
        for _ in range(times):
            follower.effects = []
            follower.run(body(), scope())
        left = {name: value for name, value in self.scope.names.items() if before.get(name, UNKNOWN) is not value}
        self.scope.names.clear()
        self.scope.names.update(before)
        self._remember(follower.effects)
        return tuple(replace(effect, left=left) for effect in follower.effects)

    def _remember(self, effects: Sequence[Effect]) -> None:
        """Which functions wait for the answer to which request."""
        for effect in effects:
            if effect.kind == "ask" and isinstance(effect.more, dict) and effect.more.get("then"):
                path = urlsplit(urljoin(self.address, str(effect.value))).path
                self.waiting[path] = list(effect.more["then"])

    def _follower(self, element: Element) -> Follower:
        _ = self.effects  # fills the scope
        follower = Follower(self.address, self.look_up)
        follower.this = element
        return follower
