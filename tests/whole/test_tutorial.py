"""docs/tutorial.md, walked: its own commands, in its order, against a simulated portal, to a served page and a CSV."""

from __future__ import annotations

import csv
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from harvester.sample.server import Server
from tests.conftest import ROOT
from tests.whole.test_run import RealPortal

TEXT = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"^```sh\n(.*?)^```", TEXT, re.M | re.S) for line in block.splitlines()]
LIST, ID, SITE = "http://www.example.gov.cn", "example", "127.0.0.1:8001"
PATIENCE = 60.0
"""Seconds until the site answers, on a machine that does other things too."""


class Walk:
    """A reader who types the commands in an empty folder; `put` in place of what the page says it stands for."""

    def __init__(self, folder: Path, put: dict[str, str]) -> None:
        self.folder, self.put = folder, put
        self.env = dict(os.environ, PATH=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")

    def typed(self, command: str) -> str:
        for what, instead in self.put.items():
            command = command.replace(what, instead)
        return command

    def run(self, command: str) -> None:
        if found := re.fullmatch(r"export (\w+)=(\S+)", command):
            self.env[found[1]] = found[2]
            return
        done = subprocess.run(self.typed(command), shell=True, cwd=self.folder, env=self.env, capture_output=True,
                              text=True, timeout=300, check=False)  # fmt: skip
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"

    @contextmanager
    def running(self, command: str) -> Iterator[str]:
        """The site that a command serves, until Ctrl-C."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.put[SITE] = f"127.0.0.1:{probe.getsockname()[1]}"
        address = self.put[SITE]
        command = f"exec {command} --port {address.rpartition(':')[2]}"
        with (self.folder / "serve.log").open("w") as log:
            serving = subprocess.Popen(command, shell=True, cwd=self.folder, env=self.env, stdout=log, stderr=log)
            try:
                yield self._answering(f"http://{address}", serving)
            finally:
                serving.send_signal(signal.SIGINT)
                serving.wait(PATIENCE)

    def _answering(self, origin: str, serving: subprocess.Popen[bytes]) -> str:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and serving.poll() is None:
            try:
                httpx.get(f"{origin}/healthz").raise_for_status()
            except httpx.TransportError:
                time.sleep(0.1)
            else:
                return origin
        raise AssertionError((self.folder / "serve.log").read_text())


@pytest.mark.slow
def test_from_the_address_of_a_list_to_a_page_and_a_csv(tmp_path: Path) -> None:
    made = RealPortal(0)
    for year in (2021, 2022):
        made.put(f"/xxgk/nb/content/{year}.html", "青山县财政局", year)
    made.lists()
    with Server(made.site) as server:
        walk = Walk(tmp_path, {LIST: server.url})
        served = COMMANDS.index("harvester serve --data county")
        for command in COMMANDS[:served]:
            walk.run(command)
            if "detect" in command:
                entry = tmp_path / "county.toml"
                walk.put[f" {ID} "] = f" {named(entry)} "
                with entry.open("a", encoding="utf-8") as proposal:
                    proposal.write("[portal.politeness]\ndelay = 0\n")  # nobody is disturbed on loopback
        with walk.running(COMMANDS[served]) as origin:
            for command in COMMANDS[served + 1 :]:
                walk.run(command)
            page = httpx.get(f"{origin}/reports/1").text
    with (tmp_path / "requests.csv").open(encoding="utf-8-sig", newline="") as file:
        figures = list(csv.DictReader(file))
    assert len(figures) == len(made.reports)
    first = next(line for line in figures if line["report_id"] == "1")
    assert first["agency_name"] in page
    assert (tmp_path / "package" / "cells.csv").exists()
    assert (tmp_path / "package" / "archive.db").exists()


def named(entry: Path) -> str:
    """The id that the proposal gives the portal."""
    (found,) = re.findall(r'^id = "(.+)"$', entry.read_text(encoding="utf-8"), re.M)
    return str(found)
