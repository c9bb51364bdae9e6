"""Pages of docs that are written from the code: ``python -m harvester.reference [--check]``."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from harvester.cli import cli
from harvester.definitions.indicators import indicators_markdown
from harvester.definitions.vocabulary import words_markdown

DOCS = Path(__file__).resolve().parent.parent / "docs"

CLI_INTRO = """# Commands

Written from the code by `make docs`. Do not edit.

Common to all, before or after the verb: `--data DIR` (default `./data`), `--portals FILE` (default: the registry that
ships with the package), `--log-format text|json`, `-v`/`-q`. Times are UTC, ISO 8601.

Exit codes: 0 done (trouble on single portals is recorded, not fatal) · 1 the run itself failed · 2 wrong usage or
configuration · 3 a release gate refused to publish (the last good database stays).
"""
COMMON = {"data", "portals", "log_format", "verbose", "quiet", "help"}


def cli_markdown() -> str:
    """Every command with its usage, options and example."""
    return CLI_INTRO + "".join(command_markdown(path, command) for path, command in walk(cli, "harvester"))


def walk(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    """(full name, command) of every command below a group, in the order they are listed to users."""
    for name in group.commands:
        command = group.commands[name]
        if isinstance(command, click.Group):
            yield from walk(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def command_markdown(path: str, command: click.Command) -> str:
    context = click.Context(command, info_name=path)
    usage = " ".join([path, *(piece for piece in command.collect_usage_pieces(context) if piece != "[OPTIONS]")])
    options = [one for one in command.params if isinstance(one, click.Option) and one.name not in COMMON]
    records = [record for option in options if (record := option.get_help_record(context))]
    table = "".join(f"| `{names}` | {text} |\n" for names, text in records)
    head = "| option | meaning |\n|---|---|\n" if table else ""
    example = (command.epilog or "").removeprefix("Example: ")
    return f"\n## {path}\n\n`{usage}`\n\n{prose(command)}\n\n{head}{table}\n```\n{example}\n```\n"


def prose(command: click.Command) -> str:
    lines = (command.help or "").replace("\b", "").strip().splitlines()
    return "\n".join(line.strip() for line in lines)


def pages() -> dict[str, Callable[[], str]]:
    from archive.schema import markdown as data_markdown

    return {
        "cli.md": cli_markdown,
        "data.md": lambda: data_markdown() + words_markdown(),
        "indicators.md": indicators_markdown,
        "architecture.md": architecture_markdown,
    }


PACKAGES = ("spiders", "archive", "parsers", "harvester")
FOLDERS = re.compile(r"(?<=<!-- folders -->\n).*?(?=<!-- /folders -->)", re.DOTALL)


def architecture_markdown() -> str:
    """docs/architecture.md with its list of folders as the tree has them, each with the first line of its package."""
    packages = [path.parent for name in PACKAGES for path in sorted((DOCS.parent / name).rglob("__init__.py"))]
    rows = [f"| `{path.relative_to(DOCS.parent)}/` | {first_line(path / '__init__.py')} |\n" for path in packages]
    table = "".join(["| folder | what is in it |\n|---|---|\n", *rows])
    return FOLDERS.sub(lambda _: table, (DOCS / "architecture.md").read_text(encoding="utf-8"))


def first_line(file: Path) -> str:
    """Of a module's docstring."""
    text = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return text.partition("\n")[0]


def main(arguments: list[str]) -> int:
    """Write the pages, or with --check say which are out of date (exit code 1)."""
    stale = []
    for name, write in pages().items():
        file, text = DOCS / name, write()
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in arguments:
                file.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"docs/{name}: {'out of date, run make docs' if '--check' in arguments else 'written'}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
