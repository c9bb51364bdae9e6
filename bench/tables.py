"""Tables of the documents that a benchmark writes: each stands between two comments with its name."""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"


def put(page: Path, name: str, text: str) -> None:
    """Put `text` between the two comments of a page. Raises ValueError where they are lacking."""
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    old = page.read_text("utf-8")
    new, count = re.subn(f"{begin}.*?{end}", lambda _: f"{begin}\n{text}\n{end}", old, flags=re.S)
    if count != 1:
        raise ValueError(f"{page} has {count} places for {name}")
    page.write_text(new, "utf-8")
