"""Which generation of the form a document uses: told by its labels, never by its year."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.forms import MODERN, load
from parsers.forms.model import Form
from parsers.printed.labels import normalise
from parsers.tables.lines import TableLine


def detect(lines: Sequence[TableLine]) -> tuple[Form | None, tuple[str, ...]]:
    """The modern form whose signs stand in the tables, and the signs of other generations that stand there too."""
    texts = {text for line in lines for text in line.texts if text}
    joined = "\n".join(texts)
    found = {form_id: [sign for sign in load(form_id).signs if normalise(sign) in joined] for form_id in MODERN}
    best = max(MODERN, key=lambda form_id: len(found[form_id]))
    strangers = tuple(sign for form_id in MODERN if form_id != best for sign in found[form_id])
    if found[best]:
        return load(best), strangers
    if "本年新收" in joined or "结转下年度" in joined:
        return load("gen2019"), ()  # table three alone, with the single row （六）其他处理
    return None, ()
