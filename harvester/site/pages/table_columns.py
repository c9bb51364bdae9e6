"""What a table as a file has beside its own columns: simulated or not, current or not, what is known of a cell."""

from __future__ import annotations

from urllib.parse import parse_qsl

QUOTE = '"'
ALL_EDITIONS = "-all-editions"
"""In the name of files with rows of earlier editions too: cells.csv of the data package has current ones only."""
OF_EDITIONS = frozenset({"cells", "checks", "findings", "sections", "cell_marks"})
NAMES = {"coverage": "coverage-by-place-and-kind"}
"""Views whose name the data package gives to another file."""

MARKS = ("in_failed_identity", "is_marked", "implied_value", "corrected_value")
EDITION = "editions e on e.id = t.edition_id"
REPORT = "reports r on r.id = {}.report_id"
JOINS: tuple[tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]], ...] = (
    (
        "edition_id",
        (EDITION, REPORT.format("e")),
        (("report_id", "e.report_id"), ("is_current", "e.is_current"), ("simulated", "r.simulated")),
    ),
    (
        "agency_id",
        ("agencies a on a.id = t.agency_id",),
        (("level", "a.level"), ("simulated", "coalesce(a.simulated, 0)")),
    ),
    ("report_id", (REPORT.format("t"),), (("simulated", "r.simulated"),)),
    ("portal_id", ("portals p on p.id = t.portal_id",), (("simulated", "coalesce(p.simulated, 0)"),)),
    ("sha256", ("documents d on d.sha256 = t.sha256",), (("simulated", "d.simulated"),)),
)
"""By the column that leads there: tables to join, and the columns that are added where a table lacks them."""


def quoted(name: str) -> str:
    return QUOTE + name.replace(QUOTE, QUOTE * 2) + QUOTE


def described(table: str, names: list[str], where: str, query: str) -> tuple[str, list[str]]:
    """The SELECT of a table as a file, and its columns. `_col` and `_nocol` of the address choose among them."""
    joins, added = list[str](), dict[str, str]()
    if "simulated" not in names:
        way = next(((tables, columns) for key, tables, columns in JOINS if key in names), None)
        if way is not None:
            joins, added = list(way[0]), {name: sql for name, sql in way[1] if name not in names}
    if table == "divisions":
        added["simulated"] = "t.code like '99%'"
    if table == "cells":
        keys = ("edition_id", "table_id", "row_id", "column_id")
        joins.append("cell_marks m on " + " and ".join(f"m.{key} = t.{key}" for key in keys))
        added |= {name: f"m.{name}" if name.endswith("_value") else f"coalesce(m.{name}, 0)" for name in MARKS}
    every = {name: f"t.{quoted(name)}" for name in names} | added
    chosen = _chosen(list(every), query)
    columns = ", ".join(f"{every[name]} as {quoted(name)}" for name in chosen)
    joined = "".join(f" left join {join}" for join in joins)
    return f"select {columns} from (select * from {quoted(table)}{where}) t{joined}", chosen


def _chosen(names: list[str], query: str) -> list[str]:
    given = parse_qsl(query)
    only = {value for name, value in given if name == "_col"}
    without = {value for name, value in given if name == "_nocol"}
    return [name for name in names if (not only or name in only) and name not in without] or names
