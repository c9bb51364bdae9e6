"""Two readings of one document."""

from __future__ import annotations

from dataclasses import replace

from parsers.checks.identities import check
from parsers.content import Content
from parsers.interpret import interpret
from parsers.readings.compare import compare, is_better
from parsers.report import Attribution, Hints, Report, ReportCell, State
from parsers.tables.reader import read_tables
from tests import printed

TRUTH = printed.balanced("gen2021")
KEY = "requests/granted/enterprise"


def cells(**changes: str) -> list[ReportCell]:
    reading = read_tables(document(**changes))
    assert reading is not None
    return list(reading.cells)


def document(method: str = "html", **changes: str) -> Content:
    texts = {**TRUTH.texts, **{key.replace("__", "/"): text for key, text in changes.items()}}
    return printed.content(*printed.report(printed.Truth("gen2021", texts)), method=method, independent=True)


def report(first: Content, second: Content | None) -> Report:
    made = interpret(first, second, Hints(agency="青石县示范局", year=2022)).report
    assert made is not None
    return made


def test_the_same_twice_agrees() -> None:
    comparison = compare(cells(), cells())
    assert comparison.agree(cells()) is True
    assert comparison.attribute([KEY]) is Attribution.PUBLISHER


def test_one_cell_that_differs() -> None:
    comparison = compare(cells(), cells(requests__granted__enterprise="1"))
    assert comparison.differing == (KEY,)
    assert comparison.agree(cells()) is False
    assert comparison.attribute([KEY]) is Attribution.EXTRACTION


def test_a_second_reading_that_sees_less_neither_agrees_nor_differs() -> None:
    comparison = compare(cells(), cells(requests__granted__enterprise=""))
    assert not comparison.differing
    assert comparison.agree(cells()) is None
    assert comparison.attribute([KEY]) is Attribution.UNKNOWN


def test_a_second_reading_that_sees_more_differs() -> None:
    assert compare(cells(requests__granted__enterprise=""), cells()).differing == (KEY,)


def test_a_reading_is_taken_whole_when_it_reads_more() -> None:
    full = cells()
    damaged = [replace(c, state=State.UNREADABLE, value=None) if c.row == "granted" else c for c in full]
    checks, damaged_checks = check("gen2021", full), check("gen2021", damaged)
    assert is_better(full, checks, damaged, damaged_checks)
    assert not is_better(damaged, damaged_checks, full, checks)


def test_a_reading_that_lost_numbers_is_never_better() -> None:
    fewer = cells(requests__granted__enterprise="", requests__granted__total="")
    broken = cells(requests__granted__enterprise="9999")
    assert not is_better(fewer, check("gen2021", fewer), broken, check("gen2021", broken))


def test_the_reading_whose_sums_hold_is_published_and_the_other_is_said() -> None:
    wrong = document("pdf-ruled", requests__granted__enterprise="9999")
    made = report(wrong, document("pdf-words"))
    assert made.method == "pdf-words"
    assert {c.key: c.raw for c in made.cells} == dict(TRUTH.texts)
    assert made.readings_agree is False
    (finding,) = [f for f in made.findings if f.code == "READINGS-DIFFER"]
    assert finding.cells == (KEY,)


def test_an_error_that_both_readings_show_is_the_publishers() -> None:
    made = report(*(document(m, requests__granted__enterprise="9999") for m in ("pdf-ruled", "pdf-words")))
    named = {(f.cells, f.attribution, str(f.implied_value)) for f in made.findings if f.code.startswith("T3")}
    assert named == {((KEY,), Attribution.PUBLISHER, TRUTH.texts[KEY])}
    assert {c.key: c.raw for c in made.cells}[KEY] == "9999"


def test_the_same_method_twice_proves_nothing() -> None:
    assert report(document(), document()).readings_agree is None


def test_one_reading_only() -> None:
    assert report(document(), None).readings_agree is None
