"""Bringing a database to the present schema. Apart from `schema`, which the site loads without sqlite-utils."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from archive.schema import column_definition, create_statement, quoted, tables

migrations = Migrations("archive")

INDEXES = (
    ("captures", ("url", "fetched_at")),
    ("captures", ("sha256",)),
    ("captures", ("landing_url",)),
    ("list_walks", ("portal_id", "url")),
    ("documents", ("kind",)),
    ("editions", ("report_id",)),
    ("editions", ("sha256",)),
    ("findings", ("edition_id",)),
    ("findings", ("report_id",)),
    ("events", ("run_id", "portal_id")),
    ("urls", ("portal_id",)),
    ("urls", ("landing_url",)),
    ("events", ("url",)),
    ("events", ("portal_id",)),
    ("captures", ("portal_id", "run_id")),
    ("agencies", ("division_code", "kind")),
    ("agencies", ("portal_id",)),
    ("reports", ("division_code", "year")),
    ("reports", ("current_edition_id",)),
    ("named_on", ("portal_id",)),
    ("foreign_copies", ("portal_id",)),
)


@migrations()
def m003_real_and_simulated_agencies(db: Database) -> None:
    """A simulated agency is never the real one of the same name and place: the unique key is a part of the table."""
    table = tables()["agencies"]
    names = quoted(tuple(one.name for one in table.columns))
    db.execute("UPDATE agencies SET simulated = 0 WHERE simulated IS NULL")
    db.execute(create_statement(table, "agencies_anew"))
    db.execute(f"INSERT INTO agencies_anew ({names}) SELECT {names} FROM agencies")
    db.execute("DROP TABLE agencies")
    db.execute("ALTER TABLE agencies_anew RENAME TO agencies")


APPLICATION_ID = 0x7A667878
"""Application id "zfxx": `file` and people can tell this database from any other."""


def migrate(db: Database) -> None:
    """Bring a database, empty or old, to the present schema.

    A new one is made from tables.toml, with every migration marked as done. In an old one the migrations run (they are
    needed only where a column changes its meaning or goes), then what tables.toml has and it has not is added.
    """
    if not db.table_names():
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        migrations.ensure_migrations_table(db)
        done = {"migration_set": migrations.name, "applied_at": "new"}
        db.table(migrations.migrations_table).insert_all(done | {"name": one.name} for one in migrations.pending(db))
    else:
        migrations.apply(db)
    add_what_is_new(db)


def add_what_is_new(db: Database) -> None:
    """Tables, columns and indexes that tables.toml has and the database has not. What is there is left as it is."""
    present = set(db.table_names())
    for table in tables().values():
        if table.name not in present:
            db.execute(create_statement(table))
            continue
        known = {row[1] for row in db.execute(f'PRAGMA table_info("{table.name}")')}
        for one in table.columns:
            if one.name not in known:
                db.execute(f'ALTER TABLE "{table.name}" ADD COLUMN {column_definition(one)}')
    for name, columns in INDEXES:
        db.table(name).create_index(columns, if_not_exists=True)
