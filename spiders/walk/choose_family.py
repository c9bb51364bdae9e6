"""Which family reads a page: the registry's word, the page's own signs, and what happens when they disagree."""

from __future__ import annotations

from spiders.families import fingerprint
from spiders.families.family import Family, family
from spiders.pages.page import Page
from spiders.walk.visitor import Visitor

RELATIVES = ({"gkmlpt", "nfcms"}, {"hanweb", "jpaas"})
"""Systems that share portals: a catalogue beside its columns, the old beside the new."""


class Families:
    """The families of one portal. A page that shows another system's signs is read as what it is, with an event."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.name = visitor.portal.family
        self.configured = family("generic" if self.name == "auto" else self.name)
        self._reported = False

    def of(self, page: Page, *, at_start: bool = False) -> Family:
        """The family that reads the list at `page`. Only a start page tells that the portal has changed its system:
        deeper down, columns of other make are nothing unusual."""
        signs = fingerprint.families(page.text, page.url)
        if self.name == "auto":
            self.visitor.account.family = signs[0] if signs else self.visitor.account.family or "generic"
            return family(self.visitor.account.family)
        self.visitor.account.family = self.visitor.account.family or self.name
        if not signs or self.name in (*signs, "generic", "browser"):
            return self.configured
        if at_start and not self._reported and {self.name, signs[0]} not in RELATIVES:
            self._reported = True
            self.visitor.event("layout_changed", page.url, f"registered as {self.name}, looks like {signs[0]}")
        return family(signs[0])
