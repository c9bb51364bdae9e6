"""What the site adds to a database that is about to be published: views, indexes, search, tables worked out once.

`prepare` is given the new file before anybody reads it. It adds; it never changes or renumbers what is there.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from importlib.resources import files

from harvester.definitions.indicators import indicators
from harvester.following import followed
from harvester.site.build import cell_marks, english, figures, levels, names, summaries
from harvester.site.build.search import pieces, without_contacts
from harvester.site.build.views import views

INDEXES = (
    "captures (url, fetched_at)",
    "captures (sha256)",
    "cells (row_id, column_id)",
    "cells (state) WHERE state NOT IN ('number', 'blank')",
    "checks (code, status)",
    "reports (year, province)",
    "reports (province, city, county, year)",
    "reports (agency_id, year)",
    "reports (division_code, year)",
    "reports (first_seen_at)",
    "reports (current_edition_id)",
    "recent (report_id)",
    "recent (simulated, happened_at)",
    "notable_findings (simulated, rank)",
    "ledger (year, status)",
    "agencies (division_code, kind)",
    "agencies (name)",
    "editions (report_id)",
    "editions (sha256)",
    "findings (code, severity)",
    "findings (report_id)",
    "findings (edition_id)",
    "corrections (edition_id)",
    "divisions (name)",
    "indicator_values (report_id)",
)
BATCH = 500
INDEX_MEMORY = 64 << 20
"""Bytes of words gathered before they are written: fewer pieces of the index to merge."""
RECIPE = (
    "site/build/prepare.py",
    "site/build/cell_marks.py",
    "site/build/english.py",
    "site/build/figures.py",
    "site/build/levels.py",
    "site/build/names.py",
    "definitions/romanise.py",
    "definitions/romanisation.toml",
    "site/build/summaries.py",
    "site/build/search.py",
    "definitions/indicators.toml",
    "definitions/gloss.toml",
)


def prepare(connection: sqlite3.Connection) -> None:
    """Make a freshly copied database ready to be read by the site."""
    for step in followed(STEPS, "steps of the publication", len(STEPS)):
        connection.execute("BEGIN")
        step(connection)
        connection.execute("COMMIT")


def recipe() -> str:
    """A hash of everything that decides what `prepare` makes: a new version of the site publishes anew."""
    folder = files("harvester")
    sources = [folder.joinpath(name) for name in RECIPE]
    sources += sorted(folder.joinpath("site", "views").iterdir(), key=lambda entry: entry.name)
    return hashlib.sha256(b"".join(entry.read_bytes() for entry in sources if entry.is_file())).hexdigest()


def series_breaks(connection: sqlite3.Connection) -> None:
    """How each indicator crosses from one form to the next."""
    connection.executemany(
        "INSERT OR REPLACE INTO series_breaks (indicator, from_form, to_form, comparable, zh, en)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [
            (one.id, b.from_form, b.to_form, b.comparable, b.zh, b.en)
            for one in indicators().values()
            for b in one.breaks
        ],
    )


def create_indexes(connection: sqlite3.Connection) -> None:
    for number, index in enumerate(INDEXES):
        connection.execute(f"CREATE INDEX IF NOT EXISTS site_{number:02} ON {index}")


def create_views(connection: sqlite3.Connection) -> None:
    for view in views().values():
        connection.execute(view.sql)


def search_index(connection: sqlite3.Connection) -> None:
    """Titles, bodies and narrative of current editions in pieces; the text itself stays in `sections`."""
    connection.execute(
        "CREATE VIRTUAL TABLE search_index USING fts5(title, agency, text, content='', columnsize=0,"
        " tokenize='ascii')"  # the words are folded and cut already
    )
    connection.execute("INSERT INTO search_index (search_index, rank) VALUES ('hashsize', ?)", (INDEX_MEMORY,))
    rows = _texts(connection)
    while batch := [row for _, row in zip(range(BATCH), rows, strict=False)]:
        connection.executemany("INSERT INTO search_index (rowid, title, agency, text) VALUES (?, ?, ?, ?)", batch)


def search_facets(connection: sqlite3.Connection) -> None:
    """Year, province, level, scope, form of each report as one small number: counting and filtering two hundred
    thousand hits reads two megabytes in place of the reports. Real and simulated ones have numbers of their own."""
    columns = "year, province, level, scope, form, simulated"
    connection.execute(f"CREATE TABLE search_combos (id INTEGER PRIMARY KEY, {columns})")
    connection.execute(
        f"INSERT INTO search_combos ({columns}) SELECT DISTINCT {columns} FROM reports ORDER BY {columns}"
    )
    connection.execute("CREATE TABLE search_facets (report_id INTEGER PRIMARY KEY, combo INTEGER)")
    connection.execute(
        "INSERT INTO search_facets SELECT r.id, c.id FROM reports r JOIN search_combos c ON c.year IS r.year"
        " AND c.province IS r.province AND c.level IS r.level AND c.scope IS r.scope AND c.form IS r.form"
        " AND c.simulated IS r.simulated ORDER BY r.id"
    )


def _texts(connection: sqlite3.Connection) -> Iterator[tuple[int, str, str, str]]:
    """Row id (the report's), title, agency with its place, narrative: each as pieces."""
    reports = connection.execute(
        "SELECT r.id, coalesce(r.title, ''), coalesce(r.province, '') || coalesce(r.city, '') || coalesce(r.county, '')"
        " || ' ' || coalesce(r.agency_name, ''), r.current_edition_id FROM reports r ORDER BY r.id"
    )
    sections = "SELECT heading, text FROM sections WHERE edition_id = ? ORDER BY position"
    for report_id, title, agency, edition in reports:
        text = "\n".join(f"{heading or ''}\n{body or ''}" for heading, body in connection.execute(sections, (edition,)))
        yield report_id, _joined(title), _joined(agency), _joined(without_contacts(text))


def _joined(text: str) -> str:
    return " ".join(pieces(text))


def analyze(connection: sqlite3.Connection) -> None:
    # A sample is enough for the planner; a full ANALYZE of forty million cells takes minutes.
    connection.execute("PRAGMA analysis_limit = 1000")
    connection.execute("ANALYZE")


STEPS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    levels.add,
    levels.add_errors,
    names.create,
    cell_marks.create,
    english.fill,
    series_breaks,
    figures.create,
    summaries.indicator_values,
    summaries.indicator_quartiles,
    summaries.coverage_counts,
    summaries.recent,
    summaries.first_seen,
    summaries.notable_findings,
    search_index,
    search_facets,
    create_indexes,
    create_views,
    summaries.site_facts,
    summaries.table_counts,
    analyze,
)
