"""Which declarations hold for an element: browser's own, attributes, style sheets, style attribute, in that order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cssselect2 import ElementWrapper
from lxml import etree

from parsers.formats.html.style.browser import of_browser
from parsers.formats.html.style.declarations import Declaration, longhands, names_of, of_attribute
from parsers.formats.html.style.lengths import Token
from parsers.formats.html.style.sheets import Rule, StyleSheet

Values = dict[str, object]
"""Longhand properties to values; custom properties to their tokens."""
Custom = Mapping[str, tuple[Token, ...]]
_DEEPEST = 10
"""Variables within variables."""
_MOST_TOKENS = 1_000
"""Tokens that the variables of one declaration may grow to."""

Weighed = tuple[tuple[Any, ...], Declaration]


@dataclass(frozen=True, slots=True)
class Matched:
    """The rules that mean an element, in the order of the sheet, by pseudo-element ("" for the element itself)."""

    rules: tuple[int, ...]
    by_pseudo: Mapping[str, tuple[Rule, ...]]


NOTHING = Matched((), {})


class Rules:
    """The rules of a page, found by the last part of their selectors."""

    def __init__(self, sheet: StyleSheet, root: etree._Element) -> None:
        self._ids: dict[str, list[int]] = {}
        self._classes: dict[str, list[int]] = {}
        self._tags: dict[str, list[int]] = {}
        self._others: list[int] = []
        self._rules = sheet.rules
        self.are_local = all(rule.is_local for rule in sheet.rules)
        self.attributes = frozenset(name for rule in sheet.rules for name in rule.attributes)
        self._wrappers: dict[etree._Element, ElementWrapper] = {}
        self._root = root
        for number, rule in enumerate(sheet.rules):
            self._file(number, rule.selector)

    def _file(self, number: int, selector: Token) -> None:
        if selector.id is not None:
            self._ids.setdefault(selector.id, []).append(number)
        elif selector.class_name is not None:
            self._classes.setdefault(selector.class_name, []).append(number)
        elif selector.local_name is not None:
            self._tags.setdefault(selector.lower_local_name, []).append(number)
        else:
            self._others.append(number)

    def candidates(self, element: etree._Element) -> list[int]:
        """Rules whose last part may mean the element."""
        found = [*self._tags.get(str(element.tag), ()), *self._others]
        if self._classes and (names := element.get("class")):
            for name in set(names.split()):
                found += self._classes.get(name, ())
        if self._ids and (identity := element.get("id")):
            found += self._ids.get(identity, ())
        return found

    def are_all_local(self, candidates: Iterable[int]) -> bool:
        """Does none of these rules hang on what stands beside or within the element?"""
        return self.are_local or all(self._rules[number].is_local for number in candidates)

    def match(self, element: etree._Element, candidates: Iterable[int]) -> Matched:
        """The rules that mean the element."""
        numbers = sorted(candidates)
        if not numbers:
            return NOTHING
        wrapped = self._wrap(element)
        meant = tuple(number for number in numbers if self._rules[number].selector.test(wrapped))
        by_pseudo: dict[str, tuple[Rule, ...]] = {}
        for number in meant:
            rule = self._rules[number]
            name = rule.selector.pseudo_element or ""
            by_pseudo[name] = (*by_pseudo.get(name, ()), rule)
        return Matched(meant, by_pseudo)

    def _wrap(self, element: etree._Element) -> ElementWrapper:
        """The element as the library wants it, its neighbours known only where a rule asks for them."""
        path = []
        at: etree._Element | None = element
        while at is not None and at not in self._wrappers:
            path.append(at)
            at = at.getparent()
        wrapped = self._wrappers[at] if at is not None else None
        for one in reversed(path):
            if wrapped is None:
                wrapped = ElementWrapper.from_html_root(one)
            elif self.are_local:
                wrapped = ElementWrapper(one, wrapped, 0, None, True)
            else:
                for child in wrapped.iter_children():
                    child.in_html_document = True
                    self._wrappers[child.etree_element] = child
                wrapped = self._wrappers[one]
            self._wrappers[one] = wrapped
        return wrapped


def declared(element: etree._Element, rules: Iterable[Rule]) -> list[Declaration]:
    """The declarations for an element, weakest first."""
    own: list[Weighed] = [((0, order), one) for order, one in enumerate(of_browser(element))]
    own += _weighed(rules)
    style = element.get("style")
    if style:
        own += [((4 if one.important else 2, order), one) for order, one in enumerate(of_attribute(style))]
    if len(own) > 1:
        own.sort(key=lambda weighed: weighed[0])
    return [one for _, one in own]


def declared_for_pseudo(rules: Iterable[Rule]) -> list[Declaration]:
    """The declarations for a pseudo-element, weakest first."""
    return [one for _, one in sorted(_weighed(rules), key=lambda weighed: weighed[0])]


def _weighed(rules: Iterable[Rule]) -> Iterator[Weighed]:
    """By importance, layer, specificity, order; an important declaration of an earlier layer is the stronger one."""
    for order, rule in enumerate(rules):
        for place, one in enumerate(rule.declarations):
            layer = tuple(-rank for rank in rule.layer) if one.important else rule.layer
            yield (3 if one.important else 1, layer, rule.selector.specificity, order, place), one


def resolved(declarations: Iterable[Declaration], inherited: Custom) -> tuple[Values, Custom]:
    """The values that win, and the custom properties that hold for the element and what is in it."""
    declarations = list(declarations)
    custom = inherited
    if any(one.name.startswith("--") for one in declarations):
        custom = {**inherited, **{one.name: one.tokens for one in declarations if one.name.startswith("--")}}
    values: Values = {}
    for one in declarations:
        if one.name.startswith("--"):
            continue
        if not one.tokens:
            values[one.name] = one.value
            continue
        tokens = _filled(one.tokens, custom, 0)
        found = longhands(one.name, tokens) if tokens is not None else []
        values.update(found or [(name, "unset") for name in names_of(one.name)])
    return values, custom


def _filled(tokens: Iterable[Token], custom: Custom, depth: int) -> list[Token] | None:
    """Tokens with each `var()` replaced; None where one has no value."""
    if depth > _DEEPEST:
        return None
    out: list[Token] = []
    for token in tokens:
        if token.type == "function" and token.lower_name == "var":
            value = _variable(token, custom, depth)
            if value is None:
                return None
            out += value
        else:
            out.append(token)
        if len(out) > _MOST_TOKENS:
            return None
    return out


def _variable(token: Token, custom: Custom, depth: int) -> list[Token] | None:
    name = next((part.value for part in token.arguments if part.type == "ident"), "")
    if name in custom:
        return _filled(custom[name], custom, depth + 1)
    comma = next((at for at, part in enumerate(token.arguments) if part.type == "literal" and part.value == ","), None)
    return None if comma is None else _filled(token.arguments[comma + 1 :], custom, depth + 1)
