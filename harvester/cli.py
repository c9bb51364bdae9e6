"""The `harvester` command: what each verb takes; the work is done in the modules that it names."""

from __future__ import annotations

import errno
import io
import os
import sqlite3
import sys
from collections.abc import Sequence

import click

from harvester import __version__
from harvester.commands import archive, portals, reading, serving
from harvester.commands.options import Settings, common_options
from harvester.ending import give_way, is_told, listen
from harvester.errors import HarvesterError
from harvester.printable import printable

# Outside the checkout nobody reads scrapy.cfg.
os.environ.setdefault("SCRAPY_SETTINGS_MODULE", "harvester.settings")

STORAGE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR,
           errno.ENOENT, errno.EEXIST, errno.EISDIR, errno.ENAMETOOLONG, errno.ELOOP)  # fmt: skip
"""What a disk, its rights or a path may refuse: said in one line."""

INTERRUPTED = 130
"""What shells expect of a command that Ctrl-C ended."""

EPILOG = """
\b
Examples:
  harvester demo                       harvest the bundled sample portals and serve the site
  harvester run --data /srv/archive    what the nightly job calls
  harvester extract report.pdf         one report as JSON
"""


@click.group(epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="harvester")
@common_options
@click.pass_context
def cli(context: click.Context, settings: Settings) -> None:
    """Find, archive, read, check and publish the annual disclosure reports of China's county and city governments.

    Exit codes: 0 done · 1 the run failed · 2 wrong usage or configuration · 3 a release gate refused to publish
    · 4 done, but no portal could be reached, documents are still to be read, or an alarm is open.
    """
    context.obj = settings


for command in (
    serving.demo,
    archive.run,
    archive.crawl,
    archive.parse,
    archive.publish,
    reading.extract,
    archive.export,
    serving.serve,
    serving.worker,
    portals.portals,
    archive.status,
    serving.doctor,
    archive.verify,
    archive.rebuild,
    archive.correct,
):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point of the console command: errors become one line and an exit code."""
    listen()
    write_utf8()
    try:
        sys.exit(cli.main(args=arguments, prog_name="harvester", standalone_mode=False))
    except HarvesterError as error:
        fail(str(error), error.exit_code)
    except click.Abort:
        fail("interrupted; what was stored is kept", INTERRUPTED)
    except click.ClickException as error:
        refuse(error)
    except BrokenPipeError:
        # The reader (head, less) has gone: not our failure, and nothing more can be written.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except sqlite3.Error as error:
        fail(f"the database: {error}", 1)
    except OSError as error:
        if error.errno not in STORAGE:
            raise
        fail(f"{error.filename or 'what is written to'}: {error.strerror}", 1)
    except BaseException as error:
        if is_told() and not isinstance(error, SystemExit):
            give_way()  # whatever SIGTERM broke, it is no fault of the program
        raise


def write_utf8() -> None:
    """What is printed is Chinese, in UTF-8, whatever the locale says; what no text can hold is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def refuse(error: click.ClickException) -> None:
    """Wrong usage in one line; the help itself where a verb is missing."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is None:
        fail(error.format_message(), error.exit_code)
    elif isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        sys.exit(error.exit_code)
    else:
        fail(f"{error.format_message().rstrip('.')}; see `{context.command_path} --help`", error.exit_code)


def fail(message: str, exit_code: int) -> None:
    """One line and an exit code; after SIGTERM that is what is said, whatever it broke."""
    if is_told():
        give_way()
    click.echo(printable(f"harvester: {' '.join(message.split())}"), err=True)
    sys.exit(exit_code)


if __name__ == "__main__":
    main()
