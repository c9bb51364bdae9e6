"""One report of a sample portal."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list. `kind`: page, attachment, both, dead. `when`: always, first or second visit."""

    portal: str
    title: str
    date: str
    kind: str
    files: tuple[str, ...]
    when: str = "always"
    replaces: str = ""

    @property
    def number(self) -> int:
        """A number that stays the item's own when others come and go."""
        return int(self.date.replace("-", "")) * 10 + sum(self.title.encode()) % 10

    def document(self, *extensions: str) -> tuple[str, bytes] | None:
        """(name, bytes) of the first file with one of these endings."""
        name = next((name for name in self.files if name.rpartition(".")[2] in extensions), None)
        return None if name is None else (self.replaces or name, read(name))

    @property
    def body(self) -> str:
        """The article itself, empty when all is in the attachment."""
        found = self.document("html")
        return found[1].decode() if found else "<p>附件：</p>"

    @property
    def attachment(self) -> tuple[str, bytes] | None:
        return self.document("pdf", "docx", "txt")


@cache
def read(name: str) -> bytes:
    return files(__package__).joinpath("documents", name).read_bytes()
