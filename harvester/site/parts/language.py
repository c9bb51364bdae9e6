"""Two languages in one set of templates: `L("覆盖", "Coverage")` where the words are used."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

PREFIX = "/en"


@dataclass(frozen=True, slots=True)
class Language:
    """The language of one visit, and how its addresses are written."""

    code: str = "zh"

    @property
    def english(self) -> bool:
        return self.code == "en"

    @property
    def tag(self) -> str:
        """For the `lang` attribute."""
        return "en" if self.english else "zh-Hans"

    def __call__(self, chinese: str, english: str) -> str:
        return english if self.english else chinese

    def href(self, path: str, **query: object) -> str:
        """`path` as an address in this language; empty query values are left out."""
        prefix = PREFIX if self.english else ""
        given = {key: value for key, value in query.items() if value not in (None, "")}
        return (prefix + path if path != "/" else prefix or "/") + (f"?{urlencode(given)}" if given else "")

    def other(self, path: str, query: str) -> str:
        """The same page in the other language."""
        there = CHINESE if self.english else ENGLISH
        return there.href(path) + (f"?{query}" if query else "")


CHINESE = Language("zh")
ENGLISH = Language("en")


def strip_prefix(path: str) -> tuple[str, Language]:
    """`/en/coverage` → `/coverage` in English."""
    if path == PREFIX or path.startswith(PREFIX + "/"):
        return path[len(PREFIX) :] or "/", ENGLISH
    return path, CHINESE
