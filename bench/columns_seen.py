"""How many real column addresses tell their platform: `python -m bench.columns_seen ../shared/portals/national.csv`."""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

from spiders.families.fingerprint import family


def main(research: Path) -> None:
    """Share of `columns_seen` by family, by address alone, and the commonest shapes of those that tell nothing."""
    with research.open(encoding="utf-8-sig", newline="") as file:
        addresses = [address for row in csv.DictReader(file) for address in row["columns_seen"].split()]
    told = Counter(family("", address) for address in addresses)
    known = len(addresses) - told["generic"]
    print(f"{len(addresses)} addresses, {known} ({known / len(addresses):.1%}) tell their platform")
    for name, count in told.most_common():
        print(f"  {name:<12} {count:>5}  {count / len(addresses):.1%}")
    shapes = Counter(shape(address) for address in addresses if family("", address) == "generic")
    for name, count in shapes.most_common(15):
        print(f"  ? {name:<40} {count}")


def shape(address: str) -> str:
    """The last two parts of a path with numbers and words as such."""
    parts = urlsplit(address).path.strip("/").split("/")[-2:]
    return "/".join(re.sub(r"[a-z_-]{2,}(?=\.|$|/)", "w", re.sub(r"\d+", "9", part)) for part in parts) + (
        "/" if address.endswith("/") else ""
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
