"""Search: year words become a filter, exact names come first, then full text with snippets and facets."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from harvester.definitions import gloss
from harvester.definitions.labels import LEVELS, SCOPES
from harvester.site.build.search import match, snippet
from harvester.site.pages.search_direct import direct, near, variants, without_report
from harvester.site.pages.search_hits import PAGE, counted, is_ranked, page_of_hits
from harvester.site.parts.takedowns import withheld_editions
from harvester.site.parts.visit import Answer, FileAnswer, HtmlAnswer, PageRequest, joined

YEAR = re.compile(r"(?<!\d)(20[0-3]\d)\s*年?度?(?!\d)")
FACETS = ("year", "province", "level", "scope", "form")
MOST_VALUES = 12
NOTHING: Mapping[str, Any] = {"hits": [], "total": 0, "is_ranked": True, "facets": {}}


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed, resolved: `words` without the year, `year` from the text or the filter."""

    text: str
    words: str
    year: int | None


def resolve(visit: PageRequest) -> Question:
    text = visit.arg("q")[:200]
    given = visit.number("year")
    found = YEAR.search(text)
    alone = text[: found.start()] + " " + text[found.end() :] if found else text
    if found and alone.strip() and given is None:
        return Question(text, " ".join(alone.split()), int(found[1]))
    if found and not alone.strip() and given is None:
        return Question(text, "", int(found[1]))
    return Question(text, text, given)


def search(visit: PageRequest) -> Answer:
    known = visit.known
    question = resolve(visit)
    page = visit.number("page", 1) or 1
    found = _reports(visit, question, page) if question.text else dict(NOTHING)
    meant = direct(visit, question.words)
    shown = [*found["hits"], *meant["agencies"]]
    is_nothing = bool(question.text) and not found["total"] and not meant["agencies"] and not meant["places"]
    context = {
        "q": question.text,
        "question": question,
        "page": page,
        "size": PAGE,
        "scopes": SCOPES,
        "levels": LEVELS,
        "forms": gloss.forms(),
        "near": near(visit, question.words) if is_nothing else [],
        "gaps": without_report(visit, meant["agencies"], question.year),
        "chosen": {name: visit.arg(name) for name in FACETS},
        "simulated": known.population == 1 or any(row["simulated"] for row in shown),
    }
    return HtmlAnswer("search.html", context | found | meant)


def _reports(visit: PageRequest, question: Question, page: int) -> dict[str, Any]:
    expression = either(question.words)
    if question.words and not expression:
        return dict(NOTHING)
    wanted = {name: question.year if name == "year" else visit.arg(name) or None for name in FACETS}
    which = visit.known.population
    combos = {row["id"]: row for row in visit.all("select * from search_combos where simulated = ?", which)}
    counts = {combo: n for combo, n in counted(visit, expression).items() if combo in combos}
    chosen = [row for row in combos.values() if _fits(row, wanted)]
    ids = page_of_hits(visit, expression, chosen, counts, page)
    found = {
        row["id"]: row for row in visit.all(f"select * from reports where id in ({','.join('?' * len(ids))})", *ids)
    }
    hits = [dict(found[id_]) | {"snippet": _snippet(visit, found[id_], question.words)} for id_ in ids]
    return {
        "hits": hits,
        "total": sum(counts.get(row["id"], 0) for row in chosen),
        "is_ranked": is_ranked(counts),
        "facets": {name: _facet(name, wanted, combos, counts) for name in FACETS},
    }


def either(words: str) -> str:
    """The words, or the name in full that they shorten."""
    found = [expression for name in dict.fromkeys([words, *variants(words)[1:]]) if (expression := match(name))]
    return " OR ".join(f"({one})" for one in dict.fromkeys(found)) if len(found) > 1 else "".join(found)


def _fits(combo: sqlite3.Row, wanted: Mapping[str, object], without: str = "") -> bool:
    return all(value is None or combo[name] == value for name, value in wanted.items() if name != without)


def _facet(
    name: str, wanted: Mapping[str, object], combos: Mapping[int, sqlite3.Row], counts: Mapping[int, int]
) -> list[dict[str, Any]]:
    """The commonest values of one facet among the hits that the other filters leave; years newest first."""
    sums: Counter[Any] = Counter()
    for id_, n in counts.items():
        if combos[id_][name] is not None and _fits(combos[id_], wanted, without=name):
            sums[combos[id_][name]] += n
    most = sums.most_common(MOST_VALUES)
    return [{"value": value, "n": n} for value, n in (sorted(most, reverse=True) if name == "year" else most)]


def _snippet(visit: PageRequest, row: sqlite3.Row, words: str) -> Markup:
    if row["current_edition_id"] in withheld_editions(visit):
        return Markup("")
    sections = visit.all(
        "select heading, text from sections where edition_id = ? order by position", row["current_edition_id"]
    )
    return snippet("\n".join(f"{s['heading'] or ''}\n{s['text'] or ''}" for s in sections), words)


def search_json(visit: PageRequest) -> Answer:
    question = resolve(visit)
    page = visit.number("page", 1) or 1
    found = _reports(visit, question, page) if question.text else dict(NOTHING)
    hits = [{**hit, "snippet": str(hit["snippet"])} for hit in found["hits"]]
    meant = direct(visit, question.words)
    is_nothing = bool(question.text) and not found["total"] and not meant["agencies"] and not meant["places"]
    gaps = without_report(visit, meant["agencies"], question.year)
    answer = {
        "q": question.text,
        "year": question.year,
        "total": found["total"],
        "page": page,
        "hits": hits,
        "facets": found["facets"],
        "agencies": [dict(row) | {"without_report": joined(gaps[row["id"]])} for row in meant["agencies"]],
        "places": joined(meant["places"]),
        "near": joined(near(visit, question.words)) if is_nothing else [],
    }
    return FileAnswer(json.dumps(answer, ensure_ascii=False), "application/json; charset=utf-8")
