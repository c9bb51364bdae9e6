"""``python -m bench [reading|finding|site …]``: speed beside peers, each comparison in one run."""

from __future__ import annotations

import sys
from importlib import import_module

PARTS = ("reading", "finding", "site")


def main(arguments: list[str]) -> None:
    for part in arguments or PARTS:
        if part not in PARTS:
            sys.exit(f"bench: {part!r} is none of {', '.join(PARTS)}")
        print(f"== {part}")
        import_module(f"bench.{part}").main([])


if __name__ == "__main__":
    main(sys.argv[1:])
