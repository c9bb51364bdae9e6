"""Table heads: what a link in a table is called by its row and its column, where its own text says nothing. Pure.

Portals print agencies × years with 查看 or 下载 in every cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

SILENT = re.compile(
    r"^(?:(?:点击|在线)?(?:查看|浏览|打开|阅读|下载|进入)(?:全文|详情|详细|内容|附件|报告|年报)?|详情|详细|全文|链接|附件|更多信息|[√●○▲★■]|\[?[A-Za-z]{3,5}\]?)?$"
)
_YEAR = re.compile(r"20[0-3]\d")
_NAME = re.compile(r"[\u4e00-\u9fff]{2}")


def heads(anchor: html.HtmlElement) -> str:
    """The texts that stand at the head of the row and of the column of `anchor`; empty outside of tables."""
    cell = next(anchor.iterancestors("td", "th"), None)
    row = next(anchor.iterancestors("tr"), None)
    table = next(anchor.iterancestors("table"), None)
    if cell is None or row is None or table is None:
        return ""
    beside = next((text for other in row if other is not cell and _is_head(text := _text(other))), "")
    wanted, place = (_NAME if _YEAR.search(beside) else _YEAR), _place(row, cell)
    above = next((text for text in _above(table, row, place) if wanted.search(text)), "")
    return above + beside if wanted is _NAME else beside + above


def _above(table: html.HtmlElement, row: html.HtmlElement, place: int) -> Iterator[str]:
    """The texts over a cell of `row`, from the top."""
    for other in table.iter("tr"):
        if other is row:
            return
        yield _at(other, place)


def _is_head(text: str) -> bool:
    return bool(_YEAR.search(text) or _NAME.search(text)) and not SILENT.match(text)


def _place(row: html.HtmlElement, cell: html.HtmlElement) -> int:
    """How many columns stand before `cell`."""
    before = 0
    for other in row:
        if other is cell:
            break
        before += _span(other)
    return before


def _at(row: html.HtmlElement, place: int) -> str:
    """The text of the cell at a place of the first row, empty where that holds links: it is no head then."""
    for cell in row:
        if place < (width := _span(cell)):
            return "" if cell.find(".//a") is not None else _text(cell)
        place -= width
    return ""


def _span(cell: html.HtmlElement) -> int:
    span = cell.get("colspan") or ""
    return int(span) if span.isdigit() and 0 < int(span) < 100 else 1


def _text(cell: html.HtmlElement) -> str:
    return re.sub(r"\s+", "", "".join(cell.itertext()))
