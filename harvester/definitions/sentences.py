"""A finding as an English sentence: readings describe theirs in Chinese only, rules between reports in both."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from harvester.definitions.gloss import cell_name
from harvester.definitions.labels import CODES


def in_english(finding: Mapping[str, Any] | sqlite3.Row) -> str:
    """Its own English words, else what its code means, the cell, the value implied and the clause quoted."""
    has = set(finding.keys())
    own = finding["message_en"] if "message_en" in has else finding["en"] if finding["en"] != finding["zh"] else None
    if own:
        return str(own)
    sentence: str = CODES.get(finding["code"], (finding["code"], finding["code"]))[1]
    key = (finding["cell"] or "").split("/")
    if finding["quote"]:
        sentence += f": “{finding['quote']}”"
    elif len(key) == 3:
        sentence += f": {cell_name(*key)[1]}"
        if finding["implied_value"] is not None:
            sentence += f", implied {finding['implied_value']}"
    return sentence
