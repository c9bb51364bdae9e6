"""What each stage made of a document: a wrong number leads from there to its module."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from parsers.extract import extract
from parsers.output.steps import Step, as_text, steps
from parsers.output.steps_grids import NOT_PLACED
from parsers.output.steps_html import page
from parsers.output.wanted import EVERYTHING, Wanted
from parsers.trace import Trace
from tests.conftest import ROOT
from tests.factory import docx, pdf
from tests.factory.series import tell
from tests.factory.truth import random_truth

GOLDEN = ROOT / "tests" / "reports" / "goldens" / "odd-cells.html"


def traced(data: bytes, wanted: Wanted = EVERYTHING) -> tuple[list[Step], str]:
    """The steps of a document, as values and as one text."""
    trace = Trace()
    extraction = extract(data, trace=trace)
    made = list(steps(data, extraction, trace, wanted))
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


def a_line_short(name: str) -> bytes:
    """The golden without the last number of a line: its numbers cannot be given columns."""
    text = GOLDEN.read_text(encoding="utf-8")
    cell = text.index("<td", text.index(name))
    return (text[:cell] + text[text.index("</td>", cell) + len("</td>") :]).encode()


def test_a_line_whose_cells_could_not_be_placed_is_not_nothing() -> None:
    made, told = traced(a_line_short("（二）部分公开"))
    assert f"→ requests/partially_granted ({NOT_PLACED})" in told
    assert "requests/partially_granted/total: unreadable: “203 25 113 23 285 948” is printed, not to be read" in told
    assert "see the findings" not in told
    (form,) = (step for step in made if step.title.startswith("3."))
    assert sum("→ nothing" in line for line in form.lines) == sum("→ nothing" in line for line in lines_of_form(GOLDEN))


def lines_of_form(file: Path) -> tuple[str, ...]:
    return next(step.lines for step in traced(file.read_bytes())[0] if step.title.startswith("3."))


def test_one_row_is_shown_alone() -> None:
    _, told = traced(a_line_short("（二）部分公开"), Wanted.named("T3", "partially_granted"))
    assert "→ requests/partially_granted" in told
    for other in ("requests/granted", "proactive_disclosure/", "review_litigation/", "T4-SUM", "（一）予以公开"):
        assert other not in told.replace("tables: proactive_disclosure", "")


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
