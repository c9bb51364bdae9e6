"""Tables worked out once when publishing: indicator values and quartiles, coverage counts, row counts, facts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from itertools import groupby
from statistics import quantiles

from harvester.definitions.figures import figures
from harvester.definitions.identities import identity
from harvester.definitions.indicators import FEWEST_BODIES, GREY_BELOW, Indicator, indicators


def indicator_values(connection: sqlite3.Connection) -> None:
    """One row per report and indicator with both parts of the ratio; `tainted` when an input fails an identity."""
    connection.execute(
        "CREATE TABLE indicator_values (indicator TEXT, report_id INTEGER, numerator NUMERIC, denominator NUMERIC,"
        " tainted INTEGER DEFAULT 0, PRIMARY KEY (indicator, report_id)) WITHOUT ROWID"
    )
    for one in indicators().values():
        bottom = _terms(one.denominator) if one.is_rate else "NULL"
        connection.execute(
            f"INSERT INTO indicator_values SELECT ?, report_id, {_terms(one.numerator)}, {bottom}, 0 FROM figures"
            f" WHERE ({_terms(one.numerator)}) IS NOT NULL" + (f" AND ({bottom}) IS NOT NULL" if one.is_rate else ""),
            (one.id,),
        )
    _taint(connection)


def _terms(terms: tuple[str, ...]) -> str:
    return " ".join(f'- "{term[1:]}"' if term.startswith("-") else f'+ "{term}"' for term in terms)


def _taint(connection: sqlite3.Connection) -> None:
    """Figures that stand in a failed identity do not enter medians."""
    failed = connection.execute(
        "SELECT r.id, r.form, c.code, c.key, c.cells FROM checks c JOIN reports r ON"
        " r.current_edition_id = c.edition_id"
        " WHERE c.status = 'fail'"
    ).fetchall()
    inputs = {one.id: _input_cells(one) for one in indicators().values()}
    marked = {(name, row[0]) for row in failed for name in inputs if inputs[name] & _used(row)}
    connection.executemany(
        "UPDATE indicator_values SET tainted = 1 WHERE indicator = ? AND report_id = ?", sorted(marked)
    )


def _used(row: tuple[int, str, str, str, str | None]) -> set[str]:
    _, form, code, key, cells = row
    known = identity(code, key, form)
    return set(known.parts + known.whole) if known else set(json.loads(cells or "[]"))


def _input_cells(one: Indicator) -> frozenset[str]:
    return frozenset(key for name in one.inputs for key in figures()[name].inputs)


def indicator_quartiles(connection: sqlite3.Connection) -> None:
    """Quartiles by indicator, kind of body, level, place (000000: the whole country) and year.

    Rates over fewer than thirty cases and figures in failed identities are left out; `n` says how many are in. Of fewer
    than three bodies no quartile is given, here or anywhere else.
    """
    connection.execute(
        "CREATE TABLE indicator_quartiles (indicator TEXT, scope TEXT, level TEXT, code TEXT, year INTEGER, simulated"
        " INTEGER, n INTEGER, q1 REAL, median REAL, q3 REAL, PRIMARY KEY (indicator, scope, level, code, year,"
        " simulated)) WITHOUT ROWID"
    )
    for place in ("'000000'", "substr(r.division_code, 1, 2) || '0000'"):
        rows = connection.execute(
            f"SELECT v.indicator, r.scope, r.level, {place} AS code, r.year, r.simulated,"
            " CASE WHEN v.denominator IS NULL THEN 1.0 * v.numerator ELSE 1.0 * v.numerator / v.denominator"
            " END AS value"
            " FROM indicator_values v JOIN reports r ON r.id = v.report_id"
            " WHERE NOT v.tainted AND r.scope IS NOT NULL AND r.level IS NOT NULL"
            f" AND (v.denominator IS NULL OR v.denominator >= {GREY_BELOW}) ORDER BY 1, 2, 3, 4, 5, 6, 7"
        )
        connection.executemany(
            "INSERT INTO indicator_quartiles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", list(_quartiles(iter(rows)))
        )


def _quartiles(rows: Iterator[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    for key, members in groupby(rows, key=lambda row: row[:6]):
        if key[1] not in indicators()[str(key[0])].scopes:
            continue
        values = [float(str(row[6])) for row in members]
        few = len(values) < FEWEST_BODIES
        low, middle, high = (None, None, None) if few else quantiles(values, n=4, method="inclusive")
        yield (*key, len(values), low, middle, high)


def coverage_counts(connection: sqlite3.Connection) -> None:
    """Ledger entries by place, level, kind of body, year and status; every place above is included."""
    connection.execute(
        "CREATE TABLE coverage_counts (code TEXT, level TEXT, kind TEXT, year INTEGER, status TEXT, simulated INTEGER,"
        " n INTEGER, PRIMARY KEY (code, level, kind, year, status, simulated)) WITHOUT ROWID"
    )
    code = "coalesce(a.division_code, '')"
    for place in ("'000000'", f"substr({code}, 1, 2) || '0000'", f"substr({code}, 1, 4) || '00'", code):
        connection.execute(
            f"INSERT OR IGNORE INTO coverage_counts SELECT {place}, coalesce(a.level, ''), coalesce(a.kind, ''),"
            " l.year, l.status, coalesce(a.simulated, 0), count(*) FROM ledger l JOIN agencies a ON a.id = l.agency_id"
            " GROUP BY 1, 2, 3, 4, 5, 6"
        )


def recent(connection: sqlite3.Connection) -> None:
    """The last thing that happened to each report: first seen, changed, or removed."""
    connection.execute(
        "CREATE TABLE recent AS SELECT id AS report_id, simulated,"
        " max(coalesce(first_seen_at, ''), coalesce(changed_at, ''), coalesce(removed_at, '')) AS happened_at,"
        " CASE WHEN coalesce(removed_at, '') > max(coalesce(changed_at, ''), coalesce(first_seen_at, ''))"
        " THEN 'removed' WHEN coalesce(changed_at, '') > coalesce(first_seen_at, '') THEN 'changed' ELSE 'new' END"
        " AS happened FROM reports WHERE current_edition_id IS NOT NULL"
    )


def first_seen(connection: sqlite3.Connection) -> None:
    """Reports by the month in which we first saw them: the progress of coverage."""
    connection.execute(
        "CREATE TABLE first_seen AS SELECT substr(first_seen_at, 1, 7) AS month, simulated, count(*) AS n FROM reports"
        " WHERE first_seen_at IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2"
    )


def notable_findings(connection: sqlite3.Connection) -> None:
    """The publisher's own errors in the order to look at them: by severity, then newest; one a report, no ranks of
    bodies. Those that can be shown on a page image, table four first, lead."""
    connection.execute(
        "CREATE TABLE notable_findings AS SELECT min(f.id) AS finding_id, f.report_id, r.simulated, row_number() OVER ("
        " PARTITION BY r.simulated ORDER BY CASE f.severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END,"
        " f.implied_value IS NULL, c.x0 IS NULL, f.code != 'T4-SUM', r.year DESC, f.id) AS rank"
        " FROM findings f JOIN reports r ON r.current_edition_id = f.edition_id"
        " LEFT JOIN cells c ON c.edition_id = f.edition_id"
        " AND f.cell = c.table_id || '/' || c.row_id || '/' || c.column_id"
        " WHERE f.attribution = 'publisher' GROUP BY f.report_id"
    )
    connection.execute("DELETE FROM notable_findings WHERE rank > 100")


POPULATION = {
    "reports": "SELECT count(*) FROM reports WHERE simulated = ?",
    "agencies": "SELECT count(DISTINCT agency_id) FROM reports WHERE simulated = ?",
    "places": "SELECT count(DISTINCT division_code) FROM reports WHERE simulated = ?",
    "cells": "SELECT count(*) FROM reports r JOIN cells c ON c.edition_id = r.current_edition_id WHERE r.simulated = ?",
    "failed": "SELECT coalesce(sum(checks_failed), 0) FROM reports WHERE simulated = ?",
    "failing_reports": "SELECT count(*) FROM reports WHERE checks_failed > 0 AND simulated = ?",
}
"""What is counted of the real rows and of the simulated ones, never of both together."""

YEARS = (
    "SELECT group_concat(year) FROM (SELECT l.year FROM ledger l JOIN agencies a ON a.id = l.agency_id"
    " WHERE coalesce(a.simulated, 0) = ?1 UNION SELECT year FROM reports WHERE simulated = ?1 AND year IS NOT NULL"
    " ORDER BY 1)"
)


def site_facts(connection: sqlite3.Connection) -> None:
    """What every page says about the whole archive. Totals count simulated rows only where nothing else exists; beside
    real ones they are counted apart."""
    connection.execute("CREATE TABLE site_facts (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
    (real, made_up) = (_counted(connection, simulated) for simulated in (0, 1))
    only = not int(real["reports"] or 0) and int(made_up["reports"] or 0) > 0
    facts = {
        "only_simulated": str(int(only)),
        "published_at": connection.execute("SELECT max(fetched_at) FROM captures").fetchone()[0],
        "release": connection.execute("SELECT max(version) FROM releases").fetchone()[0],
    } | (made_up if only else real)
    if not only:
        facts |= {f"simulated:{key}": value for key, value in made_up.items()}
    connection.executemany("INSERT INTO site_facts VALUES (?, ?)", sorted(facts.items()))


def _counted(connection: sqlite3.Connection, simulated: int) -> dict[str, str | None]:
    queries = POPULATION | {"years": YEARS}
    found = {key: connection.execute(sql, (simulated,)).fetchone()[0] for key, sql in queries.items()}
    return {key: None if value is None else str(value) for key, value in found.items()}


def table_counts(connection: sqlite3.Connection) -> None:
    """Rows of every table, so that nobody has to count forty million cells when the server starts."""
    names = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        )
    ]
    connection.execute("CREATE TABLE table_counts (name TEXT PRIMARY KEY, rows INTEGER) WITHOUT ROWID")
    for name in names:
        if not name.startswith("search_index"):
            (count,) = connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()
            connection.execute("INSERT INTO table_counts VALUES (?, ?)", (name, count))
