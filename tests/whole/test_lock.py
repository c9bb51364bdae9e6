"""requirements/*.txt hold what pyproject.toml asks for, each package with its hashes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]


def locked(name: str) -> dict[str, Version]:
    """Package to version; several versions stand under markers, the first is taken."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    return {canonicalize_name(m[1]): Version(m[2]) for m in re.finditer(r"^([\w.-]+)==([^\s;\\]+)", text, re.M)}


def wanted(*extras: str) -> Iterable[Requirement]:
    lines = [*PROJECT["dependencies"], *(line for extra in extras for line in EXTRAS[extra])]
    return [one for line in lines if (one := Requirement(line)).name != PROJECT["name"]]


@pytest.mark.parametrize(("name", "extras"), [("run", ()), ("dev", tuple(EXTRAS))])
def test_every_requirement_is_locked_in_a_version_that_fits(name: str, extras: tuple[str, ...]) -> None:
    """`make lock` renews them."""
    have = locked(name)
    unlocked = [str(one) for one in wanted(*extras) if have.get(canonicalize_name(one.name)) not in one.specifier]
    assert unlocked == []


@pytest.mark.parametrize("name", ["run", "dev"])
def test_every_locked_package_has_hashes(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    blocks = re.split(r"^(?=[\w.-]+==)", text, flags=re.M)[1:]
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []
