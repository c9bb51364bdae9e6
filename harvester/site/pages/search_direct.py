"""Bodies and places that somebody means by name: in full or short, by code, in pinyin, by initials, in English."""

from __future__ import annotations

import difflib
import re
import sqlite3
from collections.abc import Sequence
from typing import Any

from harvester.definitions.bureau_names import spelled_loosely
from harvester.site.build.names import letters
from harvester.site.parts.visit import PageRequest

SHOWN = 8
"""Bodies, and places, that are listed before "more"."""
CANDIDATES = 4_000
"""Names that are compared with one that is not found."""
CLOSE = 0.72
"""Likeness (difflib) from which a name is suggested: one wrong syllable of four."""
SUGGESTED = 5
FEWEST_LETTERS = 3
"""Letters of a key from which on names near to it are looked for: to fewer everything is near."""
MOST_WORDS = 8
"""Words of an English name that are looked for: the longest names have seven."""
SHORTEST_SPLIT = 4
"""Characters of what was typed that may be a place of two and a body, with 县 or 市 left out between them."""

HAN = re.compile(r"[㐀-鿿]")
GOVERNMENT = re.compile(r"(?<!人民)政府(?=$|办)")
OFFICE = re.compile(r"(?:人民)?政府办$")

AGENCY = "select a.* from agencies a where coalesce(a.simulated, 0) = ? and"
ORDER = (
    "order by a.name != ?, case a.kind when 'government_aggregate' then 0 when 'government_office' then 1"
    " when 'department' then 2 else 3 end, length(a.name), a.id limit ?"
)


def direct(visit: PageRequest, words: str) -> dict[str, Any]:
    """`agencies` and `places`, the likeliest first; `more`: whether there are more bodies than are listed."""
    if not words.strip():
        return {"agencies": [], "places": [], "more": False}
    agencies, places = _by_name(visit, words) if HAN.search(words) else _by_letters(visit, words)
    return {"agencies": agencies[:SHOWN], "places": places[:SHOWN], "more": len(agencies) > SHOWN}


def without_report(
    visit: PageRequest, agencies: Sequence[sqlite3.Row], year: int | None
) -> dict[int, list[sqlite3.Row]]:
    """Agency → its entries of the ledger that no report answers, oldest first; of one year where one was asked for."""
    ids = [row["id"] for row in agencies]
    entries = visit.all(
        f"select agency_id, year, status from ledger where agency_id in ({','.join('?' * len(ids))})"
        " and report_id is null and (? is null or year = ?) order by year",
        *ids,
        year,
        year,
    )
    return {id_: [entry for entry in entries if entry["agency_id"] == id_] for id_ in ids}


def variants(words: str) -> list[str]:
    """What was typed, and the name in full: 科技局 is 科学技术局, 县政府 is 县人民政府."""
    name = "".join(words.split())
    full = OFFICE.sub("人民政府办公室", GOVERNMENT.sub("人民政府", spelled_loosely(name)))
    return list(dict.fromkeys([name, spelled_loosely(name), full]))


def _by_name(visit: PageRequest, words: str) -> tuple[list[sqlite3.Row], list[sqlite3.Row]]:
    found: list[sqlite3.Row] = []
    names = variants(words)
    if len(names[0]) < 2:
        return [], []
    for pattern in _patterns(names):
        if len(found) <= SHOWN:
            known = {row["id"] for row in found}
            sql = f"{AGENCY} a.name glob ? {ORDER}"
            rows = visit.all(sql, visit.known.population, pattern, names[-1], SHOWN + 1 + len(known))
            found += [row for row in rows if row["id"] not in known]
    return found[: SHOWN + 1], _places(visit, "name = ? or name glob ?", names[0], f"{literal(names[0])}*")


def _patterns(names: Sequence[str]) -> list[str]:
    """Names in full, beginnings, then the same with something between the place and the rest, then anywhere."""
    bare = [literal(name) for name in reversed(names)]
    split = [f"{literal(name[:2])}?{literal(name[2:])}" for name in reversed(names) if len(name) >= SHORTEST_SPLIT]
    return list(dict.fromkeys([*bare, *(f"{one}*" for one in bare), *split, *(f"*{one}*" for one in bare)]))


def _by_letters(visit: PageRequest, words: str) -> tuple[list[sqlite3.Row], list[sqlite3.Row]]:
    key = letters(words)
    if len(key) < 2:
        return [], []
    found = visit.all(
        "select kind, id, min(rank) as rank, min(key != ?1) as longer from search_names where key = ?1 or key glob ?2"
        " group by kind, id order by longer, rank, length(key), id limit 200",
        key,
        f"{key}*",
    )
    codes = [row["id"] for row in found if row["kind"] == "place"][: SHOWN + 1]
    ids = [int(row["id"]) for row in found if row["kind"] == "agency"]
    if key.isdigit() and codes:
        sql = f"{AGENCY} a.division_code glob ? {ORDER}"
        return visit.all(sql, visit.known.population, f"{key}*", "", SHOWN + 1), _in_order(visit, codes)
    agencies, places = _agencies(visit, ids), _in_order(visit, codes)
    return (agencies, places) if agencies or places else (_by_english_words(visit, words), [])


def _by_english_words(visit: PageRequest, words: str) -> list[sqlite3.Row]:
    """Bodies whose English name has every word, wherever it stands: finance bureau, of whatever county."""
    asked = re.findall(r"[a-z]+", words.lower())[:MOST_WORDS]
    if len("".join(asked)) < FEWEST_LETTERS:
        return []
    clause = " and ".join("instr(lower(a.name_en), ?)" for _ in asked)
    return visit.all(f"{AGENCY} {clause} {ORDER}", visit.known.population, *asked, "", SHOWN + 1)


def _agencies(visit: PageRequest, ids: Sequence[int]) -> list[sqlite3.Row]:
    marks = ",".join("?" * len(ids))
    rows = visit.all(f"{AGENCY} a.id in ({marks})", visit.known.population, *ids)
    return sorted(rows, key=lambda row: ids.index(row["id"]))[: SHOWN + 1]


def _in_order(visit: PageRequest, codes: Sequence[str]) -> list[sqlite3.Row]:
    rows = _places(visit, f"code in ({','.join('?' * len(codes))})", *codes)
    return sorted(rows, key=lambda row: codes.index(row["code"]))


def _places(visit: PageRequest, clause: str, *values: str) -> list[sqlite3.Row]:
    """Simulated places only among simulated rows."""
    return visit.all(
        f"select code, name, province, name_en, max(valid_from) from divisions where ({clause})"
        f" and (code not like '99%' or ?) group by code order by length(name), code limit {SHOWN + 1}",
        *values,
        visit.known.population,
    )


def near(visit: PageRequest, words: str) -> list[sqlite3.Row]:
    """Bodies and places whose names sound or look like what was typed; `address` is where each is."""
    key = _letters_of(visit, words)
    if len(key) < FEWEST_LETTERS:
        return []
    keys = [
        row["key"]
        for row in visit.all(
            "select distinct key from search_names where key glob ? and length(key) between ? and ? limit ?",
            f"{key[0]}*",
            len(key) - 3,
            len(key) + 3,
            CANDIDATES,
        )
    ]
    close = difflib.get_close_matches(key, keys, SUGGESTED, CLOSE)
    place = "(select name from divisions where code = n.id and n.kind = 'place' order by valid_from desc limit 1)"
    sql = (
        f"select n.kind, n.id, n.rank, coalesce(a.name, {place}) as name,"
        " case n.kind when 'place' then '/divisions/' else '/agencies/' end || n.id as address"
        " from search_names n left join agencies a on n.kind = 'agency' and a.id = n.id"
        " where n.key = ? and (a.id is null or coalesce(a.simulated, 0) = ?) order by n.rank, n.id limit 3"
    )
    found = [row for one in close for row in visit.all(sql, one, visit.known.population)]
    return list({row["address"]: row for row in found}.values())[:SUGGESTED]


def _letters_of(visit: PageRequest, words: str) -> str:
    marks = ",".join("?" * len(words))
    rows = visit.all(f"select character, syllable from search_syllables where character in ({marks})", *words)
    readings = {row["character"]: row["syllable"] for row in rows}
    return letters("".join(readings.get(char, char) for char in words))


def literal(name: str) -> str:
    """A name inside a GLOB: its own wildcards are taken literally."""
    return re.sub(r"([*?\[])", r"[\1]", name)
