"""Recorded visits: all that one visit met in one WARC file, and the same visit walked again by today's spiders.

So every real portal that an operator visits becomes a test: `record` asks the portal, politely as ever, and keeps every
answer (robots.txt, lists, scripts, what a browser asked for) with what was found; `replay` asks nobody.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from archive.capture import Capture
from archive.tape import Tape, read_tape
from archive.warc import WarcError
from archive.warc_writer import WarcWriter
from harvester import __version__
from harvester.crawl.rehearsal import visit_alone
from harvester.crawl.replay import NO_WAITING, Answerer, ReplayedSpider
from harvester.errors import RunFailed, UsageError
from spiders.portal import Politeness, Portal, Start
from spiders.registry.fields import read_portal
from spiders.registry.load import to_dict
from spiders.walk.events import Event
from spiders.walk.visitor import Options

_DOCUMENTS = ("page", "attachment")
_MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Found:
    """What a visit found: titles of what its lists offer and addresses of the documents it kept, and how it ended."""

    documents: frozenset[str]
    wanted: Mapping[str, str]
    completeness: str
    ended: str
    events: tuple[str, ...] = ()

    def as_note(self) -> dict[str, Any]:
        """For the end of a recording."""
        return {
            "documents": sorted(self.documents),
            "wanted": dict(self.wanted),
            "completeness": self.completeness,
            "ended": self.ended,
            "events": list(self.events),
        }

    @classmethod
    def of_note(cls, note: Mapping[str, Any]) -> Found:
        """What `as_note` wrote."""
        documents, events = frozenset(note["documents"]), tuple(note["events"])
        return cls(documents, note["wanted"], note["completeness"], note["ended"], events)


@dataclass(frozen=True, slots=True)
class Replayed:
    """One portal's visit, then and now. `missed`: what today's walk asked for and the tape does not hold."""

    portal: str
    before: Found
    now: Found
    missed: tuple[str, ...] = field(default=())

    @property
    def lost(self) -> list[str]:
        """Documents, or items of lists, that were found then and are not now."""
        return sorted((self.before.documents - self.now.documents) | (set(self.before.wanted) - set(self.now.wanted)))

    @property
    def gained(self) -> list[str]:
        """And the other way about."""
        return sorted((self.now.documents - self.before.documents) | (set(self.now.wanted) - set(self.before.wanted)))

    def __str__(self) -> str:
        kept = len(self.before.documents | set(self.before.wanted))
        lines = [
            f"{self.portal}: {kept} found then, {kept - len(self.lost) + len(self.gained)} now; lists"
            f" {self.before.completeness} then, {self.now.completeness} now"
        ]
        for name, told in (("lost", self.lost), ("new", self.gained), ("not recorded", self.missed)):
            lines += [f"  {name}: {len(told)}"] if told else []
            lines += [f"    {one}" for one in told[:_MOST_NAMED]]
        return "\n".join(lines)

    def as_dict(self) -> dict[str, Any]:
        """For machines."""
        told = {"portal": self.portal, "lost": self.lost, "new": self.gained, "not_recorded": list(self.missed)}
        return told | {"before": self.before.as_note(), "now": self.now.as_note()}


def record(portal: Portal, folder: Path, options: Options) -> tuple[Path, Found]:
    """Visit `portal` and keep all that it answers in a WARC file in `folder`. Raises RunFailed."""
    try:
        with WarcWriter(folder, portal.id) as writer:
            found = _visited(portal, options, given={"recorder": lambda exchange: writer.write(exchange, {})})
            entry = to_dict(portal) | {"place": portal.place, "neighbours": sorted(portal.neighbours)}
            told = {"lists_only": options.lists_only, "limit": options.limit, "years": sorted(options.years or ())}
            writer.end_recording({"version": __version__, "portal": entry, "options": told, "found": found.as_note()})
            return writer.path, found
    except OSError as error:
        raise RunFailed(f"{folder}: {error}") from error


def replay(files: list[Path], registry: Mapping[str, Portal]) -> list[Replayed]:
    """The visits of these WARC files once more, without network: recordings, and archives of runs.

    A recording brings its portal's entry; for an archive `registry` has it, else what the archive tells of the portal.
    Raises UsageError for a file that cannot be read.
    """
    try:
        tape = read_tape(files)
    except (OSError, WarcError) as error:
        raise UsageError(str(error)) from error
    return [_replayed(portal_id, tape, registry) for portal_id in tape.exchanges]


def _replayed(portal_id: str, tape: Tape, registry: Mapping[str, Portal]) -> Replayed:
    note, told = tape.notes.get(portal_id), tape.exchanges[portal_id]
    if note is not None:
        portal, before, options = portal_of_note(note), Found.of_note(note["found"]), options_of_note(note)
    else:
        harvested = [harvest for _, harvest in told]
        portal = registry.get(portal_id) or portal_of_archive(portal_id, harvested)
        before, options = _kept_then(harvested), Options()
    answers = Answerer.of(told)
    polite = replace(portal, politeness=replace(portal.politeness, delay=0.0))
    now = _visited(polite, options, spider=ReplayedSpider, given={"tape": answers}, settings=NO_WAITING)
    return Replayed(portal_id, before, now, tuple(dict.fromkeys(answers.missed)))


def _visited(portal: Portal, options: Options, **visit: Any) -> Found:
    events: list[Event] = []
    documents: set[str] = set()

    def keep(capture: Capture) -> str:
        if capture.role in _DOCUMENTS and capture.outcome != "gone":
            documents.add(capture.url)
        return "new"

    account = visit_alone(portal, events, options, keep=keep, **visit)
    said = tuple(f"{event.kind} {event.url}" for event in events)
    wanted = {url: title for title, url in account.wanted}
    return Found(frozenset(documents), wanted, account.completeness, account.finished_reason, said)


def _kept_then(harvested: Iterable[Mapping[str, Any]]) -> Found:
    """What a run kept of a portal; how its lists ended no capture tells."""
    kept = (one["url"] for one in harvested if one.get("role") in _DOCUMENTS and one.get("outcome") != "gone")
    return Found(frozenset(kept), {}, "unknown", "archived")


def portal_of_note(note: Mapping[str, Any]) -> Portal:
    """The entry as it was when the visit was recorded."""
    entry = dict(note["portal"])
    place, neighbours = entry.pop("place", ""), frozenset(entry.pop("neighbours", ()))
    polite = {name: value for name, value in entry.get("politeness", {}).items() if value is not None}
    starts = [{name: value for name, value in start.items() if value is not None} for start in entry["start"]]
    read = read_portal(entry | {"politeness": polite, "start": starts}, "recording")
    return replace(read, place=place, neighbours=neighbours)


def options_of_note(note: Mapping[str, Any]) -> Options:
    """How far the recorded visit went."""
    told = note["options"]
    return Options(years=frozenset(told["years"]) or None, limit=told["limit"], lists_only=told["lists_only"])


def portal_of_archive(portal_id: str, harvested: Iterable[Mapping[str, Any]]) -> Portal:
    """A portal as the captures of its archive tell of it. Raises UsageError where they do not."""
    told = next((one["portal"] for one in harvested if one.get("portal", {}).get("start_url")), None)
    if told is None:
        raise UsageError(f"{portal_id}: neither the registry nor the archive says where its visit begins")
    role = "home" if told["start_url"].split("://")[-1].partition("/")[2] == "" else "annual_root"
    return Portal(
        portal_id,
        told["name"],
        told["division_code"],
        told["level"],
        tuple(json.loads(told["hosts"])),
        told["family"],
        (Start(told["start_url"], role),),
        simulated=bool(told["simulated"]),
        politeness=Politeness(delay=0.0),
    )
