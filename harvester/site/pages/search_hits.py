"""Which reports contain the words: how many by facet, and one page of them in order."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from harvester.site.parts.visit import PageRequest

PAGE = 20
RANK = "bm25(search_index, 10, 8, 1)"
"""Words in the title count most, then those in the body's name."""
MOST_RANKED = 10_000
"""Hits up to which every one is scored. What stands in more reports than that tells them apart by no score worth its
time: those with the words in the title or the name come first then, and newer ones before older ones."""

Combo = sqlite3.Row
"""One combination of year, province, scope and form; `id` is its number."""


def counted(visit: PageRequest, expression: str) -> dict[int, int]:
    """Hits by combination: the total and every facet come from this one pass."""
    hits = "search_index s cross join search_facets f on f.report_id = s.rowid where s.search_index match ?"
    rows = visit.all(
        f"select f.combo, count(*) from {hits if expression else 'search_facets f where ? is not null'} group by 1",
        expression,
    )
    return {row[0]: row[1] for row in rows}


def is_ranked(counts: Mapping[int, int]) -> bool:
    """Whether the hits are few enough to be scored."""
    return sum(counts.values()) <= MOST_RANKED


def page_of_hits(
    visit: PageRequest, expression: str, chosen: Sequence[Combo], counts: Mapping[int, int], page: int
) -> list[int]:
    """Ids of the reports of one page among the chosen combinations. Newest first where no words are asked for."""
    start = (page - 1) * PAGE
    if not expression:
        join = "join reports r on r.id = f.report_id"
        every = f"select r.id from search_facets f {join} where {_among(chosen)}"
        return _ids(visit, f"{every} order by r.year desc, r.id limit ? offset ?", PAGE, start)
    if is_ranked(counts):
        return _ids(visit, f"{_matching(chosen)} order by {RANK} limit ? offset ?", expression, PAGE, start)
    return _newest(visit, expression, chosen, counts, start)


def _newest(
    visit: PageRequest, expression: str, chosen: Sequence[Combo], counts: Mapping[int, int], start: int
) -> list[int]:
    """Groups in their order; whole ones before `start` are passed over by their counts."""
    ids: list[int] = []
    for words, combos, hits in _groups(visit, expression, chosen, counts):
        if start >= hits:
            start -= hits
            continue
        sql = f"{_matching(combos)} order by s.rowid limit ? offset ?"
        ids += _ids(visit, sql, words, PAGE - len(ids), start)
        start = 0
        if len(ids) == PAGE:
            break
    return ids


def _groups(
    visit: PageRequest, expression: str, chosen: Sequence[Combo], counts: Mapping[int, int]
) -> Iterator[tuple[str, Sequence[Combo], int]]:
    """Words in the name before words in the text only, and each of them year by year: with the number of hits."""
    in_name = f"{{title agency}} : ({expression})"
    named = counted(visit, in_name)
    others = {combo: hits - named.get(combo, 0) for combo, hits in counts.items()}
    newest_first = sorted(chosen, key=lambda combo: -(combo["year"] or 0))
    for words, numbers in ((in_name, named), (f"({expression}) NOT {in_name}", others)):
        for _, members in groupby(newest_first, key=lambda combo: combo["year"]):
            combos = list(members)
            yield words, combos, sum(numbers.get(combo["id"], 0) for combo in combos)


def _matching(combos: Sequence[Combo]) -> str:
    facets = "search_index s cross join search_facets f on f.report_id = s.rowid"
    return f"select s.rowid from {facets} where s.search_index match ? and {_among(combos)}"


def _among(combos: Sequence[Combo]) -> str:
    return f"f.combo in ({', '.join(str(combo['id']) for combo in combos)})"


def _ids(visit: PageRequest, sql: str, *values: object) -> list[int]:
    return [row[0] for row in visit.all(sql, *values)]
