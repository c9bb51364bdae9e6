"""Cells of one edition as the report page draws them: text as printed, class, implied value, place in the original."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from harvester.site.build.cell_marks import number

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
    in_failed_identity: bool = False
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


SQL = """
select c.*, coalesce(m.in_failed_identity, 0) as in_failed_identity, coalesce(m.is_marked, 0) as is_marked,
  m.implied_value, m.corrected_value
from cells c left join cell_marks m on m.edition_id = c.edition_id and m.table_id = c.table_id and m.row_id = c.row_id
  and m.column_id = c.column_id
where c.edition_id in ({editions}) order by c.edition_id, c.table_id, c.position
"""
"""What page, CSV, JSON and API show of a cell; they have no other query."""


def rows_of(db: sqlite3.Connection, editions: Collection[int]) -> list[sqlite3.Row]:
    """Every cell of these editions, what is known of each beside it."""
    return db.execute(SQL.format(editions=",".join("?" * len(editions))), tuple(editions)).fetchall()


def load(db: sqlite3.Connection, edition_id: int) -> dict[Key, CellView]:
    """Every cell of an edition in printed order, failed identities and corrections marked on them."""
    return {key_of(row): view_of(row) for row in rows_of(db, (edition_id,))}


def key_of(row: sqlite3.Row) -> Key:
    return f"{row['table_id']}/{row['row_id']}/{row['column_id']}"


def view_of(row: sqlite3.Row) -> CellView:
    state = row["state"]
    box = (row["x0"], row["top"], row["x1"], row["bottom"])
    return CellView(
        key=key_of(row),
        shown=shown(row),
        label=row["label"] or "",
        state=state,
        value=row["value"],
        unit=row["unit"],
        page=row["page"],
        box=None if None in box else box,
        path=row["path"],
        confidence=row["confidence"],
        implied=plain(row["implied_value"]),
        bad=bool(row["is_marked"]),
        in_failed_identity=bool(row["in_failed_identity"]),
        corrected=None if row["corrected_value"] is None else str(row["corrected_value"]),
    )


def shown(row: sqlite3.Row) -> str:
    """A cell as printed, a sign for what is not."""
    return SIGNS.get(row["state"]) or " ".join((row["raw"] or "").split()) or "␣"


def plain(value: object) -> str | None:
    """A number as a person writes it: no exponent, no trailing zeros."""
    exact = number(value)
    if exact is None:
        return None if value is None else str(value)
    return f"{exact.to_integral_value()}" if exact == exact.to_integral_value() else f"{exact.normalize():f}"


def outside_form(cells: Iterable[CellView], placed: set[Key]) -> list[CellView]:
    """Cells the printed layout has no place for: rows an agency added, kept and shown under the table."""
    return [cell for cell in cells if cell.key not in placed]
