"""`harvester extract`: local files in, one JSON object a file out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harvester.commands.options import Settings, common_options, say, say_json
from harvester.errors import UsageError

if TYPE_CHECKING:
    from parsers.extract import Extraction


@click.command(epilog="Example: harvester extract report.pdf annex.docx > reports.jsonl")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--pretty", is_flag=True, help="For people: the three tables drawn, failed checks marked")
@click.option("--steps", is_flag=True, help="What each stage made of a document: format, grids, lines, states")
@click.option("--table", help="With --steps: only this table, as T2, T3, T4 or by its id")
@click.option("--row", help="With --steps: only this row, by its id, e.g. granted")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="With --steps: as one page, pages drawn")
@click.option("--processes", type=click.IntRange(min=1), help="Worker processes [default: one a core]")
@common_options
def extract(
    settings: Settings,
    files: tuple[Path, ...],
    pretty: bool,
    steps: bool,
    table: str | None,
    row: str | None,
    html: Path | None,
    processes: int | None,
) -> None:
    """Read local files (any supported format) and print one JSON object per file, one per line, in the order given.

    The exit code is 1 when a file could not be read; the others are read all the same.
    """
    from harvester.read.local_files import extract_files

    if (html or table or row) and not steps:
        raise UsageError("--html, --table and --row belong to --steps")
    if html is not None and len(files) > 1:
        raise UsageError("--steps --html draws one file")
    unreadable = 0
    if steps:
        unreadable = sum(show_steps(file, html, table, row) for file in files)
        sys.exit(1 if unreadable else 0)
    for source, extraction in extract_files(files, processes=processes):
        unreadable += extraction.error is not None
        if pretty:
            draw_pretty(extraction, source)
        else:
            from parsers.output.json_report import to_json

            say_json(to_json(extraction, source))
    if unreadable:
        sys.exit(1)


def show_steps(file: Path, html: Path | None, table: str | None, row: str | None) -> bool:
    """What each stage made of one file, on standard output or as a page; read in this process. True if unreadable."""
    from parsers.extract import extract as extract_bytes
    from parsers.output.steps import as_text, steps
    from parsers.output.steps_html import page
    from parsers.output.wanted import Wanted
    from parsers.trace import Trace

    trace = Trace()
    if str(file) != "-" and not file.is_file():
        raise UsageError(f"{file}: no such file")
    data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    extraction = extract_bytes(data, trace=trace)
    wanted = Wanted.named(table, row)
    if extraction.report is not None and not any(map(wanted.cell, extraction.report.cells)):
        tables = {cell.table for cell in extraction.report.cells}
        rows = {cell.row for cell in extraction.report.cells if cell.table == wanted.table}
        raise UsageError(f"{file}: nothing of that name in it; there are {', '.join(sorted(rows or tables))}")
    if html is None:
        say(f"{file}")
        for line in as_text(steps(data, extraction, trace, wanted)):
            say(line)
    else:
        html.write_text(page(str(file), data, extraction, trace, wanted), encoding="utf-8")
        say(f"{html}: written")
    return extraction.error is not None


def draw_pretty(extraction: Extraction, source: str) -> None:
    """Draw one document on standard output; a pipe gets lines wide enough for table three."""
    from harvester.console import SafeConsole
    from parsers.output.terminal import draw

    console = SafeConsole()
    draw(extraction, source, console if console.is_terminal else SafeConsole(width=140))
