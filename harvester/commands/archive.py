"""Verbs that touch a data directory: run, crawl, parse, publish, verify, rebuild, export, correct, status."""

from __future__ import annotations

import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harvester.commands.options import YEARS, Settings, cluster_option, common_options, say, say_json, visit_options

if TYPE_CHECKING:
    from harvester.whom import Order

FORMATS = ("csv", "xlsx", "parquet", "json", "sqlite")


@click.command(epilog="Example: harvester run jiaxiang tjhb --years 2019-2024")
@click.option("--explain", is_flag=True, help="Say what would be asked of whom, when and why; ask nothing")
@cluster_option
@visit_options
@common_options
def run(settings: Settings, explain: bool, cluster: str | None, order: Order) -> None:
    """The scheduled job: crawl what is due, then parse, then publish.

    Incremental and restartable; one at a time per data directory. Contacts the portals named here, by id, place or
    file; without a name those that an earlier run of this archive has contacted.
    """
    from harvester.run import explain_run, run_all

    order = replace(order, portals_file=settings.portals)
    if explain:
        for line in explain_run(settings.data, order):
            say(line)
        return
    account = run_all(settings.data, order, cluster=cluster)
    say(account)
    account.check_reached()
    account.check_alarms()
    account.check_open()


@click.command(epilog="Example: harvester crawl jiaxiang --limit 10")
@visit_options
@common_options
def crawl(settings: Settings, order: Order) -> None:
    """Only the first stage: walk the portals and archive what is found."""
    from harvester.run import run_crawl

    account = run_crawl(settings.data, replace(order, portals_file=settings.portals))
    say(account)
    account.check_reached()


@click.command(epilog="Example: harvester parse --all")
@click.option("--all", "everything", is_flag=True, help="Read every archived document again, from the archive")
@click.option("--processes", type=click.IntRange(min=1), help="Worker processes [default: one a core]")
@cluster_option
@common_options
def parse(settings: Settings, everything: bool, processes: int | None, cluster: str | None) -> None:
    """Only the second stage: read archived documents into cells, checks and findings. Never touches the network."""
    from harvester.run import run_parse

    account = run_parse(settings.data, everything=everything, processes=processes, cluster=cluster)
    say(account)
    if account.parsed is not None and account.parsed.lost:
        sys.exit(1)
    account.check_open()


@click.command(epilog="Example: harvester publish --data /srv/archive")
@click.option("--accept-readings", is_flag=True, help="Publish what documents read anew say otherwise, however much")
@common_options
def publish(settings: Settings, accept_readings: bool) -> None:
    """Only the last stage: build the public database beside the old one, check it, swap it in.

    A release gate that fails keeps the last good database and exits with 3.
    """
    from harvester.run import run_publish

    say(run_publish(settings.data, accept_readings=accept_readings))


@click.command(epilog="Example: harvester verify --full")
@click.option("--full", is_flag=True, help="Also take every published cell back to its place in the document")
@common_options
def verify(settings: Settings, full: bool) -> None:
    """Re-read the archive: every capture's bytes against its hash."""
    from harvester.maintain.verify import verify as verify_archive

    account = verify_archive(settings.data, full=full)
    say(str(account))
    if not account.ok:
        sys.exit(1)


@click.command(epilog="Example: harvester rebuild --data /srv/archive && harvester parse --data /srv/archive")
@common_options
def rebuild(settings: Settings) -> None:
    """Make archive.db again from the WARC files alone (when it was lost or damaged)."""
    from harvester.maintain.rebuild import rebuild as rebuild_archive

    say(rebuild_archive(settings.data))


@click.command(epilog="Example: harvester export package --format csv,parquet --years 2021-2023 --division 370829")
@click.argument("directory", metavar="[DIR]", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option("--format", "formats", default="csv", show_default=True, help="Any of csv,xlsx,parquet,json,sqlite")
@click.option("--years", type=YEARS, help="Only reports of these years, e.g. 2019-2024")
@click.option("--division", help="Only this division and what lies below it: 37, 3708 or 370829")
@click.option(
    "--since",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of an earlier package: changes.csv says what changed since, and whose doing it is",
)
@click.option("--zip", "as_zip", is_flag=True, help="Add one zip that holds all the files")
@common_options
def export(
    settings: Settings,
    directory: Path | None,
    formats: str,
    years: frozenset[int] | None,
    division: str | None,
    since: Path | None,
    as_zip: bool,
) -> None:
    """Write the data package: tables, codebook, datapackage.json, README, citation and checksums.

    Without DIR it becomes the release of today, in exports/ of the data directory, and the site offers it.
    """
    from harvester.export import export as export_package
    from harvester.export.release import release_folder

    chosen = tuple(dict.fromkeys(part.strip() for part in formats.split(",") if part.strip()))
    unknown = [name for name in chosen if name not in FORMATS]
    if unknown or not chosen:
        raise click.BadParameter(
            f"{', '.join(unknown) or 'empty'}: choose from {', '.join(FORMATS)}", param_hint="--format"
        )
    if "parquet" in chosen and find_spec("pyarrow") is None:
        raise click.BadParameter("parquet needs pyarrow (`harvester doctor` says how)", param_hint="--format")
    say(
        export_package(
            settings.data,
            directory or release_folder(settings.data),
            formats=chosen,
            years=years,
            division=division,
            as_zip=as_zip,
            since=since,
        )
    )


@click.command(epilog="Example: harvester correct --csv corrections.csv --by 'A. Reader'")
@click.option("--report", "report_id", type=int, help="Report id, as in the address of its page")
@click.option("--cell", help="table/row/column, e.g. requests/granted/total")
@click.option("--value", help="What the cell should say")
@click.option("--reason", help="Why, in a sentence a stranger can check")
@click.option("--by", help="Who says so")
@click.option(
    "--csv", "csv_file", type=click.Path(path_type=Path, dir_okay=False), help="Many at once (docs/corrections.md)"
)
@common_options
def correct(
    settings: Settings,
    report_id: int | None,
    cell: str | None,
    value: str | None,
    reason: str | None,
    by: str | None,
    csv_file: Path | None,
) -> None:
    """Store a human correction beside a printed value, never over it."""
    from harvester.maintain.correct import correct as store_correction
    from harvester.maintain.correct import correct_from_csv

    if csv_file is not None:
        say(correct_from_csv(settings.data, csv_file, by=by))
        return
    given = {"--report": report_id, "--cell": cell, "--value": value, "--reason": reason, "--by": by}
    missing = [option for option, content in given.items() if content in (None, "")]
    if report_id is None or not (cell and value and reason and by):
        raise click.UsageError(f"a correction needs {', '.join(missing)} (or --csv FILE)")
    say(store_correction(settings.data, report_id=report_id, cell=cell, value=value, reason=reason, by=by))


@click.command(epilog="Example: harvester status --json")
@click.option("--json", "as_json", is_flag=True, help="For machines")
@click.option(
    "--alarms", is_flag=True, help="Tell open alarms by the ways that are set, and end with 4 if there are any"
)
@common_options
def status(settings: Settings, as_json: bool, alarms: bool) -> None:
    """Coverage, last runs, portals in trouble, and what is not as the archive's own past lets expect."""
    from harvester.maintain.status import draw, tell_alarms
    from harvester.maintain.status import status as take_stock

    stock = take_stock(settings.data)
    if as_json:
        say_json(stock, indent=2)
    else:
        draw(stock)
    if alarms and tell_alarms(settings.data):
        sys.exit(4)
