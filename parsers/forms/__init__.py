"""The generations of the form, one TOML file each, loaded and proven consistent once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from parsers.forms.model import Column, Form, FormBlock, FormTable, Group, Identity, LegacyLine, Row
from parsers.printed.labels import normalise

MODERN = ("gen2021", "gen2019")
LEGACY = ("gen2014", "gen2008")
MODERN_SINCE = 2019
"""First year of the reports whose form is prescribed; before it they were prose, with lists of figures at most."""


class FormError(ValueError):
    """A form file contradicts itself."""


@cache
def load(form_id: str) -> Form:
    """The form of that generation; raises FormError when its file is inconsistent."""
    text = (files(__name__) / f"{form_id}.toml").read_text(encoding="utf-8")
    form = parse(tomllib.loads(text))
    validate(form)
    return form


def parse(data: Mapping[str, Any]) -> Form:
    """A form from the content of its TOML file."""
    return Form(
        id=data["id"],
        title=data["title"],
        instrument=data["instrument"],
        years=(data["years"][0], data["years"][1]),
        signs=tuple(data.get("signs", ())),
        tables=tuple(_table(table) for table in data.get("tables", ())),
        checks=tuple(Identity(**_tuples(check)) for check in data.get("checks", ())),
        indicators=tuple(LegacyLine(**_tuples(line)) for line in data.get("indicators", ())),
    )


def _tuples(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}


def _table(data: Mapping[str, Any]) -> FormTable:
    return FormTable(
        id=data["id"],
        heading=data["heading"],
        blocks=tuple(_block(block) for block in data["blocks"]),
        groups=tuple(Group(**_tuples(group)) for group in data.get("groups", ())),
        over=tuple(data.get("over", ())),
        note=data.get("note", ""),
    )


def _block(data: Mapping[str, Any]) -> FormBlock:
    return FormBlock(
        columns=tuple(Column(**{"unit": data["unit"], **_tuples(column)}) for column in data["columns"]),
        rows=tuple(Row(**_tuples(row)) for row in data["rows"]),
        heading=data.get("heading", ""),
    )


def validate(form: Form) -> None:
    """Labels unique within their group, groups known, identities made of known rows and columns."""
    for table in form.tables:
        _validate_labels(form, table)
    for check in form.checks:
        table = form.table(check.table)
        names = {row.id for row in table.rows} if check.per == "column" else {c.id for c in table.blocks[0].columns}
        unknown = set(check.left + check.right) - names
        if unknown:
            raise FormError(f"{form.id}: {check.code} names unknown {', '.join(sorted(unknown))}")
    ids = [line.id for line in form.indicators]
    if len(ids) != len(set(ids)):
        raise FormError(f"{form.id}: an indicator id occurs twice")


def _validate_labels(form: Form, table: FormTable) -> None:
    groups = {group.id for group in table.groups}
    seen: dict[tuple[str, str], str] = {}
    for row in table.rows:
        if row.group and row.group not in groups:
            raise FormError(f"{form.id}: row {row.id} is in the unknown group {row.group}")
        for label in row.labels:
            key = (row.group, normalise(label))
            if seen.setdefault(key, row.id) != row.id:
                raise FormError(f"{form.id}: {row.id} and {seen[key]} share the label {label}")
    for block in table.blocks:
        labels = [normalise(label) for column in block.columns for label in column.labels]
        if len(labels) != len(set(labels)):
            raise FormError(f"{form.id}: two columns of {block.heading or table.heading} share a label")
