"""The chart of an indicator to take away: as SVG, as the rows that are plotted, and as a page that others may frame."""

from __future__ import annotations

from harvester.definitions.indicators import Indicator
from harvester.definitions.labels import LEVELS, SCOPE_PLURALS
from harvester.site.pages.indicator_page import find
from harvester.site.pages.indicator_series import NATION, Series, all_series, chart_line, chosen_series, quartiles
from harvester.site.parts.chart_file import standalone
from harvester.site.parts.charts import NARROW, WIDE
from harvester.site.parts.csv_file import csv_body, file_name
from harvester.site.parts.visit import Answer, FileAnswer, HtmlAnswer, PageNotFound, PageRequest

PLOTTED = ("year", "q1", "median", "q3", "n")
COLUMNS = (*PLOTTED, "indicator", "unit", "scope", "level", "place", "simulated")


def plotted(visit: PageRequest) -> tuple[Indicator, Series, list[tuple[object, ...]]]:
    """The indicator, the series that the address asks for, and its rows as COLUMNS. 404 where nothing can be drawn."""
    one = find(visit)
    population = visit.known.population
    every = all_series(visit, one, population)
    series = chosen_series(visit, every) if every else None
    rows = quartiles(visit, one, series, NATION, population) if series else []
    if series is None or not any(row["median"] is not None for row in rows):
        raise PageNotFound(visit.say("还没有足够的数可画。", "There are not enough figures to draw."))
    unit = "share" if one.is_rate else "count"
    beside = (one.id, unit, series.scope, series.level, NATION, population)
    return one, series, [(*(row[name] for name in PLOTTED), *beside) for row in rows]


def chart_csv(visit: PageRequest) -> Answer:
    """Exactly what is plotted: a year without a median has its n and nothing else."""
    one, series, rows = plotted(visit)
    return csv_body(file_name(visit, f"{one.id}-{series.scope}-{series.level}"), COLUMNS, rows)


def chart_svg(visit: PageRequest) -> Answer:
    one, series, rows = plotted(visit)
    line = chart_line(visit, one, [dict(zip(COLUMNS, row, strict=True)) for row in rows])
    title = mark(visit) + visit.say(one.zh, one.en)
    text = standalone(line, WIDE, title, [about(visit, series), source(visit, one)])
    return FileAnswer(text, "image/svg+xml; charset=utf-8")


def mark(visit: PageRequest) -> str:
    return visit.say("［模拟 SIMULATED］", "[SIMULATED] ") if visit.known.population else ""


def about(visit: PageRequest, series: Series) -> str:
    """What the medians are taken over."""
    over = f"{visit.say(*SCOPE_PLURALS[series.scope])} · {visit.say(*LEVELS[series.level])}"
    return visit.say(f"{over}；中位数与四分位区间，n 为机关数", f"{over}; median and quartiles, n: number of bodies")


def source(visit: PageRequest, one: Indicator) -> str:
    """The line without which a chart must not travel: whose it is, of when, and where it can be looked up."""
    day = visit.known.published_at[:10]
    address = f"{visit.origin}{visit.say.href('/indicators/' + one.id)}"
    return visit.say(f"来源：政务公开年报档案，数据截至 {day}，{address}",
                     f"Source: Disclosure Reports Archive, data as of {day}, {address}")  # fmt: skip


def embed(visit: PageRequest) -> Answer:
    """A page that holds the chart alone: the only one that other sites may put into a frame."""
    one, series, rows = plotted(visit)
    line = chart_line(visit, one, [dict(zip(COLUMNS, row, strict=True)) for row in rows])
    context = {
        "one": one,
        "about": about(visit, series),
        "source": source(visit, one),
        "drawn": (line.draw(WIDE, "w"), line.draw(NARROW, "s")),
        "mark": mark(visit),
    }
    return HtmlAnswer("embed.html", context)
