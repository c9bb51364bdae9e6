"""Recall on random compositions: `python -m bench.compositions 40` says which reports were not found, and of what."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.portals.compositions import Composition
from tests.portals.simulator import harvest, serving


def main(first: int, last: int) -> None:
    """Portals of the seeds `first` to `last`, each walked from its home page with an unknown family."""
    found = total = asked = silent = 0
    for seed in range(first, last):
        portal = Composition(seed)
        with serving(portal) as server, tempfile.TemporaryDirectory() as folder:
            got = harvest(Path(folder) / "data", portal.registry(server, "auto"), portal.site)
        missing = portal.reports - got.paths("new")
        more = got.paths("new") - portal.reports
        said = bool({"list_short", "needs_browser", "http_error"} & set(got.kinds()))
        found, total = found + len(portal.reports) - len(missing), total + len(portal.reports)
        asked += len(got.asked)
        silent += bool(missing) and not said
        if missing or more:
            print(seed, f"{len(missing)} of {len(portal.reports)} missing", f"{len(more)} too many", portal.recipe)
            print("   ", {kind: len(urls) for kind, urls in got.kinds().items()}, sorted(missing)[:2], sorted(more)[:2])
    print(f"{found} of {total} = {found / total:.1%}; {asked / total:.2f} requests a report")
    print(f"{silent} portals short without a word")


if __name__ == "__main__":
    main(*(map(int, sys.argv[1:3]) if len(sys.argv) > 2 else (0, int(sys.argv[1]) if len(sys.argv) > 1 else 20)))
