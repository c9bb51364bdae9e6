"""`harvester portals`: the registry, and a look at a portal before it enters."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harvester.commands.options import Settings, common_options, place_options, say, say_json
from harvester.errors import UsageError

if TYPE_CHECKING:
    from spiders.portal import Portal


@click.group()
def portals() -> None:
    """The portal registry: list, show, check, detect, learn, record, replay."""


@portals.command("list", epilog="Example: harvester portals list --province 37 --level county")
@click.option("--family", help="Only this platform family")
@click.option("--json", "as_json", is_flag=True, help="For machines")
@place_options
@common_options
def list_portals(settings: Settings, family: str | None, as_json: bool, code: str | None, level: str | None) -> None:
    """One line a portal: id, division, family, status, name."""
    from harvester.portal_choice import chosen_portals
    from spiders.registry.load import to_dict
    from spiders.registry.place import Place

    everyone = chosen_portals(settings.portals, place=Place(code, level))
    chosen = [portal for portal in everyone if family in (None, portal.family)]
    if family is not None and not chosen:
        raise UsageError(f"no portal of the family {family} in the registry")
    if as_json:
        say_json([to_dict(portal) for portal in chosen], indent=2)
        return
    for portal in chosen:
        say(f"{portal.id:<24} {portal.division}  {portal.family:<12} {portal.status:<11} {portal.name}")
    say(f"{len(chosen)} portals", err=True)


@portals.command(epilog="Example: harvester portals show jiaxiang")
@click.argument("portal_id")
@common_options
def show(settings: Settings, portal_id: str) -> None:
    """One portal's registry entry, as JSON, with the recipes that visits from this data directory have taught."""
    from harvester.maintain.learn import learnt
    from spiders.registry.load import to_dict

    portal = the_portal(settings, portal_id)
    if (settings.data / "archive.db").exists():
        portal = learnt(settings.data, portal)
    say_json(to_dict(portal), indent=2)


@portals.command(epilog="Example: harvester portals learn jiaxiang > learnt.toml")
@click.argument("portal_id")
@common_options
def learn(settings: Settings, portal_id: str) -> None:
    """Write what a browser taught of a portal's lists: its registry entry with a [[portal.recipe]] for each."""
    from harvester.maintain.learn import learnt
    from spiders.registry.load import to_dict
    from spiders.registry.write import to_toml

    portal = learnt(settings.data, the_portal(settings, portal_id))
    click.echo(to_toml(to_dict(portal)), nl=False)
    say(f"{len(portal.recipes)} recipes", err=True)


@portals.command(epilog="Example: harvester portals check jiaxiang")
@click.argument("portal_id")
@click.option("--json", "as_json", is_flag=True, help="For machines")
@common_options
def check(settings: Settings, portal_id: str, as_json: bool) -> None:
    """Walk one portal's lists without storing anything and say what would be harvested."""
    from harvester.contact import introduce
    from harvester.crawl.stage import check as check_portal

    portal = the_portal(settings, portal_id)
    introduce([portal], settings.data)
    result = check_portal(portal)
    if as_json:
        say_json(result, indent=2)
    else:
        say(format_check(result))


@portals.command(epilog="Example: harvester portals detect http://www.example.gov.cn/")
@click.argument("url")
@common_options
def detect(settings: Settings, url: str) -> None:
    """Name the platform family of a URL and propose a registry entry."""
    from harvester.crawl.stage import detect as detect_family

    say(detect_family(url))


@portals.command(epilog="Example: harvester portals record jiaxiang --to recordings --limit 20")
@click.argument("portal_id")
@click.option(
    "--to", "folder", type=click.Path(path_type=Path, file_okay=False), default=".", help="Folder of the file"
)
@click.option("--limit", type=click.IntRange(min=1), help="At most so many reports")
@click.option("--lists", "lists_only", is_flag=True, help="Only what the lists name, without the reports themselves")
@common_options
def record(settings: Settings, portal_id: str, folder: Path, limit: int | None, lists_only: bool) -> None:
    """Visit one portal and keep all that it answers in one WARC file, for `portals replay`. No archive is touched."""
    from harvester.contact import introduce
    from harvester.crawl.recording import record as record_visit
    from spiders.walk.visitor import Options

    portal = the_portal(settings, portal_id)
    introduce([portal], settings.data)
    file, found = record_visit(portal, folder, Options(limit=limit, lists_only=lists_only))
    say(f"{file}: {len(found.documents or found.wanted)} found; lists {found.completeness}, visit {found.ended}")


@portals.command(epilog="Example: harvester portals replay recordings/*.warc.gz")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="For machines")
@common_options
def replay(settings: Settings, files: tuple[Path, ...], as_json: bool) -> None:
    """Walk recorded visits again with today's spiders, without network, and compare what is found.

    FILES are recordings, or WARC files of a data directory: then every portal of that run. Exits with 1 where
    something that was found is not found any more.
    """
    from harvester.crawl.recording import replay as replay_visits
    from harvester.portal_choice import chosen_portals

    registry = {portal.id: portal for portal in chosen_portals(settings.portals)}
    results = replay_visits(list(files), registry)
    if as_json:
        say_json([result.as_dict() for result in results], indent=2)
    for result in () if as_json else results:
        say(str(result))
    if any(result.lost for result in results):
        sys.exit(1)


def the_portal(settings: Settings, portal_id: str) -> Portal:
    """One portal of the registry. Raises UsageError."""
    from harvester.portal_choice import chosen_portals

    return chosen_portals(settings.portals, [portal_id])[0]


def format_check(result: dict[str, object]) -> str:
    """The result of a check for people: what was walked, then what would be harvested."""
    found = result.get("items")
    items = found if isinstance(found, list) else []
    path = result.get("path")
    walked = [f"  {column}" for column in (path if isinstance(path, list) else [])]
    head = [f"{key}: {value}" for key, value in result.items() if key not in ("items", "path")]
    wanted = [f"  {item['title']}  {item['url']}" for item in items]
    return "\n".join([*head, f"columns walked {len(walked)}:", *walked, f"would harvest {len(items)}:", *wanted])
