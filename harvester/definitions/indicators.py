"""Indicators as typed values: `indicators.toml`, and the guard for small numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from harvester.definitions.figures import DefinitionError, figures, raw
from parsers.forms import MODERN

SUPPRESS_BELOW = 10
"""A rate over fewer cases than this is not shown, only its n."""

GREY_BELOW = 30
"""A rate over fewer cases than this is shown in grey, its point hollow, and left out of medians."""

FEWEST_BODIES = 3
"""A median over fewer bodies is not shown: it would be one body's figure, or the mean of two."""

GREY_BODIES = 10
"""A median over fewer bodies than this is shown in grey."""

_TENTHS = "零一二三四五六七八九十"


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
    """A count (no denominator) or a rate. Terms are columns of `figures`, subtracted when they begin with a minus.

    `scopes`: the kinds of body it is shown for, in the order in which pages offer them. `headline`: the sentence of
    the home page in both languages, of one indicator only. `agency_row`, `agency_chart`: see `indicators.toml`.
    """

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
    scopes: tuple[str, ...]
    headline: tuple[str, str] | None = None
    agency_row: bool = False
    agency_chart: int = 0

    @property
    def is_rate(self) -> bool:
        return bool(self.denominator)

    @property
    def unit(self) -> str:
        return "%" if self.is_rate else "件"

    @property
    def inputs(self) -> frozenset[str]:
        return frozenset(term.lstrip("-") for term in self.numerator + self.denominator)

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms that print everything it needs, oldest first."""
        return tuple(form for form in reversed(MODERN) if all(form in figures()[name].forms for name in self.inputs))

    def across(self, from_form: str, to_form: str) -> Break | None:
        return next((b for b in self.breaks if (b.from_form, b.to_form) == (from_form, to_form)), None)

    @property
    def newest_break(self) -> Break | None:
        """How it crosses to the newest form; None while nobody has written it down."""
        newest, before = MODERN[:2]
        return self.across(before, newest)

    def sentence(self, value: float) -> tuple[str, str]:
        """The headline with a rate of 0 to 1 in it, Chinese and English."""
        assert self.headline is not None
        tenths = round(10 * value)
        zh, en = self.headline
        return zh.format(tenths=_TENTHS[tenths]), en.format(tenths=tenths)


@cache
def indicators() -> dict[str, Indicator]:
    """Every indicator by id, in the order of the file. Raises DefinitionError for an unknown term, theme or scope."""
    return {key: _indicator(key, entry) for key, entry in raw()["indicators"].items()}


def _indicator(key: str, entry: Mapping[str, Any]) -> Indicator:
    known = {"term": figures(), "theme": themes(), "scope": raw()["scopes"]}
    made = Indicator(
        id=key,
        numerator=tuple(entry["numerator"]),
        denominator=tuple(entry.get("denominator", ())),
        breaks=tuple(Break(b["from"], b["to"], b["comparable"], b["zh"], b["en"]) for b in entry["breaks"]),
        scopes=tuple(entry.get("scopes", raw()["scopes"])),
        headline=tuple(entry["headline"]) if "headline" in entry else None,
        **{name: value for name, value in entry.items() if name not in _LISTS},
    )
    for kind, names in (("term", made.inputs), ("theme", {made.theme}), ("scope", set(made.scopes))):
        if strange := sorted(set(names) - set(known[kind])):
            raise DefinitionError(f"indicator {key}: unknown {kind} {', '.join(strange)}")
    return made


_LISTS = {"numerator", "denominator", "breaks", "scopes", "headline"}


@cache
def headline_indicator() -> Indicator:
    """The one that pages begin with. Raises DefinitionError unless just one has a headline and is a rate."""
    found = [one for one in indicators().values() if one.headline is not None and one.is_rate]
    if len(found) != 1:
        raise DefinitionError(f"{len(found)} rates have a headline, not one")
    return found[0]


@cache
def themes() -> Mapping[str, tuple[str, str]]:
    """Theme → Chinese, English, in the order in which pages list them."""
    return {name: (zh, en) for name, (zh, en) in raw()["themes"].items()}


def by_theme() -> list[tuple[tuple[str, str], list[Indicator]]]:
    """The words of each theme and its indicators."""
    return [(words, [one for one in indicators().values() if one.theme == name]) for name, words in themes().items()]


def indicators_markdown() -> str:
    """docs/indicators.md."""
    parts = [
        "# Indicators\n\nWritten from `harvester/definitions/indicators.toml` by `make docs`. Do not edit.\n\n"
        f"A rate over fewer than {SUPPRESS_BELOW} cases is not shown; over fewer than {GREY_BELOW} it is grey and left"
        " out of medians. Terms are figures of the report (table `figures`).\n"
    ]
    for (zh, en), members in by_theme():
        parts.append(f"\n## {zh} · {en}\n\n| id | 中文 · English | definition | terms | forms | caution |\n")
        parts.append("|---|---|---|---|---|---|\n")
        for one in members:
            terms = " + ".join(one.numerator) + (f" / ({' + '.join(one.denominator)})" if one.is_rate else "")
            parts.append(
                f"| `{one.id}` | {one.zh} · {one.en} | {one.definition_zh} · {one.definition_en} |"
                f" `{terms.replace('+ -', '- ')}` | {', '.join(one.forms)} | {one.caution_zh} · {one.caution_en} |\n"
            )
    return "".join(parts)
