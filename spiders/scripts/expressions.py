"""Expressions of a followed script: what they are, and what they do on the way."""

from __future__ import annotations

import re
from typing import Any

from tree_sitter import Node

from spiders.scripts import calls
from spiders.scripts.evaluation import MOST_DEPTH, Return
from spiders.scripts.literals import Literals
from spiders.scripts.nodes import parse, squeezed, text_of
from spiders.scripts.values import UNKNOWN, Effect, Element, Function, Ref, Scope, in_words, number, truth
from spiders.scripts.window import built, location, without_windows

_FRAME_LOCATION = re.compile(r"[\w$\])]\.location(?:\.href)?$")
"""Of a frame or another window, whatever leads to it: ``parent.right.location``, ``frames[1].location.href``."""
_LOCATION = re.compile(r"^(?:(?:window|self|top|parent|document|opener|this)\.)*location(?:\.href)?$")


class Expressions(Literals):
    """Evaluates expressions."""

    def evaluated(self, source: str) -> Any:
        """The value of a text as an expression: ``eval('[…]')``."""
        body = parse(f"({source})")
        return self.value(body.named_children[0].named_children[0], Scope()) if body.named_children else UNKNOWN

    def _this(self, *_: Any) -> Any:
        return self.this or UNKNOWN

    def _identifier(self, node: Node, scope: Scope) -> Any:
        name = text_of(node)
        holder = scope.holder(name)
        if holder is not None:
            return holder.names[name]
        return location(name, self.address)

    def _parenthesized_expression(self, node: Node, scope: Scope) -> Any:
        return self.value(node.named_children[0], scope) if node.named_children else UNKNOWN

    def _sequence_expression(self, node: Node, scope: Scope) -> Any:
        return [self.value(child, scope) for child in node.named_children][-1]

    def _ternary_expression(self, node: Node, scope: Scope) -> Any:
        holds = truth(self.field(node, "condition", scope))
        return UNKNOWN if holds is None else self.field(node, "consequence" if holds else "alternative", scope)

    def _unary_expression(self, node: Node, scope: Scope) -> Any:
        value, sign = self.field(node, "argument", scope), text_of(node.children[0])
        if sign == "!":
            held = truth(value)
            return UNKNOWN if held is None else not held
        if sign in "+-" and (of := number(value)) is not UNKNOWN:
            return -of if sign == "-" else of
        return UNKNOWN

    def _update_expression(self, node: Node, scope: Scope) -> Any:
        before = number(self.field(node, "argument", scope))
        after = UNKNOWN if before is UNKNOWN else before + (1 if b"++" in (node.text or b"") else -1)
        self._assign(node.child_by_field_name("argument"), after, scope)
        return before

    def _binary_expression(self, node: Node, scope: Scope) -> Any:
        sign = node.child_by_field_name("operator")
        if sign is not None and text_of(sign) == "+":
            return self._sum(node, scope)
        left = self.field(node, "left", scope)
        if sign is not None and text_of(sign) in ("&&", "||"):
            held = truth(left)
            if held is None:
                self._perhaps_value(node, scope)
                return UNKNOWN
            return self.field(node, "right", scope) if held == (text_of(sign) == "&&") else left
        return calls.binary(text_of(sign) if sign is not None else "", left, self.field(node, "right", scope))

    def _sum(self, node: Node, scope: Scope) -> Any:
        """``a + b + c``, which the parser nests to the left: hundreds of parts are no depth."""
        parts: list[Node] = []
        left: Node | None = node
        while left is not None and left.type == "binary_expression" and _is_plus(left):
            right = left.child_by_field_name("right")
            if right is not None:
                parts.append(right)
            left = left.child_by_field_name("left")
        total = self.value(left, scope) if left is not None else UNKNOWN
        for part in reversed(parts):
            total = calls.binary("+", total, self.value(part, scope))
        return total

    def _perhaps_value(self, node: Node, scope: Scope) -> None:
        """``ready && go('/x')``: what stands behind may be done."""
        before, self.certain = self.certain, False
        self.field(node, "right", scope)
        self.certain = before

    def _assignment_expression(self, node: Node, scope: Scope) -> Any:
        left, value = node.child_by_field_name("left"), self.field(node, "right", scope)
        self._assign(left, value, scope)
        return value

    def _augmented_assignment_expression(self, node: Node, scope: Scope) -> Any:
        left, sign = node.child_by_field_name("left"), node.child_by_field_name("operator")
        if left is not None and left.type == "member_expression" and self._key(left, scope) == "innerHTML":
            calls.set_property(self, self.field(left, "object", scope), "innerHTML", self.field(node, "right", scope))
            return UNKNOWN  # what stood there stays, and this comes to it
        held = self.value(left, scope) if left is not None else UNKNOWN
        value = calls.binary(text_of(sign)[:-1] if sign is not None else "", held, self.field(node, "right", scope))
        self._assign(left, value, scope)
        return value

    def _assign(self, left: Node | None, value: Any, scope: Scope) -> None:
        if left is None:
            return
        target = squeezed(left)
        if (
            left.type in ("identifier", "member_expression")
            and _LOCATION.match(target)
            and not self._is_own(left, scope)
        ):
            self.tell(Effect("go", in_words(value), certain=self.certain))
        elif left.type == "member_expression" and _FRAME_LOCATION.search(target) and value is not UNKNOWN:
            self.tell(Effect("frame", in_words(value), certain=self.certain))
        elif left.type == "identifier":
            holder = scope.holder(target) or scope.outermost()
            # What is set under a condition that cannot be known is not known.
            holder.names[target] = value if self.certain or target not in holder.names else UNKNOWN
        elif left.type in ("member_expression", "subscript_expression"):
            of = self.field(left, "object", scope)
            self._assign_member(of, self._key(left, scope), target, value, scope)

    def _assign_member(self, of: Any, key: Any, target: str, value: Any, scope: Scope) -> None:
        if isinstance(of, dict) and isinstance(key, str):
            of[key] = value
        elif isinstance(of, list) and isinstance(key, int) and key == len(of):
            of.append(value)
        elif key == "onload" and target.startswith(("window.", "document.")) and isinstance(value, Function):
            self.call(value, [])
        elif key in ("onclick", "src", "innerHTML", "value", "action", "href"):
            calls.set_property(self, of, str(key), value)
        elif target.startswith(("window.", "self.")) and target.count(".") == 1:
            scope.outermost().names[str(key)] = value

    @staticmethod
    def _is_own(left: Node, scope: Scope) -> bool:
        return left.type == "identifier" and scope.holder(text_of(left)) is not None

    def _key(self, node: Node, scope: Scope) -> Any:
        if node.type == "subscript_expression":
            return self.field(node, "index", scope)
        named = node.child_by_field_name("property")
        return text_of(named) if named is not None else UNKNOWN

    def _member_expression(self, node: Node, scope: Scope) -> Any:
        whole = squeezed(node)
        if (found := location(whole, self.address)) is not UNKNOWN:
            return found
        if whole.startswith(("document.forms.", "document.all.")):
            return Ref(f"form:{whole.split('.')[2]}") if whole.count(".") == 2 else UNKNOWN
        of, key = self.field(node, "object", scope), self._key(node, scope)
        if of is UNKNOWN and whole.startswith(("window.", "self.")) and whole.count(".") == 1:
            holder = scope.holder(str(key))
            return UNKNOWN if holder is None else holder.names[str(key)]
        if isinstance(of, Ref) and key == "value" and not of.part:
            return self.look_up(of.name)
        return calls.member(of, key, whole)

    def _subscript_expression(self, node: Node, scope: Scope) -> Any:
        whole = squeezed(node)
        key = self._key(node, scope)
        if whole.startswith(("document.forms[", "document[")) and isinstance(key, (str, int)):
            return Ref(f"form:{key}")
        return calls.member(self.field(node, "object", scope), key, whole)

    def _new_expression(self, node: Node, scope: Scope) -> Any:
        named, given = node.child_by_field_name("constructor"), node.child_by_field_name("arguments")
        arguments = [self.value(child, scope) for child in given.named_children] if given is not None else []
        made = built(text_of(named) if named is not None else "", arguments)
        if made is UNKNOWN and (told := [self._begun(one) for one in arguments if isinstance(one, dict)]):
            self.tell(Effect("call", told, text_of(named) if named is not None else "", self.certain))
        return made

    def _begun(self, options: dict[str, Any]) -> dict[str, Any]:
        """What a component holds once it is made (Vue): its data may be what a function gives."""
        data = options.get("data")
        return {**options, "data": self.call(data, [])} if isinstance(data, Function) else options

    def _call_expression(self, node: Node, scope: Scope) -> Any:
        callee, given = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        if callee is None or given is None:
            return UNKNOWN
        if callee.type in ("function_expression", "parenthesized_expression", "arrow_function"):
            made = self.value(callee, scope)
            arguments = [self.value(child, scope) for child in given.named_children]
            return self.call(made, arguments) if isinstance(made, Function) else UNKNOWN
        whole = squeezed(callee)
        arguments = [self.value(child, scope) for child in given.named_children if child.type != "comment"]
        of = self.field(callee, "object", scope) if callee.type == "member_expression" else None
        own = self._own(callee, whole, of, scope)
        if isinstance(own, Function):
            return self.call(own, arguments)
        return calls.known(self, whole, of, arguments)

    def _own(self, callee: Node, whole: str, of: Any, scope: Scope) -> Any:
        """The script's own function that a call means; what it is called on is followed once only."""
        if callee.type == "identifier":
            return self.value(callee, scope)
        key = self._key(callee, scope) if callee.type == "member_expression" else UNKNOWN
        if isinstance(of, dict) and isinstance(key, str):
            return of.get(key)
        bare = without_windows(whole)
        holder = scope.holder(bare) if bare == key and bare != whole else None
        return UNKNOWN if holder is None else holder.names[bare]

    def call(self, function: Function, arguments: list[Any], this: Element | None = None) -> Any:
        """What a function of the script returns; None where it returns nothing."""
        names = dict(zip(function.parameters, arguments, strict=False))
        names |= dict.fromkeys(function.parameters[len(arguments) :])
        scope = Scope(names | {"arguments": arguments}, function.scope)
        before, self.this = self.this, this or self.this
        self.depth += 1
        try:
            if self.depth > MOST_DEPTH:
                return UNKNOWN
            if function.body.type != "statement_block":
                return self.value(function.body, scope)
            self.follow(function.body, scope)
        except Return as returned:
            return returned.value
        finally:
            self.this = before
            self.depth -= 1
        return None


def _is_plus(node: Node) -> bool:
    sign = node.child_by_field_name("operator")
    return sign is not None and sign.type == "+"
