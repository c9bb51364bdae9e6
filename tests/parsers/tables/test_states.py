"""States are never collapsed: what replaces a number changes the state of that cell and of no other."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.checks.identities import check
from parsers.report import ReportCell, State, Status
from parsers.tables.reader import read_tables
from tests import printed

OTHERS = {
    "": State.BLANK,
    " \u00a0": State.BLANK,
    "-": State.DASH,
    "—": State.DASH,
    "/": State.SLASH,
    "无": State.NONE_TEXT,
    "不涉及": State.NONE_TEXT,
    "详见附件": State.TEXT,
    "约三件": State.TEXT,
    "O": State.UNREADABLE,
}


@cache
def whole(form_id: str) -> tuple[printed.Truth, dict[str, ReportCell]]:
    truth = printed.balanced(form_id)
    reading = read_tables(printed.content(*printed.report(truth)))
    assert reading is not None
    return truth, {cell.key: cell for cell in reading.cells}


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_number_replaced(data: st.DataObject) -> None:
    form_id = data.draw(st.sampled_from(["gen2021", "gen2019"]))
    truth, before = whole(form_id)
    key = data.draw(st.sampled_from(sorted(truth.texts)))
    text = data.draw(st.sampled_from(sorted(OTHERS)))
    reading = read_tables(printed.content(*printed.report(printed.Truth(form_id, {**truth.texts, key: text}))))
    assert reading is not None
    after = {cell.key: cell for cell in reading.cells}
    assert (after[key].state, after[key].value, after[key].raw) == (OTHERS[text], None, text)
    assert {k: c.value for k, c in after.items() if k != key} == {k: c.value for k, c in before.items() if k != key}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_many_numbers_replaced_never_give_a_number(data: st.DataObject) -> None:
    form_id = data.draw(st.sampled_from(["gen2021", "gen2019"]))
    truth, _ = whole(form_id)
    chosen = data.draw(
        st.dictionaries(st.sampled_from(sorted(truth.texts)), st.sampled_from(sorted(OTHERS)), max_size=40)
    )
    texts = {**truth.texts, **chosen}
    reading = read_tables(printed.content(*printed.report(printed.Truth(form_id, texts))))
    assert reading is not None
    for cell in reading.cells:
        if cell.value is not None:
            assert str(cell.value) == texts[cell.key]
        if cell.key in chosen:
            assert cell.state in {OTHERS[chosen[cell.key]], State.UNREADABLE}


def test_five_statuses() -> None:
    truth, cells = whole("gen2021")
    key = "requests/granted/total"

    def status(**changes: str) -> Status:
        texts = {**truth.texts, **{f"requests/granted/{column}": text for column, text in changes.items()}}
        reading = read_tables(printed.content(*printed.report(printed.Truth("gen2021", texts))))
        assert reading is not None
        (found,) = [one for one in check("gen2021", reading.cells) if (one.code, one.key) == ("T3-APPL", "granted")]
        return found.status

    total = cells[key].value
    assert total is not None
    assert status() is Status.PASS
    assert status(total=str(int(total) + 1)) is Status.FAIL
    assert status(total="") is Status.INCOMPLETE
    assert status(enterprise="详见附件") is Status.INCOMPLETE
    zeros = dict.fromkeys(["enterprise", "research_institution", "public_interest_org", "legal_services_org"], "0")
    assert status(**zeros, natural_person="3", other_org="", total="3") is Status.PASS_IF_BLANK_IS_ZERO
    assert status(**zeros, natural_person="3", other_org="", total="2") is Status.FAIL
    assert status(**zeros, natural_person="3", other_org="", total="5") is Status.INCOMPLETE


def test_the_sub_rows_that_a_variant_leaves_out_have_no_identity() -> None:
    _, cells = whole("gen2021")
    gone = ("other_not_corrected_in_time", "other_fee_not_paid", "other_other")
    left = [cell for cell in cells.values() if cell.row not in gone]
    found = {(one.code, one.key): one.status for one in check("gen2021", left)}
    assert {found["T3-APPL", row] for row in gone} == {Status.NOT_APPLICABLE}
