"""Our templates: one Jinja environment of our own for our pages, the same words and filters for Datasette's."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from harvester.definitions import gloss
from harvester.definitions.identities import RULES
from harvester.definitions.labels import CHECK_STATUSES, EVENTS, FORMATS, PORTAL_STATUSES, REASONS, in_english
from harvester.definitions.ledger_statuses import LEDGER_STATUSES
from harvester.definitions.vocabulary import vocabulary
from harvester.site.parts.accessibility import labelled
from harvester.site.parts.facts import Facts
from harvester.site.parts.language import Language

if TYPE_CHECKING:
    from harvester.site.parts.visit import PageRequest

_ONE_DECIMAL = 10
"""Sizes below it have one decimal, so that two digits are seen of every size."""
_DAY, _MINUTE = len("2024-01-31"), len("2024-01-31T09:30")


@cache
def environment() -> Environment:
    env = Environment(
        loader=PackageLoader("harvester.site", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    decorate(env)
    return env


def decorate(env: Environment) -> None:
    """The filters that ours and Datasette's environment share."""
    env.filters |= {"thousands": thousands, "size": size, "day": day, "moment": moment, "percent": percent}
    env.filters["labelled"] = labelled
    env.globals |= {"static": static, "cell_name": gloss.cell_name, "GLYPHS": GLYPHS, "day": day, "RULES": RULES}
    env.globals |= {"in_english": in_english, "reason_of": reason_of}
    env.globals |= {"CHECK_STATUSES": CHECK_STATUSES, "PORTAL_STATUSES": PORTAL_STATUSES, "FORMATS": FORMATS}
    env.globals |= {"REASONS": REASONS, "EVENTS": EVENTS, "STATUS_MEANINGS": vocabulary()["ledger.status"]}


def words(say: Language, path: str, query: str, known: Facts) -> dict[str, Any]:
    """What `page.html` needs on every page, ours or Datasette's."""
    return {"L": say, "href": say.href, "other_language": say.other(path, query), "site": known, "path": path}


def render(template: str, context: Mapping[str, Any], given: PageRequest) -> str:
    known = given.known
    base = words(given.say, given.path, given.query, known) | {
        "simulated": known.population == 1,
        "visit": given,
        "with_arg": lambda name, value: changed(given, name, value),
        "turned": lambda number: changed(given, "page", number),
    }
    return environment().get_template(template).render(base | dict(context))


def changed(given: PageRequest, name: str, value: object) -> str:
    """This page's address with one parameter set (or, when empty, left out); a new filter starts at page one."""
    kept = [(key, one) for key, found in given.args.items() for one in found if key not in (name, "page") and one]
    added = [(name, str(value))] if value not in (None, "") else []
    return given.say.href(given.path) + "?" + urlencode(kept + added)


GLYPHS: Mapping[str, tuple[str, str, str]] = {
    name: (status.sign, status.zh, status.en) for name, status in LEDGER_STATUSES.items()
}
"""Each ledger status has a shape and a word, never a colour alone."""


def reason_of(reason: str | None) -> tuple[str, str]:
    """What the first word of a ledger entry's reason means; the rest is for its own page."""
    word = (reason or "").partition(" · ")[0].partition(":")[0]
    return vocabulary()["ledger.reason"].get(word, (word, word))


def thousands(value: object) -> str:
    """1234567 → 1,234,567; None → —."""
    return "—" if value is None else f"{value:,}" if isinstance(value, int) else str(value)


def size(count: int | None) -> str:
    if count is None:
        return "—"
    for unit, factor in (("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)):
        if count >= factor:
            scaled = count / factor
            return f"{scaled:.1f} {unit}" if scaled < _ONE_DECIMAL else f"{scaled:.0f} {unit}"
    return f"{count} B"


def day(text: str | None) -> str:
    return (text or "—")[:_DAY]


def moment(text: str | None) -> str:
    return f"{text[:_MINUTE].replace('T', ' ')} UTC" if text and len(text) > _DAY else day(text)


def percent(share: float | None, digits: int = 1) -> str:
    return "—" if share is None else f"{share * 100:.{digits}f}%"


@cache
def static(name: str) -> str:
    """Address of a static file, its content in the query so that it may be cached for long."""
    content = files("harvester.site").joinpath("static", name).read_bytes()
    return f"/static/{name}?{hashlib.sha256(content).hexdigest()[:8]}"


def data_island(value: object) -> Markup:
    """JSON for a script or an attribute, safe inside HTML."""
    return Markup(json.dumps(value, ensure_ascii=False).replace("<", "\\u003c"))
