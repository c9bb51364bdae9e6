"""Following a script: statements in their order, both ways where a condition cannot be known, with a limit of steps.

Never runs anything: what is read are the parser's nodes, and what it does not know stays unknown (values.UNKNOWN).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tree_sitter import Node

from spiders.scripts.evaluation import EnoughSteps, Return
from spiders.scripts.expressions import Expressions
from spiders.scripts.nodes import function_of, name_of, parse, text_of
from spiders.scripts.values import UNKNOWN, Function, Scope, truth


class Follower(Expressions):
    """Follows one page's script."""

    page = Scope()

    def run(self, body: Node, scope: Scope) -> None:
        """All statements of a program or of a handler, as far as they go."""
        self.page = scope.outermost()
        try:
            self.follow(body, scope)
        except (EnoughSteps, Return, RecursionError):
            return

    def answer(self, function: Function, data: Any) -> Any:
        """A function of the page gets an answer; what it returns, UNKNOWN where it does not come to its end."""
        self.page = function.scope.outermost()
        try:
            return self.call(function, [data])
        except (EnoughSteps, RecursionError):
            return UNKNOWN

    def follow_text(self, source: str) -> None:
        """A text that a script follows as a script of its own, in the page's scope."""
        self.follow(parse(source), self.page)

    def follow(self, body: Node, scope: Scope) -> None:
        """The statements of a block. Its functions are known before the first is followed."""
        for node in body.named_children:
            if node.type in ("function_declaration", "generator_function_declaration"):
                scope.names[name_of(node)] = function_of(node, scope)
        for node in body.named_children:
            self._statement(node, scope)

    def _statement(self, node: Node, scope: Scope) -> None:
        self.step()
        follow: Callable[[Node, Scope], None] | None = getattr(self, f"_do_{node.type}", None)
        if follow is not None:
            follow(node, scope)
        elif node.type.endswith(("_expression", "identifier")):
            self.value(node, scope)

    def _do_expression_statement(self, node: Node, scope: Scope) -> None:
        for child in node.named_children:
            self.value(child, scope)

    def _do_statement_block(self, node: Node, scope: Scope) -> None:
        self.follow(node, scope)

    def _do_labeled_statement(self, node: Node, scope: Scope) -> None:
        body = node.child_by_field_name("body")
        if body is not None:
            self._statement(body, scope)

    def _do_variable_declaration(self, node: Node, scope: Scope) -> None:
        for child in node.named_children:
            name, value = child.child_by_field_name("name"), child.child_by_field_name("value")
            if child.type == "variable_declarator" and name is not None and name.type == "identifier":
                held = UNKNOWN if value is None else self.value(value, scope)
                scope.names[text_of(name)] = held

    _do_lexical_declaration = _do_variable_declaration

    def _do_return_statement(self, node: Node, scope: Scope) -> None:
        value = self.value(node.named_children[0], scope) if node.named_children else None
        if self.certain:
            raise Return(value)

    def _do_if_statement(self, node: Node, scope: Scope) -> None:
        holds = truth(self.field(node, "condition", scope))
        ways = {"consequence": holds is not False, "alternative": holds is not True}
        for name, taken in ways.items():
            branch = node.child_by_field_name(name)
            if branch is not None and taken:
                self._perhaps(branch, scope, known=holds is not None)

    def _do_else_clause(self, node: Node, scope: Scope) -> None:
        for child in node.named_children:
            self._statement(child, scope)

    def _perhaps(self, branch: Node, scope: Scope, *, known: bool) -> None:
        before, self.certain = self.certain, self.certain and known
        try:
            self._statement(branch, scope)
        finally:
            self.certain = before

    def _do_try_statement(self, node: Node, scope: Scope) -> None:
        body = node.child_by_field_name("body")
        if body is not None:
            self._statement(body, scope)

    def _do_switch_statement(self, node: Node, scope: Scope) -> None:
        """The case that is meant, all of them where that is unknown."""
        wanted, body = self.field(node, "value", scope), node.child_by_field_name("body")
        for case in body.named_children if body is not None else ():
            value = case.child_by_field_name("value")
            met = None if value is None else self.value(value, scope)
            if value is None or UNKNOWN in (wanted, met) or met == wanted:
                self._case(case, value, scope, known=met == wanted and wanted is not UNKNOWN)
                if value is not None and wanted is not UNKNOWN and met == wanted:
                    return

    def _case(self, case: Node, value: Node | None, scope: Scope, *, known: bool) -> None:
        for child in case.named_children:
            if value is None or child.id != value.id:
                self._perhaps(child, scope, known=known)

    def _do_for_statement(self, node: Node, scope: Scope) -> None:
        first, body = node.child_by_field_name("initializer"), node.child_by_field_name("body")
        if first is not None:
            self._statement(first, scope)
        while body is not None and truth(self.field(node, "condition", scope)):
            self._statement(body, scope)
            self.field(node, "increment", scope)
            self.step()

    def _do_while_statement(self, node: Node, scope: Scope) -> None:
        body = node.child_by_field_name("body")
        while body is not None and truth(self.field(node, "condition", scope)):
            self._statement(body, scope)

    def _do_for_in_statement(self, node: Node, scope: Scope) -> None:
        over, left, body = self.field(node, "right", scope), node.child_by_field_name("left"), None
        body = node.child_by_field_name("body")
        kind = node.child_by_field_name("operator")
        if left is None or body is None or not isinstance(over, (list, dict)):
            return
        each: Iterable[Any] = over
        if kind is not None and text_of(kind) == "in" and isinstance(over, list):
            each = range(len(over))
        for one in each:
            scope.names[text_of(left)] = one
            self._statement(body, scope)
