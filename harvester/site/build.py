"""What the site adds to a new published database: views, indicators, search, counts, indexes.

`prepare` runs once a publication, on a database that nobody reads yet.
"""

from __future__ import annotations

import re
import sqlite3
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from archive.schema import tables
from harvester.export.datasets import form_cells
from harvester.site import gloss
from harvester.site.search import pieces, without_contacts

INDEXES = (
    "captures(url, id)",
    "captures(sha256)",
    "captures(portal_id, role, id)",
    "cells(table_id, row_id, column_id)",
    "cells(state) WHERE state NOT IN ('number', 'blank')",
    "checks(status)",
    "checks(code, status)",
    "corrections(edition_id)",
    "editions(report_id)",
    "editions(sha256)",
    "events(portal_id, id)",
    "findings(code, severity)",
    "findings(edition_id)",
    "findings(report_id)",
    "indicator_values(indicator, report_id)",
    "ledger(year, status)",
    "reports(agency_id, year)",
    "reports(division_code, year)",
    "reports(year, province)",
    "reports(province, city, county, year)",
    "reports(current_edition_id)",
    "reports(first_seen_at)",
    "agencies(division_code)",
)
WIDE = ("requests", "proactive_disclosure", "review_litigation")


class UndescribedView(ValueError):
    """A view without a description in its first comment is not published."""


def prepare(connection: sqlite3.Connection) -> None:
    """Add everything the pages need. The connection is in autocommit mode and holds the public tables."""
    connection.execute("BEGIN")
    make_series_breaks(connection)
    make_indicators(connection)
    make_search(connection)
    make_coverage_counts(connection)
    for statement in views().values():
        connection.execute(statement)
    for index in INDEXES:
        name = re.sub(r"\W+", "_", index.partition(" WHERE")[0]).strip("_")
        connection.execute(f'CREATE INDEX "i_{name}" ON {index}')
    make_facts(connection)
    connection.execute("COMMIT")
    connection.execute("ANALYZE")


@cache
def views() -> Mapping[str, str]:
    """Name -> CREATE VIEW, those of views/*.sql and the wide ones made from the forms."""
    found = {}
    for file in sorted(files(__package__).joinpath("views").iterdir(), key=lambda one: one.name):
        if file.name.endswith(".sql"):
            found[file.name.removesuffix(".sql")] = file.read_text(encoding="utf-8")
    return found | {f"{table}_wide": wide_view(table) for table in WIDE}


def description(name: str) -> str:
    """The first comment of a view: what it shows, in Chinese and English. Raises UndescribedView."""
    first = views()[name].lstrip().partition("\n")[0]
    if not first.startswith("-- ") or "·" not in first:
        raise UndescribedView(f"view {name} needs a first line `-- 中文 · English`")
    return first.removeprefix("-- ")


def wide_view(table: str) -> str:
    """One row a report, one column a cell (row__column), current edition; empty where no number is printed."""
    names = dict.fromkeys(
        (row, column) for form in ("gen2019", "gen2021") for row, column, _ in form_cells(table, form)
    )
    columns = ",\n".join(
        f"  max(CASE WHEN c.row_id = '{row}' AND c.column_id = '{column}' THEN c.value END) AS {row}__{column}"
        for row, column in names
    )
    label = gloss.tables()[table]
    return (
        f"-- {label.zh}：一行一份报告，空格表示没有印出数字"
        f" · {label.en}: one row a report, empty where no number is printed\n"
        f"CREATE VIEW {table}_wide AS\n"
        "SELECT r.id AS report_id, r.agency_name, r.division_code, r.year, r.scope, r.form, r.simulated,\n"
        f"{columns}\nFROM reports r JOIN cells c ON c.edition_id = r.current_edition_id AND c.table_id = '{table}'\n"
        "GROUP BY r.id"
    )


def make_series_breaks(connection: sqlite3.Connection) -> None:
    text = files(__package__).joinpath("series_breaks.toml").read_text(encoding="utf-8")
    connection.execute("DELETE FROM series_breaks")
    connection.executemany(
        "INSERT INTO series_breaks VALUES (:indicator, :from_form, :to_form, :comparable, :zh, :en)",
        tomllib.loads(text)["break"],
    )


@cache
def indicator_definitions() -> Mapping[str, Mapping[str, Any]]:
    """Indicator id -> its words and its SQL, from indicators.toml."""
    return tomllib.loads(files(__package__).joinpath("indicators.toml").read_text(encoding="utf-8"))


def make_indicators(connection: sqlite3.Connection) -> None:
    """Table `indicator_values`: numerator, denominator and rate; nothing where an input has no number."""
    connection.execute(
        "CREATE TABLE indicator_values (report_id INTEGER REFERENCES reports, indicator TEXT, numerator NUMERIC,"
        " denominator NUMERIC, rate REAL, PRIMARY KEY (report_id, indicator)) WITHOUT ROWID"
    )
    connection.execute(files(__package__).joinpath("figures.sql").read_text(encoding="utf-8"))
    for name, defined in indicator_definitions().items():
        top, bottom = defined["numerator"], defined["denominator"]
        connection.execute(
            f"INSERT INTO indicator_values"
            f" SELECT report_id, '{name}', {top}, {bottom}, 1.0 * ({top}) / nullif({bottom}, 0)"
            f" FROM figures WHERE ({top}) IS NOT NULL AND ({bottom}) IS NOT NULL"
        )
    connection.execute("DROP TABLE temp.figures")


def make_search(connection: sqlite3.Connection) -> None:
    """Contentless full-text index; its rowid is the report's id. Telephone numbers and e-mails are left out."""
    connection.execute("CREATE VIRTUAL TABLE search_fts USING fts5(title, agency, text, content='', columnsize=0)")
    connection.executemany(
        "INSERT INTO search_fts (rowid, title, agency, text) VALUES (?, ?, ?, ?)", documents(connection)
    )
    connection.execute("INSERT INTO search_fts (search_fts) VALUES ('optimize')")


def documents(connection: sqlite3.Connection) -> Iterator[tuple[int, str, str, str]]:
    """(report, title, agency and place, narrative) as pieces."""
    rows = connection.execute(
        "SELECT r.id, r.title, coalesce(r.province, '') || ' ' || coalesce(r.city, '') || ' ' || coalesce(r.county, '')"
        " || ' ' || r.agency_name || ' ' || a.name,"
        " (SELECT group_concat(coalesce(s.heading, '') || char(10) || s.text, char(10)) FROM sections s"
        "  WHERE s.edition_id = r.current_edition_id)"
        " FROM reports r JOIN agencies a ON a.id = r.agency_id ORDER BY r.id"
    )
    for number, *texts in rows:
        title, agency, text = (" ".join(pieces(without_contacts(one or ""))) for one in texts)
        yield number, title, agency, text


def make_coverage_counts(connection: sqlite3.Connection) -> None:
    """The ledger counted by province, city and county: the coverage pages never scan it."""
    connection.execute(
        "CREATE TABLE coverage_counts (code TEXT, level TEXT, kind TEXT, year INTEGER, status TEXT, simulated INTEGER,"
        " n INTEGER, PRIMARY KEY (code, level, kind, year, status, simulated)) WITHOUT ROWID"
    )
    for level, code in (
        ("province", "substr(a.division_code, 1, 2) || '0000'"),
        ("city", "substr(a.division_code, 1, 4) || '00'"),
        ("county", "a.division_code"),
    ):
        connection.execute(
            f"INSERT INTO coverage_counts"
            f" SELECT {code}, '{level}', coalesce(a.kind, ''), l.year, l.status, a.simulated, count(*)"
            " FROM ledger l JOIN agencies a ON a.id = l.agency_id GROUP BY 1, 3, 4, 5, 6"
        )


def make_facts(connection: sqlite3.Connection) -> None:
    """What every page says of the archive, and the size of every table."""
    connection.execute("CREATE TABLE site_facts (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
    connection.execute(
        "INSERT INTO site_facts SELECT 'published_at', max(fetched_at) FROM captures"
        " UNION ALL SELECT 'reports', count(*) FROM reports"
        " UNION ALL SELECT 'only_simulated', count(*) > 0 AND min(simulated) FROM reports"
        " UNION ALL SELECT 'years', (SELECT group_concat(year) FROM (SELECT DISTINCT year FROM ledger ORDER BY year))"
        " UNION ALL SELECT 'release', (SELECT max(version) FROM releases)"
    )
    connection.execute("CREATE TABLE table_counts (name TEXT PRIMARY KEY, rows INTEGER) WITHOUT ROWID")
    for name in [table.name for table in tables().values() if not table.private]:
        connection.execute(f"INSERT INTO table_counts SELECT '{name}', count(*) FROM \"{name}\"")
