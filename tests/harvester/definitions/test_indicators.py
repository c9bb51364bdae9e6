"""indicators.toml: what it says holds together, and what contradicts itself is refused."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from harvester.definitions import figures as figures_module
from harvester.definitions import indicators as indicators_module
from harvester.definitions.figures import DefinitionError, figures, is_printed, raw
from harvester.definitions.indicators import (
    by_theme,
    headline_indicator,
    indicators,
    indicators_markdown,
    themes,
)

CACHED = (figures, indicators, themes, headline_indicator)


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """The content of the file, to be changed by a test."""
    content = deepcopy(dict(raw()))
    for module in (figures_module, indicators_module):
        monkeypatch.setattr(module, "raw", lambda: content)
    for made in CACHED:
        made.cache_clear()
    yield content
    for made in CACHED:
        made.cache_clear()


def test_every_indicator_is_listed_once_under_its_theme() -> None:
    assert sorted(one.id for _, members in by_theme() for one in members) == sorted(indicators())


def test_forms_follow_from_the_cells() -> None:
    assert figures()["normative_in_force"].forms == ("gen2021",)
    assert set(figures()["other"].forms) == {"gen2019", "gen2021"}, "one row in the older form, three in the newer"
    assert indicators()["normative_documents_in_force"].forms == ("gen2021",)
    assert is_printed("gen2019", "requests/other_disposition/total")


def test_a_figure_without_an_entry_has_the_label_of_the_form() -> None:
    assert figures()["refused_state_secret"].zh == "1.属于国家秘密 · 总计"
    assert figures()["review_upheld"].cells == ("review_litigation/review/upheld",)


def test_the_headline_is_a_sentence_in_both_languages() -> None:
    zh, en = headline_indicator().sentence(0.34)
    assert "三" in zh
    assert "3" in en
    assert not {"{", "}"} & set(zh + en)


def test_the_page_of_the_documents_has_every_indicator() -> None:
    text = indicators_markdown()
    assert all(f"`{name}`" in text and one.definition_zh in text for name, one in indicators().items())


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("numerator", ["gratned"], "unknown term gratned"),
        ("theme", "applications", "unknown theme applications"),
        ("scopes", ["county"], "unknown scope county"),
    ],
)
def test_an_indicator_of_unknown_words_is_refused(
    changed: dict[str, Any], key: str, value: object, message: str
) -> None:
    changed["indicators"]["refusal_rate"][key] = value
    with pytest.raises(DefinitionError, match=f"refusal_rate: {message}"):
        indicators()


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"cells": ["requests/granted/totel"]}, "granted/totel: no form prints it"),
        ({}, "no cells"),
        ({"cells": ["proactive_disclosure/rules/issued", "requests/granted/total"]}, "figures themselves"),
        ({"cells": ["requests/granted/total"], "agency_row": "bold"}, "main, plain, part"),
    ],
)
def test_a_figure_that_no_form_prints_is_refused(changed: dict[str, Any], entry: object, message: str) -> None:
    changed["figures"]["invented"] = entry
    with pytest.raises(DefinitionError, match=f"figure invented: .*{message}"):
        figures()


def test_two_headlines_are_refused(changed: dict[str, Any]) -> None:
    changed["indicators"]["refusal_rate"]["headline"] = ["{tenths}", "{tenths}"]
    with pytest.raises(DefinitionError, match="2 rates have a headline"):
        headline_indicator()
