"""Indicators as typed values: `indicators.toml`, and the guard for small numbers."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

SUPPRESS_BELOW = 10
"""A rate over fewer cases than this is not shown, only its n."""

GREY_BELOW = 30
"""A rate over fewer cases than this is shown in grey, its point hollow, and left out of medians."""


@dataclass(frozen=True, slots=True)
class Break:
    """How a series crosses from one form to the next. `comparable`: yes, near, approximate, no."""

    from_form: str
    to_form: str
    comparable: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """A count (no denominator) or a rate. Terms are columns of `figures`, subtracted when they begin with a minus."""

    id: str
    zh: str
    en: str
    theme: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    definition_zh: str
    definition_en: str
    caution_zh: str
    caution_en: str
    breaks: tuple[Break, ...]

    @property
    def is_rate(self) -> bool:
        return bool(self.denominator)

    @property
    def inputs(self) -> frozenset[str]:
        return frozenset(term.lstrip("-") for term in self.numerator + self.denominator)

    def across(self, from_form: str, to_form: str) -> Break | None:
        return next((b for b in self.breaks if (b.from_form, b.to_form) == (from_form, to_form)), None)


@cache
def indicators() -> dict[str, Indicator]:
    """Every indicator by id, in the order of the file."""
    raw = tomllib.loads(files(__package__).joinpath("indicators.toml").read_text(encoding="utf-8"))
    return {
        key: Indicator(
            id=key,
            zh=entry["zh"],
            en=entry["en"],
            theme=entry["theme"],
            numerator=tuple(entry["numerator"]),
            denominator=tuple(entry.get("denominator", ())),
            definition_zh=entry["definition_zh"],
            definition_en=entry["definition_en"],
            caution_zh=entry["caution_zh"],
            caution_en=entry["caution_en"],
            breaks=tuple(Break(b["from"], b["to"], b["comparable"], b["zh"], b["en"]) for b in entry["breaks"]),
        )
        for key, entry in raw.items()
    }


THEMES = {
    "requests": ("申请", "Requests"),
    "outcomes": ("办理结果", "Outcomes"),
    "disputes": ("复议与诉讼", "Review and litigation"),
    "proactive": ("主动公开", "Proactive disclosure"),
}
