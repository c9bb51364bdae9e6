"""The citation of a report in the formats of reference managers: BibTeX, RIS, CSL-JSON."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import dataclass
from typing import Any

from harvester.site.pages.report_data import find
from harvester.site.parts.takedowns import refuse_if_taken_down
from harvester.site.parts.visit import Answer, FileAnswer, PageRequest


@dataclass(frozen=True, slots=True)
class _Source:
    key: str
    author: str
    title: str
    day: str
    url: str
    note: str

    @property
    def date_parts(self) -> list[int]:
        return [int(part) for part in self.day.split("-")] if re.fullmatch(r"\d{4}-\d\d-\d\d", self.day) else []


def bibtex(visit: PageRequest) -> Answer:
    """One ``@techreport``; braces and backslashes of printed names are escaped."""
    source = _source(visit)
    fields = {
        "author": f"{{{_escaped(source.author)}}}",
        "title": f"{{{_escaped(source.title)}}}",
        "institution": f"{{{_escaped(source.author)}}}",
        "year": source.day[:4],
        "url": source.url,
        "note": _escaped(source.note),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return _file(visit, f"@techreport{{{source.key},\n{lines}}}\n", "bib", "application/x-bibtex")


def ris(visit: PageRequest) -> Answer:
    """One ``RPRT`` record, lines ended as RIS wants them."""
    source = _source(visit)
    lines = [("TY", "RPRT"), ("AU", source.author), ("TI", source.title), ("PB", source.author)]
    lines += [("PY", source.day[:4]), ("DA", source.day.replace("-", "/"))] if source.date_parts else []
    lines += [("UR", source.url), ("N1", source.note), ("ER", "")]
    text = "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in lines)
    return _file(visit, text, "ris", "application/x-research-info-systems")


def csl(visit: PageRequest) -> Answer:
    """A list of one CSL-JSON item."""
    source = _source(visit)
    item: dict[str, Any] = {
        "id": source.key,
        "type": "report",
        "author": [{"literal": source.author}],
        "publisher": source.author,
        "title": source.title,
        "URL": source.url,
        "note": source.note,
        "language": "zh-CN",
    }
    if source.date_parts:
        item["issued"] = {"date-parts": [source.date_parts]}
    return _file(visit, json.dumps([item], ensure_ascii=False, indent=1), "csl.json", "application/json")


def _source(visit: PageRequest) -> _Source:
    """What is cited: the publisher's report, at the address of ours that is pinned to its bytes."""
    refuse_if_taken_down(visit, "report", visit.parts["id"])
    report, edition = find(visit)
    mark = "[SIMULATED 模拟站点] " if report["simulated"] else ""
    pinned = f"{visit.origin}/reports/{report['id']}?v={edition['sha256'][:12]}"
    archived = (edition["first_seen_at"] or "")[:10]
    note = (
        f"Disclosure Reports Archive, archived {archived}, sha256 {edition['sha256']}, {edition['extractor_version']}"
    )
    return _Source(
        key=f"disclosure-report-{report['id']}",
        author=report["agency_name"] or "n.a.",
        title=mark + _title(report),
        day=report["published_on"] or "",
        url=pinned,
        note=note,
    )


def _title(report: sqlite3.Row) -> str:
    return str(report["title"] or f"{report['year'] or ''}年政府信息公开工作年度报告")


def _escaped(text: str) -> str:
    return re.sub(r"([{}%#&_$\\])", r"\\\1", text)


def _file(visit: PageRequest, text: str, extension: str, media_type: str) -> FileAnswer:
    name = f"report-{visit.parts['id']}.{extension}"
    return FileAnswer(text, f"{media_type}; charset=utf-8", {"content-disposition": f'attachment; filename="{name}"'})
