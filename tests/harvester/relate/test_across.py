"""Rules between reports: each on the smallest archive that breaks it, and on the neighbours that do not."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from archive.store import Store
from harvester.relate import text_clones
from harvester.relate.across import check_across
from harvester.relate.text_clones import signature, similarity
from tests.archived import Page, keep_pages

AGENCY, SISTER = 1, 2
RECEIVED = "requests/requests_received/total"
CARRIED_IN = "requests/requests_carried_in/natural_person"
CARRIED_OUT = "requests/requests_carried_out/natural_person"
FEES = "proactive_disclosure/administrative_fees/amount_collected"
STOCK = "proactive_disclosure/normative_documents"

Printed = Mapping[str, int | str | None]
"""Cell key -> the value printed there; None for a blank."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Two offices of one county that have published nothing yet."""
    keep_pages(tmp_path, [Page("/list.html", b"<html>list</html>", role="list")])
    with Store.open(tmp_path) as store:
        store.connection.executemany(
            "INSERT INTO agencies (id, name, kind, division_code, portal_id, simulated)"
            " VALUES (?, ?, 'department', '990101', 'sim', 1)",
            [(AGENCY, "青石县财政局"), (SISTER, "青石县水务局")],
        )
        yield store


def enter(
    store: Store,
    year: int,
    printed: Printed,
    *,
    agency: int = AGENCY,
    form: str = "gen2021",
    scope: str = "department",
    narrative: str = "",
    unit: str | None = None,
) -> int:
    """One report of one edition with these cells; its edition's id."""
    connection = store.connection
    (number,) = connection.execute("SELECT count(*) + 1 FROM editions").fetchone()
    connection.execute(
        "INSERT INTO reports (id, agency_id, agency_name, division_code, year, scope, form, current_edition_id,"
        " simulated) VALUES (?, ?, (SELECT name FROM agencies WHERE id = ?), '990101', ?, ?, ?, ?, 1)",
        (number, agency, agency, year, scope, form, number),
    )
    add_edition(store, number, number, printed, is_current=1, unit=unit)
    connection.execute(
        "INSERT INTO sections (edition_id, number, position, text) VALUES (?, 1, 0, ?)", (number, narrative)
    )
    return int(number)


def add_edition(
    store: Store,
    report: int,
    number: int,
    printed: Printed,
    *,
    is_current: int = 0,
    format: str = "html",
    unit: str | None = None,
) -> None:
    connection = store.connection
    connection.execute(
        "INSERT INTO editions (id, report_id, sha256, url, format, is_current) VALUES (?, ?, ?, ?, ?, ?)",
        (number, report, f"{number:064x}", f"http://127.0.0.1:1/{number}", format, is_current),
    )
    for position, (key, value) in enumerate(printed.items()):
        state = "blank" if value is None else "number"
        connection.execute(
            "INSERT INTO cells (edition_id, table_id, row_id, column_id, position, label, raw, state, value, unit)"
            " VALUES (?, ?, ?, ?, ?, '', ?, ?, ?, ?)",
            (number, *key.split("/"), position, "" if value is None else str(value), state, value, unit),
        )


def found(store: Store, code: str) -> list[tuple[int, str | None]]:
    """(edition, cell) of the findings with a code."""
    check_across(store.connection)
    rows = store.connection.execute("SELECT edition_id, cell FROM findings WHERE code = ? ORDER BY id", (code,))
    return [(row[0], row[1]) for row in rows]


# Carried over


def test_what_is_carried_out_must_be_carried_in(store: Store) -> None:
    enter(store, 2021, {CARRIED_OUT: 3})
    later = enter(store, 2022, {CARRIED_IN: 5})
    assert found(store, "XY-CARRY") == [(later, CARRIED_IN)]
    (implied,) = store.connection.execute("SELECT implied_value FROM findings WHERE code = 'XY-CARRY'").fetchone()
    assert implied == 3


@pytest.mark.parametrize("carried_in", [3, None])
def test_carried_in_as_carried_out_or_left_blank(store: Store, carried_in: int | None) -> None:
    """A blank is not a zero: nothing can be said against it."""
    enter(store, 2021, {CARRIED_OUT: 3})
    enter(store, 2022, {CARRIED_IN: carried_in})
    assert found(store, "XY-CARRY") == []


def test_a_gap_of_a_year_and_another_scope_are_no_neighbours(store: Store) -> None:
    enter(store, 2019, {CARRIED_OUT: 3})
    enter(store, 2021, {CARRIED_IN: 5, CARRIED_OUT: 7})
    enter(store, 2022, {CARRIED_IN: 9}, scope="government_aggregate")
    enter(store, 2022, {CARRIED_IN: 9}, agency=SISTER)
    assert found(store, "XY-CARRY") == []


def test_a_mended_report_takes_its_finding_away(store: Store) -> None:
    enter(store, 2021, {CARRIED_OUT: 3})
    later = enter(store, 2022, {CARRIED_IN: 5})
    assert len(found(store, "XY-CARRY")) == 1
    store.connection.execute("UPDATE cells SET value = 3 WHERE edition_id = ?", (later,))
    assert found(store, "XY-CARRY") == []


# In force


def stock(issued: int, repealed: int, in_force: int | None) -> dict[str, int | str | None]:
    return {f"{STOCK}/issued": issued, f"{STOCK}/repealed": repealed, f"{STOCK}/in_force": in_force}


def test_documents_in_force_follow_from_the_year_before(store: Store) -> None:
    enter(store, 2021, stock(0, 0, 698))
    later = enter(store, 2022, stock(77, 132, 470))
    assert found(store, "T2-STOCK") == [(later, f"{STOCK}/in_force")]
    (implied,) = store.connection.execute("SELECT implied_value FROM findings WHERE code = 'T2-STOCK'").fetchone()
    assert implied == 643


@pytest.mark.parametrize("in_force", [643, None])
def test_documents_in_force_that_follow_or_are_not_printed(store: Store, in_force: int | None) -> None:
    enter(store, 2021, stock(0, 0, 698))
    enter(store, 2022, stock(77, 132, in_force))
    assert found(store, "T2-STOCK") == []


# Jumps


@pytest.mark.parametrize(
    ("before", "after", "jumps"),
    [
        (20, 101, True),
        (20, 100, False),
        (100, 19, True),
        (100, 20, False),
        (19, 500, False),
        (20, 0, True),
        (0, 40, False),
    ],
)
def test_a_jump_is_five_times_from_twenty_up(store: Store, before: int, after: int, jumps: bool) -> None:
    enter(store, 2021, {RECEIVED: before})
    later = enter(store, 2022, {RECEIVED: after})
    assert found(store, "XY-JUMP") == ([(later, RECEIVED)] if jumps else [])


@pytest.mark.parametrize(
    ("before", "after", "doubtful"),
    [("24.5", "251000", True), ("251000", "24.5", True), ("24.5", "60", False), ("0", "251000", False)],
)
def test_an_amount_ten_thousand_times_its_neighbour(store: Store, before: str, after: str, doubtful: bool) -> None:
    enter(store, 2021, {FEES: before}, unit="万元")
    later = enter(store, 2022, {FEES: after}, unit="万元")
    assert found(store, "T2-UNIT") == ([(later, FEES)] if doubtful else [])


# Copies

FIGURES = {RECEIVED: 31, "requests/granted/total": 17, "requests/disposed_total/total": 30}


def test_the_same_figures_two_years_running(store: Store) -> None:
    enter(store, 2021, FIGURES)
    later = enter(store, 2022, FIGURES)
    assert found(store, "XY-CLONE") == [(later, None)]


@pytest.mark.parametrize(
    "other",
    [FIGURES | {"requests/granted/total": 18}, FIGURES | {"requests/granted/total": None}, {RECEIVED: 31}],
    ids=["one number differs", "one is blank", "too few numbers"],
)
def test_figures_that_are_no_copy(store: Store, other: Printed) -> None:
    enter(store, 2021, other if len(other) < 3 else FIGURES)
    enter(store, 2022, other)
    assert found(store, "XY-CLONE") == []


def test_nothing_but_zeros_is_no_copy(store: Store) -> None:
    zeros = dict.fromkeys(FIGURES, 0)
    enter(store, 2021, zeros)
    enter(store, 2022, zeros)
    assert found(store, "XY-CLONE") == []


def prose(seed: int, length: int = 600) -> str:
    """Chinese characters without meaning, always the same for a seed."""
    drawn = random.Random(seed)
    return "".join(chr(drawn.randrange(0x4E00, 0x9000)) for _ in range(length))


def test_a_narrative_copied_with_another_year_in_it(store: Store) -> None:
    enter(store, 2021, {RECEIVED: 1}, narrative=f"2021年{prose(1)}")
    later = enter(store, 2022, {RECEIVED: 2}, narrative=f"2022年{prose(1)}")
    enter(store, 2022, {RECEIVED: 3}, narrative=prose(2), agency=SISTER)
    assert found(store, "XY-TEXTCLONE") == [(later, None)]


def test_a_narrative_copied_from_a_sister_agency(store: Store) -> None:
    enter(store, 2022, {RECEIVED: 1}, narrative=prose(1))
    copied = enter(store, 2022, {RECEIVED: 2}, narrative=prose(1), agency=SISTER)
    assert found(store, "XY-TEXTCLONE") == [(copied, None)]


def test_a_narrative_that_many_share_costs_each_of_them_one_comparison(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A county's template: every office names the first that had it, and is compared with nobody else."""
    sisters = range(3, 60)
    store.connection.executemany(
        "INSERT INTO agencies (id, name, kind, division_code, portal_id, simulated)"
        " VALUES (?1, '青石县第' || ?1 || '局', 'department', '990101', 'sim', 1)",
        [(one,) for one in sisters],
    )
    editions = [enter(store, 2022, {RECEIVED: one}, narrative=prose(1), agency=one) for one in sisters]
    compared: list[int] = []
    monkeypatch.setattr(text_clones, "similarity", lambda *_: compared.append(1) or 1.0)
    assert found(store, "XY-TEXTCLONE") == [(one, None) for one in editions[1:]]
    assert compared == []


def test_short_narratives_are_alike_by_nature(store: Store) -> None:
    enter(store, 2021, {RECEIVED: 1}, narrative=prose(1, 200))
    enter(store, 2022, {RECEIVED: 2}, narrative=prose(1, 200))
    assert found(store, "XY-TEXTCLONE") == []


def test_similarity_estimates_the_share_of_common_pieces() -> None:
    text = prose(3, 3000)
    half = text[:1500] + prose(4, 1500)
    estimate = similarity(signature(text).tobytes(), signature(half).tobytes())
    assert estimate == pytest.approx(1 / 3, abs=0.15)


# Two editions of one report


def publish(store: Store, edition: int) -> None:
    """A capture of the edition's bytes: they stand at an address."""
    store.connection.execute(
        "INSERT INTO captures (run_id, portal_id, url, fetched_at, http_status, outcome, sha256, role)"
        " SELECT run_id, 'sim', ?, fetched_at, 200, 'new', ?, 'page' FROM captures LIMIT 1",
        (f"http://127.0.0.1:1/{edition}", f"{edition:064x}"),
    )


def test_a_page_and_its_attachment_that_print_different_numbers(store: Store) -> None:
    page = enter(store, 2022, {RECEIVED: 5, CARRIED_IN: 0})
    add_edition(store, page, page + 1, {RECEIVED: 6, CARRIED_IN: 0}, format="pdf")
    publish(store, page + 1)
    assert found(store, "READINGS-DIFFER") == [(page, RECEIVED)]


def test_two_formats_that_agree_confirm_each_other(store: Store) -> None:
    page = enter(store, 2022, {RECEIVED: 5, CARRIED_IN: 0})
    add_edition(store, page, page + 1, {RECEIVED: 5, CARRIED_IN: 0}, format="pdf")
    publish(store, page + 1)
    store.connection.execute(
        "INSERT INTO findings (report_id, edition_id, code, severity, attribution, message, cells)"
        " VALUES (?, ?, 'T3-FLOW', 'error', 'unknown', '', '[]')",
        (page, page),
    )
    assert found(store, "READINGS-DIFFER") == []
    assert store.connection.execute("SELECT readings_agree FROM editions WHERE id = ?", (page,)).fetchone()[0] == 1
    (attribution,) = store.connection.execute("SELECT attribution FROM findings WHERE code = 'T3-FLOW'").fetchone()
    assert attribution == "publisher"


def test_an_edition_that_was_replaced_contradicts_nobody(store: Store) -> None:
    page = enter(store, 2022, {RECEIVED: 5})
    add_edition(store, page, page + 1, {RECEIVED: 6}, format="pdf")
    publish(store, page + 1)
    store.connection.execute(
        "INSERT INTO captures (run_id, portal_id, url, fetched_at, http_status, outcome, sha256, role)"
        " SELECT run_id, portal_id, url, fetched_at, 200, 'changed', ?, role FROM captures ORDER BY id DESC LIMIT 1",
        (f"{99:064x}",),
    )
    assert found(store, "READINGS-DIFFER") == []
