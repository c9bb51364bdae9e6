"""What an address on a page depends on: its base, charset and scripts, and the elements that they mean. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import cached_property, lru_cache

from cssselect import SelectorError
from lxml import etree, html

from spiders.pages.fetch import absolute
from spiders.scripts.program import Program
from spiders.scripts.values import Function


@dataclass
class Ground:
    """What an address on a page depends on: `base`, the page's `charset`, its scripts, and its `tree` for forms."""

    base: str
    charset: str = "utf-8"
    program: Program = dataclass_field(default_factory=lambda: Program(()))
    tree: html.HtmlElement | None = None
    is_piece: bool = False

    @property
    def address(self) -> str:
        """The page's own address, to which a form without an action is sent."""
        return self.program.address or self.base

    def join(self, href: str) -> str | None:
        """`href` as an absolute address, None for what is none."""
        return absolute(self.base, href, self.charset)

    @cached_property
    def bound(self) -> dict[html.HtmlElement, list[Function]]:
        """Elements to which the page's script gives a handler of clicks."""
        found: dict[html.HtmlElement, list[Function]] = {}
        clicks = any("click" in source or "change" in source for source in self.program.sources)
        binds = [effect for effect in self.program.effects if effect.kind == "bind"] if clicks else []
        for effect in binds:
            for element in self._meant(str(effect.value)):
                found.setdefault(element, []).append(effect.more)
        return found

    def _meant(self, selector: str) -> list[html.HtmlElement]:
        """What a selector means here; of a piece the first parts of it may stand in the page around it."""
        found, parts = matching(self.tree, selector), selector.split()
        while self.is_piece and not found and len(parts) > 1:
            parts = parts[1:]
            found = matching(self.tree, " ".join(parts))
        return found


def matching(tree: html.HtmlElement | None, selector: str) -> list[html.HtmlElement]:
    """The elements that a selector means; none for what is no CSS (jQuery's own forms)."""
    if tree is None:
        return []
    find = _compiled(re.sub(r"^(?:document|window)\s+|:(?:first|last|eq\(\d+\)|visible)\b", "", selector).strip())
    found = [] if find is None else find(tree)
    return found if isinstance(found, list) else []


@lru_cache(maxsize=2_000)
def _compiled(selector: str) -> etree.XPath | None:
    from lxml.cssselect import CSSSelector

    try:
        return CSSSelector(selector, translator="html")
    except (SelectorError, etree.XPathError):
        return None
