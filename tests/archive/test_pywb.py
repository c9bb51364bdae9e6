"""pywb, the player of web archives, shows what we keep: every capture under its own date, unchanged ones too.

It lives in an environment of its own, made for the test: beside our tools its brotlipy would overwrite brotli. Where
the registry cannot be reached the test is skipped; tests/archive/test_replay.py holds the same rules without it.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx
import pytest

from archive.exchange import Exchange
from tests.archive.test_replay import ANSWERS, PAGE, warc

__all__ = ["warc"]
pytestmark = pytest.mark.slow

WANTED = ("pywb==2.10.0", "setuptools<81")  # pywb imports pkg_resources, which later ones lack
PATIENCE = 60.0
"""Seconds for the player to come up."""
CHANGED = PAGE + b"<p>new</p>"
SHOWN = (PAGE, PAGE, PAGE, PAGE, CHANGED, CHANGED)
"""What stood there at each of the ANSWERS."""


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of pywb's programs."""
    beside = Path(sys.executable).with_name("uv")
    uv = str(beside) if beside.exists() else shutil.which("uv")
    if uv is None:
        pytest.skip("pywb: no uv here to make an environment for it")
    folder = tmp_path_factory.mktemp("pywb") / "venv"
    for command in (
        [uv, "venv", "--quiet", "--python", sys.executable, str(folder)],
        [uv, "pip", "install", "--quiet", "--python", str(folder / "bin" / "python"), *WANTED],
    ):
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        if done.returncode:
            pytest.skip(f"pywb cannot be installed here: {done.stderr.strip().splitlines()[-1:]}")
    return folder / "bin"


@pytest.fixture(scope="module")
def player(programs: Path, warc: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a collection with our file in it."""
    folder = tmp_path_factory.mktemp("played")
    for command in (["init", "ours"], ["add", "ours", str(warc)]):
        subprocess.run([str(programs / "wb-manager"), *command], cwd=folder, check=True, capture_output=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (folder / "log").open("w") as log:
        command = [str(programs / "wayback"), "--port", str(port), "--bind", "127.0.0.1"]
        playing = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            _wait(f"http://127.0.0.1:{port}/", playing, folder / "log")
            yield f"http://127.0.0.1:{port}/ours"
        finally:
            playing.terminate()
            playing.wait(PATIENCE)


def _wait(address: str, playing: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and playing.poll() is None:
        try:
            httpx.get(address)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(log.read_text())


@pytest.mark.parametrize(("exchange", "shown"), list(zip(ANSWERS, SHOWN, strict=True)))
def test_every_capture_is_shown_under_its_own_date(player: str, exchange: Exchange, shown: bytes) -> None:
    moment = exchange.fetched_at.astimezone(UTC).replace(microsecond=0)
    answer = httpx.get(f"{player}/{moment:%Y%m%d%H%M%S}id_/{exchange.url}", timeout=PATIENCE)
    assert answer.status_code == 200
    assert parsedate_to_datetime(answer.headers["memento-datetime"]) == moment
    assert answer.content == shown


def test_first_and_latest_capture_of_an_unchanged_page_both_stand_in_the_calendar(player: str) -> None:
    listed = httpx.get(f"{player}/cdx", params={"url": ANSWERS[0].url, "output": "json"}, timeout=PATIENCE)
    dates = [line.split('"timestamp": "')[1][:8] for line in listed.text.splitlines()]
    assert dates == [f"202601{day:02}" for day in (1, 3, 4, 5, 6)]
