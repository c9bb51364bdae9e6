"""Cells of one edition as the report page draws them: text as printed, class, implied value, place in the original."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from harvester.definitions.identities import identity

Key = str
"""``table/row/column``, as in findings; permalinks write it with dots."""

SIGNS: Mapping[str, str] = {"blank": "␣", "unreadable": "▧", "missing": "·"}
STATES: Mapping[str, tuple[str, str]] = {
    "number": ("数字", "number"),
    "blank": ("空格，不当作零", "blank, not taken as zero"),
    "dash": ("印作横线", "a dash is printed"),
    "slash": ("印作斜线", "a slash is printed"),
    "none_text": ("印作“无”一类的字", "words for “none” are printed"),
    "text": ("印作文字", "words are printed"),
    "unreadable": ("印有内容，未能辨认", "something is printed that could not be read"),
    "missing": ("原件没有这一格", "the document has no such cell"),
}


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell: `shown` as printed (a sign for blank, unreadable, missing), `implied` what the arithmetic gives."""

    key: Key
    shown: str
    label: str
    state: str
    value: int | str | None
    unit: str | None
    page: int | None
    box: tuple[float, float, float, float] | None
    path: str | None
    confidence: float | None
    implied: str | None = None
    bad: bool = False
    corrected: str | None = None

    @property
    def dotted(self) -> str:
        return self.key.replace("/", ".")

    @property
    def classes(self) -> str:
        marks = {"z": self.value == 0, "b": self.state in ("blank", "missing"), "bad": self.bad}
        marks |= {"odd": self.state not in ("number", "blank", "missing")}
        marks["ocr"] = self.confidence is not None
        return " ".join(name for name, set_ in marks.items() if set_)

    @property
    def coordinates(self) -> str | None:
        return None if self.box is None else ",".join(f"{value:.1f}" for value in self.box)


def load(db: sqlite3.Connection, edition_id: int, form: str) -> dict[Key, CellView]:
    """Every cell of an edition in printed order, failed identities and corrections marked on them."""
    rows = db.execute("select * from cells where edition_id = ? order by table_id, position", (edition_id,)).fetchall()
    values = {_key(row): row["value"] for row in rows}
    wrong = _implied(db, edition_id, form, values)
    corrections = {
        _key(row): str(row["value"])
        for row in db.execute("select * from corrections where edition_id = ? order by at", (edition_id,))
    }
    return {_key(row): _view(row, wrong, corrections.get(_key(row))) for row in rows}


def _key(row: sqlite3.Row) -> Key:
    return f"{row['table_id']}/{row['row_id']}/{row['column_id']}"


def _view(row: sqlite3.Row, wrong: Mapping[Key, str | None], corrected: str | None) -> CellView:
    key, state = _key(row), row["state"]
    box = (row["x0"], row["top"], row["x1"], row["bottom"])
    return CellView(
        key=key,
        shown=SIGNS.get(state) or " ".join((row["raw"] or "").split()) or "␣",
        label=row["label"] or "",
        state=state,
        value=row["value"],
        unit=row["unit"],
        page=row["page"],
        box=None if None in box else box,
        path=row["path"],
        confidence=row["confidence"],
        implied=wrong.get(key),
        bad=key in wrong,
        corrected=corrected,
    )


def _implied(db: sqlite3.Connection, edition_id: int, form: str, values: Mapping[Key, object]) -> dict[Key, str | None]:
    """Cells to mark: those a finding names, else the printed total of each failed identity."""
    named = db.execute(
        "select cell, cells, implied_value from findings where edition_id = ? and severity = 'error'", (edition_id,)
    ).fetchall()
    wrong: dict[Key, str | None] = {
        row["cell"]: plain(row["implied_value"]) for row in named if row["cell"] and row["implied_value"] is not None
    }
    failed = db.execute("select * from checks where edition_id = ? and status = 'fail'", (edition_id,)).fetchall()
    for check in failed:
        used = set(json.loads(check["cells"] or "[]"))
        known = identity(check["code"], check["key"], form)
        if known is None or used & wrong.keys() or set(known.parts + known.whole) & wrong.keys():
            continue
        total = known.whole[0]
        wrong[total] = _other_side(check, values.get(total)) if len(known.whole) == 1 else None
    return wrong


def _other_side(check: sqlite3.Row, printed: object) -> str | None:
    sides = [side for side in (check["lhs"], check["rhs"]) if side is not None and number(side) != number(printed)]
    return plain(sides[0]) if sides else None


def number(value: object) -> Decimal | None:
    """A stored value (integer, or decimal text) as an exact number."""
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        return None


def plain(value: object) -> str | None:
    """A number as a person writes it: no exponent, no trailing zeros."""
    exact = number(value)
    if exact is None:
        return None if value is None else str(value)
    return f"{exact.to_integral_value()}" if exact == exact.to_integral_value() else f"{exact.normalize():f}"


def outside_form(cells: Iterable[CellView], placed: set[Key]) -> list[CellView]:
    """Cells the printed layout has no place for: rows an agency added, kept and shown under the table."""
    return [cell for cell in cells if cell.key not in placed]
