"""Which generation of the form a document uses: told by its labels, never by its year."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from parsers.forms import MODERN, load
from parsers.forms.model import Form
from parsers.printed.labels import normalise

TABLE2_CORNER = "信息内容"
"""What stands in the top left corner of each block of table two, in every form."""
TABLE3_FIRST, TABLE3_LAST = "本年新收", "结转下年度"
"""What the first and the last label of table three say, in every form."""


def signs_in(texts: AbstractSet[str]) -> dict[str, list[str]]:
    """The signs of each modern form that stand in the comparable texts."""
    joined = "\n".join(texts)
    return {form_id: [sign for sign in load(form_id).signs if normalise(sign) in joined] for form_id in MODERN}


def detect(texts: AbstractSet[str]) -> tuple[Form | None, tuple[str, ...]]:
    """The modern form whose signs stand in the tables, and the signs of other generations that stand there too.

    `texts`: the comparable texts of all cells of the document.
    """
    joined = "\n".join(texts)
    found = signs_in(texts)
    best = max(MODERN, key=lambda form_id: len(found[form_id]))
    strangers = tuple(sign for form_id in MODERN if form_id != best for sign in found[form_id])
    if found[best]:
        return load(best), strangers
    if TABLE3_FIRST in joined or TABLE3_LAST in joined:
        return load("gen2019"), ()  # table three alone, with the single row （六）其他处理
    return None, ()
