"""Nodes of a parsed script: their source, their names, strings with their escapes undone. Pure."""

from __future__ import annotations

import re
from functools import cache

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser

from spiders.scripts.values import Function, Scope

_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": "", "\r": ""}
_SPACES = re.compile(r"\s+")


@cache
def _parser() -> Parser:
    return Parser(Language(tree_sitter_javascript.language()))


def parse(source: str) -> Node:
    """The script's tree. What is no JavaScript becomes nodes of errors, never an exception."""
    return _parser().parse(source.encode("utf-8", "replace")).root_node


def text_of(node: Node) -> str:
    """The source of a node."""
    return (node.text or b"").decode("utf-8", "replace")


def squeezed(node: Node) -> str:
    """The source of a node without white space."""
    return _SPACES.sub("", text_of(node))


def name_of(node: Node) -> str:
    """The name of a function or method."""
    named = node.child_by_field_name("name")
    return text_of(named) if named is not None else ""


def function_of(node: Node, scope: Scope) -> Function:
    """A function with its parameters."""
    body, single = node.child_by_field_name("body"), node.child_by_field_name("parameter")
    given = node.child_by_field_name("parameters")
    parameters = [single] if single is not None else list(given.named_children) if given is not None else []
    assert body is not None
    return Function(tuple(text_of(one).split("=")[0].strip() for one in parameters), body, scope)


def literal_text(node: Node) -> str:
    """A quoted string with its escapes undone."""
    return "".join(
        unescaped(text_of(child)) if child.type == "escape_sequence" else text_of(child)
        for child in node.named_children
    )


def unescaped(sequence: str) -> str:
    """``\\n``, ``\\x41``, ``\\u4e2d``, ``\\u{4e2d}`` as the character it means."""
    inner = sequence[1:]
    if inner[:1] in ("x", "u") and (digits := re.fullmatch(r"[xu]\{?([0-9a-fA-F]+)\}?", inner)):
        return chr(min(int(digits[1], 16), 0x10FFFF))
    return _ESCAPES.get(inner, inner)
