"""Names in Latin letters for every place and body, and the table `search_names`: what people type for them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

from harvester.definitions import romanise
from harvester.definitions.bureau_names import short_names

COLUMNS = ("pinyin", "name_en", "names_generated")
GB2312 = range(0x4E00, 0x9FA6)
RANKS = {"government_aggregate": 1, "government_office": 2, "department": 3}
"""A place comes first, then its government, its office, its bureaus, then all others."""
LAST = 4


def create(connection: sqlite3.Connection) -> None:
    """Add the columns to divisions and agencies, and make the tables that search reads."""
    connection.execute("CREATE TABLE search_names (key TEXT, kind TEXT, id TEXT, rank INTEGER, PRIMARY KEY (key, kind,"
                       " id)) WITHOUT ROWID")  # fmt: skip
    for table in ("divisions", "agencies"):
        for column, kind in zip(COLUMNS, ("TEXT", "TEXT", "INTEGER"), strict=True):
            connection.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")
    _places(connection)
    _bodies(connection)
    _syllables(connection)


def _places(connection: sqlite3.Connection) -> None:
    for code, name in connection.execute("SELECT DISTINCT code, name FROM divisions ORDER BY code, name").fetchall():
        latin = romanise.place(name)
        connection.execute(
            "UPDATE divisions SET pinyin = ?, name_en = ?, names_generated = 1 WHERE code = ? AND name = ?",
            (latin.pinyin, latin.english, code, name),
        )
        proper = romanise.syllables(name[:-1]) if len(name) > 2 else ()
        keys = {code, latin.letters, latin.initials, letters(latin.pinyin), letters(latin.english), "".join(proper)}
        _insert(connection, keys, "place", code, 0)


def _bodies(connection: sqlite3.Connection) -> None:
    places = dict(connection.execute("SELECT code, name FROM divisions ORDER BY valid_from").fetchall())
    rows = connection.execute("SELECT id, name, kind, division_code FROM agencies ORDER BY id").fetchall()
    for id_, name, kind, code in rows:
        latin = romanise.body(name, places.get(code))
        connection.execute(
            "UPDATE agencies SET pinyin = ?, name_en = ?, names_generated = 1 WHERE id = ?",
            (latin.pinyin, latin.english, id_),
        )
        keys = {latin.letters, latin.initials, letters(latin.pinyin), letters(latin.english)}
        for short in short_names(name):
            read = romanise.syllables(short)
            keys |= {"".join(read), "".join(one[0] for one in read)}
        _insert(connection, keys, "agency", str(id_), RANKS.get(kind, LAST))


def _insert(connection: sqlite3.Connection, keys: set[str], kind: str, id_: str, rank: int) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO search_names VALUES (?, ?, ?, ?)",
        [(key, kind, id_, rank) for key in sorted(keys) if key],
    )


def _syllables(connection: sqlite3.Connection) -> None:
    """A reading of every common character, so that the site need not load a dictionary of sixty megabytes."""
    connection.execute("CREATE TABLE search_syllables (character TEXT PRIMARY KEY, syllable TEXT) WITHOUT ROWID")
    common = [chr(code) for code in GB2312 if _is_common(chr(code))]
    readings = ((char, romanise.syllables(char)) for char in common)
    connection.executemany("INSERT INTO search_syllables VALUES (?, ?)", [(c, r[0]) for c, r in readings if r])


def _is_common(character: str) -> bool:
    try:
        return len(character.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def letters(text: str) -> str:
    """What is left of a Latin name when accents, spaces, apostrophes and case do not matter."""
    return "".join(_plain(text.lower()))


def _plain(text: str) -> Iterator[str]:
    for char in text.translate(ACCENTS):
        if re.match(r"[a-z0-9]", char):
            yield char


ACCENTS = str.maketrans("üêāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ", "ueaaaaeeeeiiiioooouuuuuuuu")
