"""Datasette Lite: Datasette in the visitor's own browser, over a SQLite file that it fetches from this site.

It runs on a page of another site and over https, so there is an address for it only where the site has been told its
own, and that one is https. It loads the whole file into the memory of a tab.
"""

from __future__ import annotations

from urllib.parse import quote

LITE = "https://lite.datasette.io/"
MOST_BYTES = 100 * 1024**2
"""Of a file that a tab of a usual machine opens: WebAssembly has at most 4 GB, phones stop far below."""
BYTES_A_REPORT = 50_000
"""Of a published report with its cells, checks and text: 9,825 MB for 200,167 of them (docs/site.md)."""
MOST_REPORTS = MOST_BYTES // BYTES_A_REPORT
"""Where the file is not made yet, its size is not known."""


def lite_address(public: str, path: str, *, size: int = 0, reports: int = 0) -> str:
    """Where Datasette Lite opens the file at `path`; "" where it cannot. `public`: the address that was set, or ""."""
    if not public.startswith("https://") or size > MOST_BYTES or reports > MOST_REPORTS:
        return ""
    return f"{LITE}?url={quote(public + path, safe='')}"
