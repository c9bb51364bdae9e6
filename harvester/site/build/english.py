"""English sentences for findings that readers describe in Chinese only: what the code means, then every value told."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from harvester.definitions import gloss
from harvester.definitions.gloss import cell_name
from harvester.definitions.labels import CODES
from parsers.forms import MODERN, load

NUMBER = re.compile(r"(?<![\d.])-?\d+(?:\.\d+)?(?![\d.])")
QUOTED = re.compile(r"“([^”]+)”")
MOST_CELLS = 3
"""Cells that a sentence names; all of them are in `cells`."""


def fill(connection: sqlite3.Connection) -> None:
    """`message_en` of every finding that has none."""
    rows = connection.execute(
        "SELECT id, edition_id, code, message, cell, cells, implied_value, quote FROM findings"
        " WHERE message_en IS NULL OR message_en = '' ORDER BY id"
    ).fetchall()
    names = ("id", "edition_id", "code", "message", "cell", "cells", "implied_value", "quote")
    for row in rows:
        finding = dict(zip(names, row, strict=True))
        printed, sides = _printed(connection, finding), _sides(connection, finding)
        told = sentence(finding, printed, sides)
        connection.execute("UPDATE findings SET message_en = ? WHERE id = ?", (told, finding["id"]))


def _keys(finding: Mapping[str, Any]) -> list[str]:
    keys = [finding["cell"], *json.loads(finding["cells"] or "[]")]
    return list(dict.fromkeys(key for key in keys if key and key.count("/") == 2))


def _printed(connection: sqlite3.Connection, finding: Mapping[str, Any]) -> dict[str, str]:
    """The text of its cells as printed, by key."""
    sql = "SELECT raw FROM cells WHERE edition_id = ? AND table_id = ? AND row_id = ? AND column_id = ?"
    found = {}
    for key in _keys(finding)[:MOST_CELLS]:
        row = connection.execute(sql, (finding["edition_id"], *key.split("/"))).fetchone()
        found[key] = " ".join((row[0] or "").split()) if row else ""
    return found


def _sides(connection: sqlite3.Connection, finding: Mapping[str, Any]) -> tuple[str, str] | None:
    """Both sides of the failed identity that it tells of."""
    keys = set(_keys(finding))
    sql = "SELECT lhs, rhs, cells FROM checks WHERE edition_id = ? AND code = ? AND status = 'fail' ORDER BY key"
    numbers = NUMBER.findall(finding["message"])
    for lhs, rhs, cells in connection.execute(sql, (finding["edition_id"], finding["code"])):
        told = str(lhs) in numbers and str(rhs) in numbers
        if told and (not keys or keys & set(json.loads(cells or "[]"))):
            return str(lhs), str(rhs)
    return None


def sentence(finding: Mapping[str, Any], printed: Mapping[str, str], sides: tuple[str, str] | None) -> str:
    """What its code means, the sides of the sum, its cells as printed, the value implied, the clause quoted, and
    whatever else the Chinese sentence tells in numbers or quotes."""
    parts = [CODES.get(finding["code"], (finding["code"], finding["code"]))[1]]
    if sides:
        parts.append(f"{sides[0]} against {sides[1]}")
    parts += [_cell(key, raw) for key, raw in printed.items()]
    if more := len(_keys(finding)) - len(printed):
        parts.append(f"and {more} more cells")
    if finding["implied_value"] is not None:
        parts.append(f"implied {finding['implied_value']}")
    if finding["quote"]:
        parts.append(f"“{finding['quote']}”")
    return "; ".join([*parts, *_left(finding["message"], parts)])


def _cell(key: str, raw: str) -> str:
    return f"{cell_name(*key.split('/'))[1]}, printed “{raw}”" if raw else f"{cell_name(*key.split('/'))[1]}, blank"


def _left(message: str, parts: Sequence[str]) -> list[str]:
    """Quotations without labels of the form, and numbers, that the parts do not tell yet."""
    told = " ".join(parts)
    left = [f"“{text}”" for text in QUOTED.findall(message) if text not in told and not _is_label(text)]
    known = set(NUMBER.findall(told + " ".join(left)))
    numbers = [number for number in dict.fromkeys(NUMBER.findall(QUOTED.sub(" ", message))) if number not in known]
    return left + ([f"figures told: {', '.join(numbers)}"] if numbers else [])


def _is_label(text: str) -> bool:
    """Words of the form: cells and identities have their English names in the sentence."""
    return text in _labels() or any(mark in text for mark in ("·", "等于", "勾稽"))


@cache
def _labels() -> frozenset[str]:
    """Every row, column and group of a form, with the item number that the form prints before it or without."""
    named = [*gloss.request_rows(), *gloss.request_columns().values(), *gloss.request_groups().values()]
    named += [*gloss.review_rows().values(), *gloss.review_columns().values()]
    for form in gloss.proactive_forms():
        for block in gloss.proactive_blocks(form):
            named += [block, *block.columns]
    printed = {row.label for form in MODERN for table in load(form).tables for row in table.rows}
    return frozenset({label.zh for label in named} | printed)
