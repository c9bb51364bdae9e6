"""Verbs that need no schedule: demo, serve, worker, doctor."""

from __future__ import annotations

from pathlib import Path

import click

from harvester.commands.options import Settings, common_options, say


@click.command(epilog="Example: harvester demo --no-serve")
@click.option("--no-serve", is_flag=True, help="Stop after publishing, with exit code 0")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="Port of the site")
@common_options
def demo(settings: Settings, no_serve: bool, port: int) -> None:
    """Harvest the bundled sample portals on loopback, publish, and serve the site. Needs no network.

    The data lie in data/demo unless --data says otherwise.
    """
    from harvester.sample.demo import demo as run_demo

    run_demo(settings.data if settings.data != Settings().data else Path("data/demo"), serve=not no_serve, port=port)


@click.command(epilog="Example: harvester serve --host 0.0.0.0 --port 8001")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True)
@common_options
def serve(settings: Settings, host: str, port: int) -> None:
    """Serve the published database with Datasette, read-only.

    New data is picked up without a restart when it is published; new words, labels and definitions of the program
    itself need one.
    """
    from harvester.site.server.site import serve as serve_site

    serve_site(settings.data, host=host, port=port)


@click.command(epilog="Example: harvester worker tcp://10.0.0.1:8786 --readers 8")
@click.argument("scheduler", metavar="tcp://…")
@click.option("--readers", type=click.IntRange(min=1), help="Documents read at once [default: one a core]")
@common_options
def worker(settings: Settings, scheduler: str, readers: int | None) -> None:
    """Read documents for runs elsewhere (`harvester run --cluster`), until the Dask scheduler is gone."""
    from os import sched_getaffinity

    from harvester.read.cluster import serve_readers

    serve_readers(scheduler, readers or len(sched_getaffinity(0)))


@click.command(epilog="Example: harvester doctor")
@common_options
def doctor(settings: Settings) -> None:
    """What is installed, what is missing, what that costs, and the line that installs it."""
    from harvester.maintain.doctor import doctor as examine

    say(examine(settings.data))
