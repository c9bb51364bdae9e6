"""The JSON of the site, described for programs: OpenAPI 3.1. Paths are those of `harvester/site/routes.py`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from harvester import __version__
from harvester.definitions.years import POSSIBLE_YEARS
from harvester.site.pages.machine_readable import LICENCE
from harvester.site.parts.visit import Answer, FileAnswer, PageRequest

Json = dict[str, Any]

NUMBER: Json = {"type": "integer", "minimum": 1}
TEXT: Json = {"type": "string"}
ROWS: Json = {"type": "array", "items": {"type": "object"}}
YEAR: Json = {"type": "integer", "minimum": POSSIBLE_YEARS.start, "maximum": POSSIBLE_YEARS.stop - 1}


def _object(**properties: Json) -> Json:
    """An object that has at least these."""
    return {"type": "object", "required": list(properties), "properties": properties}


def _parameter(name: str, where: str, schema: Json, said: str) -> Json:
    return {"name": name, "in": where, "required": where == "path", "schema": schema, "description": said}


ID = _parameter("id", "path", NUMBER, "Number, as in the address of the page")
SIMULATED = _parameter("simulated", "query", {"type": "string", "enum": ["1"]}, "Count simulated rows")

PATHS: Mapping[str, tuple[str, list[Json], Json]] = {
    "/reports/{id}.json": (
        "One report: cells with their place in the document, checks, findings, text, editions",
        [ID, _parameter("v", "query", TEXT, "First digits of an edition’s SHA-256; 404 for an unknown one")],
        _object(report={"type": "object"}, edition={"type": "object"}, cells=ROWS, checks=ROWS, findings=ROWS,
                permalink=TEXT),
    ),
    "/agencies/{id}.json": ("All years of one body", [ID], _object(agency={"type": "object"}, reports=ROWS)),
    "/ledger/{id}/{year}.json": (
        "Why an entry of the ledger says what it says: lists walked, captures, events",
        [ID, _parameter("year", "path", YEAR, "Year reported on")],
        _object(entry={"type": "object"}, agency={"type": "object"}, lists=ROWS, captures=ROWS, events=ROWS),
    ),
    "/coverage.json": (
        "How many reports are owed and held, by place and year",
        [_parameter("level", "query", TEXT, "province, city, county …"),
         _parameter("kind", "query", TEXT, "Kind of body"),
         _parameter("status", "query", TEXT, "A status of the ledger"), SIMULATED],
        {},
    ),
    "/indicators/{name}.json": (
        "An indicator: definition, and quartiles by year, place, level and kind of body",
        [_parameter("name", "path", TEXT, "Id of the indicator")],
        _object(id=TEXT, zh=TEXT, en=TEXT, definition={"type": "array", "items": TEXT}, quartiles=ROWS),
    ),
    "/search.json": (
        "Reports, bodies and places that somebody means by these words",
        [_parameter("q", "query", TEXT, "Words, names, codes, pinyin"),
         _parameter("year", "query", YEAR, "Year reported on"), _parameter("page", "query", NUMBER, "Page of the hits"),
         SIMULATED],
        _object(q=TEXT, total={"type": "integer"}, page=NUMBER, hits=ROWS, agencies=ROWS, places=ROWS, near=ROWS),
    ),
    "/downloads.json": (
        "Files of the releases, with rows, bytes and SHA-256",
        [],
        {"type": "array", "items": _object(version=TEXT, file=TEXT, bytes={"type": "integer"}, sha256=TEXT)},
    ),
    "/archive.json": (
        "Any SELECT over the published database (Datasette): three seconds, 1,000 rows",
        [_parameter("sql", "query", TEXT, "A SELECT"),
         _parameter("_shape", "query", {"type": "string", "enum": ["array", "objects", "arrays"]}, "Shape of rows")],
        {},
    ),
}  # fmt: skip
"""Address → what it gives, its parameters, the schema of its answer ({}: any JSON)."""


def openapi(visit: PageRequest) -> Answer:
    described = {
        "openapi": "3.1.0",
        "info": {
            "title": "政务公开年报档案 · Disclosure Reports Archive",
            "version": __version__,
            "description": "Read-only, no key. Things are added, never changed. Figures are as printed; implied values"
            " and corrections stand beside them. A blank is not a zero.",
            "license": {"name": "CC BY 4.0", "url": LICENCE},
        },
        "servers": [{"url": visit.origin}],
        "paths": {path: {"get": _operation(path, *told)} for path, told in PATHS.items()},
    }
    return FileAnswer(json.dumps(described, ensure_ascii=False, indent=1), "application/json; charset=utf-8")


def _operation(path: str, summary: str, parameters: list[Json], schema: Json) -> Json:
    name = "_".join(part.strip("{}") for part in path.removesuffix(".json").strip("/").split("/"))
    answer: Json = {"description": summary, "content": {"application/json": {"schema": schema}}}
    failed: Json = {"description": "No such address or number"}
    answers = {"200": answer, "404": failed}
    return {"operationId": name, "summary": summary, "parameters": parameters, "responses": answers}
