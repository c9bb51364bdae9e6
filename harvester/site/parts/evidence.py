"""The right-hand side of a report: the page image with its outline, or a frame with the archived page."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Set
from dataclasses import dataclass
from urllib.parse import urlencode

from harvester.site.parts.cells import CellView
from harvester.site.parts.visit import PageRequest

A4 = (595.3, 841.9)


@dataclass(frozen=True, slots=True)
class Outline:
    """A box over the page image in percent of its size, so that any scale works."""

    left: float
    top: float
    width: float
    height: float

    @property
    def style(self) -> str:
        return f"left:{self.left:.2f}%;top:{self.top:.2f}%;width:{self.width:.2f}%;height:{self.height:.2f}%"


@dataclass(frozen=True, slots=True)
class Pane:
    """`kind` is `page` (an image) or `frame` (archived HTML, Word, text). Sizes in points."""

    kind: str
    base: str
    page: int = 1
    pages: int = 1
    width: float = A4[0]
    height: float = A4[1]
    outline: Outline | None = None
    frame: str = ""
    member: str = ""
    sizes: str = "{}"
    """Page -> [width, height] of the pages that hold cells, as JSON: pages of one document may differ."""

    @property
    def image(self) -> str:
        return f"{self.base}/pages/{self.page}.png{self.member}"


def pane(visit: PageRequest, edition: sqlite3.Row, cells: Mapping[str, CellView], chosen: CellView | None) -> Pane:
    base = f"/documents/{edition['sha256']}"
    member = {"member": edition["member"]} if edition["member"] else {}
    if any(cell.page for cell in cells.values()) or edition["format"] in ("pdf", "ofd", "image"):
        with_cells = {cell.page for cell in cells.values() if cell.page}
        return _paged(visit, edition["sha256"], base, _query(member), chosen, with_cells)
    path = {"path": chosen.path} if chosen and chosen.path else {}
    return Pane("frame", base, frame=f"{base}/html{_query(member | path)}#cell", member=_query(member))


def _query(values: Mapping[str, str]) -> str:
    return f"?{urlencode(values)}" if values else ""


def _paged(
    visit: PageRequest, sha256: str, base: str, member: str, chosen: CellView | None, with_cells: Set[int]
) -> Pane:
    sizes = {row["page"]: row for row in visit.all("select * from document_pages where sha256 = ?", sha256)}
    number = chosen.page if chosen and chosen.page else 1
    size = sizes.get(number)
    width, height = (size["width"], size["height"]) if size else A4
    outline = over(chosen.box, width, height) if chosen and chosen.box else None
    shown = {page: [row["width"], row["height"]] for page, row in sizes.items() if page in with_cells}
    pages = max(len(sizes), number)
    return Pane("page", base, number, pages, width, height, outline, member=member, sizes=json.dumps(shown))


def over(
    box: tuple[float, float, float, float], width: float, height: float, origin: tuple[float, float] = (0, 0)
) -> Outline:
    """A box in points as percent of a page (or of a crop of it that begins at `origin`)."""
    x0, top, x1, bottom = box
    return Outline(
        100 * (x0 - origin[0]) / width,
        100 * (top - origin[1]) / height,
        100 * (x1 - x0) / width,
        100 * (bottom - top) / height,
    )
