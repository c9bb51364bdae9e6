"""What each stage made of a document: a wrong number leads from there to its module."""

from __future__ import annotations

from random import Random

import pytest

from parsers.extract import extract
from parsers.output.steps import Step, as_text, steps
from parsers.output.steps_html import page
from parsers.trace import Trace
from tests.conftest import ROOT
from tests.factory import docx, pdf
from tests.factory.series import tell
from tests.factory.truth import random_truth

GOLDEN = ROOT / "tests" / "reports" / "goldens" / "odd-cells.html"


def traced(data: bytes) -> tuple[list[Step], str]:
    """The steps of a document, as values and as one text."""
    trace = Trace()
    extraction = extract(data, trace=trace)
    made = list(steps(data, extraction, trace))
    return made, "\n".join(as_text(iter(made)))


def test_a_trace_changes_nothing() -> None:
    data = GOLDEN.read_bytes()
    assert extract(data) == extract(data, trace=Trace())


@pytest.mark.parametrize(
    "told",
    [
        "html.html: text/html",
        "method html: 4 tables",
        "signs of gen2021: 本年制发件数",
        "form: gen2021",
        "line 6 “（二）部分公开（区分处理的，只计这一情形，不计其他情形）” → requests/partially_granted",
        "column requests natural_person ← grid column 3",
        "[1] 22（其中修订 16 件） → normative_documents.issued number",
        "proactive_disclosure/rules/repealed: dash: a dash is printed: “-”",
        "cells given alike by both:",
        "T3-FLOW natural_person:",
        "parsers/checks/identities.py",
    ],
)
def test_every_stage_says_what_it_did(told: str) -> None:
    assert told in traced(GOLDEN.read_bytes())[1]


def test_every_module_that_a_step_names_is_there() -> None:
    for step in traced(GOLDEN.read_bytes())[0]:
        for module in step.module.split(", "):
            path = module.partition(":")[0].split("{")[0]
            assert list(ROOT.glob(path)) or list(ROOT.glob(f"{path}*")), module


def test_what_is_no_report_or_cannot_be_read_is_said() -> None:
    assert "1. Format" in traced(b"")[1]
    assert "It could not be read" in traced(b"%PDF-1.4 cut off")[1]
    assert "Not a report" in traced("<html><p>关于召开会议的通知</p></html>".encode())[1]


STORY = tell(random_truth(Random(3), "gen2021"))


def test_a_page_is_drawn_with_what_was_found_on_it() -> None:
    data = pdf.render(STORY, Random(1))
    trace = Trace()
    made = page("a.pdf", data, extract(data, trace=trace), trace)
    assert 'href="data:image/png;base64,' in made
    assert all(f'class="{kind}"' in made for kind in ("line", "word", "cell grid", "cell number"))
    assert "http" not in made.replace("http-equiv", ""), "nothing is fetched from elsewhere"


def test_word_documents_show_their_grids() -> None:
    data = docx.render(STORY, Random(1))
    text = traced(data)[1]
    assert "word.docx" in text
    assert "granted.natural_person" in text
