"""Values written out in a script: texts, numbers, lists, objects, functions."""

from __future__ import annotations

import ast
from typing import Any

from tree_sitter import Node

from spiders.scripts.evaluation import Evaluation
from spiders.scripts.nodes import function_of, literal_text, name_of, text_of, unescaped
from spiders.scripts.patterns import compiled
from spiders.scripts.values import UNKNOWN, Function, Scope, in_words


class Literals(Evaluation):
    """Expressions that are what they say."""

    def _string(self, node: Node, _: Scope) -> Any:
        return literal_text(node)

    def _template_string(self, node: Node, scope: Scope) -> Any:
        parts = []
        for child in node.children[1:-1]:
            if child.type == "template_substitution":
                parts.append(in_words(self.value(child.named_children[0], scope)) if child.named_children else "")
            else:
                parts.append(unescaped(text_of(child)) if child.type == "escape_sequence" else text_of(child))
        return UNKNOWN if UNKNOWN in parts else "".join(parts)

    def _number(self, node: Node, _: Scope) -> Any:
        try:
            return ast.literal_eval(text_of(node))
        except (ValueError, SyntaxError):
            return UNKNOWN

    def _true(self, *_: Any) -> bool:
        return True

    def _false(self, *_: Any) -> bool:
        return False

    def _null(self, *_: Any) -> None:
        return None

    _undefined = _null

    def _array(self, node: Node, scope: Scope) -> list[Any]:
        return [self.value(child, scope) for child in node.named_children if child.type != "comment"]

    def _object(self, node: Node, scope: Scope) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for child in node.named_children:
            key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
            if child.type == "pair" and key is not None and value is not None:
                found[literal_text(key) if key.type == "string" else text_of(key)] = self.value(value, scope)
            elif child.type == "method_definition":
                found[name_of(child)] = function_of(child, scope)
        return found

    def _function_expression(self, node: Node, scope: Scope) -> Function:
        return function_of(node, scope)

    _arrow_function = _function_expression

    def _regex(self, node: Node, _: Scope) -> Any:
        return compiled(text_of(node))
