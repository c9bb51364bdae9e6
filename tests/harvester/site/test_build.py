"""What publishing adds: views with descriptions, indicators that a blank empties, counts, search, numbers kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.schema import tables
from harvester.definitions import gloss
from harvester.definitions.indicators import indicators
from harvester.site.build.metadata import metadata
from harvester.site.build.views import Undescribed, parse, views
from parsers.forms import load
from tests.site_archive import build


@pytest.fixture
def db(archive: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(archive / "site" / "archive.db")
    yield connection
    connection.close()


def one(db: sqlite3.Connection, sql: str, *values: object) -> object:
    return db.execute(sql, values).fetchone()[0]


def test_view_without_description_is_refused() -> None:
    with pytest.raises(Undescribed):
        parse("x.sql", "CREATE VIEW x AS SELECT 1")
    with pytest.raises(Undescribed):
        parse("x.sql", "-- only English\nCREATE VIEW x AS SELECT 1")


def test_every_view_runs_and_is_described(db: sqlite3.Connection) -> None:
    told = metadata()["databases"]["archive"]["tables"]
    for name in views():
        assert isinstance(one(db, f"select count(*) from {name}"), int)
        assert "·" in told[name]["description"]


def test_every_table_and_column_is_described(db: sqlite3.Connection) -> None:
    told = metadata()["databases"]["archive"]["tables"]
    shown = [
        n for (n,) in db.execute("select name from sqlite_master where type = 'table' and name not like 'sqlite%'")
    ]
    for name in shown:
        assert told[name].get("hidden") or "·" in told[name]["description"], name
    for table in tables().values():
        if not table.private:
            published = {row[1] for row in db.execute(f"pragma table_info({table.name})")}
            assert set(told[table.name]["columns"]) == published


def test_labels_of_the_site_are_those_of_the_forms() -> None:
    for form in ("gen2019", "gen2021"):
        made = {table.id: table for table in load(form).tables}
        rows = {row.id: row.label for block in made["requests"].blocks for row in block.rows}
        for row in gloss.request_rows(form):
            assert rows[row.id].startswith(row.zh), row.id
        two = {
            (row.id, column.id)
            for block in made["proactive_disclosure"].blocks
            for row in block.rows
            for column in block.columns
        }
        assert {(block.id, column.id) for block in gloss.proactive_blocks(form) for column in block.columns} == two


def test_wide_views_have_every_cell_of_the_forms(db: sqlite3.Connection) -> None:
    for view, table in (("requests_wide", "requests"), ("proactive_disclosure_wide", "proactive_disclosure")):
        columns = {row[1] for row in db.execute(f"pragma table_info({view})")}
        for form in ("gen2019", "gen2021"):
            layout = next(found for found in load(form).tables if found.id == table)
            for block in layout.blocks:
                for row in block.rows:
                    assert {f"{row.id}__{column.id}" for column in block.columns} <= columns


def test_wide_view_equals_the_cells(db: sqlite3.Connection) -> None:
    wide = one(db, "select granted__total from requests_wide where report_id = 223")
    assert wide == one(
        db,
        "select value from cells where row_id = 'granted' and column_id = 'total' and edition_id ="
        " (select current_edition_id from reports where id = 223)",
    )


def test_indicator_is_numerator_over_denominator_and_blank_empties_it(db: sqlite3.Connection) -> None:
    top, bottom, rate = db.execute(
        "select numerator, denominator, rate from indicators where report_id = 223 and indicator = 'disclosure_rate'"
    ).fetchone()
    wide = db.execute(
        "select granted__total + partially_granted__total, disposed_total__total from requests_wide"
        " where report_id = 223"
    ).fetchone()
    assert (top, bottom) == wide
    assert rate == pytest.approx(top / bottom, abs=1e-6)
    assert not db.execute("select * from indicators where report_id = 422 and indicator = 'disclosure_rate'").fetchall()


def test_figures_in_a_failed_identity_do_not_enter_medians(db: sqlite3.Connection) -> None:
    tainted = {n for (n,) in db.execute("select indicator from indicator_values where report_id = 120 and tainted")}
    assert {"disclosure_rate", "completion_rate"} <= tainted
    assert "review_correction_rate" not in tainted
    sql = (
        "select coalesce(sum(n), 0) from indicator_quartiles where indicator = 'disclosure_rate' and year = 2020"
        " and scope = ? and code = '000000'"
    )
    large = (
        "select count(*) from indicators where indicator = 'disclosure_rate' and year = 2020 and denominator >= 30"
        " and scope = 'government_aggregate'"
    )
    assert one(db, sql, "government_aggregate") == int(str(one(db, large))) - 1


def test_every_indicator_has_a_break_and_words(db: sqlite3.Connection) -> None:
    for found in indicators().values():
        assert found.across("gen2019", "gen2021") is not None, found.id
    assert one(db, "select count(*) from series_breaks") == sum(len(i.breaks) for i in indicators().values())


def test_coverage_counts_every_ledger_entry_once_on_each_level(db: sqlite3.Connection) -> None:
    ledger = one(db, "select count(*) from ledger")
    assert one(db, "select sum(n) from coverage_counts where code = '000000'") == ledger
    assert one(db, "select sum(n) from coverage_counts where code = '990000'") == ledger
    assert one(db, "select sum(owed) from coverage where division_code = '990101'") == one(
        db, "select count(*) from ledger l join agencies a on a.id = l.agency_id where a.division_code = '990101'"
    )


def test_counts_of_tables_are_right(db: sqlite3.Connection) -> None:
    for name, rows in db.execute("select name, rows from table_counts").fetchall():
        assert one(db, f'select count(*) from "{name}"') == rows


def test_simulated_rows_do_not_count_beside_real_ones(tmp_path: Path) -> None:
    link = build(tmp_path / "a", only=(1, 2))
    connection = sqlite3.connect(link.resolve())
    assert one(connection, "select value from site_facts where key = 'only_simulated'") == "1"
    connection.close()
    link = build(tmp_path / "b", only=(1, 2), simulated=False)
    connection = sqlite3.connect(link.resolve())
    assert one(connection, "select value from site_facts where key = 'only_simulated'") == "0"
    assert one(connection, "select value from site_facts where key = 'reports'") == "12"
    connection.close()


def test_medians_never_mix_levels_and_none_is_given_of_few_bodies(db: sqlite3.Connection) -> None:
    rows = db.execute("select scope, level, n, q1, median, q3 from indicator_quartiles").fetchall()
    assert {(scope, level) for scope, level, *_ in rows} >= {
        ("government_aggregate", "city"),
        ("government_aggregate", "county"),
    }
    assert all(row[3:] == (None, None, None) for row in rows if row[2] < 3)
    assert any(median is not None for *_, n, _, median, _ in rows if n >= 3)
    assert {median for _, level, *_, median, _ in rows if level == "city"} == {None}  # there is one city


def test_level_is_a_column_of_reports_agencies_and_views(db: sqlite3.Connection) -> None:
    for name in ("reports", "agencies", "indicators", "findings_public", "requests_wide", "coverage"):
        levels = {level for (level,) in db.execute(f"select distinct level from {name}")}
        assert levels <= {"province", "city", "county", "town"}, name
        assert "county" in levels, name
