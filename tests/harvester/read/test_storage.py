"""A disk that is full and a folder that is read-only: one clear line, nothing lost, and reading goes on."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.running import content, harvester
from tests.whole.test_run import Place, place, whole

__all__ = ["place", "whole"]


def mount(*arguments: object) -> bool:
    """Whether the kernel has done it: only for root, and not in every container."""
    tool = shutil.which("mount")
    return tool is not None and subprocess.run([tool, *map(str, arguments)], capture_output=True).returncode == 0


@contextmanager
def mounted(folder: Path, *arguments: object) -> Iterator[Path]:
    """A file system at `folder`; the test is skipped where none can be mounted."""
    folder.mkdir()
    if not mount(*arguments, folder):
        pytest.skip("nothing can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def frozen(whole: Path, tmp_path: Path) -> Iterator[Path]:
    """A harvested data directory on a disk that can only be read."""
    with mounted(tmp_path / "frozen", "--bind", whole) as folder:
        if not mount("-o", "remount,ro,bind", folder):
            pytest.skip("nothing can be made read-only here")
        yield folder


@pytest.mark.slow
def test_reading_goes_on_where_nothing_can_be_written(frozen: Path, tmp_path: Path) -> None:
    for arguments in (["status", "--json"], ["verify", "--full"], ["export", tmp_path / "package"]):
        done = harvester(*arguments, "--data", frozen)
        assert (done.returncode, done.stderr) == (0, ""), arguments


def test_writing_is_refused_in_one_line(frozen: Path, place: Place) -> None:
    for verb in ("run", "rebuild"):
        done = harvester(verb, "--data", frozen, "--portals", place.registry)
        assert (done.returncode, done.stderr) == (1, f"harvester: {frozen}: Read-only file system\n")


@pytest.mark.slow
@pytest.mark.parametrize("kib", [700, 1000])
def test_a_full_disk_stops_a_run_and_more_room_completes_it(
    place: Place, whole: Path, tmp_path: Path, kib: int
) -> None:
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", f"size={kib}k", "tmpfs") as disk:
        data = disk / "data"
        code, _, told = place.run(data, "-qq")
        assert code == 1
        assert "full" in told.splitlines()[-1] or "No space left" in told.splitlines()[-1]
        assert mount("-o", "remount,size=64g", disk)
        code, _, told = place.run(data)
        assert code == 0, told
        assert content(data) == content(whole)
        assert harvester("verify", "--full", "--data", data).returncode == 0
