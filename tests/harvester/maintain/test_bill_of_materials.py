"""The bill of materials holds what is installed, and nothing in it forbids what we do with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harvester.maintain.bill_of_materials import UNSTATED, cyclonedx, locked, main, normal

LOCK = Path(__file__).parents[3] / "requirements" / "run.txt"
FORBIDDEN = ("AGPL", "SSPL", "Proprietary", "Commons Clause")


def test_every_locked_package_is_in_it_with_hashes_and_a_licence() -> None:
    packages = list(locked(LOCK.read_text("utf-8")))
    bill = cyclonedx(packages)
    named = {component["name"] for component in bill["components"]}
    assert {"scrapy", "lxml", "datasette", "warcio", "aiohttp", "brotli"} <= named
    pinned = {line.partition("==")[0] for line in LOCK.read_text("utf-8").splitlines() if "==" in line[:60]}
    assert named == {normal(name) for name in pinned if not name.startswith(" ")}
    assert all(component["hashes"] for component in bill["components"])
    stated = [package for package in packages if package.licence != UNSTATED]
    assert len(stated) > 0.9 * len(packages)
    assert [one.name for one in stated if any(word in one.licence for word in FORBIDDEN)] == []


def test_the_same_lock_gives_the_same_bytes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in ("a", "b"):
        main(LOCK, tmp_path / folder)
    assert (tmp_path / "a" / "sbom.json").read_bytes() == (tmp_path / "b" / "sbom.json").read_bytes()
    assert json.loads((tmp_path / "a" / "sbom.json").read_text("utf-8"))["bomFormat"] == "CycloneDX"
    assert "packages" in capsys.readouterr().out
