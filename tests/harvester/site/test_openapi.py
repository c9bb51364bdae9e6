"""openapi.json is valid by openapi-spec-validator, and every answer is what it says."""

from __future__ import annotations

import warnings

import httpx
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the validator's own dependencies deprecate each other
    from openapi_spec_validator import validate

FITTING = {"{id}": "223", "{name}": "disclosure_rate", "{year}": "2023"}


async def test_the_description_is_valid_and_true(client: httpx.AsyncClient) -> None:
    described = (await client.get("/openapi.json")).json()
    validate(described)
    for path, methods in described["paths"].items():
        address = path
        for part, value in FITTING.items():
            address = address.replace(
                part, value if not path.startswith(("/agencies", "/ledger")) or part != "{id}" else "2"
            )
        answer = await client.get(address, params={"sql": "select 1"} if path == "/archive.json" else {})
        assert answer.status_code == 200, address
        schema = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        Draft202012Validator(schema).validate(answer.json())


async def test_the_page_on_the_api_leads_to_it(client: httpx.AsyncClient) -> None:
    assert "/openapi.json" in (await client.get("/api")).text
