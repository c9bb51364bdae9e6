"""One evaluation of a script: its limits, its effects so far, and how an expression is handed to its kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tree_sitter import Node

from spiders.scripts.values import UNKNOWN, Effect, Element, Scope

MOST_STEPS = 200_000
"""Statements and expressions followed for one page or handler: a tree of three thousand nodes takes a fifth of them."""

MOST_DEPTH = 40
"""Calls within calls, and parts within parts of an expression."""


class EnoughSteps(Exception):
    """The script goes on for too long."""


class Return(Exception):
    """A function has returned `value`."""

    def __init__(self, value: Any) -> None:
        self.value = value


class Evaluation:
    """What an evaluation keeps and counts.

    `address`: the page's own, for ``location.pathname``; `look_up`: what a field holds.
    """

    def __init__(self, address: str, look_up: Callable[[str], Any] = lambda _: UNKNOWN) -> None:
        self.address = address
        self.look_up = look_up
        self.effects: list[Effect] = []
        self.certain = True
        self.this: Element | None = None
        self.steps = 0
        self.depth = 0

    def follow(self, body: Node, scope: Scope) -> None:
        """The statements of a function."""
        raise NotImplementedError

    def follow_text(self, source: str) -> None:
        """A text as a script of its own."""
        raise NotImplementedError

    def tell(self, effect: Effect) -> None:
        """Something that the script would do."""
        if effect.value is not UNKNOWN:
            self.effects.append(effect)

    def step(self) -> None:
        """Raises EnoughSteps."""
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise EnoughSteps

    def field(self, node: Node, name: str, scope: Scope) -> Any:
        """The value of a part of `node`, UNKNOWN where it has none."""
        child = node.child_by_field_name(name)
        if child is None:
            return UNKNOWN
        return self.value(child.named_children[0] if child.type == "expression_statement" else child, scope)

    def value(self, node: Node, scope: Scope) -> Any:
        """What an expression is; its effects are told on the way."""
        self.step()
        evaluate: Callable[[Node, Scope], Any] | None = getattr(self, f"_{node.type}", None)
        if evaluate is None:
            return UNKNOWN
        self.depth += 1
        try:
            return evaluate(node, scope) if self.depth <= MOST_DEPTH else UNKNOWN
        finally:
            self.depth -= 1
