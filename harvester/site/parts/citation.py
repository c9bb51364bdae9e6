"""How to cite one report and one number of it: what is printed, where, which bytes, when archived, read by what."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from harvester.definitions import gloss
from harvester.site.parts.cells import STATES, CellView
from harvester.site.parts.visit import PageRequest


@dataclass(frozen=True, slots=True)
class Citation:
    """`address` is pinned to the bytes by their sha256."""

    text: str
    address: str


def report_citation(visit: PageRequest, report: sqlite3.Row, edition: sqlite3.Row) -> Citation:
    """The report in the edition shown."""
    address = _address(visit, report, edition)
    return Citation(f"{_head(visit, report)} {_source(visit, edition)} {address}", address)


def cell_citation(visit: PageRequest, report: sqlite3.Row, edition: sqlite3.Row, cell: CellView) -> Citation:
    """One number: the cell, what it prints, what is known of it, and the address that shows it."""
    say = visit.say
    name = say(*gloss.cell_name(*cell.key.split("/")))
    if cell.state in ("number", "text", "none_text", "dash", "slash"):
        printed = say(f"“{name}”印作“{cell.shown}”", f"{name}: printed “{cell.shown}”")
    else:
        printed = say(f"“{name}”：{STATES[cell.state][0]}", f"{name}: {STATES[cell.state][1]}")
    if cell.bad or cell.in_failed_identity:
        printed += say("，处在不符的勾稽关系中", ", in an identity that fails")
    if cell.implied is not None:
        printed += say(f"，推算 {cell.implied}", f", implied {cell.implied}")
    if cell.corrected is not None:
        printed += say(f"，人工更正 {cell.corrected}", f", corrected to {cell.corrected}")
    place = say(f"（原件第{cell.page}页）", f" (page {cell.page})") if cell.page else ""
    address = _address(visit, report, edition, cell=cell.dotted)
    stop = say("。", ".")
    return Citation(f"{_head(visit, report)} {printed}{place}{stop} {_source(visit, edition)} {address}", address)


def _head(visit: PageRequest, report: sqlite3.Row) -> str:
    title = report["title"] or f"{report['year'] or ''}年政府信息公开工作年度报告"
    mark = visit.say("［模拟 SIMULATED］", "[SIMULATED] ") if report["simulated"] else ""
    return f"{mark}{report['agency_name']}. {title}. {report['published_on'] or 'n.d.'}."


def _source(visit: PageRequest, edition: sqlite3.Row) -> str:
    told: Mapping[str, Any] = dict(edition)
    day, version = (told["first_seen_at"] or "")[:10], f"{told['method']} {told['extractor_version']}"
    return visit.say(
        f"政务公开年报档案，{day} 存档，抄录程序 {version}，sha256 {told['sha256']}.",
        f"Disclosure Reports Archive, archived {day}, read by {version}, sha256 {told['sha256']}.",
    )


def _address(visit: PageRequest, report: sqlite3.Row, edition: sqlite3.Row, **query: str) -> str:
    return visit.origin + visit.say.href(f"/reports/{report['id']}", **query, v=edition["sha256"][:12])
