"""``python -m bench [reading|finding|site|growth|country|suites …] [options]``: each comparison in one run."""

from __future__ import annotations

import sys
from importlib import import_module

PARTS = ("reading", "finding", "site", "growth", "country", "suites")


def main(arguments: list[str]) -> None:
    first = next((index for index, word in enumerate(arguments) if word.startswith("-")), len(arguments))
    for part in arguments[:first] or PARTS:
        if part not in PARTS:
            sys.exit(f"bench: {part!r} is none of {', '.join(PARTS)}")
        print(f"== {part}")
        import_module(f"bench.{part}").main(arguments[first:])


if __name__ == "__main__":
    main(sys.argv[1:])
