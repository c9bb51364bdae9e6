"""Search: year words become a filter, exact names come first, then full text with snippets and facets."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from harvester.site import gloss
from harvester.site.facts import facts
from harvester.site.pages.labels import SCOPES
from harvester.site.search import match, snippet
from harvester.site.visit import Answer, Body, Page, Visit

PAGE = 20
YEAR = re.compile(r"(?<!\d)(20[0-3]\d)\s*年?度?(?!\d)")
FACETS = {"year": "r.year", "province": "r.province", "scope": "r.scope", "form": "r.form"}
NOTHING: Mapping[str, Any] = {"hits": [], "total": 0, "facets": {}}
MOST_FACETED = 20_000
"""Facets are counted over so many best hits at most; above it the page says so."""


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed, resolved: `words` without the year, `year` from the text or the filter."""

    text: str
    words: str
    year: int | None


def resolve(visit: Visit) -> Question:
    text = visit.arg("q")[:200]
    given = visit.number("year")
    found = YEAR.search(text)
    alone = text[: found.start()] + " " + text[found.end() :] if found else text
    if found and alone.strip() and given is None:
        return Question(text, " ".join(alone.split()), int(found[1]))
    if found and not alone.strip() and given is None:
        return Question(text, "", int(found[1]))
    return Question(text, text, given)


def search(visit: Visit) -> Answer:
    known = facts(visit.db)
    question = resolve(visit)
    page = visit.number("page", 1) or 1
    found = _reports(visit, question, page) if question.text else dict(NOTHING)
    direct = _direct(visit, question) if question.words else {"agencies": [], "places": []}
    shown = [*found["hits"], *direct["agencies"]]
    context = {
        "q": question.text,
        "question": question,
        "page": page,
        "size": PAGE,
        "scopes": SCOPES,
        "forms": gloss.forms(),
        "near": _near(visit, question) if question.text and not found["total"] and not direct["agencies"] else [],
        "chosen": {name: visit.arg(name) for name in FACETS},
        "simulated": known.only_simulated or any(row["simulated"] for row in shown),
    }
    return Page("search.html", context | found | direct)


def _filters(visit: Visit, question: Question) -> tuple[str, list[object]]:
    clauses, values = list[str](), list[object]()
    for name, column in FACETS.items():
        value: object = question.year if name == "year" else visit.arg(name)
        if value:
            clauses.append(f" and {column} = ?")
            values.append(value)
    return "".join(clauses), values


def _reports(visit: Visit, question: Question, page: int) -> dict[str, Any]:
    filters, values = _filters(visit, question)
    expression = match(question.words)
    if question.words and not expression:
        return dict(NOTHING)
    source = (
        "search_index s join reports r on r.id = s.rowid where s.search_index match ?"
        if expression
        else "reports r where 1"
    )
    given: list[object] = [expression] if expression else []
    order = "bm25(search_index, 10, 8, 1)" if expression else "r.year desc, r.id"
    total = visit.count(f"select count(*) from {source}{filters}", *given, *values)
    rows = visit.all(
        f"select r.* from {source}{filters} order by {order} limit ? offset ?", *given, *values, PAGE, (page - 1) * PAGE
    )
    hits = [dict(row) | {"snippet": _snippet(visit, row, question.words)} for row in rows]
    return {"hits": hits, "total": total, "facets": _facets(visit, source + filters, [*given, *values])}


def _facets(visit: Visit, source: str, values: Sequence[object]) -> dict[str, list[dict[str, Any]]]:
    """The commonest values of each facet among the hits, from one pass over them; years newest first."""
    rows = visit.all(f"select {', '.join(FACETS.values())} from {source} limit {MOST_FACETED}", *values)
    found: dict[str, list[dict[str, Any]]] = {}
    for at, name in enumerate(FACETS):
        counted = Counter(row[at] for row in rows if row[at] is not None).most_common(12)
        if name == "year":
            counted.sort(reverse=True)
        found[name] = [{"value": value, "n": n} for value, n in counted]
    return found


def _snippet(visit: Visit, row: sqlite3.Row, words: str) -> Markup:
    sections = visit.all(
        "select heading, text from sections where edition_id = ? order by position", row["current_edition_id"]
    )
    return snippet("\n".join(f"{s['heading'] or ''}\n{s['text'] or ''}" for s in sections), words)


def _direct(visit: Visit, question: Question) -> dict[str, Any]:
    """Bodies and places whose name is, or begins with, what was typed."""
    name = question.words.replace(" ", "")
    agencies = visit.all(
        "select * from agencies where name = ? or name glob ? order by name != ?, length(name), id limit 6",
        name,
        _prefix(name),
        name,
    )
    places = visit.all(
        "select code, name, province, max(valid_from) from divisions where name = ? or name glob ? group by code"
        " order by name != ?, code limit 6",
        name,
        _prefix(name),
        name,
    )
    return {"agencies": agencies if len(name) > 1 else [], "places": places if len(name) > 1 else []}


def _prefix(name: str) -> str:
    """A GLOB for names that begin so; its own wildcards are taken literally."""
    return re.sub(r"([*?\[])", r"[\1]", name) + "*"


def _near(visit: Visit, question: Question) -> list[sqlite3.Row]:
    """Bodies whose names share the first two characters."""
    start = question.words.replace(" ", "")[:2]
    return (
        visit.all("select * from agencies where name glob ? order by length(name), id limit 6", _prefix(start))
        if start
        else []
    )


def search_json(visit: Visit) -> Answer:
    question = resolve(visit)
    page = visit.number("page", 1) or 1
    found = _reports(visit, question, page) if question.text else dict(NOTHING)
    hits = [{**hit, "snippet": str(hit["snippet"])} for hit in found["hits"]]
    answer = {
        "q": question.text,
        "year": question.year,
        "total": found["total"],
        "page": page,
        "hits": hits,
        "facets": found["facets"],
    }
    return Body(json.dumps(answer, ensure_ascii=False), "application/json; charset=utf-8")
