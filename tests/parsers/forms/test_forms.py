"""The form files against the published list of ids, and against themselves."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from parsers.forms import LEGACY, MODERN, FormError, load, parse, validate
from tests import printed

CELLS = {"gen2021": 10 + 175 + 15, "gen2019": 22 + 161 + 15}
HARD_IDENTITIES = {"gen2021": 42, "gen2019": 40}


@pytest.mark.parametrize("form_id", [*MODERN, *LEGACY])
def test_every_form_loads(form_id: str) -> None:
    form = load(form_id)
    assert form.id == form_id
    assert form.instrument
    assert form.years[0] <= form.years[1]


@pytest.mark.parametrize("form_id", MODERN)
def test_number_of_cells(form_id: str) -> None:
    assert len(printed.keys(form_id)) == CELLS[form_id]


@pytest.mark.parametrize("form_id", MODERN)
def test_ids_and_labels_are_the_published_ones(shared: Path, form_id: str) -> None:
    published = json.loads((shared / "forms.json").read_text(encoding="utf-8"))
    requests = load(form_id).table("requests")
    rows = [row for row in published["requests"]["rows"] if form_id in row["gens"]]
    ours = [row for row in requests.rows if not row.replaces]
    assert [(row.id, row.label) for row in ours] == [(row["id"], row["label"]) for row in rows]
    columns = [(column.id, column.label) for column in requests.blocks[0].columns]
    assert columns == [(column["id"], column["label"]) for column in published["requests"]["columns"]]
    disclosure = load(form_id).table("proactive_disclosure")
    printed_rows = {
        row["id"]: [(c["id"], c["label"]) for c in row["columns"]] for row in published[disclosure.id][form_id]
    }
    assert {
        row.id: [(column.id, column.label) for column in block.columns]
        for block in disclosure.blocks
        for row in block.rows
    } == printed_rows


@pytest.mark.parametrize("form_id", MODERN)
def test_identities_are_the_published_ones(shared: Path, form_id: str) -> None:
    published = json.loads((shared / "forms.json").read_text(encoding="utf-8"))["identities"]
    theirs = {(i["code"], i["key"]): i["identity"] for i in published if i["form"] == form_id}
    form = load(form_id)
    ours: dict[tuple[str, str], str] = {}
    for check in form.checks:
        table = form.table(check.table)
        keys = (
            [c.id for c in table.blocks[0].columns]
            if check.per == "column"
            else [r.id for r in table.rows if not r.replaces]
        )
        for key in keys:
            ours[check.code, key] = f"{'+'.join(check.left)} = {'+'.join(check.right)}"
    assert ours == theirs
    assert len(ours) == HARD_IDENTITIES[form_id]


def toml(form_id: str) -> dict[str, Any]:
    return tomllib.loads((files("parsers.forms") / f"{form_id}.toml").read_text(encoding="utf-8"))


def test_a_check_that_names_an_unknown_row_is_refused() -> None:
    data = toml("gen2021")
    data["checks"][0]["left"][0] = "no_such_row"
    with pytest.raises(FormError, match="no_such_row"):
        validate(parse(data))


def test_a_label_twice_in_a_group_is_refused() -> None:
    data = toml("gen2021")
    rows = data["tables"][1]["blocks"][0]["rows"]
    rows[5]["label"] = rows[4]["label"]
    with pytest.raises(FormError, match="share the label"):
        validate(parse(data))


def test_an_unknown_group_is_refused() -> None:
    data = toml("gen2019")
    data["tables"][1]["blocks"][0]["rows"][4]["group"] = "nowhere"
    with pytest.raises(FormError, match="nowhere"):
        validate(parse(data))
