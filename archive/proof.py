"""A content is what its name says: looked for in every record that may hold it, and proven by its hash."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from archive.warc import Reference, WarcError, content_sha256, read_record


def proven_content(warc: Path, references: Sequence[Reference], digest: str) -> bytes:
    """The content out of the first record that holds it. Raises WarcError, with what is wrong with the likeliest."""
    wrong: WarcError | None = None
    for reference in references:
        try:
            content = read_record(warc, reference).content()
        except WarcError as error:
            wrong = wrong or error
            continue
        if content_sha256(content) == digest:
            return content
        wrong = wrong or WarcError(f"{reference.file}@{reference.offset}: bytes do not match {digest}")
    raise wrong or WarcError(f"{digest}: no capture holds this content")
