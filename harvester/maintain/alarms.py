"""Alarms told to people: by a command, a webhook or e-mail, each kind once a day at most and by each way."""

from __future__ import annotations

import json
import logging
import os
import shlex
import smtplib
import socket
import subprocess
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from harvester.errors import GateRefused, UsageError
from harvester.installation import setting
from harvester.maintain.expectations import Alarm

TOLD = "alarms.json"
"""In the data directory: way and kind -> the day it was last told. Not in the database, which may be the trouble."""

PATIENCE = 30
"""Seconds that a command, a web server or a mail server may take."""

COMMAND, WEBHOOK, EMAIL, SMTP, SENDER = "alarm_command", "alarm_webhook", "alarm_email", "alarm_smtp", "alarm_sender"
"""Settings: a command line, a web address, an e-mail address; host:port of the mail server, and who writes."""

_LOG = logging.getLogger("harvester.alarms")

Message = dict[str, Any]
Way = Callable[[Path, str, Message], None]


def tell(data: Path, alarms: Iterable[Alarm], now: datetime | None = None) -> list[str]:
    """Send what was not told today; return what could not be sent. A way that fails stops none of the others."""
    day = f"{now or datetime.now(UTC):%Y-%m-%d}"
    told, trouble = already_told(data), []
    for alarm in alarms:
        for name, way in WAYS.items():
            target, key = setting(data, name), f"{name} {alarm.kind}"
            if not target or told.get(key) == day:
                continue
            try:
                way(data, target, message(data, alarm))
            except (OSError, ValueError, subprocess.SubprocessError, smtplib.SMTPException) as error:
                trouble.append(f"{name}: {alarm.kind} could not be told: {error}")
                _LOG.error("%s", trouble[-1])
            else:
                told[key] = day
    remember(data, told)
    return trouble


@contextmanager
def told_of_failure(data: Path) -> Iterator[None]:
    """A run that fails, or whose publication is refused, is told before it ends; wrong usage concerns who typed it."""
    try:
        yield
    except UsageError:
        raise
    except Exception as error:
        kind = "publication_refused" if isinstance(error, GateRefused) else "run_failed"
        tell(data, [Alarm(kind, (str(error) or type(error).__name__,))])
        raise


def message(data: Path, alarm: Alarm) -> Message:
    """What every way says."""
    return {
        "kind": alarm.kind,
        "host": socket.gethostname(),
        "data": str(data.absolute()),
        "at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "what": list(alarm.what),
        "todo": alarm.todo,
    }


def by_command(_: Path, command: str, told: Message) -> None:
    """The message as JSON on its standard input."""
    subprocess.run(
        shlex.split(command), input=json.dumps(told, ensure_ascii=False).encode(), timeout=PATIENCE, check=True
    )


def by_webhook(_: Path, url: str, told: Message) -> None:
    """The message as JSON in a POST; anything but a 2xx is a failure."""
    if not url.startswith(("http://", "https://")):
        raise ValueError(f"{url!r} is no web address")
    request = urllib.request.Request(
        url, json.dumps(told, ensure_ascii=False).encode(), {"Content-Type": "application/json"}, method="POST"
    )
    with urllib.request.urlopen(request, timeout=PATIENCE):
        pass


def by_email(data: Path, address: str, told: Message) -> None:
    """The message as a short letter."""
    letter = EmailMessage()
    letter["Subject"] = f"[disclosure-harvester] {told['kind']} ({len(told['what'])})"
    letter["From"] = setting(data, SENDER) or f"harvester@{told['host']}"
    letter["To"] = address
    where = f"{told['data']} on {told['host']}, {told['at']}"
    letter.set_content("\n".join([*told["what"], "", told["todo"], "", where]))
    host, _, port = (setting(data, SMTP) or "localhost:25").partition(":")
    with smtplib.SMTP(host, int(port or 25), timeout=PATIENCE) as server:
        server.send_message(letter)


WAYS: dict[str, Way] = {COMMAND: by_command, WEBHOOK: by_webhook, EMAIL: by_email}


def ways(data: Path) -> list[str]:
    """The ways that are set, for `doctor`."""
    return [f"{name} = {target}" for name in WAYS if (target := setting(data, name))]


def already_told(data: Path) -> dict[str, str]:
    """Nothing where the file is damaged: rather told twice than not at all."""
    file = data / TOLD
    if not file.exists():
        return {}
    try:
        return dict(json.loads(file.read_text("utf-8")))
    except (OSError, ValueError) as error:
        _LOG.error("%s: %s", file, error)
        return {}


def remember(data: Path, told: dict[str, str]) -> None:
    """On a full disk nothing is remembered, and the message comes twice: the run's own last line says why."""
    beside = data / f"{TOLD}.new"
    try:
        beside.write_text(json.dumps(told, indent=1), "utf-8")
        os.replace(beside, data / TOLD)
    except OSError as error:
        _LOG.debug("%s: %s", data / TOLD, error)
