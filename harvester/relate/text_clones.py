"""XY-TEXTCLONE: narratives that are nearly the same, a year apart or at a sister agency.

MinHash over pieces of five characters (digits and white space left out, so that a changed year does not hide a copy).
Signatures are made once an edition and kept. Sisters of one place and year are compared where they share a band of
their signature; of narratives that are the same to the letter the first stands for all: a hundred copies cost that.
"""

from __future__ import annotations

import re
import sqlite3
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

PIECE = 5
SHORTEST = 300
"""Narratives with fewer characters are too alike by nature."""

ROWS, BANDS = 5, 12
ALIKE = 0.9
"""Share of equal signature values: an estimate of the Jaccard similarity of the pieces."""

_PRIME = (1 << 61) - 1
_NOISE = re.compile(r"[\s\d０-９一二三四五六七八九十百千万、，。；：（）()\-—.,;:]+")
_COEFFICIENTS = [(pow(7, 3 * n + 1, _PRIME), pow(11, 5 * n + 2, _PRIME)) for n in range(ROWS * BANDS)]


@dataclass(frozen=True, slots=True)
class Signed:
    """The narrative of a current edition: whose, and its fingerprint."""

    report_id: int
    edition_id: int
    agency_id: int
    agency: str
    year: int
    minhash: bytes

    @property
    def bands(self) -> Iterator[tuple[int, bytes]]:
        """Number and value of each band."""
        length = ROWS * 8
        return ((band, self.minhash[band * length : (band + 1) * length]) for band in range(BANDS))


class Originals:
    """Narratives of one place and year so far, by band: of those that are the same the first stands for all."""

    def __init__(self) -> None:
        self._by_band: dict[tuple[int, bytes], list[Signed]] = defaultdict(list)
        self._first: dict[bytes, Signed] = {}

    def first_alike(self, one: Signed) -> tuple[Signed, float] | None:
        """The earliest narrative that is nearly the same, with the share that is."""
        if one.minhash in self._first:
            return self._first[one.minhash], 1.0
        met = {other.edition_id: other for band in one.bands for other in self._by_band.get(band, ())}
        for other in sorted(met.values(), key=lambda other: (other.agency_id, other.report_id)):
            if (share := similarity(one.minhash, other.minhash)) >= ALIKE:
                return other, share
        return None

    def add(self, one: Signed) -> None:
        """One more; what repeats an original to the letter is found by that."""
        if one.minhash not in self._first:
            self._first[one.minhash] = one
            for band in one.bands:
                self._by_band[band].append(one)


def forget_texts(connection: sqlite3.Connection) -> None:
    """The fingerprints of what has changed, and of what is not current any more."""
    connection.execute(
        "DELETE FROM signatures WHERE edition_id IN (SELECT e.id FROM changed_reports c JOIN reports r"
        " ON r.agency_id = c.agency_id AND r.year = c.year JOIN editions e ON e.report_id = r.id)"
    )


def find_text_clones(connection: sqlite3.Connection) -> None:
    """Sign what has no signature, then write a finding for every affected edition that repeats an earlier one.

    One for its own year before, one for the first sister of its place and year that says the same.
    """
    for edition_id, text in unsigned(connection):
        store(connection, edition_id, signature(text))
    for group in groups(connection):
        originals = Originals()
        for one, is_affected in group:
            if is_affected:
                if (alike := originals.first_alike(one)) is not None:
                    report(connection, one, *alike)
                if (before := year_before(connection, one)) is not None:
                    share = similarity(one.minhash, before.minhash)
                    if share >= ALIKE:
                        report(connection, one, before, share)
            originals.add(one)


def report(connection: sqlite3.Connection, one: Signed, other: Signed, share: float) -> None:
    """One finding."""
    connection.execute(
        "INSERT INTO findings (report_id, edition_id, code, severity, attribution, message, message_en, cells,"
        " across) VALUES (?, ?, 'XY-TEXTCLONE', 'notice', 'publisher', ?, ?, '[]', 1)",
        (
            one.report_id,
            one.edition_id,
            f"正文与{other.agency}{other.year}年报告约{share:.0%}相同",
            f"the narrative is about {share:.0%} the same as that of {other.agency} {other.year}",
        ),
    )


SIGNED = """SELECT r.id, r.current_edition_id, r.agency_id, r.agency_name, r.year, s.minhash FROM reports r
    JOIN signatures s ON s.edition_id = r.current_edition_id AND s.minhash IS NOT NULL"""


def groups(connection: sqlite3.Connection) -> Iterator[list[tuple[Signed, bool]]]:
    """The signed reports of each place and year where something changed; is each of them affected?"""
    places = connection.execute(
        "SELECT DISTINCT division_code, year FROM reports WHERE id IN (SELECT id FROM affected) ORDER BY 1, 2"
    ).fetchall()
    for division, year in places:
        rows = connection.execute(
            f"SELECT a.*, a.id IN (SELECT id FROM affected) FROM ({SIGNED}"
            " WHERE r.division_code IS ? AND r.year IS ?) a"
            " ORDER BY a.agency_id, a.id",
            (division, year),
        )
        yield [(Signed(*row[:-1]), bool(row[-1])) for row in rows]


def year_before(connection: sqlite3.Connection, one: Signed) -> Signed | None:
    """The same agency's report of the year before; of several scopes the first."""
    row = connection.execute(
        f"{SIGNED} WHERE r.agency_id = ? AND r.year = ? ORDER BY r.id LIMIT 1", (one.agency_id, one.year - 1)
    ).fetchone()
    return None if row is None else Signed(*row)


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
    connection.execute(
        "INSERT INTO signatures (edition_id, band, minhash) VALUES (?, 0, ?)", (edition_id, values.tobytes() or None)
    )


def unsigned(connection: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    """(edition, narrative) of affected current editions without a signature."""
    rows = connection.execute(
        "SELECT r.current_edition_id FROM affected JOIN reports r USING (id) WHERE r.current_edition_id IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM signatures WHERE edition_id = r.current_edition_id) ORDER BY r.id"
    ).fetchall()
    for (edition_id,) in rows:
        texts = connection.execute(
            "SELECT text FROM sections WHERE edition_id = ? ORDER BY number, position", (edition_id,)
        )
        yield edition_id, "\n".join(text or "" for (text,) in texts)
