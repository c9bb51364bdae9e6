"""Whatever the factory renders is read back exactly, or refused with a reason; no number is ever invented."""

from __future__ import annotations

from importlib import import_module
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.extract import extract
from parsers.formats.word import libreoffice
from tests.factory.compare import differences, wrong_numbers
from tests.factory.story import SHAPES, story
from tests.factory.truth import BLANKS, random_truth

FORMATS = ("html", "docx", "rtf", "xlsx", "odf", "mht", "pdf")
CASES = [(name, style) for name in FORMATS for style in import_module(f"tests.factory.{name}").STYLES]


@pytest.mark.parametrize(("name", "style"), CASES)
@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10**6), shape=st.sampled_from(SHAPES), blanks=st.sampled_from(BLANKS))
def test_read_back_exactly(name: str, style: str, seed: int, shape: str, blanks: str) -> None:
    random = Random(seed)
    truth = random_truth(random, blanks=blanks)
    data = import_module(f"tests.factory.{name}").render(story(truth, random, shape), random, style)
    assert differences(truth, extract(data)) == []


@pytest.mark.parametrize("style", import_module("tests.factory.text").STYLES)
@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6), shape=st.sampled_from(SHAPES), blanks=st.sampled_from(BLANKS))
def test_text_is_read_back_or_refused(style: str, seed: int, shape: str, blanks: str) -> None:
    """Text has lost its cell borders: what cannot be told apart is unreadable, never another number."""
    random = Random(seed)
    truth = random_truth(random, blanks=blanks)
    data = import_module("tests.factory.text").render(story(truth, random, shape), random, style)
    assert wrong_numbers(truth, extract(data)) == []


@pytest.mark.parametrize("style", import_module("tests.factory.pdf").UNRULED)
@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6), shape=st.sampled_from(SHAPES), blanks=st.sampled_from(BLANKS))
def test_tables_without_lines_are_read_back_or_refused(style: str, seed: int, shape: str, blanks: str) -> None:
    random = Random(seed)
    truth = random_truth(random, blanks=blanks)
    data = import_module("tests.factory.pdf").render(story(truth, random, shape), random, style)
    assert wrong_numbers(truth, extract(data)) == []


@pytest.mark.parametrize("to", ["doc", "rtf"])
@pytest.mark.parametrize("style", import_module("tests.factory.doc").STYLES)
def test_files_by_libreoffice_are_read_back_exactly(style: str, to: str) -> None:
    if libreoffice.executable() is None:
        pytest.skip("needs LibreOffice")
    random = Random(style)
    truth = random_truth(random)
    data = import_module("tests.factory.doc").render(story(truth, random, "plain"), random, style, to)
    extraction = extract(data)
    assert differences(truth, extraction) == []
    assert extraction.report is not None
    assert extraction.report.readings_agree is not False


@pytest.mark.parametrize("name", ["docx", "mht", "xlsx"])
def test_the_second_reading_agrees(name: str) -> None:
    random = Random(5)
    truth = random_truth(random)
    extraction = extract(import_module(f"tests.factory.{name}").render(story(truth, random), random))
    assert extraction.report is not None
    assert extraction.report.readings_agree
