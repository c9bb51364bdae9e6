"""The generated pages and the list of folders say what the code says."""

from __future__ import annotations

import pytest

from harvester.reference import DOCS, pages


@pytest.mark.parametrize("name", ["cli.md", "data.md", "indicators.md", "architecture.md"])
def test_generated_page_is_current(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == pages()[name](), "run `make docs`"
