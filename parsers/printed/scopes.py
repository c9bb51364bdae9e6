"""The scope of a body by its name: a government, its office, a department, a town, a zone, a public institution."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from parsers.printed.traditional import simplified

DEPARTMENT = re.compile(r"[局委办厅室部处院站所馆队会署社心]$")
"""How departments end; that is weak, and asked last."""


@cache
def _rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Scope and pattern of each entry of scopes.toml, in its order."""
    entries = tomllib.loads((files(__package__) / "scopes.toml").read_text(encoding="utf-8"))["scope"]
    return tuple(
        (entry["id"], re.compile("|".join([*entry.get("holds", "").split(), *_ends(entry.get("ends", ""))])))
        for entry in entries
    )


def _ends(words: str) -> list[str]:
    return [f"(?:{word})$" for word in words.split()]


def scope_shown(name: str | None) -> str | None:
    """The scope that the words of a name show, None where they show none."""
    if not name:
        return None
    plain = simplified(name)
    shown = next((scope for scope, pattern in _rules() if pattern.search(plain)), None)
    return shown or ("department" if DEPARTMENT.search(plain) else None)


def scope_of(agency: str | None) -> str | None:
    """The scope of an agency: one whose name shows nothing else is a department."""
    return (scope_shown(agency) or "department") if agency else None
