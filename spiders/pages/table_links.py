"""Table heads: what a link in a table is called by its row and its column, where its own text says nothing. Pure.

Portals print agencies × years with 查看 or 下载 in every cell.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import html

from parsers.printed.agency_words import is_group
from spiders.words.agencies import is_agency
from spiders.words.numbers import whole

SILENT = re.compile(
    r"^(?:(?:点击|在线)?(?:查看|浏览|打开|阅读|下载|进入)(?:全文|详情|详细|内容|附件|报告|年报)?|详情|详细|全文|链接|附件|更多信息|[√●○▲★■]|\[?[A-Za-z]{3,5}\]?)?$"
)
_YEAR = re.compile(r"20[0-3]\d")
_WIDEST = 100
"""Columns or rows of the widest head."""
_NAME = re.compile(r"[\u4e00-\u9fff]{2}")


def heads(anchor: html.HtmlElement) -> str:
    """The texts that stand at the head of the row and of the column of `anchor`; empty outside of tables.

    Spans count: before the agencies may stand a column of groups, each over several rows, and after them a state.
    """
    cell = next(anchor.iterancestors("td", "th"), None)
    table = next(anchor.iterancestors("table"), None)
    if cell is None or table is None:
        return ""
    grid = _grid(table)
    place = next((place for place, held in grid.items() if held is cell), None)
    if place is None:
        return ""
    row, column = place
    width = 1 + max((at for line, at in grid if line == row), default=0)
    texts = [_head(grid.get((row, at))) for at in range(width) if grid.get((row, at)) is not cell]
    named = [text for text in texts if _is_head(text)]
    beside = next((text for text in named if is_agency(text) and not is_group(text)), next(iter(named), ""))
    wanted = _NAME if _YEAR.search(beside) else _YEAR
    above = next((text for line in range(row) if wanted.search(text := _head(grid.get((line, column))))), "")
    return above + beside if wanted is _NAME else beside + above


@lru_cache(maxsize=4)
def _grid(table: html.HtmlElement) -> dict[tuple[int, int], html.HtmlElement]:
    """The cells of a table by row and column, each at every place that it spans."""
    grid: dict[tuple[int, int], html.HtmlElement] = {}
    for line, row in enumerate(one for one in table.iter("tr") if next(one.iterancestors("table")) is table):
        at = 0
        for cell in row.iterchildren("td", "th"):
            while (line, at) in grid:
                at += 1
            for down in range(_span(cell, "rowspan")):
                for right in range(_span(cell, "colspan")):
                    grid[line + down, at + right] = cell
    return grid


def _head(cell: html.HtmlElement | None) -> str:
    """The text of a cell, empty where it holds links: it is no head then."""
    return "" if cell is None or cell.find(".//a") is not None else _text(cell)


def _is_head(text: str) -> bool:
    return bool(_YEAR.search(text) or _NAME.search(text)) and not SILENT.match(text)


def _span(cell: html.HtmlElement, name: str) -> int:
    span = whole(cell.get(name)) or 1
    return span if span < _WIDEST else 1


def _text(cell: html.HtmlElement) -> str:
    return re.sub(r"\s+", "", "".join(cell.itertext()))
