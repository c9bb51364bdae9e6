"""`harvester extract`: local files in, one JSON object a file out."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harvester.commands.options import Settings, common_options

if TYPE_CHECKING:
    from parsers.extract import Extraction


@click.command(epilog="Example: harvester extract report.pdf annex.docx > reports.jsonl")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--pretty", is_flag=True, help="For people: the three tables drawn, failed checks marked")
@click.option("--processes", type=click.IntRange(min=1), help="Worker processes [default: one a core]")
@common_options
def extract(settings: Settings, files: tuple[Path, ...], pretty: bool, processes: int | None) -> None:
    """Read local files (any supported format) and print one JSON object per file, one per line, in the order given.

    The exit code is 1 when a file could not be read; the others are read all the same.
    """
    from harvester.read.local_files import extract_files

    unreadable = 0
    for source, extraction in extract_files(files, processes=processes):
        unreadable += extraction.error is not None
        if pretty:
            draw_pretty(extraction, source)
        else:
            from parsers.output.json_report import to_json

            click.echo(json.dumps(to_json(extraction, source), ensure_ascii=False))
    if unreadable:
        sys.exit(1)


def draw_pretty(extraction: Extraction, source: str) -> None:
    """Draw one document on standard output; a pipe gets lines wide enough for table three."""
    from rich.console import Console

    from parsers.output.terminal import draw

    console = Console()
    draw(extraction, source, console if console.is_terminal else Console(width=140))
