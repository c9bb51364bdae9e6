"""What the program is made of: every locked package with its version, hashes and licence, as CycloneDX and as a table.

    python -m harvester.maintain.bill_of_materials requirements/run.txt build

The lock file is the truth (`make` installs nothing else); licences are those that the installed packages state. The
same lock file and packages give the same bytes: there is no clock in the files.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any
from uuid import UUID

from harvester import __version__

_PINNED = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[\w,-]+\])?==([^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
UNSTATED = "not stated"


@dataclass(frozen=True, slots=True)
class Package:
    """One locked package; `licence` as it states it itself, `needs` what it requires, by name."""

    name: str
    version: str
    hashes: tuple[str, ...]
    licence: str
    needs: tuple[str, ...]

    @property
    def purl(self) -> str:
        """Its name in every list of vulnerabilities."""
        return f"pkg:pypi/{self.name}@{self.version}"


def locked(text: str) -> Iterator[Package]:
    """The packages of a lock file."""
    for block in re.split(r"\n(?=[A-Za-z0-9])", text):
        if (found := _PINNED.match(block)) is not None:
            name = normal(found[1])
            yield Package(name, found[2], tuple(_HASH.findall(block)), licence(name), needs(name))


def normal(name: str) -> str:
    """A package's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence(name: str) -> str:
    """What the installed package says of its licence: an SPDX expression, else its classifiers, else its text."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return UNSTATED  # for another system or Python than this one
    if expression := told.get_all("License-Expression"):
        return str(expression[0])
    classified = [one.rpartition(" :: ")[2] for one in told.get_all("Classifier") or () if one.startswith("License ::")]
    stated = "".join(told.get_all("License") or ()).strip() or UNSTATED
    return " AND ".join(classified) or stated.splitlines()[0]


def needs(name: str) -> tuple[str, ...]:
    """What the installed package requires, extras left out."""
    try:
        stated = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return ()
    plain = (one for one in stated if "extra ==" not in one)
    return tuple(sorted({normal(re.split(r"[\s\[<>=!~;(]", one, maxsplit=1)[0]) for one in plain}))


def cyclonedx(packages: list[Package]) -> dict[str, Any]:
    """The bill of materials, CycloneDX 1.6."""
    present = {package.name: package.purl for package in packages}
    root = f"pkg:pypi/disclosure-harvester@{__version__}"
    digest = sha256("\n".join(sorted(present.values())).encode()).hexdigest()
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{UUID(digest[:32], version=4)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": root,
                "name": "disclosure-harvester",
                "version": __version__,
                "licenses": [{"license": {"id": "MIT"}}],
            }
        },
        "components": [component(package) for package in packages],
        "dependencies": [
            {"ref": root, "dependsOn": sorted(present.values())},
            *(
                {"ref": package.purl, "dependsOn": [present[name] for name in package.needs if name in present]}
                for package in packages
            ),
        ],
    }


def component(package: Package) -> dict[str, Any]:
    """One package of the bill."""
    return {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "purl": package.purl,
        "licenses": [{"license": {"name": package.licence}}],
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in package.hashes],
    }


def licences(packages: list[Package]) -> str:
    """The licence of each package, as a table for people."""
    lines = ["# Licences of what is installed", "", "| package | version | licence |", "|---|---|---|"]
    lines += [f"| {one.name} | {one.version} | {one.licence.replace('|', '/')} |" for one in packages]
    return "\n".join(lines) + "\n"


def main(lock: Path, folder: Path) -> None:
    """Write sbom.json and licences.md into a folder."""
    packages = sorted(locked(lock.read_text("utf-8")), key=lambda package: package.name)
    folder.mkdir(parents=True, exist_ok=True)
    bill = json.dumps(cyclonedx(packages), ensure_ascii=False, indent=1)
    (folder / "sbom.json").write_text(bill + "\n", "utf-8")
    (folder / "licences.md").write_text(licences(packages), "utf-8")
    print(f"{len(packages)} packages: {folder / 'sbom.json'}, {folder / 'licences.md'}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
