"""One body: all its years side by side, small multiples, carry-over checked, findings, timeline."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from harvester.definitions import gloss
from harvester.definitions.figures import Figure, figures
from harvester.definitions.indicators import GREY_BELOW, SUPPRESS_BELOW, Indicator, indicators
from harvester.definitions.labels import SCOPES
from harvester.site.build.cell_marks import number
from harvester.site.pages.indicator_series import form_breaks
from harvester.site.parts.cells import STATES
from harvester.site.parts.charts import SMALL, ChartLine, Point
from harvester.site.parts.csv_file import csv_body
from harvester.site.parts.figure_cells import BESIDE, beside, figure_views
from harvester.site.parts.places import crumbs
from harvester.site.parts.visit import Answer, HtmlAnswer, PageNotFound, PageRequest

MARKS = {"main": "k", "plain": "", "part": "i"}
"""How a line of the table is set: k for a heading figure, i for an indented part."""
SHRUNK, GROWN = 0.67, 1.5
"""A watched figure is mentioned when it falls by a third or rises by half …"""
FEWEST_BEFORE = 20
"""… from at least so many: below, a few requests more or less say nothing."""


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate of one year: text, its n, grey where there are few cases."""

    text: str
    n: str | None = None
    grey: bool = False


@dataclass(frozen=True, slots=True)
class YearColumn:
    """One year of the table: its report, or the ledger entry that says why there is none."""

    year: int
    report: sqlite3.Row | None
    entry: sqlite3.Row | None

    @property
    def form(self) -> str:
        return self.report["form"] if self.report is not None else ""


def agency(visit: PageRequest) -> Answer:
    row = find(visit)
    reports = years_of(visit, row["id"])
    entries = visit.all("select l.*, c.url, c.http_status, c.sha256 from ledger l left join captures c on"
                        " c.id = l.evidence_capture_id where l.agency_id = ? order by l.year", row["id"])  # fmt: skip
    values = visit.all(
        "select v.* from indicator_values v join reports r on r.id = v.report_id where r.agency_id = ?", row["id"]
    )
    rates = {(v["report_id"], v["indicator"]): v for v in values}
    findings = visit.all(
        "select * from findings_public where agency_id = ? order by year desc, severity, code", row["id"]
    )
    columns = _columns(reports, entries)
    views = figure_views(visit.db, reports, rows())
    return HtmlAnswer(
        "agency.html",
        {
            "agency": row,
            "latin": row["name_en"],
            "scope": SCOPES.get(row["kind"] or ""),
            "crumbs": crumbs(visit, row["division_code"]),
            "successor": visit.one("select * from agencies where id = ?", row["successor_id"]),
            "predecessors": visit.all("select * from agencies where successor_id = ?", row["id"]),
            "columns": columns,
            "forms": [(form, len(list(same))) for form, same in groupby(columns, key=lambda c: c.form)],
            "known_forms": gloss.forms(),
            "years": sorted({report["year"] for report in reports}),
            "absent": [column.entry for column in columns if column.report is None],
            "refusals": refusals(visit, row) if any(entry["status"] == "blocked" for entry in entries) else [],
            "table": [(f, MARKS[f.agency_row], [views[c.report["id"]][f.name] if c.report is not None else None
                                                for c in columns]) for f in rows()],
            "states": STATES,
            "rates": [(i, [_rate(c.report, rates, i.id) for c in columns]) for i in indicators().values()
                      if i.agency_row],
            "multiples": [_multiple(visit, reports, rates, one) for one in charted()],
            "findings": findings,
            "watched": [(figure, changes(reports, figure.name)) for figure in figures().values() if figure.watched],
            "carried": carried(reports),
            "timeline": visit.all(
                "select c.outcome, max(c.fetched_at) as fetched_at, max(c.http_status) as http_status, r.year,"
                " r.id as report_id, group_concat(distinct e.format) as formats from captures c join editions e on"
                " e.sha256 = c.sha256 join reports r on r.id = e.report_id where r.agency_id = ? and"
                " c.outcome != 'unchanged' group by r.id, c.outcome, substr(c.fetched_at, 1, 10)"
                " order by substr(max(c.fetched_at), 1, 10) desc, r.year desc limit 20", row["id"]),
            "simulated": bool(row["simulated"]),
        },
    )  # fmt: skip


def refusals(visit: PageRequest, agency: sqlite3.Row) -> list[sqlite3.Row]:
    """What came in place of the pages of a portal that is blocked, by kind, newest first."""
    return visit.all(
        "select kind, detail, url, max(at) as at, count(*) as times from events where portal_id = ? group by kind"
        " order by 4 desc limit 4",
        agency["portal_id"],
    )


def find(visit: PageRequest) -> sqlite3.Row:
    row = visit.one("select * from agencies where id = ?", int(visit.parts["id"]))
    if row is None:
        raise PageNotFound(visit.say("没有这个机关。", "There is no such body."))
    return row


def years_of(visit: PageRequest, agency_id: int) -> list[sqlite3.Row]:
    """Its reports with their figures, oldest first."""
    return visit.all(
        "select r.*, f.* from reports r left join figures f on f.report_id = r.id where r.agency_id = ?"
        " and r.current_edition_id is not null order by r.year, r.id",
        agency_id,
    )


def _columns(reports: Sequence[sqlite3.Row], entries: Sequence[sqlite3.Row]) -> list[YearColumn]:
    """Every year that has a report or a ledger entry, in order; two reports of one year stand side by side."""
    by_year = {entry["year"]: entry for entry in entries}
    found = [YearColumn(report["year"], report, by_year.get(report["year"])) for report in reports]
    have = {column.year for column in found}
    found += [YearColumn(year, None, entry) for year, entry in by_year.items() if year not in have]
    return sorted(found, key=lambda column: column.year)


def rows() -> list[Figure]:
    """The lines of the table, in order."""
    return [figure for figure in figures().values() if figure.agency_row]


def charted() -> list[Figure | Indicator]:
    """What has a small chart, in order."""
    every: list[Figure | Indicator] = [*figures().values(), *indicators().values()]
    return sorted((one for one in every if one.agency_chart), key=lambda one: one.agency_chart)


def _rate(report: sqlite3.Row | None, rates: Mapping[tuple[int, str], sqlite3.Row], name: str) -> Rate | None:
    """A rate with its denominator; suppressed under ten, grey under thirty, † when an input fails a check."""
    if report is None:
        return None
    value = rates.get((report["id"], name))
    if value is None or not value["denominator"] or value["denominator"] < 0:
        return Rate("—")
    n = value["denominator"]
    mark = " †" if value["tainted"] else ""
    if n < SUPPRESS_BELOW:
        return Rate("—", n=f"n={n}{mark}", grey=True)
    return Rate(f"{100 * value['numerator'] / n:.1f}%", n=f"n={n}{mark}", grey=n < GREY_BELOW)


def _multiple(
    visit: PageRequest,
    reports: Sequence[sqlite3.Row],
    rates: Mapping[tuple[int, str], sqlite3.Row],
    one: Figure | Indicator,
) -> dict[str, Any]:
    points = []
    for report in reports:
        label = str(report["year"])[2:]
        if isinstance(one, Indicator):
            found = rates.get((report["id"], one.id))
            enough = found is not None and found["denominator"] and found["denominator"] >= SUPPRESS_BELOW
            value = 100 * found["numerator"] / found["denominator"] if found is not None and enough else None
            n = found["denominator"] if found is not None else None
            points.append(Point(label, value, n, hollow=bool(n and n < GREY_BELOW)))
        else:
            value = number(report[one.name])
            points.append(Point(label, None if value is None else float(value)))
    say = visit.say
    title = say(one.zh, one.en)
    name, unit = (one.id, one.unit) if isinstance(one, Indicator) else (one.name, "")
    described = say("各年数字，见下表", "by year; figures in the table below")
    cuts = form_breaks([p.label for p in points])
    line = ChartLine(points, title, described, unit, cuts, 100 if unit else None, values=False, counts=False)
    return {"title": title, "unit": unit or say("件", ""), "svg": line.draw(SMALL, f"m-{name}")}


def carried(reports: Sequence[sqlite3.Row]) -> list[dict[str, Any]]:
    """Carried out last year against carried in this year, for neighbouring years that print both."""
    return [
        {"from": a["year"], "to": b["year"], "out": a["requests_carried_out"], "in": b["requests_carried_in"],
         "id": b["id"]}
        for a, b in pairwise(reports)
        if b["year"] == a["year"] + 1 and None not in (a["requests_carried_out"], b["requests_carried_in"])
    ]  # fmt: skip


def changes(reports: Sequence[sqlite3.Row], figure: str) -> list[dict[str, Any]]:
    """Years in which a figure changed by a rule, newest last: ratio, the two values and their reports."""
    found = []
    neighbours = [(a, b) for a, b in pairwise(reports) if b["year"] == a["year"] + 1]
    for a, b in neighbours:
        before, after = a[figure], b[figure]
        if (
            not isinstance(before, int)
            or not isinstance(after, int)
            or before < FEWEST_BEFORE
            or b["year"] != a["year"] + 1
        ):
            continue
        ratio = after / before
        if not SHRUNK < ratio < GROWN:
            found.append({"before": a, "after": b, "values": (before, after), "ratio": ratio})
    return found


HEAD = ("report_id", "agency_name", "division_code", "year", "scope", "form")
TAIL = ("level", "checks_failed", "balance_status", "is_current", "simulated")


def agency_csv(visit: PageRequest) -> Answer:
    """Its figures by year; behind them the report's standing, then what is known of each figure."""
    row = find(visit)
    reports = years_of(visit, row["id"])
    views = figure_views(visit.db, reports, rows())
    names = [figure.name for figure in rows()]
    lines = []
    for report in reports:
        told = dict(report) | {"report_id": report["id"], "is_current": 1}
        marks = [beside(views[report["id"]][name]) for name in names]
        values = [told[name] for name in (*HEAD, *names, *TAIL)]
        lines.append((*values, *(mark[n] for n in range(len(BESIDE)) for mark in marks)))
    columns = (*HEAD, *names, *TAIL, *(f"{name}__{word}" for word in BESIDE for name in names))
    return csv_body(f"agency-{row['id']}.csv", columns, lines)
