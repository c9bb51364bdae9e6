"""The sample portals: small fictional county sites on three platform families, and one that refuses visitors.

What they list stands in manifest.toml, the documents beside it. Everything is marked 「模拟站点 SIMULATED」.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from harvester.sample.hanweb import hanweb_site
from harvester.sample.item import Item
from harvester.sample.server import Answer, Server, SimulatedSite
from harvester.sample.trs import trs_site
from harvester.sample.ucap import ucap_site

MARK = "模拟站点 SIMULATED"


@dataclass(frozen=True, slots=True)
class SamplePortal:
    """One sample portal: its registry row (but for the host, which the system chooses) and how its site is made."""

    id: str
    name: str
    division: str
    family: str
    start: str
    make: Callable[[str, tuple[Item, ...]], SimulatedSite]


def refusing_site(name: str, items: tuple[Item, ...]) -> SimulatedSite:
    """A site behind a JavaScript challenge (status 521): to be recognised, recorded and left alone."""
    challenge = Answer(
        f"<html><!-- {MARK} --><script>document.cookie='__jsl_clearance_s=…';"
        "location.href=location.pathname+location.search</script></html>".encode(),
        521,
        (("Set-Cookie", "__jsluid_s=0123456789abcdef; path=/"),),
    )
    site = SimulatedSite(missing=challenge)
    site.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow:\n", content_type="text/plain")
    return site


PORTALS = (
    SamplePortal("qingshi", "青石县人民政府", "990101", "trs", "/zwgk/zfxxgk/zfxxgknb/", trs_site),
    SamplePortal("baihua", "白桦县人民政府", "990201", "hanweb", "/col/col61566/index.html", hanweb_site),
    SamplePortal("yunshan", "云杉县人民政府", "990301", "ucap", "/ysxrmzf/c105122/list.shtml", ucap_site),
    SamplePortal("liushui", "流水县人民政府", "990401", "trs", "/zwgk/zfxxgk/zfxxgknb/", refusing_site),
)


@cache
def items() -> tuple[Item, ...]:
    """Everything in the manifest."""
    text = files(__package__).joinpath("manifest.toml").read_text(encoding="utf-8")
    return tuple(Item(**{**entry, "files": tuple(entry["files"])}) for entry in tomllib.loads(text)["item"])


def listed(portal_id: str, visit: int) -> tuple[Item, ...]:
    """What a portal lists at the first or second visit, newest first."""
    now = "first" if visit == 1 else "second"
    return tuple(item for item in items() if item.portal == portal_id and item.when in ("always", now))


def site(portal: SamplePortal, visit: int = 1) -> SimulatedSite:
    """The site of one portal as it stands at a visit."""
    return portal.make(f"{portal.name}（{MARK}）", listed(portal.id, visit))


def registry(servers: dict[str, Server]) -> str:
    """The registry of the running portals, as TOML. No delay: nobody else is on this machine's loopback."""
    return "\n".join(registry_entries(servers))


def registry_entries(servers: dict[str, Server]) -> Iterator[str]:
    for portal in PORTALS:
        server = servers[portal.id]
        yield (
            f'[[portal]]\nid = "{portal.id}"\nname = "{portal.name}"\ndivision = "{portal.division}"\n'
            f'level = "county"\nhosts = ["{server.host}"]\nfamily = "{portal.family}"\nstatus = "unverified"\n'
            f'simulated = true\n[[portal.start]]\nurl = "{server.url}{portal.start}"\nrole = "annual_root"\n'
            f'layout = "flat"\n[portal.politeness]\ndelay = 0\n'
        )
