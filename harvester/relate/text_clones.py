"""XY-TEXTCLONE: narratives that are nearly the same, a year apart or at a sister agency.

MinHash over pieces of five characters (digits and white space left out, so that a changed year does not hide a copy).
Signatures are made once an edition and kept; only editions that share a band of their signature are compared.
"""

from __future__ import annotations

import re
import sqlite3
import zlib
from array import array
from collections.abc import Iterator

PIECE = 5
SHORTEST = 300
"""Narratives with fewer characters are too alike by nature."""

ROWS, BANDS = 5, 12
ALIKE = 0.9
"""Share of equal signature values: an estimate of the Jaccard similarity of the pieces."""

_PRIME = (1 << 61) - 1
_NOISE = re.compile(r"[\s\d０-９一二三四五六七八九十百千万、，。；：（）()\-—.,;:]+")
_COEFFICIENTS = [(pow(7, 3 * n + 1, _PRIME), pow(11, 5 * n + 2, _PRIME)) for n in range(ROWS * BANDS)]


def find_text_clones(connection: sqlite3.Connection) -> None:
    """Sign what has no signature, then write a finding for every current edition that repeats an earlier one."""
    drop_stale(connection)
    for edition_id, text in unsigned(connection):
        store(connection, edition_id, signature(text))
    for row in candidates(connection):
        share = similarity(row["minhash"], row["other_minhash"])
        if share >= ALIKE:
            connection.execute(
                "INSERT INTO findings (report_id, edition_id, code, severity, attribution, message, message_en, cells,"
                " across) VALUES (?, ?, 'XY-TEXTCLONE', 'notice', 'publisher', ?, ?, '[]', 1)",
                (
                    row["report_id"],
                    row["edition_id"],
                    f"正文与{row['other_agency']}{row['other_year']}年报告约{share:.0%}相同",
                    f"the narrative is about {share:.0%} the same as that of {row['other_agency']} {row['other_year']}",
                ),
            )


def signature(text: str) -> array[int]:
    """MinHash of a narrative: ROWS × BANDS values of 64 bits; empty for one that is too short."""
    plain = _NOISE.sub("", text)
    if len(plain) < SHORTEST:
        return array("Q")
    pieces = {zlib.crc32(plain[i : i + PIECE].encode()) for i in range(len(plain) - PIECE + 1)}
    return array("Q", (min((a * piece + b) % _PRIME for piece in pieces) for a, b in _COEFFICIENTS))


def similarity(one: bytes, other: bytes) -> float:
    """Share of equal values of two stored signatures, 0 to 1."""
    left, right = array("Q", one), array("Q", other)
    return sum(a == b for a, b in zip(left, right, strict=True)) / len(left)


def store(connection: sqlite3.Connection, edition_id: int, values: array[int]) -> None:
    """Keep a signature; an empty one as a mark that the edition was looked at."""
    if not values:
        connection.execute("INSERT INTO signatures (edition_id, band) VALUES (?, -1)", (edition_id,))
        return
    for band in range(BANDS):
        rows = values[band * ROWS : (band + 1) * ROWS]
        connection.execute(
            "INSERT INTO signatures (edition_id, band, hash, minhash) VALUES (?, ?, ?, ?)",
            (edition_id, band, zlib.crc32(rows.tobytes()), values.tobytes() if band == 0 else None),
        )


def unsigned(connection: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    """(edition, narrative) of current editions without a signature."""
    rows = connection.execute(
        "SELECT e.id, group_concat(s.text, char(10)) AS text FROM editions e JOIN sections s ON s.edition_id = e.id"
        " WHERE e.is_current AND e.id NOT IN (SELECT edition_id FROM signatures) GROUP BY e.id"
    ).fetchall()
    for row in rows:
        yield row["id"], row["text"] or ""


def drop_stale(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM signatures WHERE edition_id NOT IN (SELECT id FROM editions WHERE is_current)")


def candidates(connection: sqlite3.Connection) -> list[sqlite3.Row]:
    """Pairs that share a band: one agency in an earlier year, or two agencies of one division in one year."""
    return connection.execute(
        """
        SELECT DISTINCT r.id AS report_id, a.edition_id, full_a.minhash, full_b.minhash AS other_minhash,
               other.agency_name AS other_agency, other.year AS other_year
        FROM signatures a JOIN signatures b ON b.band = a.band AND b.hash = a.hash AND b.edition_id != a.edition_id
        JOIN reports r ON r.current_edition_id = a.edition_id
        JOIN reports other ON other.current_edition_id = b.edition_id
        JOIN signatures full_a ON full_a.edition_id = a.edition_id AND full_a.band = 0
        JOIN signatures full_b ON full_b.edition_id = b.edition_id AND full_b.band = 0
        WHERE a.band >= 0 AND ((other.agency_id = r.agency_id AND other.year = r.year - 1)
           OR (other.division_code = r.division_code AND other.year = r.year AND other.agency_id < r.agency_id))
        ORDER BY r.id, other.id
        """
    ).fetchall()
