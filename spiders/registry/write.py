"""An entry of the registry as TOML: what `harvester portals learn` and `detect` write, and `load` reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def to_toml(entry: Mapping[str, Any]) -> str:
    """One ``[[portal]]`` with its tables (`spiders.registry.load.to_dict`)."""
    return "\n".join(_table("portal", entry, listed=True)) + "\n"


def _table(name: str, table: Mapping[str, Any], *, listed: bool) -> Iterator[str]:
    """Plain values first: what stands below a table's head belongs to that table."""
    yield f"[[{name}]]" if listed else f"[{name}]"
    below = {key: value for key, value in table.items() if isinstance(value, Mapping) or _is_tables(value)}
    for key, value in table.items():
        if key not in below and value is not None:
            yield f"{_key(key)} = {_value(value)}"
    for key, value in below.items():
        for part in value if isinstance(value, list) else [value]:
            told = {name: content for name, content in part.items() if content is not None}
            if told:
                yield from _table(f"{name}.{_key(key)}", told, listed=isinstance(value, list))


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(part, Mapping) for part in value)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else quoted(name)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_value, value))}]"
    return json.dumps(str(value).replace("\x7f", ""), ensure_ascii=False)  # a basic string of TOML too


def quoted(text: str) -> str:
    """`text` as a TOML basic string; what a line cannot hold is a blank."""
    return '"' + re.sub(r"[\x00-\x1f\x7f]", " ", text).replace("\\", "\\\\").replace('"', '\\"') + '"'
