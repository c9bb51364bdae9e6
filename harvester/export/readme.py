"""README.md of the package: what the files are, and what one must know before citing a number from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.resources import files
from string import Template
from typing import Any

from harvester.export.datasets import Selection


def readme(title: str, version: str, selection: Selection, resources: Iterable[Mapping[str, Any]]) -> str:
    """readme.md with the resources of datapackage.json filled in."""
    chosen = [f"行政区划 division {selection.division}"] if selection.division else []
    chosen += [f"年份 years {', '.join(map(str, sorted(selection.years)))}"] if selection.years else []
    lines = [
        f"| `{one['path']}` | {one.get('rows', '')} | {one['title']} | {one['description']} |\n" for one in resources
    ]
    return Template(files(__package__).joinpath("readme.md").read_text(encoding="utf-8")).substitute(
        title=title, version=version, selection="".join(f" · {part}" for part in chosen), files="".join(lines)
    )
