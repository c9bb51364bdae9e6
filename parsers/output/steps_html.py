"""The steps of a document as one self-contained page: grids as tables, pages with lines, words and cells over them."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import pairwise

from parsers.content import Box, Unreadable
from parsers.extract import Extraction
from parsers.formats.page_image import page_sheets, render_page
from parsers.formats.paged.glyphs import GAP, Glyph, around, lines_of
from parsers.formats.paged.sheet import Sheet
from parsers.output.steps import Step, reason, steps
from parsers.output.steps_grids import GridStep
from parsers.output.wanted import EVERYTHING, Wanted
from parsers.report import ReportCell
from parsers.trace import Trace

SCALE = 1.6
"""Pixels a point of the pictures of pages: letters of ten points can be read."""
MOST_PAGES = 30
"""Pages that are drawn; an annual report has ten."""
MOST_OPEN = 40
"""Lines of a step up to which it is shown unfolded: one screen."""

STYLE = """
body{font:14px/1.5 sans-serif;margin:1.5em;max-width:1200px}h2{margin-top:2em}code,pre{font:12px/1.45 monospace}
pre{white-space:pre-wrap;background:#f5f5f2;padding:.6em}table{border-collapse:collapse;margin:.6em 0}
td{border:1px solid #999;padding:2px 6px;min-width:1.5em;vertical-align:top}td small{display:block;color:#555}
td.at{border:0;color:#888}.number{background:#dff2df}.blank{background:#eef}.unreadable{background:#f8d0e8}
.text,.dash,.slash,.none_text{background:#fdf0c8}svg{border:1px solid #999;width:100%;height:auto;margin:.5em 0}
.line{stroke:#d22;stroke-width:.8}.word{fill:none;stroke:#26c;stroke-width:.4}.cell{fill-opacity:.25;stroke:#393}
.cell.number{fill:#3a3}.cell.blank{fill:#66d}.cell.unreadable{fill:#d3a}.cell.text{fill:#da3}.cell.grid{fill:none}
"""


def page(source: str, data: bytes, extraction: Extraction, trace: Trace, wanted: Wanted = EVERYTHING) -> str:
    """The whole page."""
    parts = "".join(_step(step) for step in steps(data, extraction, trace, wanted))
    pictures = "".join(_pictures(data, extraction, trace))
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(source)}</title>'
        f"<style>{STYLE}</style></head><body><h1>{escape(source)}</h1>{parts}{pictures}</body></html>\n"
    )


def _step(step: Step) -> str:
    lines = f"<pre>{escape(chr(10).join(step.lines))}</pre>" if step.lines else ""
    grids = "".join(f"<h3>{escape(grid.caption)}</h3>{_grid(grid)}" for grid in step.grids)
    opened = "" if len(step.lines) > MOST_OPEN else " open"
    head = f"<h2>{escape(step.title)}</h2><p><code>{escape(step.module)}</code></p>"
    return f"{head}<details{opened}><summary>{len(step.lines)} lines</summary>{lines}</details>{grids}"


def _grid(grid: GridStep) -> str:
    rows: dict[int, list[str]] = {}
    for at, cell in sorted(enumerate(grid.table.cells), key=lambda one: (one[1].row, one[1].column)):
        if cell.row not in grid.lines:
            continue
        made = grid.became.get(at)
        spans = f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
        spans += f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
        became = f"<small>{escape(made.row)}.{escape(made.column)}</small>" if made else ""
        kind = made.state.value if made else "" if cell.readable else "unreadable"
        told = escape(reason(made), quote=True) if made else ""
        rows.setdefault(cell.row, [f'<td class="at">{cell.row}</td>']).append(
            f'<td class="{kind}" title="{told}"{spans}>{escape(cell.text)}{became}</td>'
        )
    drawn = ("".join(cells) for _, cells in sorted(rows.items()))
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in drawn)}</table>"


def _pictures(data: bytes, extraction: Extraction, trace: Trace) -> Iterator[str]:
    """Each page as a picture with what was found on it; nothing for documents without pages."""
    if not extraction.pages or not trace.comparisons:
        return
    chosen = trace.comparisons[-1].chosen
    cells = chosen.reading.cells if chosen else ()
    tables = trace.comparisons[0].first.tables
    sheets = {sheet.page.number: sheet for sheet in page_sheets(data, extraction.media_type)}
    yield "<h2>Pages: <span style='color:#d22'>lines</span>, <span style='color:#26c'>words</span>, cells</h2>"
    for one in extraction.pages[:MOST_PAGES]:
        try:
            picture = base64.b64encode(render_page(data, extraction.media_type, one.number, SCALE)).decode()
        except Unreadable as error:
            yield f"<p>page {one.number}: {escape(error.message)}</p>"
            continue
        grid = [c.place.box for t in tables for c in t.cells if c.place.page == one.number and c.place.box]
        over = [_box(box, "cell grid") for box in grid]
        over += [*_cells(cell for cell in cells if cell.place.page == one.number), *_drawn(sheets.get(one.number))]
        yield (
            f'<h3>page {one.number}</h3><svg viewBox="0 0 {one.width:g} {one.height:g}">'
            f'<image href="data:image/png;base64,{picture}" width="{one.width:g}" height="{one.height:g}"'
            f' preserveAspectRatio="none"/>{"".join(over)}</svg>'
        )


def _drawn(sheet: Sheet | None) -> Iterator[str]:
    if sheet is None:
        return
    for at, start, end in sheet.horizontal:
        yield f'<line class="line" x1="{start:.1f}" y1="{at:.1f}" x2="{end:.1f}" y2="{at:.1f}"/>'
    for at, start, end in sheet.vertical:
        yield f'<line class="line" x1="{at:.1f}" y1="{start:.1f}" x2="{at:.1f}" y2="{end:.1f}"/>'
    for line in lines_of(sheet.glyphs):
        for word in _words(line.glyphs):
            yield _box(around(word), "word", "".join(glyph.text for glyph in word))


def _words(line: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """The glyphs of a line, cut at the gaps that are read as spaces."""
    word = [line[0]]
    for before, glyph in pairwise(line):
        if glyph.x0 - before.x1 > GAP * (glyph.bottom - glyph.top):
            yield word
            word = []
        word.append(glyph)
    yield word


def _cells(cells: Iterable[ReportCell]) -> Iterator[str]:
    for cell in cells:
        if cell.place.box is not None:
            yield _box(cell.place.box, f"cell {cell.state.value}", f"{cell.key}: {cell.state.value} {reason(cell)}")


def _box(box: Box, kind: str, title: str = "") -> str:
    x0, top, x1, bottom = box
    told = f"<title>{escape(title)}</title>" if title else ""
    size = f'width="{max(x1 - x0, 0):.1f}" height="{max(bottom - top, 0):.1f}"'
    return f'<rect class="{kind}" x="{x0:.1f}" y="{top:.1f}" {size}>{told}</rect>'
