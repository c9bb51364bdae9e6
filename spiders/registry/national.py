"""The national list: one line a government of which only the home page is known (docs/portals.md).

Facts from a public research repository (anyi-econ/china-public-debt, April 2026); none was contacted for this project.
A TOML entry of the same host or of the same government wins. `write_list` makes the shipped file anew from the research
list: `python -m spiders.registry.national ../shared/portals/national.csv`.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from archive.divisions import divisions
from spiders.portal import EVERY, Portal, Start

FILE = "national.csv"
FIELDS = ("id", "name", "division", "level", "home", "status")
_GOVERNMENTS = ("province", "city", "county", "district")
_OWN = re.compile(r"[^.:]+(?:\.[^.:]+)*\.gov\.cn")
"""A domain below the suffix that governments have theirs under; gov.cn itself is nobody's."""
_IS_DISTRICT = re.compile(r"(?<!自治)区$")


def national_portals(known: Iterable[Portal], text: str | None = None) -> Iterator[Portal]:
    """The portals of the list that no entry of `known` has: by hosts, or by division where that is a government."""
    hosts = {host.removeprefix("www.") for portal in known for host in portal.hosts if not host.startswith(EVERY)}
    governed = {portal.division for portal in known if portal.level in _GOVERNMENTS}
    ids = {portal.id for portal in known}
    for row in csv.DictReader((text or _shipped()).splitlines()):
        host = urlsplit(row["home"]).netloc
        if host.removeprefix("www.") in hosts or row["division"] in governed or row["id"] in ids:
            continue
        yield portal_of(row)


def listed_hosts() -> Iterator[str]:
    """The hosts of every government in the list."""
    return (urlsplit(row["home"]).netloc for row in csv.DictReader(_shipped().splitlines()))


def listed(host: str) -> Portal | None:
    """The government of that home in the list; None for a host that is not in it, or that two places name."""
    rows = csv.DictReader(_shipped().splitlines())
    bare = host.removeprefix("www.")
    found = [row for row in rows if urlsplit(row["home"]).netloc.removeprefix("www.") == bare]
    return portal_of(found[0]) if len(found) == 1 else None


def portal_of(row: dict[str, str]) -> Portal:
    """One line as a portal: walked from its home page once that has shown the place's own name."""
    host = urlsplit(row["home"]).netloc
    twin = host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"
    return Portal(
        id=row["id"],
        name=row["name"],
        division=row["division"],
        level=row["level"],
        hosts=(host, twin, *sub_hosts(host)),
        family="auto",
        start=(Start(row["home"], "home"),),
        status=row["status"],
        place=place_words(row["name"]),
    )


def sub_hosts(host: str) -> tuple[str, ...]:
    """``*.`` of the domain that a government's home names as its own."""
    bare = host.removeprefix("www.")
    return (f"{EVERY}{bare}",) if _OWN.fullmatch(bare) else ()


def place_words(name: str) -> str:
    """The word by which a home page shows whose it is: 嘉祥县 of 嘉祥县人民政府."""
    return re.sub(r"(?:人民)?政府$|(?:管理)?委员会$|管委会$", "", name)


def rows_of(research: Path) -> Iterator[dict[str, str]]:
    """Lines of the shipped list from the research list. A zone without a code has that of the place around it."""
    codes = {(one.province, one.city, one.county): one.code for one in divisions()}
    with research.open(encoding="utf-8-sig", newline="") as file:
        read = list(csv.DictReader(file))
    shared = Counter(_identifier(row["home"]) for row in read)
    for row in read:
        *around, place = row["place"].split("/")
        outer = [*around, "", ""][:2]
        division = row["division_code"] or codes.get((outer[0], outer[1], "")) or codes[(outer[0], "", "")]
        level = "district" if row["level"] == "county" and _IS_DISTRICT.search(place) else row["level"]
        identifier = _identifier(row["home"])
        yield {
            "id": identifier if shared[identifier] == 1 else f"{identifier}_{division}",
            "name": place if level == "functional_zone" else f"{place}人民政府",
            "division": division,
            "level": level,
            "home": row["home"],
            "status": "unverified",
        }


def write_list(research: Path, target: Path) -> int:
    """Writes the shipped list; how many lines it has."""
    rows = sorted(rows_of(research), key=lambda row: (row["division"], row["id"]))
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return len(rows)


def _identifier(home: str) -> str:
    """``jiaxiang`` for www.jiaxiang.gov.cn, ``liaocheng_dev`` for dev.liaocheng.gov.cn."""
    bare = re.sub(r"(?:\.gov)?(?:\.(?:cn|com|net|org))+$", "", urlsplit(home).netloc.removeprefix("www."))
    return re.sub(r"[^a-z0-9_]", "_", "_".join(reversed(bare.lower().split("."))))


def _shipped() -> str:
    return files("spiders").joinpath("portals", FILE).read_text("utf-8")


if __name__ == "__main__":
    print(write_list(Path(sys.argv[1]), Path(__file__).parent.parent / "portals" / FILE))
