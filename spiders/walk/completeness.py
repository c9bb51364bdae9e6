"""What each list of a visit came to, for the account and the ledger: never more than is proven."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from spiders.pages.entry import Declared
from spiders.walk.account import WalkedList
from spiders.walk.columns import ListPage
from spiders.walk.floods import MOST_LEFT
from spiders.walk.list_walk import ListWalk
from spiders.walk.visitor import Visitor

_ASIDE = "a box on a page that is no column of annual reports"


class Completeness:
    """Records lists. `left`: items that may be reports and were not asked for, by column.

    A box of reports on a menu (the newest three under 年报, with 更多 beside it) has an end and is not the list: where
    it counted as complete, every other report would be called missing. It is told of only where there is no other list.
    """

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.left: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
        self._asides: list[WalkedList] = []
        self._has_columns = False

    def record(self, column: ListPage, walk: ListWalk, verdict: str) -> None:
        """A list has been walked to its end, or as far as it went."""
        for chain in walk.chains:
            if chain.flood is not None:
                self.visitor.flood(chain.flood, column.fetch.url, chain.account())
        left = self.left.pop(column.breadcrumb, [])
        if len(left) > MOST_LEFT:
            verdict = "short"
            self.visitor.flood("MOST_LEFT", column.fetch.url, f"{len(left)} items that were not asked for")
        row = WalkedList(
            column.fetch.url,
            column.breadcrumb,
            verdict,
            walk.account(),
            len(walk.items),
            walk.declared,
            self.visitor.options.whole,
            tuple(left[:MOST_LEFT]),
        )
        told = walk.told or f"{len(walk.items)} items plainly"
        self.visitor.account.path.append(f"{column.breadcrumb} (by {column.fetch.found_by}; {told})")
        self._has_columns = self._has_columns or column.annual
        if verdict == "complete" and not column.annual and walk.declared.items is None:
            self._asides.append(replace(row, ended="unknown", why=f"{row.why}; {_ASIDE}"))
            return
        self.visitor.account.list_walked(row)
        if verdict in ("short", "over"):
            self.visitor.event(f"list_{verdict}", column.fetch.url, row.why)

    def not_had(self, column: ListPage) -> None:
        """The page of a column was not to be had: it is not known what it holds."""
        why, whole = "its page was not to be had", self.visitor.options.whole
        row = WalkedList(column.fetch.url, column.breadcrumb, "short", why, 0, Declared(), whole)
        self.visitor.account.list_walked(row)

    def settle(self) -> None:
        """At the end of the visit: boxes count where no column of annual reports was found."""
        for row in () if self._has_columns else self._asides:
            self.visitor.account.list_walked(row)
