"""The tables of archive.db, built from tables.toml, and what each table and column means."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Column:
    """One column: SQLite type, Chinese and English meaning, unit where it has one, table it refers to."""

    name: str
    type: str
    zh: str
    en: str
    unit: str | None = None
    refers_to: str | None = None


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table as tables.toml describes it. `private` tables are never published."""

    name: str
    zh: str
    en: str
    key: tuple[str, ...]
    unique: tuple[str, ...]
    columns: tuple[Column, ...]
    without_rowid: bool = False
    private: bool = False


@cache
def tables() -> Mapping[str, TableSpec]:
    """Every table by name, in the order of tables.toml."""
    raw = tomllib.loads(files("archive").joinpath("tables.toml").read_text(encoding="utf-8"))
    return {name: table_spec(name, table, raw) for name, table in raw.items()}


def table_spec(name: str, table: dict[str, Any], raw: Mapping[str, Any]) -> TableSpec:
    return TableSpec(
        name=name,
        zh=table["zh"],
        en=table["en"],
        key=tuple(table["key"]),
        unique=tuple(table.get("unique", ())),
        columns=tuple(column(column_name, entry, raw) for column_name, entry in table["columns"].items()),
        without_rowid=table.get("without_rowid", False),
        private=table.get("private", False),
    )


def column(name: str, entry: list[str], raw: Mapping[str, Any]) -> Column:
    kind, zh, en, *unit = entry
    target = kind.removeprefix("REF ") if kind.startswith("REF ") else None
    if target is not None:
        kind = raw[target]["columns"][raw[target]["key"][0]][0]
    return Column(name, kind, zh, en, unit[0] if unit else None, target)


def create_statement(table: TableSpec, name: str | None = None) -> str:
    """CREATE TABLE for one table, under another `name` if asked."""
    rowid_key = table.key == ("id",) and table.columns[0].type == "INTEGER"
    lines = [column_definition(one, is_rowid=rowid_key and one.name == "id") for one in table.columns]
    if not rowid_key:
        lines.append(f"PRIMARY KEY ({quoted(table.key)})")
    if table.unique:
        lines.append(f"UNIQUE ({quoted(table.unique)})")
    tail = " WITHOUT ROWID" if table.without_rowid else ""
    return f'CREATE TABLE "{name or table.name}" ({", ".join(lines)}){tail}'


def column_definition(one: Column, *, is_rowid: bool = False) -> str:
    """One column as it stands in CREATE TABLE and ALTER TABLE."""
    reference = f' REFERENCES "{one.refers_to}" ("{tables()[one.refers_to].key[0]}")' if one.refers_to else ""
    return f'"{one.name}" {one.type}' + (" PRIMARY KEY" if is_rowid else "") + reference


def quoted(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def descriptions() -> dict[str, dict[str, Any]]:
    """For Datasette's metadata: table -> description and {column: "中文 · English"} with units."""
    return {
        table.name: {
            "description": f"{table.zh} · {table.en}",
            "columns": {one.name: f"{one.zh} · {one.en}" for one in table.columns},
            "units": {one.name: one.unit for one in table.columns if one.unit},
        }
        for table in tables().values()
    }


def markdown() -> str:
    """docs/data.md."""
    parts = ["# Tables of archive.db\n\nWritten from `archive/tables.toml` by `make docs`. Do not edit.\n"]
    for table in tables().values():
        parts.append(f"\n## {table.name}\n\n{table.zh} · {table.en}. Key: {', '.join(table.key)}.\n\n")
        parts.append("| column | type | 中文 | English | unit |\n|---|---|---|---|---|\n")
        parts += [f"| {one.name} | {one.type} | {one.zh} | {one.en} | {one.unit or ''} |\n" for one in table.columns]
    return "".join(parts)
