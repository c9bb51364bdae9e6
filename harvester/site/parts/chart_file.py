"""A chart as a file of its own: its style, its title and the line that says where it comes from, inside the SVG."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files

from harvester.site.parts.charts import ChartLine, Frame

_TITLE, _LINE, _EDGE = 34, 18, 12
"""Height of the title and of a line below the chart, and the free edge, in SVG units."""


@cache
def style() -> str:
    """The rules of site.css for charts, with the colours themselves in the place of their names."""
    text = files("harvester.site").joinpath("static", "site.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--([a-z0-9]+):([^;}]+)", text.partition("\n")[0]))
    rules = re.findall(r"^\.chart .*$", text, re.MULTILINE)
    plain = "\n".join(rule.removeprefix(".chart ") for rule in rules)
    return re.sub(r"var\(--([a-z0-9]+)\)", lambda found: colours[found[1]], plain)


def standalone(line: ChartLine, frame: Frame, title: str, below: Sequence[str]) -> str:
    """`below`: what the chart is of, and its source, line by line."""
    drawn = re.sub(r"^<svg[^>]*>|</svg>$", "", str(line.draw(frame, "c")))
    height = _TITLE + frame.height + _LINE * len(below) + _EDGE
    lines = "".join(
        f'<text x="{_EDGE}" y="{_TITLE + frame.height + _LINE * number:g}" class="n">{escape(text)}</text>'
        for number, text in enumerate(below, 1)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{frame.width:g}" height="{height:g}"'
        f' viewBox="0 0 {frame.width:g} {height:g}" role="img" aria-labelledby="c-t c-d"'
        f" font-family=\"system-ui, 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif\">"
        f"<style>{style()}\n.head{{font-size:17px;font-weight:700}}</style>"
        f'<rect width="100%" height="100%" fill="#fff"/><text x="{_EDGE}" y="24" class="head">{escape(title)}</text>'
        f'<g transform="translate(0 {_TITLE})">{drawn}</g>{lines}</svg>'
    )
