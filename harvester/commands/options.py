"""Options that every command takes, before or after the verb."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from harvester.definitions.years import POSSIBLE_YEARS
from harvester.errors import UsageError
from harvester.printable import printable, printable_json


@dataclass(frozen=True, slots=True)
class Settings:
    """What the common options say. `portals` None means the registry that ships with the package."""

    data: Path = Path("data")
    portals: Path | None = None
    log_format: str = "text"
    verbosity: int = 0


COMMON = (
    click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Data directory [default: ./data]"),
    click.option("--portals", type=click.Path(path_type=Path), help="Portal registry, a TOML file or a folder of them"),
    click.option("--log-format", type=click.Choice(["text", "json"]), help="How log lines look [default: text]"),
    click.option("-v", "--verbose", count=True, help="Say more (twice: everything)"),
    click.option("-q", "--quiet", count=True, help="Say less (twice: errors only)"),
)


def check_writable_as_text(data: Path) -> None:
    """Raises UsageError for a folder whose name is no text: SQLite and JSON could not name what lies in it."""
    try:
        str(data.absolute()).encode("utf-8")
    except UnicodeEncodeError as error:
        raise UsageError(f"--data: {str(data)!r} is not UTF-8; choose another folder") from error


def common_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the common options, collected into one `settings` argument.

    The group takes them too; what stands after the verb wins.
    """

    @functools.wraps(function)
    def with_settings(*args: Any, **kwargs: Any) -> Any:
        context = click.get_current_context()
        settings: Settings = (context.parent and context.find_object(Settings)) or Settings()
        given = {name: kwargs.pop(name) for name in ("data", "portals", "log_format")}
        verbosity = kwargs.pop("verbose") - kwargs.pop("quiet")
        settings = replace(
            settings,
            **{name: value for name, value in given.items() if value is not None},
            verbosity=verbosity or settings.verbosity,
        )
        check_writable_as_text(settings.data)
        configure_logging(settings)
        return function(*args, settings=settings, **kwargs)

    for option in reversed(COMMON):
        with_settings = option(with_settings)
    return with_settings


def configure_logging(settings: Settings) -> None:
    from harvester.logs import configure

    configure(settings.log_format, settings.verbosity)


class Years(click.ParamType):  # type: ignore[type-arg]  # generic only from click 8.3
    """``2019-2024``, ``2022`` or ``2019,2021-2023`` as a frozenset of report years."""

    name = "years"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> frozenset[int]:
        if isinstance(value, frozenset):
            return value
        years: set[int] = set()
        for part in str(value).split(","):
            match = re.fullmatch(r"\s*(\d{4})(?:\s*[-–]\s*(\d{4}))?\s*", part)
            if match is None:
                self.fail(f"{value!r} is not a range of years like 2019-2024", param, ctx)
            first, last = int(match[1]), int(match[2] or match[1])
            if not POSSIBLE_YEARS.start <= first <= last <= POSSIBLE_YEARS.stop:
                self.fail(
                    f"{part.strip()!r}: years run from {POSSIBLE_YEARS.start}, the first before the last", param, ctx
                )
            years.update(range(first, last + 1))
        return frozenset(years)


YEARS = Years()

PLACE = (
    click.option("--province", "code", help="Only portals of this place: 37, 3708 or 370829"),
    click.option("--level", help="Only portals of this level: province, city, county, district, functional_zone"),
)


def place_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that pick portals by their place (`spiders.registry.place.Place`)."""
    for option in reversed(PLACE):
        function = option(function)
    return function


cluster_option = click.option(
    "--cluster", metavar="tcp://…", help="Scheduler whose workers read documents [default: this machine reads]"
)
"""Where documents are read: `harvester.read.cluster`."""

VISIT = (
    click.argument("portal_id", nargs=-1),
    click.option("--all", "everyone", is_flag=True, help="Every portal of the registry that ships"),
    *PLACE,
    click.option("--years", type=YEARS, help="Only reports of these years, e.g. 2019-2024"),
    click.option("--limit", type=click.IntRange(min=1), help="At most so many reports a portal"),
    click.option("--recheck", is_flag=True, help="Visit every list and known document now, whatever the calendar says"),
)


def visit_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say whom to visit and how far to go, collected into one `order`.

    `order` is a `harvester.whom.Order`, without the file of portals, which all commands share.
    """

    @functools.wraps(function)
    def with_order(*args: Any, portal_id: tuple[str, ...], everyone: bool, **kwargs: Any) -> Any:
        from harvester.whom import Order
        from spiders.registry.place import Place
        from spiders.walk.visitor import Options

        place = Place(kwargs.pop("code"), kwargs.pop("level"))
        options = Options(**{name: kwargs.pop(name) for name in ("years", "limit", "recheck")})
        order = Order(portal_ids=portal_id, everyone=everyone, place=place, options=options)
        return function(*args, order=order, **kwargs)

    for option in reversed(VISIT):
        with_order = option(with_order)
    return with_order


def say(text: object, *, err: bool = False) -> None:
    """One or more lines for people: what portals wrote in them is shown, never obeyed."""
    click.echo(printable(str(text)), err=err)


def say_json(value: object, indent: int | None = None) -> None:
    """A value for machines."""
    click.echo(printable_json(json.dumps(value, ensure_ascii=False, indent=indent)))
